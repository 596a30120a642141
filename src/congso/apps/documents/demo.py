"""The demo's incoming documents: five offices, every stage of life, each act by the person who would do it.

The papers are invented (`samples`). Nothing is dated before the merger; what is late here is late on purpose.
Plan 16-KH/TU arrives in Sa Pa as a scan and is read by the worker while people watch.
"""

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from django.utils import timezone

from congso.apps.documents import services
from congso.apps.documents.models import Channel, Handling, IncomingDocument
from congso.apps.documents.samples.catalogue import directive, front_report, letter, resolution, state_decision
from congso.apps.documents.samples.paper import Paper
from congso.apps.documents.samples.plans import plan16
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.samples.scans import scanned_pdf
from congso.apps.documents.services import Entry, Order, Target
from congso.apps.documents.services.papers import PURPOSE, receive_upload_as_document
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.catalogues.document_marks import Urgency
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import people_in
from congso.kernel.files.configuration import limits
from congso.kernel.files.models import Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.reading.isolation import silent
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.reader import Reading
from congso.kernel.files.services import receive_upload, store_file
from congso.kernel.papers.proposals import PaperFields
from congso.kernel.papers.services import study_fields
from congso.kernel.regulations.queries import calendar
from congso.lib.document_types import types_abbreviated
from congso.lib.workdays import add_working_days, previous_working_day

STAGES = ("received", "registered", "presented", "directed", "in_progress", "completed")
_KINDS = (resolution, state_decision, front_report, directive, letter)


@dataclass(frozen=True)
class Cast:
    """Who does what in one office: accounts of the clerk, the chief, the leader; units with their heads."""

    office: str
    clerk: str
    chief: str
    leader: str
    units: tuple[tuple[str, str], ...]
    kinds: tuple[int, ...]


@dataclass(frozen=True)
class Story:
    """How far one document has come: which office, how many days ago it came, what happened to it."""

    office: str
    days_ago: int
    stage: str
    due_in: int = 7
    urgency: int = Urgency.NORMAL
    twist: str = ""


