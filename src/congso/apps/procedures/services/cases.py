"""Making an application and taking it in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from congso.apps.procedures.flow import desk_principals
from congso.apps.procedures.models import CASE, Case, CasePaper, CaseStep, Channel, Publication
from congso.apps.procedures.queries import gather, receivers_of
from congso.apps.procedures.rules import counted_from, missing_papers, promised_day
from congso.apps.procedures.services.moving import moving
from congso.apps.procedures.services.secrets import look_up_key, new_salt, word_of
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.records.numbering import next_number, year_period
from congso.kernel.regulations.queries import calendar, value
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused, start

SERIES = "procedure-cases"
_SHORTEST_NAME = 2


@dataclass(frozen=True)
class Application:
    """What an applicant says; `papers` are the places of the papers handed in."""

    applicant_kind: str
    applicant_name: str
    papers: Collection[int]
    applicant_organization: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    request_text: str = ""
    event_on: date | None = None


def apply_for(publication: Publication, told: Application, *, receiver: Organization, by: Actor, at: datetime) -> Case:
    """A signed-in person begins her own application. Raises Refused when the procedure takes none online today."""
    if by.person_id is None:
        raise NotYours("Hãy đăng nhập để nộp hồ sơ trực tuyến.")
    if not publication.is_online:
        raise Refused("Thủ tục này chưa nhận hồ sơ trực tuyến; hãy nộp trực tiếp hoặc qua bưu chính.")
    return _open(publication, told, receiver, Channel.ONLINE, by=by, at=at, applicant_id=by.person_id)


@transaction.atomic
def take_in(
    publication: Publication, told: Application, *, receiver: Organization, channel: str, by: Actor, at: datetime
) -> Case:
    """A clerk takes an application in for somebody at the desk; it is received at once when its papers are complete."""
    if not current_principals() & desk_principals(receiver):
        raise NotYours(f"Bạn không tiếp nhận hồ sơ của {receiver.name}.")
    if channel not in (Channel.DESK, Channel.POST):
        raise Refused("Hồ sơ do cán bộ tiếp nhận đến trực tiếp hoặc qua bưu chính.")
    case = _open(publication, told, receiver, channel, by=by, at=at)
    if not missing_papers((one.name, one.is_required, one.is_given) for one in case.papers.all()):
        submit_case(case, by=by, at=at)
        receive_case(case, by=by, at=at)
    return case


def edit_case(case: Case, told: Application, *, by: Actor, at: datetime) -> None:
    """Change an application that is not handed in, or was given back to be completed."""
    with moving(case, "edit", by=by, at=at):
        _check(case.publication, told, timezone.localdate(at))
        save(case, **_columns(told))
        _mark_papers(case, told.papers)
        index_record(case)


def submit_case(case: Case, *, by: Actor, at: datetime) -> None:
    """Hand the application in; every required paper must be there."""
    with moving(case, "submit", by=by, at=at):
        save(case, asked_for="")


def receive_case(case: Case, *, by: Actor, at: datetime) -> None:
    """Take the case in: its number, the promised day, the word of the receipt; the first step's clock starts."""
    with moving(case, "receive", by=by, at=at) as move:
        local, days = timezone.localtime(at), calendar()
        closes = time.fromisoformat(str(value("procedures.desk_closes", on=local.date())))
        counted = counted_from(local, closes, days)
        due = promised_day(counted, case.working_days, days)
        save(
            case, number=_number(case, at), received_at=at, first_due_on=due, due_on=due, current_step=1, asked_for="",
        )  # fmt: skip
        save(case, look_up_key=look_up_key(case.number, word_of(case)))
        begin_step(case, 1, counted)
        move.label = f"{move.label}: hẹn trả {due:%d/%m/%Y}"
        move.facts |= {
            "number": case.number,
            "due_on": due.isoformat(),
            "papers": case.papers.filter(is_given=True).count(),
        }
        index_record(case)


