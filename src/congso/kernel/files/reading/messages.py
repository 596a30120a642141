"""E-mail files (.eml, .msg) opened in the guarded child: who wrote what when, and the files that came with it.

The message itself becomes a cover text; its raw bytes are not kept, because a secret among the enclosures would be
kept with them. Every enclosed file is written to a folder and goes on through the gate by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.refusals import Reason, Refused
from congso.lib.vietnamese import clean_filename, clean_text

MOST_ENCLOSED = 50
DEEPEST = 5
LONGEST_HEADER = 1_000
LONGEST_BODY = 200_000
# What mail programs add of their own accord: nothing that an office registers.
_NOT_PAPERS = (".ics", ".vcf", ".p7s", ".asc", ".sig")


@dataclass(frozen=True)
class Enclosed:
    """A file that came with a message, as bytes."""

    name: str
    content: bytes


@dataclass
class Letter:
    """One message, and those enclosed in it."""

    subject: str = ""
    sender: str = ""
    receivers: str = ""
    sent: datetime | None = None
    body: str = ""
    enclosed: list[Enclosed] = field(default_factory=list)
    inner: list["Letter"] = field(default_factory=list)

    def all_enclosed(self) -> Iterator[Enclosed]:
        """Its files, then those of the messages in it."""
        yield from self.enclosed
        for letter in self.inner:
            yield from letter.all_enclosed()


@dataclass(frozen=True)
class OpenedMessage:
    """What the service hears of a message: its cover, and where its files were written, by name."""

    cover: str
    subject: str
    sender: str
    parts: list[tuple[str, str]] = field(default_factory=list)


def open_message(path: Path, kind: FileKind, limits: Limits, into: Path) -> OpenedMessage:
    """Open a message and write its files into the folder. Raises Refused."""
    letter = _letter(path, kind, limits)
    files = list(letter.all_enclosed())
    if len(files) > MOST_ENCLOSED:
        raise Refused(
            Reason.TOO_LARGE, f"Thư có {len(files)} tệp kèm, nhiều hơn mức cho phép ({MOST_ENCLOSED}). Hãy chia nhỏ."
        )
    into.mkdir(exist_ok=True)
    parts = []
    for number, one in enumerate(files):
        target = into / str(number)
        target.write_bytes(one.content)
        parts.append((one.name, str(target)))
    return OpenedMessage(_cover(letter), letter.subject, letter.sender, parts)


def _letter(path: Path, kind: FileKind, limits: Limits) -> Letter:
    # Each parser only where it is needed: half of the time this child opens no message.
    if kind is FileKind.MSG:
        from congso.kernel.files.reading.outlook import read_msg

        return read_msg(path, limits)
    from congso.kernel.files.reading.internet_mail import read_eml

    return read_eml(path, limits)


def _cover(letter: Letter, depth: int = 0) -> str:
    """The message as a page of text: the lines a clerk looks for, the body, what came with it."""
    lines = [
        "THƯ ĐIỆN TỬ" if depth == 0 else "THƯ KÈM THEO",
        f"Chủ đề: {letter.subject or '(không có)'}",
        f"Người gửi: {letter.sender or '(không rõ)'}",
        f"Người nhận: {letter.receivers}" if letter.receivers else "",
        f"Ngày gửi: {letter.sent:%d/%m/%Y %H:%M}" if letter.sent else "",
        "Tệp kèm: " + "; ".join(one.name for one in letter.enclosed) if letter.enclosed else "",
    ]
    return "\n".join(
        ["\n".join(line for line in lines if line), "", letter.body, *(_cover(one, depth + 1) for one in letter.inner)]
    ).strip()


def header_text(text: str) -> str:
    """A header as one line of clean text, cut at the limit."""
    return " ".join(clean_text(text[: 4 * LONGEST_HEADER]).split())[:LONGEST_HEADER]


def body_text(text: str) -> str:
    """A body as clean text, cut at the limit."""
    return clean_text(text[: 2 * LONGEST_BODY]).strip()[:LONGEST_BODY]


def enclosed_file(name: str, content: bytes, media_type: str, number: int) -> Enclosed | None:
    """The file, None for what is no paper. Raises Refused for Outlook's winmail.dat, which holds the real files."""
    called = clean_filename(header_text(name)) or f"tep-kem-{number}"
    if media_type in {"application/ms-tnef", "application/vnd.ms-tnef"} or called.lower() == "winmail.dat":
        raise Refused(
            Reason.UNSUPPORTED,
            "Thư gửi tệp kèm trong winmail.dat của Outlook nên không mở được. Hãy đề nghị nơi gửi gửi lại ở dạng"
            " HTML hoặc văn bản thuần, hoặc gửi riêng từng tệp.",
        )
    if called.lower().endswith(_NOT_PAPERS) or media_type in {"text/calendar", "text/vcard"}:
        return None
    return Enclosed(called, content)


def check_depth(depth: int) -> None:
    """Raises Refused when messages are enclosed in messages too deep."""
    if depth > DEEPEST:
        raise Refused(Reason.BOMB, f"Thư lồng trong thư quá {DEEPEST} tầng. Hãy gửi riêng từng văn bản.")


class Weight:
    """How much the files of a message weigh together; refuses before memory does."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.bytes
        self._held = 0

    def add(self, content: bytes) -> bytes:
        """The same bytes, counted. Raises Refused."""
        self._held += len(content)
        if self._held > self._limit:
            raise refusals.too_large(self._limit)
        return content
