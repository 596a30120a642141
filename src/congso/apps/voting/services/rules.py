"""An office's own voting rules: copied from a shipped one or written anew, changed, stopped. Shipped ones stay."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from congso.apps.voting.models import VotingRule
from congso.apps.voting.rules import parse_rule, plain_rule
from congso.apps.voting.services.moving import Invalid
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry


def create_rule(
    code: str, title: str, definition: Mapping[str, Any], *, owner: Organization, by: Actor, at: datetime,
    trust: str = "V", note: str = "",
) -> VotingRule:  # fmt: skip
    """A rule of the office's own. Raises Invalid for a code that exists."""
    try:
        with transaction.atomic():
            made = VotingRule.objects.create(
                code=code, title=title, owner=owner, definition=_tidy(definition), trust=trust, note=note
            )
            _journal(made, "voting_rule.create", by=by, at=at)
    except IntegrityError:
        raise Invalid([f"Mã quy tắc “{code}” đã có."]) from None
    return made


def change_rule(
    rule: VotingRule, title: str, definition: Mapping[str, Any], *, by: Actor, at: datetime, trust: str, note: str = ""
) -> None:
    """It says something else from now on; ballots already opened keep what they were opened under."""
    with transaction.atomic():
        changed = VotingRule.objects.filter(pk=rule.pk, owner__isnull=False).update(
            title=title, definition=_tidy(definition), trust=trust, note=note
        )
        if not changed:
            raise Invalid(["Quy tắc kèm theo hệ thống không sửa được; hãy sao chép thành quy tắc của cơ quan."])
        rule.refresh_from_db()
        _journal(rule, "voting_rule.change", by=by, at=at)


def stop_rule(rule: VotingRule, *, by: Actor, at: datetime) -> None:
    """No new ballot is held under it from today on."""
    with transaction.atomic():
        stopped = VotingRule.objects.filter(pk=rule.pk, owner__isnull=False, stopped_on__isnull=True)
        if not stopped.update(stopped_on=timezone.localdate(at)):
            raise Invalid(["Quy tắc này không dừng được."])
        _journal(rule, "voting_rule.stop", by=by, at=at)


def _tidy(definition: Mapping[str, Any]) -> dict[str, Any]:
    return plain_rule(parse_rule(definition))


def _journal(rule: VotingRule, act: str, *, by: Actor, at: datetime) -> None:
    write_entry(
        act=act, actor=str(by), actor_label=title_of(by.id, timezone.localdate(at)), at=at,
        organization_id=rule.owner_id or 0, facts={"code": rule.code, "definition": rule.definition},
    )  # fmt: skip
