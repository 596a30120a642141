"""The demo's procedures and cases: one known by its central decision, four of the office, cases in every stage.

The central one follows 294-QĐ/TW and 4192-QĐ/BTCTW; steps and days of all are invented for the demo, as are the people.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from congso.apps.procedures import services
from congso.apps.procedures.models import Applicant, Case, Level, PaperKind, Procedure, Publication
from congso.apps.procedures.queries import case_of, procedure_of
from congso.apps.procedures.services import Application, PaperRow, ProcedureFacts, StepRow
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on
from congso.kernel.regulations.queries import calendar
from congso.lib.workdays import previous_working_day, working_days_before

_CHIEF, _CLERK = "chanhvp.vptu", "vanthu1.vptu"
_TRANSFER = "1.BTCTW.001"


@transaction.atomic
def load() -> int:
    """Make the demo's procedures and cases; returns how many cases, 0 when they are there."""
    chief, clerk = _person(_CHIEF), _person(_CLERK)
    with acting_as(clerk):
        if Procedure.objects.exists():
            return 0
        today = timezone.localdate()
        by_code = {one.code: one for one in organizations_on(today)}
    office, board = by_code["LC.VPTU"], by_code["LC.BTCTU"]
    began = _moment(working_days_before(today, 40, calendar()))
    made = {}
    for facts, steps, papers in _procedures(office, board):
        made[facts.number] = _publish(facts, steps, papers, office=office, clerk=clerk, chief=chief, at=began)
    return _cases(made, office=office, clerk=clerk, chief=chief)


def _procedures(
    office: Organization, board: Organization
) -> list[tuple[ProcedureFacts, list[StepRow], list[PaperRow]]]:
    transfer = ProcedureFacts(
        number=_TRANSFER, title="Chuyển sinh hoạt đảng chính thức", field="Công tác đảng viên", level=Level.PROVINCE,
        performer=office, decided_by="Cấp ủy có thẩm quyền", applicants=(Applicant.MEMBER,),
        applicant_words="Đảng viên chuyển công tác, nghỉ hưu, nghỉ việc hoặc thay đổi nơi cư trú lâu dài.",
        manner="Trực tuyến, trực tiếp hoặc qua bưu chính.", result="Giấy giới thiệu sinh hoạt đảng", is_online=True,
        basis="Quy định 294-QĐ/TW ngày 26/5/2025; Quyết định 4192-QĐ/BTCTW ngày 12/12/2025.", start_within=60,
        start_event="quyết định nghỉ công tác, chuyển công tác hoặc thay đổi nơi cư trú", present_within=30,
    )  # fmt: skip
    copies = ProcedureFacts(
        number="1.VPTU.001", title="Cấp bản sao tài liệu lưu trữ", field="Văn thư, lưu trữ", level=Level.PROVINCE,
        performer=office, applicants=(Applicant.MEMBER, Applicant.OFFICIAL, Applicant.CITIZEN, Applicant.ORGANIZATION),
        result="Bản sao tài liệu có xác nhận", is_online=True, manner="Trực tuyến, trực tiếp hoặc qua bưu chính.",
    )  # fmt: skip
    keys = ProcedureFacts(
        number="1.VPTU.002", title="Cấp chứng thư số và thiết bị ký số", field="Chữ ký số", level=Level.PROVINCE,
        performer=office, applicants=(Applicant.OFFICIAL, Applicant.ORGANIZATION), is_online=True,
        result="Chứng thư số, thiết bị ký số", conditions="Người được giao nhiệm vụ ký hoặc giữ con dấu của cơ quan.",
    )  # fmt: skip
    meeting = ProcedureFacts(
        number="1.VPTU.003", title="Đăng ký làm việc với Thường trực Tỉnh ủy", field="Tổng hợp", level=Level.PROVINCE,
        performer=office, applicants=(Applicant.ORGANIZATION,), result="Thông báo lịch làm việc", is_online=True,
    )  # fmt: skip
    commune = ProcedureFacts(
        number="1.XA.001", title="Xác nhận đảng viên đang sinh hoạt tại xã, phường", field="Công tác đảng viên",
        level=Level.COMMUNE, performer_kind="commune_committee", applicants=(Applicant.MEMBER,),
        result="Giấy xác nhận", is_online=True,
    )  # fmt: skip
    return [
        (
            transfer,
            [
                StepRow("Tiếp nhận, kiểm tra hồ sơ", 1), StepRow("Thẩm tra, làm giấy giới thiệu", 5, board),
                StepRow("Trả kết quả", 1),
            ],
            [
                PaperRow("Quyết định hoặc văn bản đồng ý chuyển", PaperKind.COPY), PaperRow("Bản tự kiểm điểm"),
                PaperRow("Hồ sơ đảng viên"), PaperRow("Thẻ đảng viên", PaperKind.DATABASE, is_required=False),
            ],
        ),
        (
            copies,
            [StepRow("Tiếp nhận, tra tìm", 3), StepRow("Duyệt, xác nhận bản sao", 2)],
            [PaperRow("Phiếu yêu cầu sao chụp tài liệu"), PaperRow("Giấy giới thiệu của cơ quan", is_required=False)],
        ),
        (keys, [StepRow("Kiểm tra đề nghị", 2), StepRow("Cấp, bàn giao", 5)], [PaperRow("Danh sách đề nghị cấp")]),
        (meeting, [StepRow("Tổng hợp, trình Thường trực", 3)], [PaperRow("Văn bản đăng ký")]),
        (commune, [StepRow("Tiếp nhận, đối chiếu", 1), StepRow("Ký xác nhận", 1)], [PaperRow("Đơn đề nghị")]),
    ]  # fmt: skip


