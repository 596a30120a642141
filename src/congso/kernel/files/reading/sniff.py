"""What a file really is, from its bytes. The name is only compared with the answer."""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePath

from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.kinds import FACTS, ZIPPED, FileKind
from congso.kernel.files.reading.limits import Limits

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = {
    b"\xff\xd8\xff": FileKind.JPEG,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
    b"II*\x00": FileKind.TIFF,
    b"MM\x00*": FileKind.TIFF,
}
_KNOWN_BUT_REFUSED = {
    b"{\\rtf": "RTF",
    b"GIF8": "ảnh GIF",
    b"BM": "ảnh BMP",
    b"MZ": "chương trình",
    b"\x7fELF": "chương trình",
    b"<!DOCTYPE html": "trang web",
    b"<html": "trang web",
}
_PHONE_PHOTOS = {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}
_MAIL_HEADERS = {
    b"from", b"to", b"cc", b"subject", b"date", b"received", b"return-path", b"message-id", b"mime-version",
    b"content-type", b"delivered-to", b"x-mailer", b"reply-to", b"sender",
}  # fmt: skip
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


@dataclass(frozen=True)
class Sniffed:
    """The real kind, and a sentence when the name's ending says something else."""

    kind: FileKind
    warning: str | None = None


def sniff(path: Path, name: str, limits: Limits) -> Sniffed:
    """Tell the kind of the file or raise Refused. Containers are checked for bombs before they are opened."""
    size = path.stat().st_size
    if size == 0:
        raise refusals.empty()
    if size > limits.bytes:
        raise refusals.too_large(limits.bytes)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    kind = _kind_of(path, head)
    if kind in ZIPPED:
        check_container(path, limits)
    return Sniffed(kind, _ending_warning(kind, name))


def _kind_of(path: Path, head: bytes) -> FileKind:
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK"):
        return _zip_kind(path)
    if head.startswith(_OLE):
        return _ole_kind(path)
    _refuse_known(head)
    if _looks_like_message(head):
        return FileKind.EML
    if _looks_like_text(head):
        return FileKind.TXT
    raise refusals.unsupported("không nhận ra")


def _refuse_known(head: bytes) -> None:
    """Name what is recognised but not taken, so that the person knows what to do."""
    if head.startswith(_ARCHIVES):
        raise refusals.archive()
    if head[4:12] in _PHONE_PHOTOS:
        raise refusals.unsupported("ảnh HEIC của điện thoại; đặt máy ảnh về “Tương thích nhất” để chụp JPEG")
    for magic, label in _KNOWN_BUT_REFUSED.items():
        if head.lower().startswith(magic.lower()):
            raise refusals.unsupported(label)


def _zip_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as container:
            names = set(container.namelist())
            declared = _declared_type(container) if "mimetype" in names else ""
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        # A ZIP keeps its directory at the end: without it the file was cut short.
        raise refusals.truncated("Word, Excel hoặc tệp nén") from error
    if "word/document.xml" in names:
        return FileKind.DOCX
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    for kind in (FileKind.ODT, FileKind.ODS, FileKind.EPUB):
        if declared.strip() == FACTS[kind].media_type:
            return kind
    if "ppt/presentation.xml" in names or declared:
        raise refusals.unsupported("tệp trình chiếu hoặc bản vẽ")
    raise refusals.archive()


def _declared_type(container: zipfile.ZipFile) -> str:
    with container.open("mimetype") as entry:
        return entry.read(100).decode("ascii", "replace")


def _ole_kind(path: Path) -> FileKind:
    """Old Office files name their streams in UTF-16; a protected DOCX or XLSX is wrapped the same way."""
    from congso.kernel.files.reading.outlook import is_msg

    if is_msg(path):
        return FileKind.MSG
    data = path.read_bytes()

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise refusals.encrypted()
    if has("WordDocument"):
        return FileKind.DOC
    if has("Workbook") or has("Book"):
        return FileKind.XLS
    raise refusals.unsupported("tệp Office cũ không phải Word hay Excel")


def check_container(path: Path, limits: Limits) -> None:
    """Refuse a zip container that would unpack to more than the limits; reads only its directory.

    Python never unpacks more of an entry than the directory declares, so the declared sizes bind.
    """
    with zipfile.ZipFile(path) as container:
        entries = container.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.zip_entries or unpacked > limits.unzipped_bytes:
        raise refusals.bomb()
    packed = path.stat().st_size
    if unpacked > limits.unzipped_ratio * packed and unpacked > limits.unzipped_bytes // 10:
        raise refusals.bomb()
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusals.encrypted()


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return b"\x00" not in head and controls * 100 <= len(head)


def _looks_like_message(head: bytes) -> bool:
    """Headers of a message from the first line on: at least three that messages have."""
    names = set()
    for line in head.split(b"\n"):
        if not line.strip():
            break
        if line[:1] in b" \t":
            continue
        name, colon, _value = line.partition(b":")
        if not colon or b" " in name:
            break
        names.add(name.strip().lower())
    return len(names & _MAIL_HEADERS) >= 3


def _ending_warning(kind: FileKind, name: str) -> str | None:
    ending = PurePath(name).suffix.lstrip(".").lower()
    if not ending or ending in FACTS[kind].endings:
        return None
    return f"Tên tệp ghi “.{ending}” nhưng nội dung là {FACTS[kind].label}; hệ thống đọc theo nội dung."
