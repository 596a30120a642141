"""Files that arrive broken, locked, swollen or misnamed. Each must end in a clear message."""

import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO

import pikepdf

from congso.apps.documents.samples.catalogue import directive, letter
from congso.apps.documents.samples.paper import Paper
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.samples.scans import Scanner, scanned_pdf
from congso.apps.documents.samples.sheets import xlsx
from congso.apps.documents.samples.word import docx

_MEBIBYTE = 2**20
PASSWORD = "mat-khau-mau"  # noqa: S105 - of the locked sample, which holds nothing

NAMES = (
    "../../etc/passwd.pdf",
    "thư mục/kế hoạch.pdf",
    "thư mục\\kế hoạch.pdf",
    "kế\x00hoạch.pdf",
    "dòng\r\nmới.pdf",
    "thoát\x1b[31m.pdf",
    "kế hoạch\u202efdp.exe",
    "CON.pdf",
    ".pdf",
    "",
    "   ",
    unicodedata.normalize("NFD", "Nghị quyết số 5.pdf"),
    "dài " * 100 + ".pdf",
    "báo cáo.pdf.exe",
    "<script>alert(1)</script>.pdf",
)
"""File names with paths, control characters, reversed direction, reserved words, markup, too many letters."""


@dataclass(frozen=True)
class Arrival:
    """A file as it comes in: the name the sender gave it and its bytes."""

    name: str
    content: bytes


def truncated_pdf(seed: int = 0) -> bytes:
    """The first half of a PDF: an upload that broke off."""
    whole = pdf(letter(seed))
    return whole[: len(whole) // 2]


def locked_pdf(seed: int = 0) -> bytes:
    """A PDF that opens only with a password. Old cipher on purpose: it needs no chance."""
    stored = BytesIO()
    with pikepdf.open(BytesIO(pdf(letter(seed)))) as document:
        lock = pikepdf.Encryption(owner=PASSWORD, user=PASSWORD, R=3, aes=False, metadata=False)
        document.save(stored, encryption=lock, static_id=True)
    return stored.getvalue()


def bomb_docx(unpacked: int = 256 * _MEBIBYTE) -> bytes:
    """A Word file of some hundred kilobytes whose text unpacks to `unpacked` bytes."""
    return _swollen(docx(letter(0)), "word/document.xml", unpacked)


def bomb_xlsx(unpacked: int = 256 * _MEBIBYTE) -> bytes:
    """A spreadsheet whose first sheet unpacks to `unpacked` bytes."""
    return _swollen(xlsx(), "xl/worksheets/sheet1.xml", unpacked)


def endless_pdf(pages: int = 10_000) -> bytes:
    """Very many pages in few bytes: all share one content."""
    stored = BytesIO()
    with pikepdf.new() as document:
        content = document.make_stream(b"BT /F1 12 Tf 72 770 Td (Trang mau) Tj ET")
        name = pikepdf.Name
        font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
        resources = document.make_indirect(pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)))
        box = document.make_indirect(pikepdf.Array([0, 0, 595, 842]))
        tree = document.make_indirect(pikepdf.Dictionary(Type=name.Pages))
        page = {
            "/Type": name.Page,
            "/MediaBox": box,
            "/Resources": resources,
            "/Contents": content,
            "/Parent": tree,
        }
        kids = [document.make_indirect(pikepdf.Dictionary(page)) for _ in range(pages)]
        tree.Kids, tree.Count = pikepdf.Array(kids), pages
        document.Root.Pages = tree
        packed = pikepdf.ObjectStreamMode.generate
        document.save(stored, object_stream_mode=packed, compress_streams=True, static_id=True)
    return stored.getvalue()


def empty() -> bytes:
    """No byte at all."""
    return b""


def decomposed_docx(seed: int = 0) -> bytes:
    """A Word file whose letters and accents are apart (NFD), as some machines write them."""
    return docx(directive(seed), change=lambda text: unicodedata.normalize("NFD", text))


def secret_paper(seed: int = 0, mark: str = "MẬT") -> Paper:
    """An invented paper with a secrecy mark under its symbol. It holds no secret."""
    return replace(letter(seed), secrecy=mark, urgency="")


def secret_pdf(seed: int = 0, mark: str = "MẬT") -> bytes:
    """A born-digital paper with a secrecy mark."""
    return pdf(secret_paper(seed, mark))


def secret_scan(seed: int = 0, mark: str = "MẬT") -> bytes:
    """A scanned paper with a red secrecy mark in the header: only the picture tells."""
    return scanned_pdf(secret_paper(seed, mark), seed, Scanner(is_grey=False))


def misnamed() -> tuple[Arrival, ...]:
    """Files whose ending lies about what they are."""
    return (
        Arrival("văn bản.pdf", docx(letter(1))),
        Arrival("văn bản.docx", pdf(letter(2))),
        Arrival("ảnh.jpg", xlsx(1)),
        Arrival("chương trình.pdf", b"MZ\x90\x00" + bytes(512)),
        Arrival("trang.docx", b"<!doctype html><script>alert(1)</script>"),
        Arrival("không đuôi", pdf(letter(3))),
    )


BAD_CONTENTS: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("đứt quãng.pdf", truncated_pdf),
    ("có mật khẩu.pdf", locked_pdf),
    ("bom.docx", bomb_docx),
    ("bom.xlsx", bomb_xlsx),
    ("mười nghìn trang.pdf", endless_pdf),
    ("rỗng.pdf", empty),
)
"""What must be refused, under a plausible name; made when asked for, as some take a second."""


def _swollen(data: bytes, entry: str, unpacked: int) -> bytes:
    """The archive with one entry followed by `unpacked` spaces, written piece by piece."""
    stored = BytesIO()
    piece = b" " * _MEBIBYTE
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(stored, "w") as target:
        for item in source.infolist():
            info = zipfile.ZipInfo(item.filename, item.date_time)
            info.compress_type = zipfile.ZIP_DEFLATED
            with target.open(info, "w") as written:
                written.write(source.read(item))
                for _ in range(unpacked // _MEBIBYTE if item.filename == entry else 0):
                    written.write(piece)
    return stored.getvalue()
