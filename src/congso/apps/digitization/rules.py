"""What digitizing asks for, as pure functions (domain handbook, office 5.4: 05/2025/TT-BNV art. 5–12)."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from congso.lib.vietnamese import fold, nfc

SEPARATOR = "CSH1:"
"""How the square codes of separator sheets begin: portal, sheet, edition."""

_CODE = re.compile(r"CSH1:([0-9a-f]{32}):([HV])(\d{1,6})")
LEAST_DPI = {"paper": 200, "drawing": 300}
"""05/2025/TT-BNV (digest): at least 200 dpi for administrative papers, 300 for maps and drawings."""

FIELDS = ("type_key", "number", "issued_on", "is_undated", "issuer", "title", "signer")
COUNTED = ("type_key", "number", "issued_on", "issuer", "title", "signer")

Word = Sequence[Any]
"""[text, left, top, right, bottom, confidence, line]."""


@dataclass(frozen=True)
class Sheet:
    """A separator sheet as its code says: of which batch, before a dossier (H) or a document (V), which one."""

    batch: str
    is_folder: bool
    number: int


def code_of(batch_hex: str, *, is_folder: bool, number: int) -> str:
    """The text in a separator's code."""
    return f"{SEPARATOR}{batch_hex}:{'H' if is_folder else 'V'}{number}"


def sheet_of(code: str) -> Sheet | None:
    """What a code says; None for a code that is none of ours."""
    found = _CODE.fullmatch(code.strip())
    return Sheet(found.group(1), found.group(2) == "H", int(found.group(3))) if found else None


@dataclass(frozen=True)
class Side:
    """One page as the cutting sees it, in the order of the stack."""

    pk: int
    scan: int
    state: str
    code: str = ""


@dataclass(frozen=True)
class Piece:
    """Pages of one document, and the number of the folder they lie in (0: of none)."""

    folder: int
    pages: tuple[int, ...]


def pieces(sides: Iterable[Side], *, batch_hex: str, cuts_at_files: bool) -> Iterator[Piece]:
    """The documents of a stack: cut at every separator, and where a file begins if told so.

    A folder's sheet opens the folder for all that follows until the next. Pages that are not `read` belong to no
    document; a separator of another batch cuts all the same.
    """
    folder, held, scan = 0, list[int](), 0
    for side in sides:
        begins = side.state == "separator" or (cuts_at_files and side.scan != scan)
        scan = side.scan
        if begins and held:
            yield Piece(folder, tuple(held))
            held = []
        if side.state == "separator":
            sheet = sheet_of(side.code)
            if sheet and sheet.is_folder and sheet.batch == batch_hex:
                folder = sheet.number
        elif side.state == "read":
            held.append(side.pk)
    if held:
        yield Piece(folder, tuple(held))


def file_name(folder_code: str, position: int, *, batch_number: str = "") -> str:
    """`{mã hồ sơ}.{STT}.pdf` (05/2025/TT-BNV); documents of no dossier are named by the batch."""
    code = re.sub(r"[^\w.-]+", "-", fold(folder_code or batch_number)).strip("-.")[:100] or "tai-lieu"
    return f"{code}.{position:03d}.pdf"


def is_in_sample(seed: str, place: str, *, percent: int) -> bool:
    """Whether a document falls into the random sample: drawn from a seed who scans does not know, always the same."""
    drawn = int.from_bytes(hashlib.sha256(f"{seed}:{place}".encode()).digest()[:4], "big")
    return drawn % 10_000 < percent * 100


def needs_two(
    confidences: Mapping[str, float], doubts: Mapping[str, str], page_confidence: float | None, *, threshold: float
) -> bool:
    """Whether the machine was unsure: of a field, by a doubt of its grammar, of the words of the pages as a whole."""
    if any(confidences.get(name, 0.0) < threshold for name in COUNTED):
        return True
    if any(doubts.get(name) for name in COUNTED):
        return True
    return page_confidence is not None and page_confidence < threshold