def _publish(
    facts: ProcedureFacts, steps: list[StepRow], papers: list[PaperRow], *, office: Organization, clerk: Actor,
    chief: Actor, at: datetime,
) -> Publication:  # fmt: skip
    with acting_as(clerk):
        one = services.draft_procedure(facts, owner=office, steps=steps, papers=papers, by=clerk, at=at)
        services.step_on(procedure_of(one.pk), "submit", by=clerk, at=at)
    with acting_as(chief):
        services.step_on(procedure_of(one.pk), "approve", by=chief, at=at)
    with acting_as(clerk):
        central = facts.number == _TRANSFER
        symbol = "4192-QĐ/BTCTW" if central else "112-QĐ/VPTU"
        decided = date(2025, 12, 12) if central else at.date()
        services.record_decision(
            procedure_of(one.pk), symbol=symbol, decided_on=decided, valid_from=at.date(), by=clerk, at=at
        )
        return services.publish_procedure(procedure_of(one.pk), by=clerk, at=at)


def _cases(made: dict[str, Publication], *, office: Organization, clerk: Actor, chief: Actor) -> int:
    """Cases a clerk took in on past days: new, at work, waiting for papers, late with a letter."""
    names = ("Nguyễn Thị Hư Cấu", "Trần Văn Ví Dụ", "Lò Thị Minh Họa", "Giàng A Thử", "Phạm Giả Định")
    told = 0
    for place, (name, ago) in enumerate(zip(names, (1, 3, 4, 12, 2), strict=True)):
        publication = made["1.VPTU.001" if place % 2 else _TRANSFER]
        at = _moment(working_days_before(timezone.localdate(), ago, calendar()))
        case = _take_in(publication, name, office=office, clerk=clerk, at=at)
        told += 1
        if place == 2:
            _do(
                clerk,
                services.ask_for_additions,
                case,
                note="Bổ sung bản tự kiểm điểm có chữ ký.",
                at=at + timedelta(hours=2),
            )
        if place == 3:
            later = _moment(previous_working_day(timezone.localdate(), calendar()))
            _do(chief, services.apologise, case, new_due_on=calendar_day(3), note="Tài liệu đang số hóa lại.", at=later)
    return told


def _take_in(publication: Publication, name: str, *, office: Organization, clerk: Actor, at: datetime) -> Case:
    papers = [row["position"] for row in publication.content["papers"] if row["kind"] != PaperKind.DATABASE]
    kind = Applicant.MEMBER
    with acting_as(clerk):
        return services.take_in(
            publication, Application(kind, name, papers), receiver=office, channel="desk", by=clerk, at=at
        )


def _do(who: Actor, service: Any, case: Case, **facts: Any) -> None:
    with acting_as(who):
        service(case_of(case.pk), by=who, **facts)


def calendar_day(ahead: int) -> date:
    """The working day so many days from today on."""
    day, days = timezone.localdate(), calendar()
    while ahead:
        day += timedelta(days=1)
        ahead -= days.is_working_day(day)
    return day


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9), timezone.get_current_timezone())


def _person(username: str) -> Actor:
    return Actor.person(User.objects.get(username=username).person_id)