def begin_step(case: Case, position: int, day: date) -> CaseStep:
    """Start the clock of a step, and let the case lie where the step does."""
    step = next(one for one in case.steps.all() if one.position == position)
    due = promised_day(day, step.working_days, calendar())
    CaseStep.objects.filter(pk=step.pk).update(
        started_on=day, due_on=due, finished_on=None, finished_by=None, finished_label=""
    )
    handler = case.handler if case.unit_id == step.organization_id else None
    save(case, unit=step.organization, current_step=position, handler=handler)
    gather(case)
    return step


def _open(
    publication: Publication, told: Application, receiver: Organization, channel: str, *, by: Actor, at: datetime,
    applicant_id: int | None = None,
) -> Case:  # fmt: skip
    today = timezone.localdate(at)
    _check(publication, told, today)
    if not receivers_of(publication, today).filter(pk=receiver.pk).exists():
        raise Refused(f"{receiver.name} không thực hiện thủ tục này.")
    content = publication.content
    if not content["steps"]:
        raise Refused("Thủ tục chưa có bước giải quyết.")
    case = Case(
        type=CASE, title=publication.name, owner=receiver, unit=receiver, opened_on=today, publication=publication,
        channel=channel, applicant_id=applicant_id, working_days=content["working_days"], secret_salt=new_salt(),
        **_columns(told),
    )  # fmt: skip
    with start(case, by=by, at=at, label="Lập hồ sơ"):
        _write_rows(case, receiver, today)
        _mark_papers(case, told.papers)
        index_record(case)
    return case


def _check(publication: Publication, told: Application, today: date) -> None:
    """Rule 1 of office 8: only a procedure with a publishing decision in force takes cases."""
    ended = publication.valid_to is not None and publication.valid_to <= today
    if ended or publication.valid_from > today or not publication.content["decision_symbol"]:
        raise Refused("Thủ tục không có hiệu lực vào hôm nay nên không nhận hồ sơ mới.")
    if len(told.applicant_name.strip()) < _SHORTEST_NAME:
        raise Refused("Hãy ghi họ tên người đề nghị.")
    if told.applicant_kind not in publication.content["applicants"]:
        raise Refused("Đối tượng này không thuộc diện thực hiện thủ tục.")
    if told.event_on and told.event_on > today:
        raise Refused("Ngày của sự kiện không ở trong tương lai.")


def _columns(told: Application) -> dict[str, object]:
    names = (
        "applicant_kind", "applicant_name", "applicant_organization", "phone", "email", "address", "request_text",
    )  # fmt: skip
    return {name: str(getattr(told, name)).strip() for name in names} | {"event_on": told.event_on}


def _write_rows(case: Case, receiver: Organization, today: date) -> None:
    codes = [step["organization"]["code"] for step in case.publication.content["steps"] if step["organization"]]
    known = {one.code: one for one in Organization.objects.filter(code__in=codes)}
    CaseStep.objects.bulk_create(
        CaseStep(
            case=case, position=step["position"], name=step["name"], working_days=step["working_days"],
            organization=known[step["organization"]["code"]] if step["organization"] else receiver,
        )
        for step in case.publication.content["steps"]
    )  # fmt: skip
    CasePaper.objects.bulk_create(
        CasePaper(
            case=case, position=paper["position"], name=paper["name"], kind=paper["kind"], quantity=paper["quantity"],
            is_required=paper["is_required"], is_given=paper["kind"] == "database",
        )
        for paper in case.publication.content["papers"]
    )  # fmt: skip
    gather(case)


def _mark_papers(case: Case, given: Collection[int]) -> None:
    case.papers.exclude(kind="database").filter(position__in=given).update(is_given=True)
    case.papers.exclude(kind="database").exclude(position__in=given).update(is_given=False)
    gather(case)


def _number(case: Case, at: datetime) -> str:
    """The code on the receipt: the body's code, the day, and its running number of the year."""
    day = timezone.localdate(at)
    number = next_number(case, organization=case.owner, series=SERIES, period=year_period(day), at=at)
    return f"{case.owner.code}-{day:%y%m%d}-{number:04d}"