OFFICES = {
    cast.office: cast
    for cast in (
        Cast(
            "LC.VPTU", "vanthu1.vptu", "chanhvp.vptu", "pbttt.tu",
            (
                ("LC.VPTU.TH", "tp.th.vptu"), ("LC.VPTU.CDSCY", "tp.cdscy.vptu"), ("LC.VPTU.TC", "tp.tc.vptu"),
                ("LC.VPTU.HCLT", "tp.hclt.vptu"), ("LC.VPTU.QT", "tp.qt.vptu"),
            ),
            (0, 1, 2),
        ),
        Cast(
            "LC.BTCTU", "vanthu.btctu", "pho.btctu", "lanhdao.btctu",
            (("LC.BTCTU.TCDV", "tp.tcdv.btctu"), ("LC.BTCTU.CB", "tp.cb.btctu")), (0, 4, 2),
        ),
        Cast(
            "LC.BTGDVTU", "vanthu.btgdvtu", "pho.btgdvtu", "lanhdao.btgdvtu",
            (("LC.BTGDVTU.TTBC", "tp.ttbc.btgdvtu"), ("LC.BTGDVTU.DV", "tp.dv.btgdvtu")), (3, 4, 2),
        ),
        Cast(
            "LC.DU.03006.VP", "vanthu.sapa", "chanhvp.sapa", "bithu.sapa",
            (("LC.DU.03006.BXDD", "xdd.sapa"), ("LC.MT.03006", "mttq.sapa")), (3, 4, 1),
        ),
        Cast(
            "LC.DU.04252.VP", "vanthu.yenbai", "chanhvp.yenbai", "bithu.yenbai",
            (("LC.DU.04252.BXDD", "xdd.yenbai"), ("LC.MT.04252", "mttq.yenbai")), (3, 4, 1),
        ),
    )
}  # fmt: skip
STORIES = (
    Story("LC.VPTU", 45, "completed"),
    Story("LC.VPTU", 41, "completed", due_in=3, twist="late"),
    Story("LC.VPTU", 38, "completed"),
    Story("LC.VPTU", 33, "presented", twist="concluded"),
    Story("LC.VPTU", 30, "in_progress", due_in=10, twist="passed_on"),
    Story("LC.VPTU", 27, "in_progress", due_in=20),
    Story("LC.VPTU", 24, "registered", twist="returned"),
    Story("LC.VPTU", 21, "in_progress", due_in=15, twist="return_asked"),
    Story("LC.VPTU", 17, "in_progress", due_in=8, twist="passed_on"),
    Story("LC.VPTU", 13, "in_progress", due_in=12, urgency=1),
    Story("LC.VPTU", 10, "completed", due_in=5),
    Story("LC.VPTU", 8, "directed", due_in=10),
    Story("LC.VPTU", 6, "in_progress", due_in=6, twist="supported"),
    Story("LC.VPTU", 5, "directed", due_in=5, urgency=2),
    Story("LC.VPTU", 4, "presented"),
    Story("LC.VPTU", 3, "presented", urgency=1),
    Story("LC.VPTU", 2, "presented"),
    Story("LC.VPTU", 2, "registered"),
    Story("LC.VPTU", 1, "registered", urgency=3),
    Story("LC.VPTU", 1, "received"),
    Story("LC.VPTU", 0, "received", urgency=1),
    Story("LC.VPTU", 0, "received"),
    Story("LC.BTCTU", 25, "completed"),
    Story("LC.BTCTU", 14, "in_progress", due_in=7),
    Story("LC.BTCTU", 7, "directed"),
    Story("LC.BTCTU", 3, "presented"),
    Story("LC.BTCTU", 1, "registered"),
    Story("LC.BTCTU", 0, "received"),
    Story("LC.BTGDVTU", 20, "completed"),
    Story("LC.BTGDVTU", 9, "in_progress", due_in=10, twist="supported"),
    Story("LC.BTGDVTU", 2, "presented"),
    Story("LC.BTGDVTU", 0, "received"),
    Story("LC.DU.03006.VP", 28, "completed"),
    Story("LC.DU.03006.VP", 12, "in_progress", due_in=6),
    Story("LC.DU.03006.VP", 5, "directed"),
    Story("LC.DU.03006.VP", 1, "registered", urgency=1),
    Story("LC.DU.04252.VP", 22, "completed", due_in=4, twist="late"),
    Story("LC.DU.04252.VP", 11, "in_progress", due_in=15),
    Story("LC.DU.04252.VP", 3, "presented"),
    Story("LC.DU.04252.VP", 0, "received"),
)


def load() -> int:
    """Make the demo's documents; returns how many, 0 when they are there."""
    logging.getLogger("weasyprint").setLevel(logging.WARNING)
    first = OFFICES["LC.VPTU"]
    clerk = _actor(first.clerk)
    with acting_as(clerk):
        if IncomingDocument.objects.exists():
            return 0
        for seed, story in enumerate(STORIES):
            _tell(story, seed)
        services.reserve_arrival_number(_organization(first.office), by=clerk, at=_at(1, 16))
        _register_plan()
        _send_plan()
    return len(STORIES)


def _tell(story: Story, seed: int) -> None:
    """Lead one document through its stages."""
    cast = OFFICES[story.office]
    came = _at(story.days_ago, 8)
    made = _KINDS[cast.kinds[seed % len(cast.kinds)]](seed)
    mark = Urgency(story.urgency).label.upper() if story.urgency else ""
    paper = replace(made, day=came.date() - timedelta(days=3), urgency=mark)
    document = _receive(cast, paper, came)
    reached = STAGES.index(story.stage)
    if reached >= 1:
        _register(cast, document, paper, story, came)
    if reached >= 2:
        _present(cast, document, came)
    if reached >= 3:
        _direct(cast, document, story, seed, came)
    if reached >= 4:
        _handle(cast, document, story, seed, came)
    if story.twist == "returned":
        clerk = _actor(cast.clerk)
        with acting_as(clerk):
            services.return_to_sender(
                _fresh(document), reason="Văn bản gửi nhầm nơi nhận.", by=clerk, at=_later(came, 3)
            )
    if story.twist == "concluded":
        leader = _actor(cast.leader)
        with acting_as(leader):
            services.conclude_document(_fresh(document), text="Đã xem, lưu.", by=leader, at=_later(came, 5))


