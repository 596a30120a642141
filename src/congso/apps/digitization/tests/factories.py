"""Batches and copies in every state, made through the services, by the cast.

What an engine read is written by hand (`words`), so that no test but those of the reading waits for one.
"""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from congso.apps.digitization import services
from congso.apps.digitization.models import DigitalCopy, Page, PageState, PageWords, ScanBatch
from congso.apps.digitization.queries import batch_of, copy_of
from congso.apps.digitization.services import BatchFacts, FolderFacts
from congso.apps.digitization.services.accepting import bind_copy
from congso.apps.digitization.services.cutting import cut_stack
from congso.apps.digitization.services.moving import moving
from congso.apps.digitization.services.scanning import add_scan
from congso.apps.digitization.tests.stacks import side, stack
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.files.services import store_file
from congso.kernel.jobs.services import Progress

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
VALUES = {
    "type_key": "plan", "number": "16-KH/TU", "issued_on": "2005-08-11", "is_undated": False,
    "issuer": "Tỉnh ủy Mẫu", "title": "Kế hoạch sưu tầm tài liệu", "signer": "Trần Thị Thí Dụ",
}  # fmt: skip
WORDS = [
    ["TỈNH", 60.0, 60.0, 110.0, 76.0, 0.97, 0], ["ỦY", 116.0, 60.0, 140.0, 76.0, 0.95, 0],
    ["Kế", 60.0, 100.0, 80.0, 114.0, 0.96, 1], ["hoach", 84.0, 100.0, 120.0, 114.0, 0.41, 1],
    ["sưu", 124.0, 100.0, 150.0, 114.0, 0.92, 1], ["tâm", 154.0, 100.0, 180.0, 114.0, 0.52, 1],
]  # fmt: skip


def by(world: World, who: str) -> Actor:
    """One of the cast as an actor."""
    return Actor.person(getattr(world, who))


def facts(world: World, **more: Any) -> BatchFacts:
    """What the sample batch's plan says."""
    told: dict[str, Any] = {
        "title": "Hồ sơ nhiệm kỳ 2005–2010", "fonds": "01 Tỉnh ủy", "year": 2026, "unit": world.organization("BTC"),
        "sheets_planned": 10, "unit_cost": Decimal(500),
    }  # fmt: skip
    return BatchFacts(**(told | more))


def planned(world: World, **more: Any) -> ScanBatch:
    """A batch of VPTU's clerk, with one paper dossier."""
    actor = by(world, "clerk")
    with acting_as(actor):
        batch = services.plan_batch(facts(world, **more), owner=world.organization("VPTU"), by=actor, at=NOW)
        services.add_folders(batch, [FolderFacts("VPTU.2005.01", "Hồ sơ sưu tầm", 10)], by=actor, at=NOW)
        return batch_of(batch.pk)


def received(world: World, **more: Any) -> ScanBatch:
    """Its originals are here."""
    batch = planned(world, **more)
    do(world, "clerk", services.receive_originals, batch, sheets=10, condition="Tốt, đã tháo ghim")
    return batch


def add(
    world: World, batch: ScanBatch, pdf: bytes, pages: int, *, name: str = "quet-01.pdf", who: str = "clerk"
) -> Any:
    """A scanned file in the batch, as an upload would bring it."""
    actor = by(world, who)
    with acting_as(actor), TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(pdf)
        blob = store_file(path, media_type="application/pdf", pages=pages, by=actor, at=NOW)
        place = batch.scans.count() + 1
        return add_scan(batch_of(batch.pk), blob, name=name, original=blob, place=place, by=actor, at=NOW)


def scanned(world: World, *, pages: int = 2, **more: Any) -> ScanBatch:
    """A file of two pages lies in the batch."""
    batch = received(world, **more)
    add(world, batch, stack([side("TỈNH ỦY", "Kế hoạch sưu tầm")] * pages), pages)
    return batch_as(world, batch)


def checking(world: World, *, need: str = "one", pages: int = 2) -> ScanBatch:
    """Read and cut: one document of so many pages, proposed as `VALUES` says."""
    batch = scanned(world, pages=pages)
    actor = by(world, "clerk")
    with acting_as(actor):
        for page in Page.objects.filter(batch=batch):
            read(page)
        with moving(batch_of(batch.pk), "process", by=actor, at=NOW):
            pass
    cut_stack(batch.pk, Silent(actor))
    with acting_as(actor):
        for copy in DigitalCopy.objects.filter(batch=batch):
            propose(copy, need=need)
        with moving(batch_of(batch.pk), "read", by=actor, at=NOW):
            pass
    return batch_as(world, batch)


