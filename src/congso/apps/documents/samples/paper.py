"""What a paper consists of, independent of the file it becomes (office.md 1.6; HD 05-HD/VPTW, NĐ 30/2020)."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Layout(StrEnum):
    """The form of the header and the symbol."""

    PARTY = "PARTY"
    STATE = "STATE"


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """Shares of the width, in percent."""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page: an annex."""


Block = Heading | Paragraph | Table | PageBreak


@dataclass(frozen=True)
class Paper:
    """One paper as an office issues it."""

    layout: Layout
    superior: str
    issuer: str
    number: int
    type_code: str
    issuer_code: str
    place: str
    day: date
    type_name: str
    """Empty for an official letter (công văn), whose type is not printed."""
    abstract: str
    body: tuple[Block, ...]
    authority: str
    position: str
    signer: str
    recipients: tuple[str, ...]
    addressed_to: str = ""
    urgency: str = ""
    secrecy: str = ""
    bases: tuple[str, ...] = field(default_factory=tuple)

    @property
    def symbol(self) -> str:
        """Party: `16-KH/TU`; state and Front: `16/KH-UBND`. Numbers below ten have two digits."""
        if self.layout is Layout.PARTY:
            return f"{self.number:02d}-{self.type_code}/{self.issuer_code}"
        if not self.type_code:
            return f"{self.number:02d}/{self.issuer_code}"
        return f"{self.number:02d}/{self.type_code}-{self.issuer_code}"

    @property
    def symbol_line(self) -> str:
        """The Party prints no colon after “Số”."""
        return f"Số {self.symbol}" if self.layout is Layout.PARTY else f"Số: {self.symbol}"

    @property
    def place_and_date(self) -> str:
        """A zero only before days under 10 and months 1 and 2."""
        month = f"{self.day.month:02d}" if self.day.month < 3 else str(self.day.month)
        return f"{self.place}, ngày {self.day.day:02d} tháng {month} năm {self.day.year}"

    @property
    def country_lines(self) -> tuple[str, ...]:
        """The right half of the header."""
        if self.layout is Layout.PARTY:
            return ("ĐẢNG CỘNG SẢN VIỆT NAM",)
        return ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

    @property
    def parts(self) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """What stands above the signature, and the annexes after it: all from the first page break on."""
        breaks = [place for place, block in enumerate(self.body) if isinstance(block, PageBreak)]
        end = breaks[0] if breaks else len(self.body)
        return self.body[:end], self.body[end:]

    @property
    def text(self) -> str:
        """All that is printed, in reading order: what a perfect reader would find in the file."""
        parts = [self.superior, self.issuer, *self.country_lines, self.symbol_line, self.place_and_date]
        parts += [self.secrecy, self.urgency, self.type_name, self.abstract, self.addressed_to, *self.bases]
        for block in self.body:
            if isinstance(block, Table):
                parts += [*block.columns, *(cell for row in block.rows for cell in row)]
            elif not isinstance(block, PageBreak):
                parts.append(block.text)
        parts += [self.authority, self.position, self.signer, *self.recipients]
        return "\n".join(part for part in parts if part)
