"""Marks of state secrecy: MẬT, TỐI MẬT, TUYỆT MẬT (Law 117/2025/QH15; handbook public 7.4).

A document bearing one must not be stored, recognised or indexed here. A mark stands alone: a line of its own
in the upper part of a page, a stamp, a field "Độ mật: …", a word set apart in the file's name. A word in
a sentence ("bí mật nhà nước", "bảo mật", "mật khẩu", "MẶT TRẬN") is not a mark. When in doubt this errs
towards a mark: an officer releases a false alarm in a minute, a miss cannot be undone.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from congso.lib.vietnamese import fold

_LONGEST = 400  # of a line or a name that is looked at; also bounds what hostile text can cost
HEAD_SHARE = 0.4  # the mark is placed under number and symbol, or on top (05-HD/VPTW, 30/2020/NĐ-CP)


class Grade(StrEnum):
    """The three grades, from the lowest."""

    MAT = "mat"
    TOI_MAT = "toi_mat"
    TUYET_MAT = "tuyet_mat"

    @property
    def label(self) -> str:
        """The grade as it is stamped."""
        return _LABELS[self]

    @property
    def rank(self) -> int:
        """Order of severity."""
        return list(Grade).index(self)


class Evidence(StrEnum):
    """How the mark was seen."""

    FILE_NAME = "file_name"
    TEXT = "text"
    FIELD = "field"
    STAMP = "stamp"


@dataclass(frozen=True)
class Mark:
    """A mark that was found; `where` is told to the uploader and the secrecy officer, the content is not."""

    grade: Grade
    where: str
    evidence: Evidence


@dataclass(frozen=True)
class Head:
    """The upper part of a page as separate lines; `recognised` when they come from OCR and may be misread."""

    page: int
    segments: tuple[str, ...]
    recognised: bool = False


_LABELS = {Grade.MAT: "MẬT", Grade.TOI_MAT: "TỐI MẬT", Grade.TUYET_MAT: "TUYỆT MẬT"}
_LETTERS = {grade: label.replace(" ", "") for grade, label in _LABELS.items()}
_SLIPS = {Grade.MAT: 0, Grade.TOI_MAT: 1, Grade.TUYET_MAT: 2}  # letters OCR may get wrong in text
_LOOKALIKE = str.maketrans({"0": "O", "1": "I", "|": "I", "!": "I", "4": "A", "7": "T", "$": "S"})
_PREFIX = r"(?:TÀI\s*LIỆU|VĂN\s*BẢN|HỒ\s*SƠ|TAI\s*LIEU|VAN\s*BAN|HO\s*SO)?"
_URGENCY = r"(?:HỎA\s*TỐC(?:\s*HẸN\s*GIỜ)?|HOẢ\s*TỐC|THƯỢNG\s*KHẨN|KHẨN|HOA\s*TOC|THUONG\s*KHAN|KHAN)"
_AROUND = re.compile(rf"^{_PREFIX}[\W_]*(?:{_URGENCY}[\W_]+)?(.*?)(?:[\W_]+{_URGENCY})?$", re.S)
_WORD = r"(tuyệt\s*mật|tối\s*mật|mật|tuyet\s*mat|toi\s*mat|mat)"
_LABEL = r"(?:độ|cấp\s*độ|mức\s*độ|mức|do|cap\s*do|muc\s*do)\s+(?:bảo\s+|bí\s+|bao\s+|bi\s+)?(?:mật|mat)"
_FIELD = re.compile(rf"\b{_LABEL}\s*[:=]\s*[\W_]*{_WORD}\s*(?=$|[.;)\]\n])", re.I)
_FIELD_LABEL = re.compile(rf"^{_LABEL}\s*[:=]?$", re.I)
_TICKED = re.compile(rf"(?:[☒☑✓✔]|\[\s*x\s*\])\s*{_WORD}\b(?!\s+(?:khẩu|mã|thư))", re.I)
_BESIDE_NUMBER = re.compile(r"^(?:Số\b.*|.*\bngày\b.*\btháng\b.*\bnăm\b.*\d)\s+(TUYỆT MẬT|TỐI MẬT|MẬT)$")
_WRAPPED_BEFORE = ("BI", "BAO", "CO", "GIAI", "DO", "GIU")
_WRAPPED_AFTER = ("NHA NUOC", "MA ", "KHAU", "TRAN", "VIEN", "THU ")


def gravest(marks: Iterable[Mark | None]) -> Mark | None:
    """The mark of the highest grade; the first found of equals."""
    return max((mark for mark in marks if mark), key=lambda mark: mark.grade.rank, default=None)


def mark_in_head(head: Head) -> Mark | None:
    """The gravest mark standing alone, or named in a field, in the upper part of one page."""
    segments = _joined([unicodedata.normalize("NFC", segment[:_LONGEST]).strip() for segment in head.segments])
    where = f"đầu trang {head.page}"
    marks: list[Mark | None] = []
    for index, segment in enumerate(segments):
        before = segments[index - 1] if index else ""
        after = segments[index + 1] if index + 1 < len(segments) else ""
        both = f"{before} {segment}" if len(before) <= len("TUYỆT") + 4 else segment  # TUYỆT / MẬT on two lines
        grade = standing_alone(both, recognised=head.recognised) or standing_alone(segment, recognised=head.recognised)
        if grade and not _is_wrapped(before, after):
            marks.append(Mark(grade, where, Evidence.TEXT))
        field = _grade_in_field(before, segment)
        if field:
            marks.append(Mark(field, where, Evidence.FIELD))
    title_case = {grade for segment in segments if (grade := _title_case(segment))}
    if head.page == 1 and len(title_case) == 1:  # all three together are the columns of a form
        marks.append(Mark(title_case.pop(), where, Evidence.TEXT))
    return gravest(marks)


def _joined(segments: Sequence[str]) -> list[str]:
    """Letters set so far apart that each became a segment are put together again: M | Ậ | T."""
    joined: list[str] = []
    open_run = False
    for segment in segments:
        single = len(segment) == 1 and segment.isalpha()
        if single and open_run:
            joined[-1] += segment
        else:
            joined.append(segment)
        open_run = single
    return joined


def standing_alone(segment: str, *, recognised: bool = False, slips: int | None = None) -> Grade | None:
    """The grade when the segment is nothing but a mark in capitals, letter-spaced or decorated as may be."""
    if len(segment) > 60:
        return None
    if beside := _BESIDE_NUMBER.match(segment):
        return _grade_of(beside.group(1))
    core = _AROUND.match(segment)
    text = core.group(1) if core else segment
    if recognised:
        return _recognised_grade(text, slips)
    letters = [character for character in text if character.isalpha()]
    if any(character.isdigit() for character in text) or any(not letter.isupper() for letter in letters):
        return None
    for grade, expected in reversed(_LETTERS.items()):
        if len(letters) == len(expected) and all(
            letter in (wanted, fold(wanted)) for letter, wanted in zip(letters, expected, strict=True)
        ):
            return grade
    return None


def _recognised_grade(text: str, slips: int | None) -> Grade | None:
    """As above for OCR: wrong tone marks, digits for letters, a slip in the longer words are forgiven."""
    plain = [character for character in text.translate(_LOOKALIKE) if character.isalpha()]
    if sum(letter.islower() for letter in plain) > 1:
        return None
    letters = fold("".join(plain)).upper()
    for grade, expected in reversed(_LETTERS.items()):
        allowed = _SLIPS[grade] if slips is None else slips
        if distance(letters, fold(expected)) <= allowed:
            return grade
    return None


def _is_wrapped(before: str, after: str) -> bool:
    """The word belongs to a title in capitals that was broken over lines: … BẢO VỆ BÍ / MẬT."""
    last = fold(before).split()[-1:] if before.isupper() else []
    return last in [[word] for word in _WRAPPED_BEFORE] or (
        after.isupper() and (fold(after) + " ").startswith(_WRAPPED_AFTER)
    )


def _grade_in_field(before: str, segment: str) -> Grade | None:
    match = _FIELD.search(segment) or _TICKED.search(segment)
    if match:
        return _grade_of(match.group(1))
    if _FIELD_LABEL.match(before):
        return _grade_of(segment.strip(' .:;()[]"“”'))
    return None


def _title_case(segment: str) -> Grade | None:
    text = segment.strip(' .:;()[]*-–"“”')
    return _grade_of(text) if text[:1].isupper() and not text.isupper() else None


def _grade_of(word: str) -> Grade | None:
    letters = "".join(word.split()).upper()
    return next((grade for grade, expected in _LETTERS.items() if letters in (expected, fold(expected))), None)


def distance(left: str, right: str) -> int:
    """Edit distance; words here are at most a dozen letters, longer ones are simply far."""
    if abs(len(left) - len(right)) > 2:
        return 99
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


_NAME_BEFORE = {
    "bi",
    "bao",
    "co",
    "giu",
    "khong",
    "giai",
    "gap",
    "be",
    "mot",
    "hai",
    "ba",
    "dau",
    "chong",
    "ra",
    "lo",
}
_NAME_AFTER = {
    "tran", "khau", "ma", "thu", "danh", "vu", "nghi", "thiet", "do", "bang", "hang", "duong", "tien", "nuoc",
    "dat", "ong", "trong", "can", "lenh", "vien", "nhien", "tich", "cat", "phang", "ho",
}  # fmt: skip
_NAME_ABOUT = ("bi mat nha nuoc", "bmnn", "do mat")


def mark_in_name(name: str) -> Mark | None:
    """A grade set apart in a file's name: "KH 12 (MẬT).pdf", "TUYET MAT - bc.docx", "12-KH-TU_MAT.pdf"."""
    stem = unicodedata.normalize("NFC", name[-_LONGEST:]).rsplit("/", 1)[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem)
    grade = _bracketed(stem) or _named(stem)
    return Mark(grade, "tên tệp", Evidence.FILE_NAME) if grade else None


