"""Rows the machine cut wrongly: split one, join two, move words between them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from congso.apps.directives.models import Mention, PlanReading, ProposedTask
from congso.apps.directives.queries import same_words
from congso.apps.directives.services.changes import Review, State, reviewing
from congso.kernel.access.services import Actor
from congso.kernel.workflow.services import Refused


class Toward(StrEnum):
    """Where cut-off words go."""

    PREVIOUS = "previous"
    NEXT = "next"


def split_proposal(
    reading: PlanReading, row_id: int, parts: Sequence[str], *, by: Actor, at: datetime
) -> list[ProposedTask]:
    """Make several rows of one: the first part stays, each further one becomes a row behind it with the same units
    and schedule, to be looked at."""
    words = [part.strip() for part in parts if part.strip()]
    if len(words) < 2:
        raise Refused("Hãy đặt con trỏ vào giữa nội dung, ở chỗ cần tách.")
    with reviewing(reading, [row_id], label="Tách dòng", by=by, at=at) as review:
        row = review.rows[0]
        rows, last = [row], row
        for part in words[1:]:
            new = _copy(row, part)
            review.insert_after(last, new)
            rows.append(new)
            last = new
        row.text, row.state, row.reason = words[0], State.PROPOSED, ""
    return rows


def join_with_next(reading: PlanReading, row_id: int, *, by: Actor, at: datetime) -> ProposedTask:
    """Join the row that follows in the document into this one; it keeps its words, dropped."""
    with reviewing(
        reading, [row_id, neighbour(reading, row_id, Toward.NEXT)], label="Gộp với dòng sau", by=by, at=at
    ) as review:
        row, following = review.rows
        _absorb(row, following)
        following.state, following.reason = State.DROPPED, "Đã gộp vào dòng trước"
        following.merged_into = row
    return row


def move_words(
    reading: PlanReading, row_id: int, parts: Sequence[str], *, toward: Toward, by: Actor, at: datetime
) -> list[ProposedTask]:
    """Move the words before the cut to the end of the row before, or those behind it to the start of the next."""
    words = [part.strip() for part in parts if part.strip()]
    if len(words) != 2:
        raise Refused("Hãy đánh dấu đúng một chỗ cắt trong nội dung.")
    other_id = neighbour(reading, row_id, toward)
    with reviewing(reading, [row_id, other_id], label="Chuyển lời sang dòng bên", by=by, at=at) as review:
        row = next(one for one in review.rows if one.pk == row_id)
        other = next(one for one in review.rows if one.pk == other_id)
        if toward is Toward.NEXT:
            row.text, other.text = words[0], f"{words[1]} {other.text}"
        else:
            row.text, other.text = words[1], f"{other.text} {words[0]}"
        _look_again(review)
    return review.rows


def neighbour(reading: PlanReading, row_id: int, toward: Toward) -> int:
    """The row before or behind in the document that is still under review. Raises Refused when there is none."""
    open_rows = ProposedTask.objects.filter(reading=reading, state__in=(State.PROPOSED, State.CONFIRMED))
    ids = list(open_rows.order_by("position", "id").values_list("pk", flat=True))
    at = ids.index(row_id) + (1 if toward is Toward.NEXT else -1) if row_id in ids else -1
    if not 0 <= at < len(ids):
        raise Refused("Không có dòng nào bên cạnh để gộp hoặc chuyển lời.")
    return ids[at]


def _look_again(review: Review) -> None:
    for row in review.rows:
        row.state = State.PROPOSED


def _copy(row: ProposedTask, text: str) -> ProposedTask:
    return ProposedTask(
        reading_id=row.reading_id, text=text, clause=row.clause, chapter=row.chapter, lead=row.lead,
        supporting=row.supporting, start=row.start, due=row.due, deadline_kind=row.deadline_kind,
        recurrence=row.recurrence, schedule_text=row.schedule_text, no_deadline_reason=row.no_deadline_reason,
        product=row.product, places=row.places, confidence=row.confidence, doubt=row.doubt, split_from=row,
    )  # fmt: skip


def _absorb(row: ProposedTask, other: ProposedTask) -> None:
    """Words and units of both; where only one says something it holds, where they differ a doubt says so."""
    lead, theirs = row.led_by, other.led_by
    doubts = [row.doubt, other.doubt]
    supporting = _united(row.supported_by, other.supported_by)
    if not lead.written:
        lead = theirs
    elif theirs.written and not same_words(lead.written, theirs.written):
        doubts.append(f"Dòng gộp ghi chủ trì khác: {theirs.written}")
    row.name_units(lead, supporting)
    row.text = f"{row.text} {other.text}".strip()[:5000]
    row.product = "; ".join(part for part in (row.product, other.product) if part)[:500]
    row.places = [*row.places, *other.places]
    row.confidence = min(row.confidence, other.confidence)
    if not (row.due or row.recurrence or row.schedule_text):
        for name in ("start", "due", "deadline_kind", "recurrence", "schedule_text", "no_deadline_reason"):
            setattr(row, name, getattr(other, name))
    row.doubt = ". ".join(dict.fromkeys(words for words in doubts if words))[:500]
    row.state, row.reason = State.PROPOSED, ""


def _united(one: Sequence[Mention], other: Sequence[Mention]) -> list[Mention]:
    found = [replace(mention) for mention in one]
    return found + [new for new in other if not any(same_words(new.written, old.written) for old in found)]
