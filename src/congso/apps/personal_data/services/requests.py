"""Requests of people about their own data: asked, acknowledged, answered or refused, each in its limit."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from congso.apps.personal_data.flow.parties import HEADS, OFFICERS
from congso.apps.personal_data.models import REQUEST, RequestKind, SubjectRequest
from congso.apps.personal_data.queries import protecting_unit
from congso.apps.personal_data.rules import acknowledged_by, answered_by, extended_to
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.directory.services import DirectoryRefused, correct_person
from congso.kernel.notify.services import notify
from congso.kernel.personal.models import Place, Purpose
from congso.kernel.personal.services import note_disclosure
from congso.kernel.records.numbering import next_number, year_period
from congso.kernel.regulations.queries import calendar, value
from congso.kernel.workflow.services import Refused, act, start

_STOPPING = (RequestKind.WITHDRAW, RequestKind.RESTRICT, RequestKind.OBJECT)
CORRECTABLE = ("full_name", "email", "phone")
SERIES = "personal_data_requests"


@dataclass(frozen=True)
class NewRequest:
    """What somebody asks; `proposed` are new values of the directory (`CORRECTABLE`) where she wants a correction."""

    kind: RequestKind
    text: str
    proposed: dict[str, str] = field(default_factory=dict)


def answer_days(kind: str, *, needs_third_party: bool, on: date) -> int:
    """The days within which a request of this kind is carried out, as the law stood on the day."""
    key = "personal_data.stop_processing_days" if kind in _STOPPING else "personal_data.access_days"
    days: dict[str, int] = value(key, on=on)
    return days["third_party" if needs_third_party else "own"]


def make_request(new: NewRequest, *, by: Actor, at: datetime) -> SubjectRequest:
    """The person asks; whoever protects data in her body is told. Raises Refused when nobody could answer."""
    if by.person_id is None or not new.text.strip():
        raise Refused("Hãy ghi rõ nội dung yêu cầu.")
    if set(new.proposed) - set(CORRECTABLE) or (new.proposed and new.kind != RequestKind.CORRECT):
        raise Refused("Chỉ yêu cầu chỉnh sửa mới nêu giá trị mới của họ tên, thư điện tử, điện thoại.")
    today = timezone.localdate(at)
    owner = protecting_unit(by.person_id, today)
    if owner is None:
        raise Refused("Bạn không giữ chức vụ nào và chưa có nơi phụ trách bảo vệ dữ liệu. Hãy báo quản trị viên.")
    days = calendar()
    request = SubjectRequest(
        type=REQUEST,
        title=f"{new.kind.label} cá nhân",
        owner=owner,
        opened_on=today,
        kind=new.kind,
        subject_id=by.person_id,
        subject_label=title_of(by.person_id, today),
        text=new.text.strip(),
        proposed={name: text.strip() for name, text in new.proposed.items()},
        due_on=acknowledged_by(today, value("personal_data.acknowledge_working_days", on=today), days),
        answer_due_on=answered_by(today, answer_days(new.kind, needs_third_party=False, on=today), days),
    )
    with start(request, by=by, at=at, label="Gửi yêu cầu"):
        number = next_number(request, organization=owner, series=SERIES, period=year_period(today), at=at)
        request.number = f"{number}/{today.year}/YC-DLCN"
        request.save(update_fields=["number"])
        told = {*OFFICERS.principals(request), *HEADS.principals(request)}
        notify(request, principals=told, text=f"Yêu cầu mới: {request.title}", by=by, at=at)
    return request


def acknowledge_request(
    request: SubjectRequest, *, needs_third_party: bool, by: Actor, at: datetime, note: str = ""
) -> None:
    """Tell the person that her request was received and how it is handled; the answer's limit runs from its receipt."""
    with act(request, "acknowledge", by=by, at=at, note=note):
        request.needs_third_party = needs_third_party
        days = answer_days(request.kind, needs_third_party=needs_third_party, on=request.opened_on)
        request.due_on = request.answer_due_on = answered_by(request.opened_on, days, calendar())
        request.acknowledged_at = at
        request.save(update_fields=["needs_third_party", "due_on", "answer_due_on", "acknowledged_at"])
        note_disclosure(person_id=request.subject_id, place=Place.REQUEST, purpose=Purpose.RIGHTS, at=at)


def extend_request(request: SubjectRequest, *, note: str, by: Actor, at: datetime) -> None:
    """The one extension, with its reason told to the person."""
    with act(request, "extend", by=by, at=at, note=note) as move:
        request.extended_from = request.answer_due_on
        days = value("personal_data.extension_days", on=request.opened_on)
        request.due_on = request.answer_due_on = extended_to(request.answer_due_on, days, calendar())
        request.save(update_fields=["extended_from", "due_on", "answer_due_on"])
        move.facts["due_on"] = request.due_on.isoformat()


def accept_correction(request: SubjectRequest, *, by: Actor, at: datetime, note: str = "") -> None:
    """Whoever protects data agrees; who keeps the directory is asked to correct it."""
    with act(request, "accept_correction", by=by, at=at, note=note):
        pass


def carry_out_correction(request: SubjectRequest, *, by: Actor, at: datetime, note: str = "") -> None:
    """Who keeps the directory writes the new values by the directory's own service. Raises Refused when she may not."""
    with act(request, "correct", by=by, at=at, note=note):
        try:
            correct_person(request.subject_id, changes=request.proposed, by=by.id, at=at)
        except DirectoryRefused as refused:
            raise Refused(str(refused)) from None
        request.corrected_at = at
        _answer(request, note.strip() or "Đã sửa danh bạ theo yêu cầu.", by=by, at=at)


def fulfil_request(request: SubjectRequest, *, answer: str, by: Actor, at: datetime) -> None:
    """Tell the person what was done."""
    if not answer.strip():
        raise Refused("Hãy ghi việc đã làm để trả lời người yêu cầu.")
    with act(request, "fulfil", by=by, at=at, note=answer):
        _answer(request, answer.strip(), by=by, at=at)


def refuse_request(request: SubjectRequest, *, ground: str, reason: str, by: Actor, at: datetime) -> None:
    """Refuse on one of the grounds of the law, with the reason in this case."""
    if ground not in refusal_grounds(request.opened_on):
        raise Refused("Hãy chọn căn cứ từ chối.")
    with act(request, "refuse", by=by, at=at, note=reason) as move:
        request.ground = ground
        _answer(request, reason.strip(), by=by, at=at)
        move.facts["ground"] = ground


def withdraw_request(request: SubjectRequest, *, by: Actor, at: datetime, note: str = "") -> None:
    """The person takes her request back."""
    with act(request, "withdraw", by=by, at=at, note=note):
        pass


def refusal_grounds(on: date) -> dict[str, str]:
    """The grounds on which a request may be refused, by code."""
    rows: list[dict[str, Any]] = value("personal_data.refusal_grounds", on=on)
    return {row["code"]: row["label"] for row in rows}


def _answer(request: SubjectRequest, words: str, *, by: Actor, at: datetime) -> None:
    request.answer, request.answered_at, request.answered_by_id = words, at, by.person_id
    request.answered_label = title_of(by.id, timezone.localdate(at))
    columns = ["answer", "answered_at", "answered_by", "answered_label", "ground", "corrected_at"]
    request.save(update_fields=columns)