def read(page: Page, words: Any = None) -> None:
    """As if an engine had read the page."""
    told = WORDS if words is None else words
    Page.objects.filter(pk=page.pk).update(
        state=PageState.READ, dpi=100, width=595.4, height=841.7, engine="none", word_count=len(told),
        low_words=sum(word[5] < 0.8 for word in told), confidence=0.79, read_at=NOW,
    )  # fmt: skip
    PageWords.objects.create(page_id=page.pk, words=told, engine="none", at=NOW)


def propose(copy: DigitalCopy, *, need: str = "one") -> None:
    """As if the reading machine had studied the document."""
    copy = copy_of(copy.pk)
    copy.proposals = {
        name: {"value": value, "written": value, "confidence": 0.97, "doubt": "", "page": 1,
               "places": [[1, 10, 8, 30, 4]]}
        for name, value in VALUES.items() if isinstance(value, str)
    }  # fmt: skip
    copy.need, copy.confidence = need, 0.97
    copy.type_key, copy.number, copy.title = "plan", "16-KH/TU", VALUES["title"]
    copy.issued_on, copy.issuer, copy.signer = datetime(2005, 8, 11, tzinfo=NOW.tzinfo).date(), "Tỉnh ủy Mẫu", "Ai"
    copy.save(update_fields=["proposals", "need", "confidence", "type_key", "number", "title", "issued_on", "issuer",
                             "signer"])  # fmt: skip


def copy_in(world: World, batch: ScanBatch, who: str = "clerk") -> DigitalCopy:
    """The batch's first document."""
    with acting_as(by(world, who)):
        return copy_of(DigitalCopy.objects.filter(batch=batch).order_by("pk").values_list("pk", flat=True)[0])


def checked(world: World) -> ScanBatch:
    """Its document confirmed, one page read through."""
    batch = checking(world)
    do(world, "clerk", services.check_copy, copy_in(world, batch), values=VALUES)
    actor = by(world, "clerk")
    with acting_as(actor):
        page = Page.objects.select_related("copy__batch", "batch", "scan").filter(batch=batch).order_by("place")[0]
        services.finish_page(page, by=actor, at=NOW)
    return batch_as(world, batch)


def accepted(world: World) -> ScanBatch:
    """Accepted by the archive, its file made."""
    batch = checked(world)
    do(world, "clerk", services.accept_batch, batch)
    bind_copy(copy_in(world, batch).pk, by=by(world, "clerk"))
    return batch_as(world, batch)


def handed_over(world: World) -> ScanBatch:
    """The originals are back."""
    batch = accepted(world)
    do(world, "clerk", services.hand_over_batch, batch, sheets=10, note="Chưa có chứng thư số")
    return batch_as(world, batch)


def cancelled(world: World) -> ScanBatch:
    """Nothing came of it."""
    batch = planned(world)
    do(world, "clerk", services.cancel_batch, batch, note="Lập trùng")
    return batch_as(world, batch)


IN_STATE = {
    "planned": planned, "received": received, "scanning": scanned, "checking": checking, "accepted": accepted,
    "handed_over": handed_over, "cancelled": cancelled,
}  # fmt: skip


def batch_as(world: World, batch: ScanBatch, who: str = "clerk") -> ScanBatch:
    """The batch read anew."""
    with acting_as(by(world, who)):
        return batch_of(batch.pk)


def do(world: World, who: str, service: Any, record: Any, **more: Any) -> Any:
    """Call a service as one of the cast, on the record read anew."""
    actor = by(world, who)
    with acting_as(actor):
        fresh = batch_of(record.pk) if isinstance(record, ScanBatch) else copy_of(record.pk)
        return service(fresh, by=actor, at=NOW, **more)


class Silent(Progress):
    """A job nobody watches."""

    def __init__(self, actor: Actor) -> None:
        super().__init__(0, actor)

    def step(self, done: int, total: int, message: str = "") -> None:
        """Nothing to tell."""
