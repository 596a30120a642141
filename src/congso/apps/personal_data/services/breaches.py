"""Breaches of personal data: written down, brought up to date, reported in phases, told to the people, concluded."""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from congso.apps.personal_data.flow.parties import HEADS, OFFICERS
from congso.apps.personal_data.models import BREACH, AffectedNotice, Breach, BreachCause, BreachReport
from congso.apps.personal_data.queries import protecting_unit
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.queries import title_of
from congso.kernel.notify.services import notify
from congso.kernel.records.numbering import next_number, year_period
from congso.kernel.regulations.queries import value
from congso.kernel.workflow.services import Refused, act, start

Phase = BreachReport.Phase
DRILL = "[DIỄN TẬP]"
NOWHERE = "Diễn tập: không gửi ra ngoài"
_SERIES = {False: "personal_breaches", True: "personal_breach_drills"}
_TRANSITIONS = {
    Phase.INITIAL: "report_initial",
    Phase.ADDITIONAL: "report_additional",
    Phase.FINAL: "report_final",
}


@dataclass(frozen=True)
class BreachFacts:
    """What is known of a breach; it grows from report to report."""

    description: str
    happened_at: datetime | None = None
    data_kinds: list[str] = field(default_factory=list)
    people_count: int | None = None
    cause: str = BreachCause.OTHER
    cause_text: str = ""
    consequences: str = ""
    measures: str = ""
    contact: str = ""


def record_breach(
    facts: BreachFacts, *, discovered_at: datetime, by: Actor, at: datetime, is_drill: bool = False
) -> Breach:
    """Write down what was found; the 72 hours run from `discovered_at`. Anybody may; a drill only who protects data.

    Whoever is neither protector nor leader does not see it afterwards. Raises Refused.
    """
    if by.person_id is None or not facts.description.strip():
        raise Refused("Hãy ghi đã xảy ra việc gì.")
    if discovered_at > at:
        raise Refused("Thời điểm phát hiện không thể ở tương lai.")
    _check_times(facts, discovered_at)
    today = timezone.localdate(at)
    owner = protecting_unit(by.person_id, today)
    if owner is None:
        raise Refused("Chưa có nơi phụ trách bảo vệ dữ liệu cá nhân. Hãy báo ngay cho lãnh đạo cơ quan.")
    breach = Breach(
        type=BREACH,
        title=_title(facts.description, is_drill=is_drill),
        owner=owner,
        opened_on=today,
        is_drill=is_drill,
        discovered_at=discovered_at,
        report_due_at=discovered_at + timedelta(hours=value("personal_data.breach_report_hours", on=today)),
        **asdict(facts),
    )
    breach.due_on = timezone.localdate(breach.report_due_at)
    protecting = {*OFFICERS.principals(breach), *HEADS.principals(breach)}
    if is_drill and not current_principals() & protecting:
        raise Refused("Chỉ người phụ trách bảo vệ dữ liệu, lãnh đạo cơ quan mở diễn tập.")
    with start(breach, by=by, at=at, label="Ghi sự cố"):
        number = next_number(breach, organization=owner, series=_SERIES[is_drill], period=year_period(today), at=at)
        breach.number = f"{number}/{today.year}/{'DT' if is_drill else 'SC'}-DLCN"
        breach.save(update_fields=["number"])
        words = f"{DRILL} Sự cố dữ liệu cá nhân" if is_drill else "Sự cố dữ liệu cá nhân: đồng hồ 72 giờ đang chạy"
        notify(breach, principals=protecting, text=words, by=by, at=at)
    return breach


def amend_breach(breach: Breach, facts: BreachFacts, *, by: Actor, at: datetime) -> None:
    """Bring what is known up to date; what was already reported stays as it was reported."""
    if not facts.description.strip():
        raise Refused("Hãy ghi đã xảy ra việc gì.")
    _check_times(facts, breach.discovered_at)
    changed = [name for name, told in asdict(facts).items() if getattr(breach, name) != told]
    if not changed:
        return
    with act(breach, "amend", by=by, at=at) as move:
        for name in changed:
            setattr(breach, name, getattr(facts, name))
        breach.title = _title(facts.description, is_drill=breach.is_drill)
        breach.save(update_fields=["title", *changed])
        move.facts["changed"] = changed


