"""Catalogues, dossiers and archive acts of the test world, made through the services.

The specialist of room TH holds, its head closes, the chief of VPTU issues and decides, the clerk keeps the archive.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from congso.apps.dossiers.models import (
    ArchivedFile,
    Catalogue,
    CertifiedCopy,
    Disposal,
    Dossier,
    Entry,
    Fonds,
    HandOver,
    ReadingRequest,
)
from congso.apps.dossiers.queries import card_of, dossier_of, entries_of
from congso.apps.dossiers.services.catalogues import (
    NewLine,
    add_lines,
    draft_catalogue,
    issue_catalogue,
    submit_catalogue,
)
from congso.apps.dossiers.services.closing import close_dossier
from congso.apps.dossiers.services.disposing import (
    Seat,
    conclude_council,
    convene_council,
    decide_disposal,
    draft_disposal,
    give_opinion,
    set_council,
)
from congso.apps.dossiers.services.dossiers import Description, open_dossier
from congso.apps.dossiers.services.filing import add_paper, edit_entry, file_records
from congso.apps.dossiers.services.handing_over import prepare_hand_over, receive_hand_over, submit_hand_over
from congso.apps.dossiers.services.keeping import describe_fonds
from congso.apps.dossiers.services.reading import ask_reading, grant_reading
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person
from congso.kernel.directory.testing import World
from congso.kernel.files.services import attach, store_file
from congso.kernel.files.tests import papers
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import act

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PAPER = {
    "type_key": "plan", "number": "12-KH/VPTU", "issued_on": date(2026, 3, 2), "issuer": "Văn phòng Tỉnh ủy",
    "subject": "Kế hoạch số hóa hồ sơ năm 2026", "pages": 4,
}  # fmt: skip


@contextmanager
def by(world: World, who: str) -> Iterator[Actor]:
    """A transaction in which one of the cast acts."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        yield actor


def told(**facts: Any) -> Description:
    """What a dossier says of itself."""
    given = {"symbol": "01-TH", "title": "Hồ sơ chuyển đổi số năm 2026", "retention": "y10"} | facts
    return Description(**given)


def opened(world: World, *, who: str = "specialist", unit: str = "TH", at: datetime = NOW, **facts: Any) -> Dossier:
    """A dossier of room TH, held by its specialist."""
    with by(world, who) as actor:
        return open_dossier(world.organization(unit), told(**facts), by=actor, at=at)


def paper(world: World, dossier: Dossier, who: str = "specialist", **facts: Any) -> Entry:
    """A paper described by hand, complete."""
    with by(world, who) as actor:
        return add_paper(dossier_of(dossier.pk), PAPER | facts, by=actor, at=NOW)


def document(world: World, pages: int = 2, *, unit: str = "TH", who: str = "head") -> Catalogue:
    """A record with a PDF which the unit, the heads and the archive see: systems do not know each other's, so
    an old list of dossiers stands for any document."""
    with by(world, who) as actor:
        body = world.organization(unit)
        year = 2008 + Catalogue.objects.filter(unit=body).count()
        made = draft_catalogue(body, year=year, by=actor, at=NOW)
    attach_pdf(world, made, who, pages, text=f"{unit}{year}")
    return made


def attach_pdf(world: World, record: Record, who: str, pages: int = 2, text: str = "") -> str:
    """A PDF of the record; returns its SHA-256."""
    with TemporaryDirectory() as folder, by(world, who) as actor:
        path = Path(folder, "giấy.pdf")
        path.write_bytes(papers.pdf(pages=pages) + (f"\n%{text}".encode() if text else b""))
        blob = store_file(path, media_type="application/pdf", pages=pages, by=actor, at=NOW)
        attach(record, blob, name="giấy.pdf", role="enclosure", by=actor, at=NOW)
        return blob.sha256


def filled(world: World, *, record: bool = False, **facts: Any) -> Dossier:
    """An open dossier with one complete paper, and a document of the system when asked."""
    dossier = opened(world, **facts)
    paper(world, dossier)
    if record:
        made = document(world)
        with by(world, "head") as actor:
            file_records(dossier_of(dossier.pk), [Record.objects.get(pk=made.pk)], by=actor, at=NOW)
            complete(dossier, actor)
    return fresh(world, dossier)


def complete(dossier: Dossier, actor: Actor) -> None:
    """Fill what the lines of the list of documents lack."""
    for one in entries_of(dossier):
        facts = {"type_key": one.type_key or "plan", "pages": one.pages or 2}
        facts |= {} if one.issued_on else {"is_undated": True}
        edit_entry(one, facts, by=actor, at=NOW)


def closed(world: World, *, record: bool = False, at: datetime = NOW, **facts: Any) -> Dossier:
    """A dossier its leader has closed."""
    dossier = filled(world, record=record, **facts)
    with by(world, "head") as actor:
        close_dossier(dossier_of(dossier.pk), by=actor, at=at)
    return fresh(world, dossier)


