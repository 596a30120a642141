"""Going through what the machine proposes: confirm, drop, correct, name the units."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from congso.apps.directives.models import DeadlineKind, Mention, PlanReading, ProposedTask
from congso.apps.directives.queries import doubts_about, same_words
from congso.apps.directives.services.assigning import MOST_CHARACTERS
from congso.apps.directives.services.changes import State, reviewing
from congso.kernel.access.services import Actor
from congso.kernel.workflow.services import Refused

DROPPED_IN_REVIEW = "Không phải nhiệm vụ cần giao"


class InvalidProposals(Refused):
    """Some rows cannot be confirmed yet; `rows` holds a sentence a field for each of them."""

    def __init__(self, rows: dict[int, dict[str, str]]) -> None:
        self.rows = rows
        first = next(iter(next(iter(rows.values())).values()))
        super().__init__(first if len(rows) == 1 else f"{len(rows)} dòng chưa xác nhận được. {first}")


@dataclass(frozen=True)
class Correction:
    """What a person makes of a row."""

    text: str
    lead: Mention
    supporting: tuple[Mention, ...] = ()
    clause: str = ""
    chapter: str = ""
    start: str = ""
    due: str = ""
    deadline_kind: str = DeadlineKind.FIXED
    recurrence: str = ""
    schedule_text: str = ""
    no_deadline_reason: str = ""
    product: str = ""


def confirm_proposals(reading: PlanReading, ids: Collection[int], *, by: Actor, at: datetime) -> int:
    """Confirm the rows as they stand, or none; returns how many. Raises InvalidProposals."""
    with reviewing(reading, ids, label="Xác nhận", by=by, at=at) as review:
        errors = {row.pk: found for row in review.rows if (found := proposal_errors(row))}
        if errors:
            raise InvalidProposals(errors)
        for row in review.rows:
            row.state, row.reason = State.CONFIRMED, ""
        review.label = f"Xác nhận {len(review.rows)} dòng" if len(review.rows) > 1 else "Xác nhận"
    return len(review.rows)


def confirm_certain(reading: PlanReading, *, by: Actor, at: datetime) -> int:
    """Confirm every row nobody need look at; returns how many."""
    with reviewing(reading, None, label="Xác nhận mọi dòng chắc chắn", by=by, at=at) as review:
        certain = [
            row
            for row in review.rows
            if row.state == State.PROPOSED and not doubts_about(row) and not proposal_errors(row)
        ]
        for row in certain:
            row.state = State.CONFIRMED
    return len(certain)


def drop_proposals(reading: PlanReading, ids: Collection[int], *, by: Actor, at: datetime, reason: str = "") -> None:
    """Leave the rows out, with the reason."""
    with reviewing(reading, ids, label="Bỏ dòng", by=by, at=at) as review:
        for row in review.rows:
            row.state, row.reason = State.DROPPED, reason.strip()[:500] or DROPPED_IN_REVIEW


def restore_proposals(reading: PlanReading, ids: Collection[int], *, by: Actor, at: datetime) -> None:
    """Take dropped or confirmed rows back into review."""
    with reviewing(reading, ids, label="Lấy lại dòng", by=by, at=at) as review:
        for row in review.rows:
            row.state, row.reason = State.PROPOSED, ""


def correct_proposal(
    reading: PlanReading, row_id: int, correction: Correction, *, by: Actor, at: datetime, is_confirmed: bool = False
) -> ProposedTask:
    """Write what a person made of the row, which settles the machine's doubts; confirmed at once if wished.

    Raises InvalidProposals when it cannot be confirmed, or has no text.
    """
    with reviewing(reading, [row_id], label="Sửa dòng", by=by, at=at) as review:
        row = review.rows[0]
        row.name_units(correction.lead, correction.supporting)
        for name in (
            "clause", "chapter", "start", "due", "deadline_kind", "recurrence", "schedule_text", "no_deadline_reason",
            "product",
        ):  # fmt: skip
            setattr(row, name, getattr(correction, name))
        row.text, row.doubt, row.confidence = correction.text.strip(), "", 1.0
        errors = proposal_errors(row) if is_confirmed else _text_errors(row)
        if errors:
            raise InvalidProposals({row.pk: errors})
        row.state = State.CONFIRMED if is_confirmed else State.PROPOSED
    return row


def resolve_unit(reading: PlanReading, found: Mention, *, by: Actor, at: datetime, row_id: int | None = None) -> int:
    """Say which organizations a unit of the paper is: in one row, or wherever it is written so; returns in how many."""
    with reviewing(
        reading, None if row_id is None else [row_id], label=f"Chọn đơn vị cho “{found.written}”"[:200], by=by, at=at
    ) as review:
        named = [row for row in review.rows if _name_unit(row, found)]
    if not named:
        raise Refused(f"Không còn dòng nào ghi “{found.written}”.")
    return len(named)


def proposal_errors(row: ProposedTask) -> dict[str, str]:
    """A sentence per field that keeps the row from being confirmed; the rest is checked when it is handed out."""
    found = _text_errors(row)
    lead = row.led_by
    if not lead.is_resolved:
        found["lead"] = lead.reason or "Hãy chọn một đơn vị chủ trì."
    unknown = [one.written for one in row.supported_by if not one.is_resolved]
    if unknown:
        found["supporting"] = f"Chưa rõ đơn vị phối hợp: {'; '.join(unknown)}."
    if row.deadline_kind == DeadlineKind.NONE and not row.no_deadline_reason.strip():
        found["due"] = "Hãy ghi lý do không đặt thời hạn."
    if row.deadline_kind == DeadlineKind.AS_DIRECTED and not row.schedule_text.strip():
        found["due"] = "Hãy ghi theo tiến độ hoặc chỉ đạo nào."
    return found


def _text_errors(row: ProposedTask) -> dict[str, str]:
    if not row.text.strip():
        return {"content": "Hãy ghi nội dung nhiệm vụ."}
    return {"content": "Nội dung dài quá 5.000 ký tự."} if len(row.text) > MOST_CHARACTERS else {}


def _name_unit(row: ProposedTask, found: Mention) -> bool:
    """Put the organizations wherever the row writes the unit so; whether it does."""
    lead, supporting = row.led_by, row.supported_by
    leads = same_words(lead.written, found.written)
    named = tuple(found if same_words(one.written, found.written) else one for one in supporting)
    if not leads and named == supporting:
        return False
    row.name_units(found if leads else lead, named)
    return True
