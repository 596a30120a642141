"""The line that names the kind of a paper: KẾ HOẠCH, KẾT LUẬN CỦA BAN THƯỜNG VỤ, CÔNG ĐIỆN KHẨN."""

from collections.abc import Sequence
from dataclasses import dataclass

from congso.kernel.papers.fields.rows import Row
from congso.lib.document_types import DOCUMENT_TYPES, DocumentType
from congso.lib.ordinary_case import is_in_capitals
from congso.lib.vietnamese import fold

_UNPRINTED = ("letter", "official_letter")  # the type of a công văn is not printed


@dataclass(frozen=True)
class TypeLine:
    """`rest` is what follows the type's name on its line; `is_exact` when no letter was misread."""

    kind: DocumentType
    row: Row
    rest: str
    is_exact: bool


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text).upper() if letter.isalnum())


_NAMES = sorted(
    ((_letters(kind.name), kind) for kind in DOCUMENT_TYPES if kind.key not in _UNPRINTED),
    key=lambda pair: -len(pair[0]),
)


def find_type(rows: Sequence[Row]) -> TypeLine | None:
    """The first centred row in capitals that begins with the name of a type; exact letters before misread ones."""
    candidates = [row for row in rows if _may_be_type(row)]
    for tolerance in (0, 1):
        for row in candidates:
            line = _type_line(row, tolerance)
            if line:
                return line
    return None


def _may_be_type(row: Row) -> bool:
    is_central = row.is_centred or row.is_imagined or abs(row.centre - row.page_width / 2) < row.page_width * 0.13
    return is_central and is_in_capitals(row.text) and 3 < len(row.letters) < 90


def _type_line(row: Row, tolerance: int) -> TypeLine | None:
    letters = row.letters
    for name, kind in _NAMES:
        head = letters[: len(name)]
        if len(letters) < len(name) or len(name) < 4:
            continue
        wrong = sum(a != b for a, b in zip(head, name, strict=True))
        rest = _after_letters(row.text, len(name))
        if wrong <= tolerance and (wrong == 0 or len(name) > 5) and not _is_other_word(rest):
            return TypeLine(kind, row, rest, wrong == 0)
    return None


def _after_letters(text: str, count: int) -> str:
    """What follows the first `count` letters and digits."""
    seen = 0
    for at, letter in enumerate(text):
        seen += letter.isalnum()
        if seen == count:
            return text[at + 1 :]
    return ""


def _is_other_word(rest: str) -> bool:
    """The name ends inside a word (LUẬT in LUẬTSƯ): no type."""
    return bool(rest) and rest[0].isalnum()
