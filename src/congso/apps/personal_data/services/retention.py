"""What is no longer needed: proposed each night, confirmed by people, gone for good; a hold keeps it."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db import ProgrammingError, connection, transaction
from django.db.models import Max, Q
from django.utils import timezone
from psycopg.errors import InsufficientPrivilege

from congso.apps.personal_data.models import Anonymisation, Hold
from congso.apps.personal_data.rules import anonymised_from
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Assignment, valid_on
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.regulations.queries import value
from congso.kernel.workflow.services import Refused

A_NIGHT = 2_000  # proposals; the next night goes on


def propose_anonymisations(*, at: datetime) -> int:
    """Propose everybody who left so long ago that her data is no longer needed; returns how many. May run twice.

    Whoever holds or will hold a post, whose data is held, or for whom this leaving was already decided, is left out.
    """
    today = timezone.localdate(at)
    years = value("personal_data.years_after_leaving", on=today)
    staying = Assignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today)).values("person")
    gone = Assignment.objects.exclude(person__in=staying).values("person").annotate(left_on=Max("valid_to"))
    gone = gone.filter(left_on__lte=_years_before(today, years))
    gone = gone.exclude(person__in=Hold.objects.filter(valid_on(today)).values("person"))
    gone = gone.exclude(person__in=Anonymisation.objects.values("person"))
    proposed = [_proposal(row["person"], row["left_on"], years, at) for row in gone.order_by("left_on")[:A_NIGHT]]
    Anonymisation.objects.bulk_create(proposed)
    return len(proposed)


@transaction.atomic
def anonymise(chosen: Sequence[Anonymisation], *, by: Actor, at: datetime) -> Counter[str]:
    """Carry out the chosen proposals, all or none; returns rows by table. It cannot be undone. Raises Refused."""
    total: Counter[str] = Counter()
    for one in chosen:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT congso.anonymise(%s, %s)::text", [one.pk, at])
                total.update(json.loads(cursor.fetchone()[0]))
        except ProgrammingError as error:
            if isinstance(error.__cause__, InsufficientPrivilege):
                raise Refused(
                    "Có mục không ẩn danh được: người ấy lại giữ chức vụ, dữ liệu đang bị giữ, chưa đến ngày, "
                    "đã quyết định, hoặc là chính bạn. Hãy tải lại trang."
                ) from None
            raise
        _write("personal_data.anonymised", one, by, at)
    return total


def rehearse(chosen: Sequence[Anonymisation], *, by: Actor, at: datetime) -> Counter[str]:
    """What `anonymise` would touch: the act itself, taken back (decision 0011)."""
    with transaction.atomic():
        total = anonymise(chosen, by=by, at=at)
        transaction.set_rollback(True)
    return total


@transaction.atomic
def keep_data(chosen: Sequence[Anonymisation], *, reason: str, by: Actor, at: datetime) -> None:
    """The data stays, held for a reason, until the hold is lifted by its last day."""
    if not reason.strip():
        raise Refused("Hãy ghi lý do giữ lại.")
    today = timezone.localdate(at)
    for one in chosen:
        decided = {
            "state": Anonymisation.State.KEPT,
            "reason": reason.strip(),
            "decided_by_id": by.id,
            "decided_at": at,
        }
        if not Anonymisation.objects.filter(pk=one.pk, state=Anonymisation.State.PROPOSED).update(**decided):
            raise Refused("Có mục đã được quyết định. Hãy tải lại trang.")
        Hold.objects.create(
            person_id=one.person_id, organization_id=one.organization_id, reason=reason.strip(),
            placed_by_id=by.id, placed_at=at, valid_from=today,
        )  # fmt: skip
        _write("personal_data.kept", one, by, at)


def _proposal(person_id: int, left_on: date, years: int, at: datetime) -> Anonymisation:
    last = Assignment.objects.filter(person=person_id, valid_to=left_on).select_related("post").order_by("-id")[0]
    return Anonymisation(
        person_id=person_id, organization_id=last.post.organization_id, left_on=left_on,
        due_on=anonymised_from(left_on, years), proposed_at=at,
    )  # fmt: skip


def _years_before(day: date, years: int) -> date:
    return anonymised_from(day, -years)


def _write(name: str, one: Anonymisation, by: Actor, at: datetime) -> None:
    label = title_of(by.id, timezone.localdate(at))
    facts = {"person": one.person_id, "proposal": one.pk}
    write_entry(act=name, actor=str(by), actor_label=label, at=at, facts=facts)
