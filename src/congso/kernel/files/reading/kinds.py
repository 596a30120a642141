"""The kinds of file an office hands in, with their media types and usual endings."""

from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """What the bytes are, whatever the name says."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    DOC = "doc"
    XLS = "xls"
    TXT = "txt"
    EML = "eml"
    MSG = "msg"
    EPUB = "epub"


@dataclass(frozen=True)
class KindFacts:
    """How a kind is named to machines (media type, endings) and to people."""

    media_type: str
    endings: tuple[str, ...]
    label: str


_OPENXML = "application/vnd.openxmlformats-officedocument"
_OPENDOCUMENT = "application/vnd.oasis.opendocument"

FACTS: dict[FileKind, KindFacts] = {
    FileKind.PDF: KindFacts("application/pdf", ("pdf",), "PDF"),
    FileKind.JPEG: KindFacts("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "ảnh JPEG"),
    FileKind.PNG: KindFacts("image/png", ("png",), "ảnh PNG"),
    FileKind.TIFF: KindFacts("image/tiff", ("tif", "tiff"), "ảnh TIFF"),
    FileKind.DOCX: KindFacts(f"{_OPENXML}.wordprocessingml.document", ("docx",), "Word (DOCX)"),
    FileKind.XLSX: KindFacts(f"{_OPENXML}.spreadsheetml.sheet", ("xlsx",), "Excel (XLSX)"),
    FileKind.ODT: KindFacts(f"{_OPENDOCUMENT}.text", ("odt",), "OpenDocument (ODT)"),
    FileKind.ODS: KindFacts(f"{_OPENDOCUMENT}.spreadsheet", ("ods",), "OpenDocument (ODS)"),
    FileKind.DOC: KindFacts("application/msword", ("doc",), "Word (DOC)"),
    FileKind.XLS: KindFacts("application/vnd.ms-excel", ("xls",), "Excel (XLS)"),
    FileKind.TXT: KindFacts("text/plain", ("txt", "text"), "văn bản thuần (TXT)"),
    FileKind.EML: KindFacts("message/rfc822", ("eml",), "thư điện tử (EML)"),
    FileKind.MSG: KindFacts("application/vnd.ms-outlook", ("msg",), "thư Outlook (MSG)"),
    FileKind.EPUB: KindFacts("application/epub+zip", ("epub",), "sách điện tử (EPUB)"),
}

IMAGES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.TIFF})
OFFICE = frozenset({FileKind.DOCX, FileKind.XLSX, FileKind.ODT, FileKind.ODS, FileKind.DOC, FileKind.XLS})
MESSAGES = frozenset({FileKind.EML, FileKind.MSG})
ZIPPED = frozenset({FileKind.DOCX, FileKind.XLSX, FileKind.ODT, FileKind.ODS, FileKind.EPUB})
