"""Drafting, approving, publishing, replacing and ending procedures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from congso.apps.procedures.flow import keeper_principals
from congso.apps.procedures.models import PROCEDURE, Paper, PaperKind, Procedure, Publication, PublicForm, Step
from congso.apps.procedures.services.content import content_of, performer_words, words_of
from congso.apps.procedures.services.moving import moving
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.files.models import Attachment
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused, start


@dataclass(frozen=True)
class StepRow:
    """A step as people give it."""

    name: str
    working_days: int
    organization: Organization | None = None


@dataclass(frozen=True)
class PaperRow:
    """A paper as people give it; `form` is a file of the edition."""

    name: str
    kind: str = PaperKind.ORIGINAL
    quantity: int = 1
    is_required: bool = True
    form: Attachment | None = None


@dataclass(frozen=True)
class ProcedureFacts:
    """What an edition says, apart from steps and papers."""

    number: str
    title: str
    field: str
    level: str
    result: str
    performer: Organization | None = None
    performer_kind: str = ""
    decided_by: str = ""
    applicants: Sequence[str] = ()
    applicant_words: str = ""
    conditions: str = ""
    manner: str = ""
    result_validity: str = ""
    basis: str = ""
    fee: str = ""
    is_online: bool = False
    start_within: int | None = None
    start_event: str = ""
    present_within: int | None = None


@transaction.atomic
def draft_procedure(
    facts: ProcedureFacts, *, owner: Organization, steps: Sequence[StepRow], papers: Sequence[PaperRow] = (),
    by: Actor, at: datetime, replaces: Procedure | None = None,
) -> Procedure:  # fmt: skip
    """Begin an edition in the organization's name. Raises NotYours, or Refused when the code is taken."""
    if not current_principals() & keeper_principals(owner):
        raise NotYours(f"Bạn không có quyền soạn thủ tục thay mặt {owner.name}.")
    _check(facts)
    taken = Publication.objects.filter(code=facts.number).order_by("-edition").first()
    if taken and replaces is None:
        raise Refused(f"Mã {facts.number} đã có thủ tục công bố; hãy mở phiên bản mới từ thủ tục đó.")
    edition = taken.edition + 1 if taken else 1
    one = Procedure(
        type=PROCEDURE, owner=owner, edition=edition, replaces=replaces, opened_on=timezone.localdate(at),
        **_columns(facts)
    )  # fmt: skip
    with start(one, by=by, at=at, label="Soạn thủ tục"):
        _write_rows(one, steps, papers)
        index_record(one)
    return one


