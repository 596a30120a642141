"""The building blocks of invented plans: paragraphs, tables with merged cells, and the tasks they hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field

UP = "^"  # merged with the cell above
LEFT = "<"  # merged with the cell on the left


@dataclass(frozen=True)
class P:
    """A paragraph; `level` numbers it automatically in Word (0 roman, 1 arabic, 2 “1.1.”, 3 letter)."""

    text: str
    bold: bool = False
    centred: bool = False
    italic: bool = False
    level: int | None = None


@dataclass(frozen=True)
class Grid:
    """A table as rows of texts; UP and LEFT merge. Widths in shares of the page."""

    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    header_rows: int = 1
    repeats_header: bool = True


@dataclass(frozen=True)
class Break:
    """A new page; `landscape` for what follows."""

    landscape: bool = False


@dataclass(frozen=True)
class Task:
    """One task as a careful reader would take it down."""

    clause: str
    text: str
    lead: str = ""
    supporting: tuple[str, ...] = ()
    start: str = ""
    due: str = ""
    recurrence: str | None = None


Part = P | Grid | Break


@dataclass(frozen=True)
class Plan:
    """An invented plan and its truth."""

    name: str
    parts: Sequence[Part]
    tasks: Sequence[Task]
    landscape: bool = False
    held_out: bool = False
    notes: str = field(default="")


def head(  # noqa: PLR0917 - in the order of the page
    agency: str, parent: str, symbol: str, day: str, kind: str, about: str, *, party: bool = True
) -> list[Part]:
    """The upper part of the first page."""
    right = "ĐẢNG CỘNG SẢN VIỆT NAM" if party else "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    left = f"{parent}\n{agency}\n*\nSố {symbol}" if party else f"{agency}\nSố: {symbol}"
    return [
        Grid((0.45, 0.55), [[left, f"{right}\n{day}"]], header_rows=0),
        P(kind, bold=True, centred=True),
        P(about, bold=True, centred=True),
        P("-----", centred=True),
    ]


def foot(recipients: Sequence[str], authority: str, name: str) -> list[Part]:
    """Recipients and signature."""
    left = "Nơi nhận:\n" + "\n".join(f"- {each}," for each in recipients) + "\n- Lưu VP."
    return [Grid((0.5, 0.5), [[left, f"{authority}\n\n\n{name}"]], header_rows=0)]
