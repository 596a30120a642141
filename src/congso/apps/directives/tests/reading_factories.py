"""Readings of the test world: a plan of five rows, as the machine might have read it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from congso.apps.directives.models import Mention, PlanReading, ProposedTask
from congso.apps.directives.queries import proposals_of, reading_of
from congso.apps.directives.services import start_reading, store_proposals
from congso.apps.directives.tests.factories import NOW, make_task
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.files.services import attach, store_file
from congso.kernel.files.tests import papers
from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.records.models import Record
from congso.lib.layout import Box, Place
from congso.lib.recurrences import Recurrence

COMMUNES = "các đảng ủy xã, phường"
PROPOSALS = (
    TaskProposal(
        "Xây dựng kho dữ liệu dùng chung", "II.1", "VPTU", ("BTCTU", "MTTQ"), due="2026-12-31",
        chapter="II. Dữ liệu", product="Kho dữ liệu", places=(Place(1, Box(60, 200, 530, 240)),),
    ),
    TaskProposal(
        "Báo cáo tiến độ thực hiện", "II.2", "BTCTU", recurrence=Recurrence.MONTHLY, start="2026", due="2027",
        schedule_text="Hằng tháng", chapter="II. Dữ liệu", places=(Place(1, Box(60, 250, 530, 280)),),
    ),
    TaskProposal("Rà soát thiết bị", "III.1", COMMUNES, ("VPTU",), due="2026-12-31", chapter="III. Thiết bị"),
    TaskProposal(
        "Tập huấn kỹ năng số. Kiểm tra việc học", "III.2", "Ban lạ", schedule_text="Theo tiến độ của Trung ương",
        chapter="III. Thiết bị", places=(Place(2, Box(60, 100, 530, 140)),),
    ),
    TaskProposal("Tổng kết", "III.3", "VPTU", confidence=0.6, chapter="III. Thiết bị", doubt="Chữ mờ"),
)  # fmt: skip


def resolver(world: World) -> Any:
    """Units of the test world by symbol; the communes as a group of two; the rest unknown."""
    known = {"VPTU": ("VPTU",), "BTCTU": ("BTC",), "MTTQ": ("MT",), COMMUNES: ("XA", "TH")}

    def resolve(written: str) -> Mention:
        codes = known.get(written, ())
        ids = tuple(world.organizations[code] for code in codes)
        reason = "" if ids else f"Không có đơn vị nào tên “{written}”."
        return Mention(written, ids, written if len(ids) > 1 else "", reason)

    return resolve


def source_of(world: World) -> Record:
    """A record its assigners see and that others hand tasks out from; any record serves."""
    task = make_task(world, lead="TH", content="Kế hoạch chuyển đổi số", symbol="16-KH/TU")
    with acting_as(Actor.person(world.chief)):
        return Record.objects.get(pk=task.pk)


def started(world: World, *, who: str = "chief", source: Record | None = None, owner: str = "VPTU") -> PlanReading:
    """A reading under way."""
    actor = Actor.person(getattr(world, who))
    source = source or source_of(world)
    with acting_as(actor):
        return start_reading(source, organization=world.organization(owner), by=actor, at=NOW)


def ready(
    world: World, proposals: Sequence[TaskProposal] = PROPOSALS, *, pages: Sequence[Sequence[Any]] = (), **how: Any
) -> PlanReading:
    """A reading with its rows, waiting for people."""
    reading = started(world, **how)
    with acting_as(Actor.person(world.chief)):
        store_proposals(reading, proposals, resolve=resolver(world), pages=pages, engine_note="5 nhiệm vụ", at=NOW)
        return reading_of(reading.pk)


def rows_of(world: World, reading: PlanReading, who: str = "chief") -> list[ProposedTask]:
    """The rows as they are now."""
    with acting_as(Actor.person(getattr(world, who))):
        return proposals_of(reading)


def review(world: World, who: str, service: Any, reading: PlanReading, *args: Any, **facts: Any) -> Any:
    """Do something with the reading as one of the cast."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return service(reading_of(reading.pk), *args, by=actor, at=NOW, **facts)


def with_pages(world: World, source: Record, folder: Path) -> list[list[Any]]:
    """Give the source a PDF of two pages; the pages as a reading lists them."""
    path = folder / "plan.pdf"
    path.write_bytes(papers.pdf(pages=2))
    actor = Actor.person(world.chief)
    with acting_as(actor):
        blob = store_file(path, media_type="application/pdf", pages=2, by=actor, at=NOW)
        held = attach(source, blob, name="plan.pdf", role="evidence", by=actor, at=NOW)
    return [[held.pk, 1, 595, 842], [held.pk, 2, 595, 842]]