def fonds(world: World, **facts: Any) -> Fonds:
    """VPTU's fonds, whose historical archive is its own."""
    with by(world, "clerk") as actor:
        given = {
            "code": "P01", "name": "Phông Văn phòng Tỉnh ủy Thử Nghiệm", "archive_code": "A15",
            "historical_archive": world.organization("VPTU"), "languages": "Tiếng Việt",
        }  # fmt: skip
        return describe_fonds(world.organization("VPTU"), given | facts, by=actor, at=NOW)


def handed_over(world: World, dossier: Dossier, at: datetime = NOW) -> HandOver:
    """A delivery submitted to the archive."""
    with by(world, "specialist") as actor:
        delivery = prepare_hand_over([dossier_of(dossier.pk)], by=actor, at=at)
        submit_hand_over(delivery, by=actor, at=at)
    return delivery


def archived(world: World, *, record: bool = False, at: datetime = NOW, **facts: Any) -> Dossier:
    """A dossier the archive has accepted."""
    dossier = closed(world, record=record, at=at, **facts)
    delivery = handed_over(world, dossier, at)
    fonds(world)
    with by(world, "clerk") as actor:
        receive_hand_over(HandOver.objects.select_related("owner").get(pk=delivery.pk), by=actor, at=at)
    return fresh(world, dossier)


def in_disposal(world: World, dossier: Dossier, *, until: str = "decided", at: datetime) -> Disposal:
    """A disposal of the dossier brought so far: drafted, reviewing, concluded, decided."""
    with by(world, "clerk") as actor:
        disposal = draft_disposal([dossier_of(dossier.pk)], by=actor, at=at)
        seats = (("chief", "chair"), ("clerk", "secretary"), ("head", "member"))
        people = {who: Person.objects.get(pk=getattr(world, who)) for who, _part in seats}
        set_council(disposal, [Seat(people[who], part) for who, part in seats], by=actor, at=at)  # type: ignore[arg-type]
        if until == "drafted":
            return disposal
        convene_council(disposal, by=actor, at=at)
    if until == "reviewing":
        return disposal
    for who, _part in seats:
        with by(world, who) as actor:
            give_opinion(current(disposal), opinion="agree", by=actor, at=at)
    with by(world, "chief") as actor:
        conclude_council(current(disposal), by=actor, at=at)
        if until == "decided":
            decide_disposal(current(disposal), decision="05-QĐ/VPTU", decided_on=at.date(), by=actor, at=at)
    return disposal


def current(disposal: Disposal) -> Disposal:
    """As the database has it now."""
    return Disposal.objects.select_related("owner", "unit").get(pk=disposal.pk)


def wished(world: World, dossier: Dossier, *, who: str = "agency_specialist", way: str = "read") -> ReadingRequest:
    """A wish to read an archived dossier."""
    with by(world, who) as actor:
        return ask_reading(card_of(dossier.pk), way=way, purpose="Nghiên cứu", by=actor, at=NOW)


def certified(world: World, dossier: Dossier) -> CertifiedCopy:
    """A copy of a file of the archived dossier, certified for the head as its handler does once it is sealed."""
    wish = wished(world, dossier, who="head", way="certified")
    with by(world, "chief") as actor:
        grant_reading(wish, by=actor, at=NOW)
    with by(world, "clerk") as actor, act(ReadingRequest.objects.get(pk=wish.pk), "certify", by=actor, at=NOW):
        file = ArchivedFile.objects.filter(entry__dossier=dossier).first()
        return CertifiedCopy.objects.create(
            reading_id=wish.pk, file=file, blob_id=file.sha256, name=file.name, certified_at=NOW
        )


def issued(world: World, year: int = 2026) -> Catalogue:
    """Room TH's list of the year, issued by the chief."""
    with by(world, "head") as actor:
        catalogue = draft_catalogue(world.organization("TH"), year=year, by=actor, at=NOW)
        rows = [
            NewLine(
                "01-TH", f"Hồ sơ tổng kết năm {year}", "permanent", heading="I. Tổng hợp", schedule="reports_annual"
            ),
            NewLine("02-TH", f"Công văn trao đổi năm {year}", "y10", heading="I. Tổng hợp"),
        ]
        add_lines(catalogue, rows, by=actor, at=NOW)
        submit_catalogue(catalogue, by=actor, at=NOW)
    with by(world, "chief") as actor:
        issue_catalogue(Catalogue.objects.get(pk=catalogue.pk), symbol="3-QĐ/VPTU", by=actor, at=NOW)
    return catalogue


def fresh(world: World, dossier: Dossier) -> Dossier:
    """As the database has it now."""
    with by(world, "reader"):
        return dossier_of(dossier.pk)
