"""What an official paper says, before it is laid out: plain values, nothing of Word or PDF in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from congso.lib.document_types import document_type


class Layout(StrEnum):
    """Whose form a paper takes. The values are those of `directory.LayoutProfile`."""

    PARTY = "PARTY"  # 05-HD/VPTW
    STATE = "STATE"  # 30/2020/NĐ-CP, which the Front and the unions follow (91/HD-MTTW-BTT)
    YOUTH = "YOUTH"  # 367-QĐ/TWĐTN-VP: the Union's header in the Party's manner


class Authority(StrEnum):
    """By what right somebody signs (office 1.6)."""

    OWN = ""  # the head himself
    ON_BEHALF = "on_behalf"  # T/M, TM.: of a body that decides together
    DEPUTY = "deputy"  # K/T, KT.: for a single head, never for a body that decides together
    BY_ORDER = "by_order"  # T/L, TL.
    BY_MANDATE = "by_mandate"  # TUQ.: state form only, the Party's digest knows none
    ACTING = "acting"  # Q.


class Urgency(StrEnum):
    """Mức độ khẩn (office 2.3)."""

    NONE = ""
    URGENT = "KHẨN"
    VERY_URGENT = "THƯỢNG KHẨN"
    EXPRESS = "HỎA TỐC"
    TIMED = "HỎA TỐC HẸN GIỜ"


@dataclass(frozen=True)
class Signature:
    """One signature block.

    `over` is what the authority is exercised over, in capitals as printed: the body for T/M and T/L
    (BAN THƯỜNG VỤ), the head's post for K/T (CHÁNH VĂN PHÒNG); empty for OWN. `post` is the signer's own post
    (PHÓ BÍ THƯ). `has_seal`: the body's seal stands on it; false for a note-taker and inside a cell.
    `key` names its places in the file and in the PDF (letters, digits, “_”; unique in the paper).
    """

    name: str
    post: str = ""
    authority: Authority = Authority.OWN
    over: str = ""
    has_seal: bool = True
    key: str = "1"


@dataclass(frozen=True)
class Marks:
    """Marks in the head. `deliver_by`: the hour of HỎA TỐC HẸN GIỜ (“trước 15h00 ngày 05/02/2026”).

    `circulation`: as printed, e.g. TÀI LIỆU HỘI NGHỊ, THU HỒI SAU HỘI NGHỊ. `draft`: 0 none, n: “Dự thảo lần n”.
    Grades of state secrecy do not exist here: such papers are not kept in this system.
    """

    urgency: Urgency = Urgency.NONE
    deliver_by: str = ""
    circulation: str = ""
    draft: int = 0


class Level(StrEnum):
    """What a passage of the body is."""

    PARAGRAPH = "paragraph"
    BASIS = "basis"  # - Căn cứ …;
    ENACTING = "enacting"  # QUYẾT ĐỊNH, BAN THƯỜNG VỤ … QUYẾT ĐỊNH: centred
    PART = "part"  # Phần, Chương: centred
    SECTION = "section"  # I-, Mục
    HEADING = "heading"  # 1. with a title of its own
    ARTICLE = "article"  # Điều 1.


@dataclass(frozen=True)
class Passage:
    """One paragraph of the body, its printed number included (“Điều 1.”, “I-”, “a)”)."""

    text: str
    level: Level = Level.PARAGRAPH


@dataclass(frozen=True)
class Grid:
    """A table: rows of cell texts; the first `header_rows` are repeated on each page. `widths` are shares."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 1
    widths: tuple[float, ...] = ()


Block = Passage | Grid


@dataclass(frozen=True)
class Annex:
    """Phụ lục: begins on its own page. `title` as printed below PHỤ LỤC."""

    title: str
    body: tuple[Block, ...]
    number: str = ""
    is_landscape: bool = False


@dataclass(frozen=True)
class PaperContent:
    """One paper. Texts are as printed except where capitals are made by the form (issuer, parent, title stay).

    `symbol`: what follows the number, in the form of the layout: `KH/TU`, `BC-MTTQ-BTT`. `number`, `issued_on`: None
    until issue; the paper then has a place for them, with `year` printed if it is given. `doc_type`: a key of
    `lib.document_types`; `type_name` for a type of the office's own. `title`: the trích yếu, for a letter without
    “về việc”. `addressees`: after “Kính gửi” (letters) or “Kính trình” (submissions). `recipients`: lines of Nơi nhận
    without “-”, the last one “Lưu …”. `typist`: typist's code and copies (“NVA-25”). `contact`: address and telephone
    at the foot of page one.
    """

    layout: Layout
    issuer: str
    symbol: str
    place: str
    doc_type: str
    title: str
    body: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...] = ()
    parent: str = ""
    number: int | None = None
    number_letter: str = ""
    issued_on: date | None = None
    year: int | None = None
    type_name: str = ""
    addressees: tuple[str, ...] = ()
    marks: Marks = field(default_factory=Marks)
    annexes: tuple[Annex, ...] = ()
    typist: str = ""
    contact: str = ""

    @property
    def printed_type(self) -> str:
        """The name of the type in capitals; empty for a letter, whose name is not printed (399-QĐ/TW)."""
        if self.doc_type == "letter":
            return ""
        return (self.type_name or document_type(self.doc_type).name).upper()


def passages(texts: Sequence[str]) -> tuple[Passage, ...]:
    """Plain paragraphs."""
    return tuple(Passage(text) for text in texts)
