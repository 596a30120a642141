"""One message as its parser hands it over: who wrote what when, the files that came with it, within bounds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.refusals import Reason, Refused
from congso.lib.vietnamese import clean_filename, clean_text

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