def _receive(cast: Cast, paper: Paper, at: datetime) -> IncomingDocument:
    """The paper as the clerk's upload left it once it was read."""
    content = pdf(paper)
    clerk = _actor(cast.clerk)
    with TemporaryDirectory() as folder, acting_as(clerk):
        path = Path(folder, "paper.pdf")
        path.write_bytes(content)
        pages = len(pypdfium2.PdfDocument(BytesIO(content)))
        blob = store_file(path, media_type="application/pdf", pages=pages, by=clerk, at=at)
        name = f"{paper.symbol.replace('/', '-')}.pdf"
        upload = Upload(name=name, organization=_organization(cast.office), uploaded_at=at)
        upload.details = {"channel": Channel.NETWORK}
        found = _studied(path, paper, Path(folder))
        document = receive_upload_as_document(ReadUpload(upload, blob, None, (paper.text,), (), found), clerk, at)
    if document is None:
        raise TypeError("the demo's papers are no e-mail")
    return document


def _studied(path: Path, paper: Paper, work: Path) -> PaperFields | None:
    """What the machine reads on the paper, as when a file is received."""
    reading = Reading(FileKind.PDF, (paper.text,))
    return study_fields(path, reading, limits(), work, silent)


def _register(cast: Cast, document: IncomingDocument, paper: Paper, story: Story, came: datetime) -> None:
    clerk = _actor(cast.clerk)
    with acting_as(clerk):
        kinds = types_abbreviated(paper.type_code or "CV")
        entry = Entry(
            number=paper.symbol, title=paper.abstract, issuer_name=_written(paper.issuer), doc_type=kinds[0].key,
            issued_on=paper.day, signer_name=paper.signer, signer_post=paper.position.capitalize(),
            urgency=story.urgency, channel=Channel.NETWORK, pages=document.pages,
        )  # fmt: skip
        services.register_document(_fresh(document), entry=entry, by=clerk, at=_later(came, 0.5), is_another=True)


def _present(cast: Cast, document: IncomingDocument, came: datetime) -> None:
    chief = _actor(cast.chief)
    with acting_as(chief):
        unit = _organization(cast.units[0][0]).short_name
        services.present_document(
            _fresh(document), by=chief, at=_later(came, 1), proposal=f"Đề nghị giao {unit} chủ trì tham mưu."
        )


def _direct(cast: Cast, document: IncomingDocument, story: Story, seed: int, came: datetime) -> None:
    leader = _actor(cast.leader)
    lead, support, *others = _rotated(cast.units, seed)
    at = _later(came, 2)
    with acting_as(leader):
        order = Order(
            text="Chủ trì, phối hợp với các đơn vị liên quan tham mưu, báo cáo Thường trực.",
            lead=Target(unit=_organization(lead[0])),
            support=(Target(unit=_organization(support[0])),),
            inform=tuple(Target(unit=_organization(code)) for code, _head in others[:1]),
            due_on=add_working_days(at.date(), story.due_in, calendar()),
        )
        services.direct_document(_fresh(document), order=order, by=leader, at=at)


