"""Impact assessments: written, approved, sent where they must be, looked through again by their limits."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from congso.apps.personal_data.flow.parties import HEADS, OFFICERS
from congso.apps.personal_data.models import (
    ASSESSMENT,
    Assessment,
    AssessmentFiling,
    AssessmentKind,
    AssessmentVersion,
)
from congso.apps.personal_data.queries import protecting_unit
from congso.apps.personal_data.rules import assessed_by, reviewed_by
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.queries import title_of
from congso.kernel.records.numbering import next_number, year_period
from congso.kernel.regulations.queries import calendar, value
from congso.kernel.workflow.services import Refused, act, start

SERIES = "impact_assessments"
Reason, Step = AssessmentVersion.Reason, AssessmentFiling.Step


@dataclass(frozen=True)
class AssessmentFacts:
    """What an assessment says (form 10); `activities` are lines of the register of processing."""

    title: str
    begun_on: date
    purpose: str
    kind: str = AssessmentKind.PROCESSING
    activities: list[str] = field(default_factory=list)
    data_kinds: list[str] = field(default_factory=list)
    people_count: int | None = None
    recipients: str = ""
    retention: str = ""
    measures: str = ""
    risks: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter to or from the competent body: its day, number, words."""

    happened_on: date
    body: str = ""
    reference: str = ""
    words: str = ""


def open_assessment(facts: AssessmentFacts, *, by: Actor, at: datetime) -> Assessment:
    """Begin an assessment; due within the law's days from the beginning of the processing. Raises Refused."""
    _check(facts, at)
    today = timezone.localdate(at)
    owner = protecting_unit(by.person_id, today) if by.person_id else None
    if owner is None:
        raise Refused("Chưa có nơi phụ trách bảo vệ dữ liệu cá nhân.")
    made = Assessment(type=ASSESSMENT, owner=owner, opened_on=today, **asdict(facts))
    made.due_on = _first_due(facts, today)
    made.is_filing_owed = bool(value("personal_data.assessment_must_file", on=today))
    if not current_principals() & {*OFFICERS.principals(made), *HEADS.principals(made)}:
        raise Refused("Chỉ người phụ trách bảo vệ dữ liệu, lãnh đạo cơ quan lập hồ sơ đánh giá tác động.")
    with start(made, by=by, at=at, label="Lập hồ sơ"):
        number = next_number(made, organization=owner, series=SERIES, period=year_period(today), at=at)
        made.number = f"{number}/{today.year}/ĐGTĐ-DLCN"
        made.save(update_fields=["number"])
    return made


def amend_assessment(found: Assessment, facts: AssessmentFacts, *, by: Actor, at: datetime) -> None:
    """Write what the assessment says; approved versions stay as they were approved."""
    _check(facts, at)
    changed = [name for name, told in asdict(facts).items() if getattr(found, name) != told]
    if not changed:
        return
    with act(found, "amend", by=by, at=at) as move:
        for name in changed:
            setattr(found, name, getattr(facts, name))
        if "begun_on" in changed and not found.versions.exists():
            found.due_on = _first_due(facts, found.opened_on)
            changed.append("due_on")
        found.save(update_fields=changed)
        move.facts["changed"] = changed


def submit_assessment(found: Assessment, *, by: Actor, at: datetime) -> None:
    """Lay it before the leaders."""
    with act(found, "submit", by=by, at=at):
        pass


def return_assessment(found: Assessment, *, note: str, by: Actor, at: datetime) -> None:
    """The leader wants it mended."""
    with act(found, "return", by=by, at=at, note=note):
        pass


def approve_assessment(found: Assessment, *, by: Actor, at: datetime) -> AssessmentVersion:
    """The leader approves: a version is kept. The next limit is the review's, unless it still has to be sent."""
    with act(found, "approve", by=by, at=at) as move:
        asked = found.filings.order_by("-id").values_list("step", flat=True).first() == Step.ASKED
        reason = Reason.COMPLETED if asked else Reason.REVISED if found.versions.exists() else Reason.FIRST
        version = _keep(found, reason, by, at)
        if not found.is_filing_owed:
            found.due_on = _next_review(timezone.localdate(at))
        found.reviewed_on, found.changed_on = timezone.localdate(at), None
        found.save(update_fields=["due_on", "reviewed_on", "changed_on"])
        move.facts["version"] = version.number
        return version


def file_assessment(found: Assessment, letter: Letter, *, by: Actor, at: datetime) -> None:
    """Write down that the newest version was sent; the answer is expected within the law's days."""
    with act(found, "file", by=by, at=at) as move:
        filing = _note(found, Step.SENT, letter, by, at)
        found.is_filing_owed = False
        found.due_on = assessed_by(
            filing.happened_on, value("personal_data.assessment_answer_days", on=filing.happened_on), calendar()
        )
        found.save(update_fields=["is_filing_owed", "due_on"])
        move.facts["version"] = filing.version