def report_breach(
    breach: Breach,
    phase: BreachReport.Phase,
    *,
    addressee: str,
    by: Actor,
    at: datetime,
    reference: str = "",
    late_reason: str = "",
) -> BreachReport:
    """Write down that the breach was reported in this phase, with what was known. Late: only with its reason.

    Raises Refused when what the form asks is missing: kinds of data and contact for the first report; number of
    people, cause, consequences and measures for the last.
    """
    missing = _missing(breach, phase)
    if missing:
        raise Refused(f"Trước khi báo cáo, hãy cập nhật: {', '.join(missing)}.")
    is_late = phase is Phase.INITIAL and at > breach.report_due_at
    if is_late and not late_reason.strip():
        raise Refused("Đã quá hạn báo cáo; hãy ghi lý do báo cáo chậm.")
    with act(breach, _TRANSITIONS[phase], by=by, at=at, note=late_reason) as move:
        if phase is Phase.INITIAL:
            breach.due_on = None
            breach.save(update_fields=["due_on"])
        move.facts.update(phase=str(phase), is_late=is_late)
        return BreachReport.objects.create(
            breach=breach,
            phase=phase,
            addressee=NOWHERE if breach.is_drill else addressee.strip(),
            reference=reference.strip(),
            known=known_of(breach),
            late_reason=late_reason.strip() if is_late else "",
            sent_at=at,
            sent_by_id=by.id,
            sent_by_label=title_of(by.id, timezone.localdate(at)),
        )


def tell_people(
    breach: Breach, *, people_count: int, means: str, words: str, by: Actor, at: datetime
) -> AffectedNotice:
    """Write down that affected people were told; a drill tells nobody and says so."""
    if people_count < 1 or not means.strip() or not words.strip():
        raise Refused("Hãy ghi số người, cách báo và nội dung đã báo.")
    with act(breach, "tell_people", by=by, at=at) as move:
        move.facts["people"] = people_count
        return AffectedNotice.objects.create(
            breach=breach,
            people_count=people_count,
            means=f"{DRILL} {means.strip()}" if breach.is_drill else means.strip(),
            words=words.strip(),
            told_at=at,
            told_by_id=by.id,
            told_by_label=title_of(by.id, timezone.localdate(at)),
        )


def judge_not_reportable(breach: Breach, *, note: str, by: Actor, at: datetime) -> None:
    """The head judges that no harm is likely, with the reason: no report is owed."""
    with act(breach, "judge_not_reportable", by=by, at=at, note=note):
        pass


def take_up_again(breach: Breach, *, note: str, by: Actor, at: datetime) -> None:
    """What was judged not reportable is judged again; the hours never stopped."""
    with act(breach, "take_up_again", by=by, at=at, note=note):
        pass


def reopen_breach(breach: Breach, *, note: str, by: Actor, at: datetime) -> None:
    """A concluded breach is taken up again because something new is known."""
    with act(breach, "reopen", by=by, at=at, note=note):
        pass


def known_of(breach: Breach) -> dict[str, Any]:
    """What form 08 tells, as it is known now: kept with each report."""
    return {
        "number": breach.number,
        "owner": breach.owner.name,
        "discovered_at": breach.discovered_at.isoformat(),
        "happened_at": breach.happened_at.isoformat() if breach.happened_at else None,
        "description": breach.description,
        "data_kinds": list(breach.data_kinds),
        "is_sensitive": breach.is_sensitive,
        "people_count": breach.people_count,
        "cause": breach.cause,
        "cause_text": breach.cause_text,
        "consequences": breach.consequences,
        "measures": breach.measures,
        "contact": breach.contact,
        "is_drill": breach.is_drill,
    }


def _missing(breach: Breach, phase: BreachReport.Phase) -> list[str]:
    asked: list[tuple[str, Any]] = [("loại dữ liệu", breach.data_kinds), ("đầu mối liên hệ", breach.contact.strip())]
    if phase is Phase.FINAL:
        asked += [
            ("số người bị ảnh hưởng", breach.people_count is not None),
            ("nguyên nhân", breach.cause_text.strip()),
            ("hậu quả", breach.consequences.strip()),
            ("biện pháp khắc phục", breach.measures.strip()),
        ]
    return [words for words, told in asked if not told]


def _check_times(facts: BreachFacts, discovered_at: datetime) -> None:
    if facts.happened_at and facts.happened_at > discovered_at:
        raise Refused("Thời điểm xảy ra phải trước thời điểm phát hiện.")


def _title(description: str, *, is_drill: bool) -> str:
    first = description.strip().splitlines()[0][:300]
    return f"{DRILL} {first}" if is_drill else first