def _handle(cast: Cast, document: IncomingDocument, story: Story, seed: int, came: datetime) -> None:
    """The lead opens; then it passes on, is supported, asks to return, or completes."""
    lead, support, *_others = _rotated(cast.units, seed)
    head = _actor(lead[1])
    with acting_as(head):
        services.open_document(_fresh(document), by=head, at=_later(came, 4))
        line = _line(document, Handling.Kind.LEAD)
        if story.twist == "passed_on":
            people = _someone_of(lead[0], head)
            if people:
                order = Order("Nghiên cứu, dự thảo trước để tôi xem.", lead=people[0], due_on=line.due_on)
                services.pass_on(line, order=order, by=head, at=_later(came, 5))
        if story.twist == "return_asked":
            services.ask_return(line, reason="Nội dung thuộc nhiệm vụ của đơn vị khác.", by=head, at=_later(came, 6))
        if story.stage == "completed":
            days = story.due_in * 2 + 3 if story.twist == "late" else 3
            services.complete_document(
                _fresh(document), result="Đã tham mưu văn bản triển khai, trình lãnh đạo ban hành.",
                reply_symbol=f"{100 + seed}-CV/{_organization(cast.office).symbol}", by=head,
                at=_later(came, 24 * days),
            )  # fmt: skip
    if story.twist == "supported":
        helper = _actor(support[1])
        with acting_as(helper):
            services.open_document(_fresh(document), by=helper, at=_later(came, 6))
            services.report_result(
                _line(document, Handling.Kind.SUPPORT),
                result="Đã góp ý bằng văn bản.",
                by=helper,
                at=_later(came, 30),
            )


def _someone_of(unit: str, head: Actor) -> list[Target]:
    """Somebody of the unit besides its head."""
    found = people_in(_organization(unit), timezone.localdate()).exclude(pk=head.id)
    return [Target(person=person) for person in found[:1]]


def _register_plan() -> None:
    """Plan 16-KH/TU stands in the office's own book too: its tasks are read there (directives' demo)."""
    cast, came, paper = OFFICES["LC.VPTU"], _at(6, 8), plan16()
    document = _receive(cast, paper, came)
    _register(cast, document, paper, Story(cast.office, 6, "registered"), came)


def _send_plan() -> None:
    """The scan of plan 16-KH/TU is dropped at intake in Sa Pa; the worker reads it."""
    cast = OFFICES["LC.DU.03006.VP"]
    clerk = _actor(cast.clerk)
    with acting_as(clerk):
        receive_upload(
            [scanned_pdf(plan16())], name="Ke hoach 16-KH-TU (ban quet).pdf", purpose=PURPOSE,
            organization=_organization(cast.office), by=clerk, at=timezone.now(),
        )  # fmt: skip


def _actor(username: str) -> Actor:
    return Actor.person(User.objects.values_list("person_id", flat=True).get(username=username))


def _organization(code: str) -> Organization:
    return Organization.objects.select_related("serves").get(code=code)


def _fresh(document: IncomingDocument) -> IncomingDocument:
    return IncomingDocument.objects.select_related("owner__serves").get(pk=document.pk)


def _line(document: IncomingDocument, kind: Handling.Kind) -> Handling:
    return Handling.objects.select_related("document__owner__serves", "parent", "unit").get(
        document_id=document.pk, kind=kind, parent=None, ending=""
    )


def _rotated(units: tuple[tuple[str, str], ...], seed: int) -> list[tuple[str, str]]:
    place = seed % len(units)
    return [*units[place:], *units[:place]]


def _written(issuer: str) -> str:
    """ĐẢNG ỦY PHƯỜNG SA PA → Đảng ủy phường Sa Pa, as near as capitals allow."""
    small = {"ỦY", "BAN", "NHÂN", "DÂN", "TỈNH", "XÃ", "PHƯỜNG", "PHÒNG"}
    kept = {"MTTQ", "UBND", "HĐND"}
    words = [word if word in kept else word.lower() if word in small else word.capitalize() for word in issuer.split()]
    return " ".join([words[0].capitalize(), *words[1:]])


def _at(days_ago: int, hour: int) -> datetime:
    """That many days ago, on a working day, never in the future."""
    day: date = previous_working_day(timezone.localdate() - timedelta(days=days_ago), calendar())
    return min(timezone.make_aware(datetime.combine(day, time(hour))), timezone.now() - timedelta(minutes=1))


def _later(moment: datetime, hours: float) -> datetime:
    return min(moment + timedelta(hours=hours), timezone.now())
