"""Where in the paper we are: the annex, the headings above, and so the clause of what comes next."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from congso.kernel.papers.tasks.marks import Level, Mark, roman_of, roman_value
from congso.lib.vietnamese import fold

ANNEX = "Phụ lục"
ROMANS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")
_ANNEX = re.compile(
    r"(?P<kind>ph[uụ]\s*l[uụ]c|bi[eể]u(?:\s+m[aẫ]u)?|ph[uụ]\s*bi[eể]u)\b\s*(?:s[oố]\s*)?(?P<label>\d{1,2}|[IVXl|"
    r"1]{1,5}|[A-H])?(?=$|[\s.:,\-–(])(?P<rest>.*)",
    re.I | re.S,
)
_LONGEST_ANNEX_TITLE = 250
_LONGEST_TITLE = 90
_ATTACHED = re.compile(r"\(?\s*(?:ban hành\s+)?kèm\s+theo\b", re.I)
_DUTIES = re.compile(
    r"to chuc,? thuc hien|to chuc trien khai|^(?:phan cong|trach nhiem)|trien khai thuc hien$|"
    r"nhiem vu (?:cu the )?cua cac"
)
_NO_TASKS = re.compile(
    r"(?:muc dich|yeu cau|quan diem|muc tieu|chi tieu|can cu|tinh hinh|thuc trang|ket qua (?:dat|thuc hien|cong tac)|"
    r"danh gia (?:chung|tinh hinh|ket qua)|han che|ton tai|nguyen nhan|bai hoc|su can thiet|boi canh|pham vi|doi tuong|"
    r"uu diem|khuyet diem|thuan loi|kho khan|dac diem)"
)
_TASKS = re.compile(
    r"muc dich|yeu cau$|muc dich.*yeu cau|quan diem|muc tieu|chi tieu|can cu|tinh hinh|thuc trang|ket qua (?:dat|"
    r"thuc hien)|danh gia|han che|ton tai|nguyen nhan|bai hoc"
    r"|su can thiet|boi canh|pham vi|doi tuong|kinh phi|nguon luc tai chinh|uu diem|khuyet diem|thuan loi|"
    r"kho khan|dac diem|ket qua cong tac"
)
_TASKS = re.compile(r"nhiem vu|giai phap|noi dung|cong viec|hoat dong|chu truong")


class Mode(Enum):
    """What paragraphs under the present headings are likely to be."""

    OPEN = auto()  # tasks when somebody is told to do something
    DUTIES = auto()  # a unit first, then what it has to do
    NONE = auto()  # purposes, targets, assessments: no tasks


@dataclass
class Heading:
    """One heading we stand under."""

    level: Level
    label: str
    title: str = ""
    unit: str = ""


@dataclass
class Outline:
    """The annex and headings we stand under while reading from top to bottom."""

    annex: str = ""
    headings: list[Heading] = field(default_factory=list)
    body_is_over: bool = False

    def begin_annex(self, label: str) -> None:
        self.annex, self.headings, self.body_is_over = label, [], False

    def end_body(self) -> None:
        """The signature or the list of recipients was reached: until an annex begins nothing is read."""
        self.body_is_over, self.headings = True, []

    def push(self, mark: Mark, title: str) -> Heading:
        """A numbered paragraph: it closes all that are as deep or deeper."""
        while self.headings and self.headings[-1].level >= mark.level:
            self.headings.pop()
        heading = Heading(mark.level, mark.label, title)
        self.headings.append(heading)
        return heading

    def next_roman(self) -> int:
        """The roman number a heading should have here, 1 when none was seen."""
        seen = next((each for each in self.headings if each.level is Level.ROMAN), None)
        return roman_value(seen.label) + 1 if seen else 1

    def clause(self, *labels: str) -> str:
        """The clause of something here with the given labels below: “IV.2”, “Phụ lục II.5”."""
        path: list[str] = []
        for label in [*(heading.label for heading in self.headings), *labels]:
            if path and "." in label and label.startswith(path[-1] + "."):
                path[-1] = label
            elif label:
                path.append(label)
        own = ".".join(path)
        return f"{self.annex} {own}".strip() if self.annex in ("", ANNEX) else f"{self.annex}.{own}".rstrip(".")

    def chapter(self) -> str:
        """The nearest heading that has words of its own."""
        return next((heading.title for heading in reversed(self.headings) if heading.title), "")

    def unit(self) -> str:
        """The unit whose duties stand here, when a heading names one."""
        return next((heading.unit for heading in reversed(self.headings) if heading.unit), "")

    def mode(self) -> Mode:
        for heading in reversed(self.headings):
            if heading.level >= Level.LETTER:
                continue
            plain = fold(heading.title[:120]).lower().strip(" .:")
            if _DUTIES.search(plain):
                return Mode.DUTIES
            if len(plain) < _LONGEST_TITLE and _NO_TASKS.match(plain) and not _TASKS.search(plain):
                return Mode.NONE
        return Mode.OPEN


def annex_of(text: str, *, is_apart: bool) -> str | None:
    """The label of the annex this paragraph opens (“Phụ lục”, “Phụ lục 2”), None when it opens none.

    `is_apart`: it stands out (centred, bold, after the signature), so that a mention in a sentence does not.
    """
    line = " ".join(text.split())
    if len(line) > _LONGEST_ANNEX_TITLE:
        return None
    found = _ANNEX.match(line)
    if found is None:
        return None
    written, rest = found.group("label") or "", found.group("rest").strip(" .:-–")
    starts_low = rest[:1].islower() and not _ATTACHED.match(rest)
    if (
        not (found.group("kind")[0].isupper() and (is_apart or not rest or rest.isupper() or line.isupper()))
        or starts_low
    ):
        return None
    if not fold(found.group("kind")).lower().startswith("phu luc"):
        return f"Biểu {written}".strip()
    label = written if written.isdigit() or not written else roman_of(written) or written.upper()
    return f"{ANNEX} {label.lstrip('0') or label}".strip() if label else ANNEX


def successor(label: str) -> str:
    """The label after this one: “Phụ lục I” → “Phụ lục II”, “Phụ lục 1” → “Phụ lục 2”."""
    own = label.rsplit(" ", 1)[-1]
    if own.isdigit():
        return f"{ANNEX} {int(own) + 1}"
    value = roman_value(own)
    return f"{ANNEX} {ROMANS[value + 1]}" if 0 < value < len(ROMANS) - 1 else ""


def is_attached_title(text: str) -> bool:
    """“(Kèm theo Kế hoạch số …)”: what stands here is an annex even when it does not say so."""
    return len(text) < _LONGEST_ANNEX_TITLE and _ATTACHED.match(text.strip()) is not None
