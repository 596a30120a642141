"""Papers of an item: brought in versions, released to who takes part, withdrawn; one's own notes on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from congso.apps.meetings.flow import items as roles
from congso.apps.meetings.models import EventKind, Item, Paper, PaperNote, PaperVersion
from congso.apps.meetings.queries import item_of, refresh_item
from congso.apps.meetings.services.moving import happened, moving_item
from congso.apps.meetings.services.telling import tell_of_papers
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import office_of, title_of
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import NotPossible, attach_upload, receive_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.jobs.services import JobRefused
from congso.kernel.notify.services import notify
from congso.kernel.search.services import index_record
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import Refused, WrongState, check

PURPOSE = "meetings"
_LEAST, _WHOLE = 0.2, 100.5  # a point is no mark; half a percent beyond the edge is rounding
MOST_NOTES, MOST_PAGES = 1000, 100_000
MOST_PAPERS = 40
CALLED = ("convened", "open")


@dataclass(frozen=True)
class Box:
    """A place on a page, in percent of its width and height from the upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def is_on_page(self) -> bool:
        """Whether it lies on the page and is more than a point; a number that is none lies nowhere."""
        across = self.left >= 0 and self.width >= _LEAST and self.left + self.width <= _WHOLE
        return across and self.top >= 0 and self.height >= _LEAST and self.top + self.height <= _WHOLE


def bring_paper(
    item: Item, chunks: Iterable[bytes], *, name: str, title: str, size: int = 0, by: Actor, at: datetime
) -> Upload:
    """Take a paper in: it is read (marks of secrecy too), then it stands on the item. Raises Refused, NotYours.

    `title` names an old paper to give it a new version; a new title makes a new paper.
    """
    check(item, flow_of(item.type).transition("bring"), at=at, note="")
    words = (title.strip() or Path(name).stem)[:300]
    known = {paper.title for paper in item.papers.all()}
    if words not in known and len(known) >= MOST_PAPERS:
        raise Refused(f"Mỗi nội dung có nhiều nhất {MOST_PAPERS} tài liệu.")
    unit = item.unit or item.owner
    try:
        return receive_upload(
            chunks, name=name, organization=office_of(unit) or unit, purpose=PURPOSE, by=by, at=at,
            details={"record": item.pk, "title": words}, batch=f"meeting-{item.pk}", expected_size=size,
        )  # fmt: skip
    except FileRefused as refused:
        raise Refused(refused.message_vi) from refused
    except (StorageFull, NotPossible) as refused:
        raise Refused(str(refused)) from refused


def take_paper(read: ReadUpload, by: Actor, at: datetime) -> Item:
    """The handler of uploads: the file that was read is the paper's newest version. Raises JobRefused."""
    details = read.upload.details
    try:
        item = item_of(int(details["record"]))
    except Item.DoesNotExist:
        raise JobRefused("Không còn thấy nội dung họp mà tài liệu được nộp cho.") from None
    if read.message:
        raise JobRefused("Đây là thư điện tử. Hãy nộp từng tệp tài liệu.")
    try:
        add_version(item, read, title=str(details.get("title") or read.name), by=by, at=at)
    except Refused as refused:
        raise JobRefused(f"Nội dung họp đã chuyển bước khi tệp đang được đọc: {refused}") from refused
    return item


def add_version(item: Item, read: ReadUpload, *, title: str, by: Actor, at: datetime) -> PaperVersion:
    """Keep a read file as the newest version of the paper of that title; readers of a released item are told."""
    day = timezone.localdate(at)
    with moving_item(item, "bring", by=by, at=at) as move:
        last = max((one.position for one in item.papers.all()), default=0)
        paper, _made = Paper.objects.get_or_create(item=item, title=title[:300], defaults={"position": last + 1})
        attached = attach_upload(read, item, role=Attachment.Role.ORIGINAL, by=by, at=at)
        number = paper.versions.count() + 1
        version = PaperVersion.objects.create(
            paper=paper, number=number, attachment=attached, is_late=item.due_on is not None and day > item.due_on,
            by_label=title_of(by.id, day), at=at,
        )  # fmt: skip
        if version.is_late and item.late_waived_at is not None:
            save(item, late_waived_at=None, late_waived_reason="")  # another late paper is decided on again
        move.label = f"Nộp tài liệu: {paper.title} (bản {number})"[:200]
        tell_of_papers(item, at=at)
        move.facts |= {"paper": paper.pk, "version": number, "sha256": read.blob.sha256, "is_late": version.is_late}
    refresh_item(item)
    index_record(item)
    if item.state in ("released", "running"):
        told = {p for role in (roles.MEMBERS, roles.GUESTS) for p in role.principals(item)}
        notify(item, principals=told, text=f"Có bản mới của tài liệu: {paper.title}"[:300], by=by, at=at)
    return version


