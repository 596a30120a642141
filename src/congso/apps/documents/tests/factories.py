"""Documents in every state, made through the services, by the cast."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from congso.apps.documents.models import Handling, IncomingDocument
from congso.apps.documents.services import (
    Entry,
    Order,
    Target,
    ask_return,
    complete_document,
    direct_document,
    open_document,
    present_document,
    recall_document,
    receive_document,
    register_document,
    return_to_sender,
    withdraw_document,
)
from congso.apps.documents.services.migrating import MigratedEntry, migrate_documents
from congso.apps.documents.services.papers import receive_upload_as_document
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person
from congso.kernel.directory.naming import NamesOfAllDays
from congso.kernel.directory.testing import World
from congso.kernel.files.models import Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.services import store_file
from congso.kernel.papers.proposals import FieldName, FieldReading, Form, PaperFields
from congso.lib.layout import Box, Place

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DUE = date(2026, 12, 4)


def entry(**changes: Any) -> Entry:
    """What a clerk types for the plan of the mission."""
    facts: dict[str, Any] = {
        "number": "16-KH/TU",
        "title": "Kế hoạch chuyển đổi số trong các cơ quan đảng",
        "issuer_name": "Tỉnh ủy Mẫu",
        "doc_type": "plan",
        "issued_on": date(2026, 11, 20),
        "signer_name": "Trần Thị Thí Dụ",
    }
    return Entry(**(facts | changes))


@contextmanager
def by(person_id: int) -> Iterator[Actor]:
    """A transaction in which one of the cast acts."""
    actor = Actor.person(person_id)
    with acting_as(actor):
        yield actor


def unit(world: World, code: str) -> Target:
    return Target(unit=world.organization(code))


def person(person_id: int) -> Target:
    return Target(person=Person.objects.get(pk=person_id))


def received(world: World, **facts: Any) -> IncomingDocument:
    with by(world.clerk) as clerk:
        return receive_document(world.organization("VPTU"), title="scan-001.pdf", by=clerk, at=NOW, **facts)


def findings(**changes: FieldReading | None) -> PaperFields:
    """What a study found on a letter: all of it certain but the signer; `changes` by the field's name."""
    box = Box(300, 120, 520, 140)
    values = {
        FieldName.NUMBER_SYMBOL: "21-CV/BTCTU",
        FieldName.ISSUED_DATE: "2026-11-20",
        FieldName.ISSUING_AGENCY: "Ban Tổ chức",
        FieldName.PARENT_AGENCY: "Tỉnh ủy Thử Nghiệm",
        FieldName.DOC_TYPE: "Công văn",
        FieldName.TITLE: "Về việc rà soát biên chế năm 2027",
        FieldName.SIGNER: "Lê Văn Thừ",
        FieldName.SIGNER_POST: "Phó Trưởng ban",
        FieldName.URGENCY: "Khẩn",
        FieldName.RECIPIENTS: "Như trên,\nLưu Ban Tổ chức.",
    }
    readings = {name: FieldReading(name, value, value, 0.97, (Place(1, box),)) for name, value in values.items()}
    signer = readings[FieldName.SIGNER]
    readings[FieldName.SIGNER] = replace(signer, confidence=0.6, doubt="Dấu đè lên chữ ký.")
    for name, reading in changes.items():
        if reading is None:
            readings.pop(FieldName(name))
        else:
            readings[FieldName(name)] = reading
    return PaperFields(Form.PARTY, readings, ((595.0, 842.0),))


def reading(name: str, value: str, confidence: float = 0.97, doubt: str = "") -> FieldReading:
    return FieldReading(FieldName(name), value, value, confidence, (Place(1, Box(60, 400, 300, 420)),), doubt)


def read(world: World, content: bytes = b"%PDF-1.4 thu", *, pages: int = 0, found: Any = None) -> IncomingDocument:
    """A file that was dropped at intake and read: a waiting document with what the machine proposes."""
    with by(world.clerk) as clerk, TemporaryDirectory() as folder:
        path = Path(folder, "paper.pdf")
        path.write_bytes(content)
        kept = store_file(path, media_type="application/pdf", pages=pages, by=clerk, at=NOW)
        upload = Upload(name="scan-001.pdf", organization=world.organization("VPTU"), uploaded_at=NOW)
        proposed = findings() if found is None else found
        return receive_upload_as_document(ReadUpload(upload, kept, None, (), (), proposed), clerk, NOW)


