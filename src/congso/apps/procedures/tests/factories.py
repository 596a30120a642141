"""Procedures and cases of the test world, made through the services."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from congso.apps.procedures import services
from congso.apps.procedures.models import Applicant, Case, Level, Procedure, Publication
from congso.apps.procedures.queries import case_of, procedure_of
from congso.apps.procedures.services import Application, PaperRow, ProcedureFacts, StepRow
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World

OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=OFFICE_TIME)  # a Monday
CODE = "1.000001"


def moment(day: date, hour: int = 9) -> datetime:
    """An office hour of the day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=OFFICE_TIME)


def facts(world: World, **more: Any) -> ProcedureFacts:
    """What the sample procedure says."""
    told: dict[str, Any] = {
        "number": CODE, "title": "Cấp bản sao tài liệu lưu trữ", "field": "Lưu trữ", "level": Level.PROVINCE,
        "result": "Bản sao tài liệu", "performer": world.organization("VPTU"),
        "applicants": (Applicant.MEMBER, Applicant.CITIZEN), "is_online": True,
    }  # fmt: skip
    return ProcedureFacts(**(told | more))


def do(world: World, who: str, service: Any, record: Any, *, at: datetime = NOW, **more: Any) -> Any:
    """Call a service on the record as one of the cast, from a fresh read."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        fresh: Any = case_of(record.pk) if isinstance(record, Case) else procedure_of(record.pk)
        answer = service(fresh, by=actor, at=at, **more)
        record.state, record.due_on, record.number = fresh.state, fresh.due_on, fresh.number
        return answer


def draft(world: World, *, at: datetime = NOW, **more: Any) -> Procedure:
    """A draft of the office's clerk: one step inside, one with the agency, one inside; two papers."""
    actor = Actor.person(world.clerk)
    with acting_as(actor):
        return services.draft_procedure(
            facts(world, **more), owner=world.organization("VPTU"),
            steps=[
                StepRow("Kiểm tra hồ sơ", 1), StepRow("Xác nhận của Ban Tổ chức", 3, world.organization("BTC")),
                StepRow("Ký, trả kết quả", 2),
            ],
            papers=[PaperRow("Đơn đề nghị"), PaperRow("Giấy giới thiệu", is_required=False)], by=actor, at=at,
        )  # fmt: skip


def publish(
    world: World, *, at: datetime = NOW, valid_from: date = date(2026, 11, 2), with_form: bool = False, **more: Any
) -> Publication:
    """The sample procedure, drafted, approved, decided and published; with a form for its first paper."""
    one = draft(world, at=at, **more)
    if with_form:
        _add_form(world, one)
    do(world, "clerk", services.step_on, one, key="submit", at=at)
    do(world, "chief", services.step_on, one, key="approve", at=at)
    do(world, "clerk", services.record_decision, one, symbol="12-QĐ/VPTU", decided_on=date(2026, 11, 2),
       valid_from=valid_from, at=at)  # fmt: skip
    return do(world, "clerk", services.publish_procedure, one, at=at)


def _add_form(world: World, one: Procedure) -> None:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from congso.apps.procedures.models import Paper
    from congso.kernel.files.services import attach, store_file
    from congso.kernel.files.tests import papers

    by = Actor.person(world.clerk)
    with TemporaryDirectory() as folder, acting_as(by):
        path = Path(folder, "mẫu đơn.pdf")
        path.write_bytes(papers.pdf(pages=1))
        blob = store_file(path, media_type="application/pdf", pages=1, by=by, at=NOW)
        form = attach(one, blob, name="mẫu đơn.pdf", role="enclosure", by=by, at=NOW)
        rows = [
            PaperRow(row.name, row.kind, row.quantity, row.is_required, form if row.position == 1 else None)
            for row in Paper.objects.filter(procedure=one).order_by("position")
        ]
        steps = [StepRow(row.name, row.working_days, row.organization) for row in one.steps.all()]
        number, title = one.number, one.title
        services.edit_procedure(
            procedure_of(one.pk), facts(world, number=number, title=title), steps=steps, papers=rows, by=by, at=NOW
        )


def told(**more: Any) -> Application:
    """What an applicant says; the required paper is there."""
    return Application(**({"applicant_kind": "member", "applicant_name": "Nguyễn Văn Nộp", "papers": [1]} | more))


def apply(world: World, publication: Publication, *, who: str = "stranger", at: datetime = NOW, **more: Any) -> Case:
    """Somebody of another body applies online; still a draft."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return services.apply_for(publication, told(**more), receiver=world.organization("VPTU"), by=actor, at=at)


def at_desk(world: World, publication: Publication, *, at: datetime = NOW, **more: Any) -> Case:
    """The office's clerk takes one in for a citizen: received at once."""
    actor = Actor.person(world.clerk)
    with acting_as(actor):
        return services.take_in(
            publication, told(**more), receiver=world.organization("VPTU"), channel="desk", by=actor, at=at
        )


def with_result(case: Case, world: World, who: str = "clerk") -> None:
    """A result file on the case, as if it had been sent and read."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from congso.kernel.files.services import attach, store_file
    from congso.kernel.files.tests import papers

    by = Actor.person(getattr(world, who))
    with TemporaryDirectory() as folder, acting_as(by):
        path = Path(folder, "kết quả.pdf")
        path.write_bytes(papers.pdf(pages=1))
        blob = store_file(path, media_type="application/pdf", pages=1, by=by, at=NOW)
        attach(case, blob, name="kết quả.pdf", role="original", by=by, at=NOW)