def edit_procedure(
    one: Procedure, facts: ProcedureFacts, *, steps: Sequence[StepRow], papers: Sequence[PaperRow], by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Change a draft; the code of a later edition stays."""
    _check(facts)
    with moving(one, "edit", by=by, at=at):
        if one.replaces is not None and facts.number != one.number:
            raise Refused("Phiên bản mới giữ mã của thủ tục.")
        save(one, **_columns(facts))
        one.steps.all().delete()
        one.papers.all().delete()
        _write_rows(one, steps, papers)
        index_record(one)


def step_on(one: Procedure, key: str, *, by: Actor, at: datetime, note: str = "") -> None:
    """Submit, approve, give back or drop an edition: acts that only move it."""
    with moving(one, key, by=by, at=at, note=note):
        pass


def record_decision(
    one: Procedure, *, symbol: str, decided_on: date, valid_from: date, by: Actor, at: datetime
) -> None:
    """Write down the publishing decision and from when the procedure holds."""
    with moving(one, "decide", by=by, at=at) as move:
        if valid_from < decided_on:
            raise Refused("Ngày hiệu lực không trước ngày quyết định công bố.")
        save(one, decision_symbol=symbol.strip(), decision_on=decided_on, valid_from=valid_from)
        move.note = f"{symbol.strip()}, hiệu lực từ {valid_from:%d/%m/%Y}"


def publish_procedure(one: Procedure, *, by: Actor, at: datetime) -> Publication:
    """Everybody may read it from now on; the edition it replaces ends on the day this one begins."""
    with moving(one, "publish", by=by, at=at) as move:
        before = one.replaces
        if before is not None and before.state == "published":
            _end_publication(before, one.valid_from)
            with moving(before, "replace", by=by, at=at):
                save(before, valid_to=one.valid_from)
        content = content_of(one)
        made = Publication.objects.create(
            procedure=one, code=one.number, edition=one.edition, name=one.title, field=one.field, level=one.level,
            performer_words=performer_words(one), is_online=one.is_online, words=words_of(content), content=content,
            valid_from=one.valid_from or timezone.localdate(at), published_at=at,
        )  # fmt: skip
        _publish_forms(one, made)
        move.facts |= {"code": one.number, "edition": one.edition, "decision": one.decision_symbol}
    return made


def end_procedure(one: Procedure, *, on: date, note: str, by: Actor, at: datetime) -> None:
    """The procedure holds until the day (excluded); cases taken in before go on."""
    with moving(one, "end", by=by, at=at, note=note):
        if on < timezone.localdate(at):
            raise Refused("Ngày hết hiệu lực không ở trong quá khứ.")
        if one.valid_from and on <= one.valid_from:
            raise Refused("Ngày hết hiệu lực phải sau ngày có hiệu lực.")
        _end_publication(one, on)
        save(one, valid_to=on)


def open_edition(one: Procedure, *, by: Actor, at: datetime) -> Procedure:
    """A new edition drafted from a published one, which stays in force until this is published."""
    if one.state != "published":
        raise Refused("Chỉ mở phiên bản mới từ thủ tục đang công bố.")
    if one.successors.exclude(state="dropped").exists():
        raise Refused("Thủ tục này đã có phiên bản mới đang soạn.")
    names = ProcedureFacts.__dataclass_fields__
    facts = ProcedureFacts(**{name: getattr(one, name) for name in names})
    steps = [StepRow(row.name, row.working_days, row.organization) for row in one.steps.select_related("organization")]
    papers = [PaperRow(row.name, row.kind, row.quantity, row.is_required, row.form) for row in one.papers.all()]
    return draft_procedure(facts, owner=one.owner, steps=steps, papers=papers, by=by, at=at, replaces=one)


def _columns(facts: ProcedureFacts) -> dict[str, Any]:
    columns = {name: getattr(facts, name) for name in ProcedureFacts.__dataclass_fields__}
    columns["applicants"] = list(facts.applicants)
    return {name: value.strip() if isinstance(value, str) else value for name, value in columns.items()}


def _check(facts: ProcedureFacts) -> None:
    if (facts.performer is None) == (not facts.performer_kind):
        raise Refused("Hãy chọn một cơ quan thực hiện, hoặc một loại cơ quan (ví dụ: Đảng ủy xã, phường).")
    if not facts.applicants:
        raise Refused("Hãy chọn ít nhất một loại đối tượng được đề nghị.")


def _write_rows(one: Procedure, steps: Sequence[StepRow], papers: Sequence[PaperRow]) -> None:
    Step.objects.bulk_create(Step(procedure=one, position=place, **_values(row)) for place, row in enumerate(steps, 1))
    Paper.objects.bulk_create(
        Paper(procedure=one, position=place, **_values(row)) for place, row in enumerate(papers, 1)
    )


def _values(row: StepRow | PaperRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def _end_publication(one: Procedure, on: date | None) -> None:
    Publication.objects.filter(procedure=one, valid_to__isnull=True).update(valid_to=on)


def _publish_forms(one: Procedure, made: Publication) -> None:
    rows = one.papers.filter(form__isnull=False).select_related("form__blob")
    PublicForm.objects.bulk_create(
        PublicForm(
            publication=made,
            position=row.position,
            blob_id=row.form.blob_id,
            name=row.form.name,
            size=row.form.blob.size,
        )
        for row in rows
        if row.form
    )