def registered(world: World, **changes: Any) -> IncomingDocument:
    document = received(world)
    with by(world.clerk) as clerk:
        return register_document(document, entry=entry(**changes), by=clerk, at=NOW, is_another=True)


def presented(world: World, **changes: Any) -> IncomingDocument:
    document = registered(world, **changes)
    with by(world.clerk) as clerk:
        present_document(document, by=clerk, at=NOW)
    return document


def directed(world: World, *, due_on: date | None = DUE, **changes: Any) -> IncomingDocument:
    """Phòng Tổng hợp leads, Chuyển đổi số supports, Ban Tổ chức only needs to know."""
    document = presented(world, **changes)
    with by(world.secretary) as secretary:
        order = Order(
            "Giao Phòng Tổng hợp chủ trì tham mưu.",
            lead=unit(world, "TH"),
            support=(unit(world, "CDS"),),
            inform=(unit(world, "BTC"),),
            due_on=due_on,
        )
        direct_document(document, order=order, by=secretary, at=NOW)
    return document


def in_progress(world: World, **changes: Any) -> IncomingDocument:
    document = directed(world, **changes)
    with by(world.head) as head:
        open_document(document, by=head, at=NOW)
    return document


def return_asked(world: World) -> IncomingDocument:
    document = in_progress(world)
    with by(world.head) as head:
        ask_return(line_of(document, "lead"), reason="Không thuộc nhiệm vụ của phòng.", by=head, at=NOW)
    return document


def completed(world: World) -> IncomingDocument:
    document = in_progress(world)
    with by(world.head) as head:
        complete_document(document, result="Đã tham mưu Công văn 77-CV/TU.", by=head, at=NOW)
    return document


def returned_to_sender(world: World) -> IncomingDocument:
    document = presented(world)
    with by(world.clerk) as clerk:
        return_to_sender(document, reason="Gửi nhầm nơi nhận.", by=clerk, at=NOW)
    return document


def recalled(world: World) -> IncomingDocument:
    document = in_progress(world)
    with by(world.clerk) as clerk:
        recall_document(document, reason="Nơi gửi đề nghị thu hồi.", by=clerk, at=NOW)
    return document


def withdrawn(world: World) -> IncomingDocument:
    document = received(world)
    with by(world.clerk) as clerk:
        withdraw_document(document, reason="Tải nhầm tệp.", by=clerk, at=NOW)
    return document


def migrated(world: World, **changes: Any) -> IncomingDocument:
    facts: dict[str, Any] = {
        "external_id": "cu-1",
        "number": "16-KH/TU",
        "title": "Kế hoạch chuyển đổi số trong các cơ quan đảng",
        "issued_on": date(2025, 8, 11),
        "issuer_name": "Tỉnh ủy Thử Nghiệm",
        "type_written": "Kế hoạch",
        "text": "Toàn văn của kế hoạch.",
    }
    with by(world.clerk) as clerk:
        office, names = world.organization("VPTU"), NamesOfAllDays.read()
        return migrate_documents(office, [MigratedEntry(**(facts | changes))], names=names, by=clerk, at=NOW)[0]


IN_STATE: dict[str, Callable[[World], IncomingDocument]] = {
    "received": received,
    "registered": registered,
    "presented": presented,
    "directed": directed,
    "in_progress": in_progress,
    "return_asked": return_asked,
    "completed": completed,
    "returned_to_sender": returned_to_sender,
    "recalled": recalled,
    "withdrawn": withdrawn,
    "migrated": migrated,
}


def line_of(document: IncomingDocument, kind: str) -> Handling:
    """The document's own live line of that kind, read in the running transaction."""
    return Handling.objects.select_related("document__owner", "parent", "unit", "person").get(
        document_id=document.pk, kind=kind, parent=None, ending=""
    )
