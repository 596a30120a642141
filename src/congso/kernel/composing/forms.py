"""The measures of each form: what stands on a paper, how large, how drawn, and where the rule is written.

Sizes in points, page measures in millimetres. Party: 05-HD/VPTW by its digest (office 1.6). State: 30/2020/NĐ-CP,
annex I. Youth Union: the header of 367-QĐ/TWĐTN-VP, measures as the Party's (office 1.7).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from congso.kernel.composing.contents import Authority, Layout

PARTY_SOURCE = "05-HD/VPTW"
STATE_SOURCE = "Phụ lục I Nghị định 30/2020/NĐ-CP"
FONT = "Times New Roman"
SAME_LETTERS = frozenset({"times new roman", "tinos", "liberation serif"})
"""Fonts whose letters are as wide as those of Times New Roman: LibreOffice puts them in its place."""


class Component(StrEnum):
    """What a paragraph of a paper is."""

    HEADER = "header"
    MOTTO = "motto"
    PARENT = "parent"
    ISSUER = "issuer"
    ASTERISK = "asterisk"
    SYMBOL = "symbol"
    LETTER_TITLE = "letter_title"
    URGENCY = "urgency"
    CIRCULATION = "circulation"
    DRAFT = "draft"
    PLACE_DATE = "place_date"
    TYPE = "type"
    TITLE = "title"
    DASHES = "dashes"
    ADDRESSEE = "addressee"
    BASIS = "basis"
    BODY = "body"
    ENACTING = "enacting"
    PART = "part"
    SECTION = "section"
    HEADING = "heading"
    ARTICLE = "article"
    TABLE = "table"
    AUTHORITY = "authority"
    POST = "post"
    NAME = "name"
    RECIPIENTS_LABEL = "recipients_label"
    RECIPIENT = "recipient"
    TYPIST = "typist"
    CONTACT = "contact"
    ANNEX_LABEL = "annex_label"
    ANNEX_TITLE = "annex_title"


class Align(StrEnum):
    """As Word writes it."""

    LEFT = "left"
    CENTRE = "center"
    BOTH = "both"


@dataclass(frozen=True)
class TextRule:
    """How a component is drawn. `sizes`: least, made, most, in points. None: the rule leaves it open."""

    label: str
    sizes: tuple[float, float, float]
    is_bold: bool | None = False
    is_italic: bool | None = False
    is_upper: bool = False
    is_underlined: bool = False
    align: Align | None = None


@dataclass(frozen=True)
class Margin:
    """Least, made and most, in millimetres."""

    least: float
    made: float
    most: float


@dataclass(frozen=True)
class Form:
    """All measures of one form."""

    layout: Layout
    source: str
    header: str
    motto: str
    top: Margin
    bottom: Margin
    left: Margin
    right: Margin
    page_number: tuple[float, float, float]
    texts: Mapping[Component, TextRule]
    line: tuple[float, float]  # least and most height of a line of the body, in points, when exact
    multiple: tuple[float, float] | None  # least and most number of lines, None where the height must be exact
    gap: float  # least points between paragraphs
    first_line: tuple[float, float, float]  # millimetres
    prefixes: Mapping[Authority, str]
    letter_prefix: str
    number_label: str
    has_asterisk: bool
    letter_addressee: str = "Kính gửi"

    def margins(self) -> Mapping[str, Margin]:
        """By the names Word gives them."""
        return {"top": self.top, "bottom": self.bottom, "left": self.left, "right": self.right}


def _named(rows: str) -> dict[Component, str]:
    """The components' names, in Word's list of styles and in findings: words of papers, Vietnamese always."""
    pairs = (row.split("|") for row in rows.strip().splitlines())
    return {Component(key.strip()): name.strip() for key, name in pairs}


_LABELS = _named(
    """
    header           | Tiêu đề
    motto            | Tiêu ngữ
    parent           | Cơ quan cấp trên
    issuer           | Cơ quan ban hành
    asterisk         | Dấu sao
    symbol           | Số, ký hiệu
    letter_title     | Trích yếu công văn
    urgency          | Mức độ khẩn
    circulation      | Phạm vi lưu hành
    draft            | Dự thảo
    place_date       | Địa danh, ngày tháng
    type             | Tên loại
    title            | Trích yếu
    dashes           | Gạch dưới trích yếu
    addressee        | Kính gửi
    basis            | Căn cứ
    body             | Nội dung
    enacting         | Lời ban hành
    part             | Phần, chương
    section          | Mục
    heading          | Tiểu mục
    article          | Điều
    table            | Bảng
    authority        | Quyền hạn ký
    post             | Chức vụ
    name             | Họ tên người ký
    recipients_label | Nơi nhận (nhãn)
    recipient        | Nơi nhận
    typist           | Người đánh máy
    contact          | Thông tin liên hệ
    annex_label      | Phụ lục
    annex_title      | Tên phụ lục
    """
)


def _rules(rows: str) -> dict[Component, TextRule]:
    """Rows of: component | least made most | flags (bold, italic, Capitals, _ underlined) | alignment.

    “?” after b or i leaves it open.
    """
    found = {}
    for row in rows.strip().splitlines():
        name, sizes, flags, align = (cell.strip() for cell in row.split("|"))
        component = Component(name)
        least, made, most = map(float, sizes.split())
        found[component] = TextRule(
            _LABELS[component],
            (least, made, most),
            is_bold=None if "b?" in flags else "b" in flags,
            is_italic=None if "i?" in flags else "i" in flags,
            is_upper="C" in flags,
            is_underlined="_" in flags,
            align=Align(align) if align else None,
        )
    return found


_PARTY = _rules(
    """
    header           | 15 15 15 | b C  | center
    parent           | 14 14 14 | C    | center
    issuer           | 14 14 14 | b C  | center
    asterisk         | 14 14 14 | b?   | center
    symbol           | 14 14 14 |      | center
    letter_title     | 12 12 12 | i    | center
    urgency          | 14 14 14 | b C  | center
    circulation      | 14 14 14 | b C  | center
    draft            | 14 14 14 | b    | center
    place_date       | 14 14 14 | i    | center
    type             | 15 16 16 | b C  | center
    title            | 14 15 15 | b    | center
    dashes           | 14 14 15 | b?   | center
    addressee        | 14 14 15 | i?   |
    basis            | 14 14 15 | i?   | both
    body             | 14 14 15 | b? i? | both
    enacting         | 14 14 15 | b    | center
    part             | 14 14 15 | b    | center
    section          | 14 14 15 | b    | both
    heading          | 14 14 15 | b i? | both
    article          | 14 14 15 | b? i? | both
    table            | 11 13 15 | b? i? |
    authority        | 14 14 14 | b C  | center
    post             | 14 14 14 | C    | center
    name             | 14 14 14 | b    | center
    recipients_label | 14 14 14 | _    | left
    recipient        | 12 12 12 |      | left
    typist           | 8 8 11   | b? i? | left
    contact          | 11 11 12 | i?   | center
    annex_label      | 14 14 16 | b C  | center
    annex_title      | 14 14 15 | b    | center
    """
)
_STATE = _rules(
    """
    header           | 12 13 13 | b C | center
    motto            | 13 14 14 | b   | center
    parent           | 12 13 13 | C   | center
    issuer           | 12 13 13 | b C | center
    symbol           | 13 13 13 |      | center
    letter_title     | 12 12 13 |      | center
    urgency          | 13 13 14 | b C  | center
    circulation      | 13 13 14 | b C  | center
    draft            | 13 13 14 | b    | center
    place_date       | 13 14 14 | i  | center
    type             | 13 14 14 | b C  | center
    title            | 13 14 14 | b    | center
    dashes           | 13 14 14 | b?   | center
    addressee        | 13 14 14 |      |
    basis            | 13 14 14 | i    | both
    body             | 13 14 14 | b? i? | both
    enacting         | 13 14 14 | b    | center
    part             | 13 14 14 | b    | center
    section          | 13 14 14 | b    | both
    heading          | 13 14 14 | b i? | both
    article          | 13 14 14 | b? i? | both
    table            | 11 13 14 | b? i? |
    authority        | 13 14 14 | b C  | center
    post             | 13 14 14 | b C  | center
    name             | 13 14 14 | b    | center
    recipients_label | 12 12 12 | b i  | left
    recipient        | 11 11 11 |      | left
    typist           | 11 11 11 | b? i? | left
    contact          | 11 11 12 | i?   | center
    annex_label      | 14 14 14 | b C | center
    annex_title      | 13 14 14 | b    | center
    """
)
_PARTY_FORM = Form(
    layout=Layout.PARTY, source=PARTY_SOURCE, header="ĐẢNG CỘNG SẢN VIỆT NAM", motto="",
    top=Margin(20, 20, 20), bottom=Margin(20, 20, 20), left=Margin(30, 30, 30), right=Margin(15, 15, 15),
    page_number=(14, 14, 14), texts=_PARTY, line=(18, 22), multiple=None, gap=6, first_line=(9, 10, 12.7),
    prefixes={
        Authority.ON_BEHALF: "T/M", Authority.DEPUTY: "K/T", Authority.BY_ORDER: "T/L", Authority.ACTING: "Q.",
    },
    letter_prefix="về việc", number_label="Số", has_asterisk=True,
)  # fmt: skip
_STATE_FORM = Form(
    layout=Layout.STATE, source=STATE_SOURCE, header="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto="Độc lập - Tự do - Hạnh phúc",
    top=Margin(20, 20, 25), bottom=Margin(20, 20, 25), left=Margin(30, 30, 35), right=Margin(15, 15, 20),
    page_number=(13, 14, 14), texts=_STATE, line=(13, 28), multiple=(1, 1.5), gap=6, first_line=(10, 10, 12.7),
    prefixes={
        Authority.ON_BEHALF: "TM.", Authority.DEPUTY: "KT.", Authority.BY_ORDER: "TL.",
        Authority.BY_MANDATE: "TUQ.", Authority.ACTING: "Q.",
    },
    letter_prefix="V/v", number_label="Số:", has_asterisk=False,
)  # fmt: skip
_YOUTH_FORM = replace(
    _PARTY_FORM, layout=Layout.YOUTH, source="367-QĐ/TWĐTN-VP", header="ĐOÀN TNCS HỒ CHÍ MINH",
    prefixes={
        Authority.ON_BEHALF: "TM.", Authority.DEPUTY: "KT.", Authority.BY_ORDER: "TL.",
        Authority.BY_MANDATE: "TUQ.", Authority.ACTING: "Q.",
    },
)  # fmt: skip


@cache
def form_of(layout: Layout) -> Form:
    """The measures of the layout."""
    return {Layout.PARTY: _PARTY_FORM, Layout.STATE: _STATE_FORM, Layout.YOUTH: _YOUTH_FORM}[layout]