def waive_late(item: Item, *, by: Actor, at: datetime, note: str) -> None:
    """The chair takes papers that came late; the reason stays."""
    with moving_item(item, "waive", by=by, at=at, note=note):
        save(item, late_waived_at=at, late_waived_reason=note.strip()[:500])


def release_item(item: Item, *, by: Actor, at: datetime, note: str = "") -> None:
    """Members and the item's guests may read its papers from now on. Raises Refused before the meeting is called."""
    if item.sitting.state not in CALLED:
        raise WrongState("Tài liệu chỉ được phát hành khi cuộc họp đã triệu tập.")
    with moving_item(item, "release", by=by, at=at, note=note):
        happened(item.sitting, EventKind.ITEM, f"Phát hành tài liệu: {item.title}", at=at)


def hold_item(item: Item, *, by: Actor, at: datetime, note: str) -> None:
    """Members and guests no longer see the item until it is released again."""
    with moving_item(item, "hold", by=by, at=at, note=note):
        happened(item.sitting, EventKind.ITEM, f"Ngừng phát hành tài liệu: {item.title}", at=at)


def withdraw_item(item: Item, *, by: Actor, at: datetime, note: str = "") -> None:
    """Nobody reads the item's files any more, whatever address she kept; the item itself stays."""
    with moving_item(item, "withdraw", by=by, at=at, note=note):
        happened(item.sitting, EventKind.ITEM, f"Thu hồi tài liệu: {item.title}", at=at)


def note_on_paper(item: Item, version: PaperVersion, *, page: int, text: str, by: Actor, at: datetime) -> PaperNote:
    """Write a note for oneself alone. Raises Refused without words, or where the paper cannot be read any more."""
    words = text.strip()[:5000]
    if not words or by.person_id is None:
        raise Refused("Hãy viết nội dung ghi chú.")
    if not Attachment.objects.filter(pk=version.attachment_id).exists():
        raise Refused("Tài liệu đã được thu hồi nên không ghi chú thêm được.")
    return PaperNote.objects.create(version=version, person_id=by.person_id, page=max(page, 0), text=words, at=at)


def mark_on_paper(
    item: Item, version: PaperVersion, *, page: int, box: Box, text: str = "", by: Actor, at: datetime
) -> PaperNote:
    """Highlight a place of a page for oneself alone. Raises Refused for a place that is none, or too many of them."""
    if not box.is_on_page or not 1 <= page <= MOST_PAGES or by.person_id is None:
        raise Refused("Hãy kéo trên trang để chọn chỗ đánh dấu.")
    if not Attachment.objects.filter(pk=version.attachment_id, record=item.pk).exists():
        raise Refused("Tài liệu đã được thu hồi nên không đánh dấu thêm được.")
    if PaperNote.objects.filter(version=version, person=by.person_id).count() >= MOST_NOTES:
        raise Refused(f"Mỗi bản tài liệu có nhiều nhất {MOST_NOTES} ghi chú, đánh dấu của một người.")
    return PaperNote.objects.create(
        version=version, person_id=by.person_id, page=page, text=text.strip()[:5000], at=at, mark_x=box.left,
        mark_y=box.top, mark_width=box.width, mark_height=box.height,
    )  # fmt: skip


def erase_note(note: PaperNote) -> None:
    """Take one's own note away."""
    PaperNote.objects.filter(pk=note.pk).delete()