def _bracketed(stem: str) -> Grade | None:
    for match in re.finditer(r"[(\[{]([^)\]}]*)[)\]}]", stem):
        if grade := _grade_of(re.sub(r"[\W_]", "", match.group(1))):
            return grade
    return None


def _named(stem: str) -> Grade | None:
    words = [word for word in re.split(r"[\W_]+", stem) if word]
    plain = [fold(word).lower() for word in words]
    about_secrecy = any(phrase in " ".join(plain) for phrase in _NAME_ABOUT)
    found: list[Grade] = []
    for index, word in enumerate(plain):
        if word != "mat":
            continue
        before = plain[index - 1] if index else ""
        after = plain[index + 1] if index + 1 < len(plain) else ""
        written = words[index]
        if before in {"tuyet", "toi"} and written.lower() in {"mật", "mat"} and not about_secrecy:
            found.append(Grade.TUYET_MAT if before == "tuyet" else Grade.TOI_MAT)
        elif before not in _NAME_BEFORE and after not in _NAME_AFTER and _is_meant(words, index):
            found.append(Grade.MAT)
    return max(found, key=lambda grade: grade.rank, default=None)


def _is_meant(words: Sequence[str], index: int) -> bool:
    """ "mật" with its tone mark, or MAT in capitals that stands out or ends a name; not mắt, mặt, mất."""
    written = words[index]
    if written.lower() == "mật":
        return True
    others = [word for place, word in enumerate(words) if place != index and word.isalpha()]
    stands_out = not all(word.isupper() for word in others) or index in (0, len(words) - 1)
    return written == "MAT" and stands_out