@dataclass(frozen=True)
class Placed:
    """A correction as the rules see it."""

    box: tuple[float, float, float, float]
    text: str


def corrected(words: Sequence[Word], corrections: Iterable[Placed]) -> list[list[Any]]:
    """The words with what people put right, whatever engine read them: a correction takes the place of every word
    that lies mostly within it, an empty one removes them; where nothing was read it stands for itself.

    Later corrections at a place win over earlier ones. A corrected word is certain.
    """
    told = list(corrections)
    last = [one for at, one in enumerate(told) if not any(_covers(later.box, one.box) for later in told[at + 1 :])]
    kept: list[list[Any]] = []
    used: set[int] = set()
    for word in words:
        at = next((at for at, one in enumerate(last) if _covers(one.box, _box(word))), None)
        if at is None:
            kept.append(list(word))
        elif at not in used:
            used.add(at)
            if last[at].text:
                kept.append([last[at].text, *last[at].box, 1.0, word[6]])
    for at, one in enumerate(last):
        if at not in used and one.text:
            line = _line_at(kept, one.box)
            kept.append([one.text, *one.box, 1.0, line])
    return kept


def _box(word: Word) -> tuple[float, float, float, float]:
    return (float(word[1]), float(word[2]), float(word[3]), float(word[4]))


def _covers(outer: tuple[float, ...], inner: tuple[float, ...]) -> bool:
    """Whether more than half of the inner box lies in the outer one."""
    wide = min(outer[2], inner[2]) - max(outer[0], inner[0])
    high = min(outer[3], inner[3]) - max(outer[1], inner[1])
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return wide > 0 and high > 0 and wide * high > 0.5 * area


def _line_at(words: Sequence[Word], box: tuple[float, ...]) -> int:
    """The line of the word beside it, a new one where there is none."""
    middle = (box[1] + box[3]) / 2
    return next((int(word[6]) for word in words if word[2] <= middle <= word[4]),
                max((int(word[6]) for word in words), default=-1) + 1)  # fmt: skip


def text_of(words: Sequence[Word]) -> str:
    """The page's text, a line for each line, words from left to right."""
    return "\n".join(_lines(words).values())


def letters_wrong(read: str, right: str) -> int:
    """Letters to be changed, added and taken away between what was read and what stands there (Levenshtein), line
    breaks and double blanks aside."""
    one, other = " ".join(nfc(read).split()), " ".join(nfc(right).split())
    if one == other:
        return 0
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, wanted in enumerate(other, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != wanted))
    return row[-1]


def letters_wrong_in_words(read: Sequence[Word], right: Sequence[Word]) -> int:
    """As `letters_wrong`, line by line: whole pages compared at once would take a thousand times as long."""
    was, now = _lines(read), _lines(right)
    return sum(letters_wrong(was.get(line, ""), now.get(line, "")) for line in was.keys() | now.keys())


def _lines(words: Sequence[Word]) -> dict[int, str]:
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(int(word[6]), []).append(word)
    return {line: " ".join(str(w[0]) for w in sorted(held, key=lambda one: one[1])) for line, held in lines.items()}


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The fields two people wrote differently; blanks and letters' composition aside."""
    return [name for name in FIELDS if _plain(one.get(name)) != _plain(other.get(name))]


def _plain(value: Any) -> str:
    return " ".join(nfc(str(value if value is not None else "")).split())


def fields_right(proposed: Mapping[str, Any], final: Mapping[str, Any]) -> tuple[int, int]:
    """Of the fields that stand on the paper, how many the machine had right, and how many there are."""
    there = [name for name in COUNTED if _plain(final.get(name))]
    return sum(_plain(proposed.get(name)) == _plain(final.get(name)) for name in there), len(there)


def share(part: int, whole: int) -> Decimal | None:
    """In percent with two decimals; None of nothing."""
    return None if whole == 0 else (Decimal(part) * 100 / whole).quantize(Decimal("0.01"))