def note_asked(found: Assessment, letter: Letter, *, by: Actor, at: datetime) -> None:
    """The competent body wants it completed: the law's days run from its letter."""
    with act(found, "note_asked", by=by, at=at, note=letter.words):
        filing = _note(found, Step.ASKED, letter, by, at)
        found.is_filing_owed = True
        found.due_on = assessed_by(
            filing.happened_on, value("personal_data.assessment_completion_days", on=filing.happened_on), calendar()
        )
        found.save(update_fields=["is_filing_owed", "due_on"])


def note_accepted(found: Assessment, letter: Letter, *, by: Actor, at: datetime) -> None:
    """The competent body found it sufficient."""
    with act(found, "note_accepted", by=by, at=at):
        _note(found, Step.ACCEPTED, letter, by, at)
        found.due_on = _next_review(found.reviewed_on or timezone.localdate(at))
        found.save(update_fields=["due_on"])


def confirm_unchanged(found: Assessment, *, by: Actor, at: datetime) -> AssessmentVersion:
    """The periodic review found nothing changed: kept as a version, the next review's limit begins."""
    with act(found, "confirm_unchanged", by=by, at=at) as move:
        version = _keep(found, Reason.UNCHANGED, by, at)
        found.reviewed_on = timezone.localdate(at)
        found.due_on = _next_review(found.reviewed_on)
        found.save(update_fields=["reviewed_on", "due_on"])
        move.facts["version"] = version.number
        return version


def revise_assessment(found: Assessment, *, note: str, changed_on: date | None, by: Actor, at: datetime) -> None:
    """Take it up again. A listed change has its day, from which the law's days run; else the review's."""
    today = timezone.localdate(at)
    if changed_on is not None and changed_on > today:
        raise Refused("Ngày thay đổi không thể ở tương lai.")
    with act(found, "revise", by=by, at=at, note=note):
        if changed_on is not None:
            found.changed_on = changed_on
            found.due_on = assessed_by(
                changed_on, value("personal_data.assessment_change_days", on=changed_on), calendar()
            )
        found.is_filing_owed = found.is_filing_owed or found.filings.exists()
        found.save(update_fields=["changed_on", "due_on", "is_filing_owed"])


def end_assessment(found: Assessment, *, note: str, by: Actor, at: datetime) -> None:
    """The processing is over, or was not begun: nothing is owed any more."""
    with act(found, "end", by=by, at=at, note=note):
        found.due_on = None
        found.save(update_fields=["due_on"])


def assessed_of(found: Assessment) -> dict[str, Any]:
    """What form 10 tells, as it stands now: kept with each version."""
    return {
        "number": found.number,
        "owner": found.owner.name,
        "title": found.title,
        "kind": found.kind,
        "begun_on": found.begun_on.isoformat(),
        "activities": list(found.activities),
        "purpose": found.purpose,
        "data_kinds": list(found.data_kinds),
        "is_sensitive": found.is_sensitive,
        "people_count": found.people_count,
        "recipients": found.recipients,
        "retention": found.retention,
        "measures": found.measures,
        "risks": found.risks,
        "contact": found.contact,
    }


def _check(facts: AssessmentFacts, at: datetime) -> None:
    if not facts.title.strip() or not facts.purpose.strip():
        raise Refused("Hãy ghi tên hoạt động xử lý và mục đích.")
    if facts.kind not in AssessmentKind.values:
        raise Refused("Loại hồ sơ không đúng.")


def _first_due(facts: AssessmentFacts, on: date) -> date:
    is_transfer = facts.kind == AssessmentKind.TRANSFER
    days = value("personal_data.transfer_days" if is_transfer else "personal_data.assessment_days", on=on)
    return assessed_by(facts.begun_on, days, calendar())


def _next_review(last_on: date) -> date:
    return reviewed_by(last_on, value("personal_data.assessment_review_months", on=last_on), calendar())


def _keep(found: Assessment, reason: AssessmentVersion.Reason, by: Actor, at: datetime) -> AssessmentVersion:
    last = found.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return AssessmentVersion.objects.create(
        assessment=found, number=last + 1, reason=reason, known=assessed_of(found), made_at=at, made_by_id=by.id,
        made_by_label=title_of(by.id, timezone.localdate(at)),
    )  # fmt: skip


def _note(found: Assessment, step: AssessmentFiling.Step, letter: Letter, by: Actor, at: datetime) -> AssessmentFiling:
    today = timezone.localdate(at)
    if letter.happened_on > today:
        raise Refused("Ngày văn bản không thể ở tương lai.")
    body = letter.body.strip() or found.filings.order_by("-id").values_list("body", flat=True).first() or ""
    if not body:
        raise Refused("Hãy ghi cơ quan nhận hồ sơ.")
    last = found.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return AssessmentFiling.objects.create(
        assessment=found, step=step, version=last, body=body[:300], reference=letter.reference.strip(),
        happened_on=letter.happened_on, words=letter.words.strip(), made_at=at, made_by_id=by.id,
        made_by_label=title_of(by.id, today),
    )  # fmt: skip
