"""What a later packet about a document says otherwise than the one that brought it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from congso.lib.edxml.packets import Attachment, DocumentPacket

FIELDS = (
    "subject", "type_name", "number", "notation", "issued_on", "due_on", "urgency", "sphere", "content", "competence",
    "position", "signer", "place", "to_places", "copies", "pages", "appendixes",
)  # fmt: skip
FILE = "file"
_DAYS = {"issued_on", "due_on"}
LABELS = {
    "subject": "Trích yếu", "type_name": "Tên loại", "number": "Số", "notation": "Ký hiệu",
    "issued_on": "Ngày văn bản", "due_on": "Hạn trả lời", "urgency": "Độ khẩn",
    "sphere": "Phạm vi lưu hành", "content": "Nội dung tóm tắt", "competence": "Thể thức ký",
    "position": "Chức vụ người ký", "signer": "Người ký", "place": "Địa danh", "to_places": "Nơi nhận",
    "copies": "Số bản", "pages": "Số trang", "appendixes": "Phụ lục", FILE: "Tệp",
}  # fmt: skip
"""The fields as a timeline names them; screens translate their own words."""


@dataclass(frozen=True)
class Difference:
    """One field, or a file by its name: what stood, what stands now; empty for what is new or gone."""

    field: str
    old: str
    new: str

    @property
    def was(self) -> str:
        """The old value as people read it."""
        return _read(self.field, self.old)

    @property
    def now(self) -> str:
        """The new value as people read it."""
        return _read(self.field, self.new)


def standing(old: DocumentPacket, updates: Iterable[DocumentPacket]) -> DocumentPacket:
    """The document as it stands after updates that were agreed to, in their order; its files stay those it came with
    where an update encloses none.
    """
    for update in updates:
        said = {name: getattr(update, name) for name in FIELDS if _told(getattr(update, name))}
        if update.business.is_content_changed:
            said["due_on"] = update.due_on
        files = {"attachments": update.attachments} if update.attachments else {}
        old = replace(old, **(said | files))
    return old


def differences(old: DocumentPacket, new: DocumentPacket) -> list[Difference]:
    """Fields in the order of a register, then files. A packet that encloses no file says nothing of files.

    A field the later packet leaves empty is not said anew, except a deadline of one that changes content.
    """
    found = []
    for name in FIELDS:
        before, after = (_told(getattr(packet, name)) for packet in (old, new))
        is_said = bool(after) or (name == "due_on" and new.business.is_content_changed)
        if is_said and before != after:
            found.append(Difference(name, before, after))
    return found + (list(_files(old.attachments, new.attachments)) if new.attachments else [])


def _files(old: Iterable[Attachment], new: Iterable[Attachment]) -> Iterable[Difference]:
    before, after = ({one.name: hashlib.sha256(one.content).hexdigest() for one in files} for files in (old, new))
    for name in sorted(set(before) | set(after)):
        if before.get(name) != after.get(name):
            yield Difference(FILE, name if name in before else "", name if name in after else "")


def _read(field: str, value: str) -> str:
    return f"{date.fromisoformat(value):%d/%m/%Y}" if field in _DAYS and value else value


def _told(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None or value == 0 else str(value)
