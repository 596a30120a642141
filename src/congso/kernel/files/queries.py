"""What can be asked about files; row-level security answers only for what the person may see."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from congso.kernel.files.models import Attachment, PageText, QuarantineItem, Upload
from congso.kernel.records.models import Record


@dataclass
class FileOfRecord:
    """A file as people think of it: what came, and the derived copies that stand in for it on the screen."""

    file: Attachment
    derived: list[Attachment] = field(default_factory=list)

    @property
    def shown(self) -> Attachment:
        """The copy to read: the stamped one, else the searchable one, else the file itself."""
        by_role = {copy.role: copy for copy in self.derived}
        roles = (Attachment.Role.STAMPED, Attachment.Role.SEARCHABLE)
        return next((by_role[role] for role in roles if role in by_role), self.file)

    @property
    def pages(self) -> int:
        """How many pages can be looked at; 0 when only downloading is possible."""
        return self.shown.blob.pages if self.shown.blob.is_pdf else 0


def files_of(record: Record) -> list[FileOfRecord]:
    """The record's files in order, each with its derived copies. One query."""
    rows = Attachment.objects.filter(record_id=record.pk).select_related("blob").order_by("position", "id")
    files: dict[int, FileOfRecord] = {}
    for row in rows:
        if row.source_id is None:
            files[row.pk] = FileOfRecord(row)
        elif row.source_id in files:
            files[row.source_id].derived.append(row)
    return list(files.values())


def text_of(record: Record, *, limit: int = 1_000_000) -> str:
    """The text of all files of the record in order, for the search index; cut at the limit."""
    rows = PageText.objects.filter(attachment__record_id=record.pk).order_by("attachment__position", "page")
    parts: list[str] = []
    length = 0
    for text in rows.values_list("text", flat=True).iterator(chunk_size=200):
        parts.append(text)
        length += len(text)
        if length >= limit:
            break
    return "\n".join(parts)[:limit]


def pages_of(record: Record, *, limit: int = 1_000_000) -> list[tuple[int, int, str]]:
    """The text of all files of the record page by page, as `text_of` joins them: file, page from 1, text."""
    rows = PageText.objects.filter(attachment__record_id=record.pk).order_by("attachment__position", "page")
    found: list[tuple[int, int, str]] = []
    length = 0
    for file, page, text in rows.values_list("attachment_id", "page", "text").iterator(chunk_size=200):
        found.append((file, page, text))
        length += len(text)
        if length >= limit:
            break
    return found


def uploads_of(person_id: int, *, batch: str = "") -> QuerySet[Upload]:
    """What the person uploaded, newest first; of one batch when named."""
    found = Upload.objects.filter(uploaded_by_id=person_id).select_related("job", "record")
    return (found.filter(batch=batch) if batch else found).order_by("-uploaded_at", "-id")


def held_items() -> QuerySet[QuarantineItem]:
    """What waits for the secrecy officer's decision, oldest first; nothing for anybody else."""
    held = QuarantineItem.objects.filter(state=QuarantineItem.State.HELD)
    return held.select_related("organization").order_by("found_at", "id")


def settled_items() -> QuerySet[QuarantineItem]:
    """What officers decided, newest first."""
    settled = QuarantineItem.objects.exclude(state=QuarantineItem.State.HELD)
    return settled.select_related("organization", "settled_by").order_by("-settled_at", "-id")
