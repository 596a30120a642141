"""From the paragraphs of a paper to proposed tasks: orders, duties by unit, and tasks with labelled lines.

“2. Văn phòng Tỉnh ủy: theo dõi …”, “Giao Ban Tổ chức …”, “… chủ trì, phối hợp với …, hoàn thành trước …”, and
a task followed by “- Cơ quan chủ trì: …”, “- Thời gian: …”.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.papers.tasks.marks import Level, Mark, mark_of, noisy_roman, roman_of, roman_value
from congso.kernel.papers.tasks.outline import ROMANS, Heading, Mode, Outline
from congso.kernel.papers.tasks.schedules import Schedule, read_schedule
from congso.kernel.papers.tasks.sentences import Duty, read_duty, sentences
from congso.kernel.papers.tasks.units import name_and_duty, read_roles, split_units, starts_with_unit, unit_name
from congso.lib.layout import Paragraph, Place

_LONGEST_HEADING = 220
_LONGEST_UNIT = 100
_LABEL = re.compile(
    r"^(?:\(?(?:các\s+)?(?:cơ quan|đơn vị|bộ phận|người)\s+)?(?P<what>chủ trì(?:\s*(?:thực hiện|tham mưu|"
    r"soạn thảo))?|thực hiện|tham mưu|phối hợp(?:\s*thực hiện)?|phụ trách|phân công(?: thực hiện)?|"
    r"trách nhiệm thực hiện"
    r"|chịu trách nhiệm|thời (?:gian|hạn)(?:\s+(?:thực hiện|hoàn thành))?|tiến độ(?: thực hiện)?|hoàn thành|"
    r"sản phẩm(?: đầu ra)?|kết quả(?: đầu ra)?|nội dung(?: thực hiện)?|đơn vị|cơ quan)\s*:\s*(?P<value>.+)$",
    re.I | re.S,
)
_INLINE_LABEL = re.compile(
    r"(?:^|[.;,(\n]\s*|\s[-–]\s*)(?=(?:(?:cơ quan|đơn vị)\s+)?(?:chủ trì|phối hợp|thực hiện|thời gian|thời hạn|"
    r"sản phẩm|tiến độ)(?:\s+\w+){0,2}\s*:)",
    re.I,
)
_ORDER = re.compile(
    r"^(?:Đối với|Trách nhiệm của|Nhiệm vụ của|Giao(?: cho)?|Yêu cầu|Đề nghị|Phân công)\s+(?=[A-ZĐỦcđt])"
)
_GENERAL_NAME = re.compile(r"^(?:các|mỗi|từng|toàn thể|cán bộ|cấp ủy|người đứng đầu)\b", re.I)
_GENERAL = "Nêu chung cho nhiều đơn vị; hãy xem có cần giao thành nhiệm vụ không."
_UNIT_FROM_HEADING = "Đơn vị lấy theo đề mục phía trên."


@dataclass
class _Open:
    """A numbered paragraph that labelled lines below may still make a task."""

    text: str
    clause: str
    chapter: str
    level: Level
    places: list[Place]
    confidence: float
    lead: str = ""
    supporting: tuple[str, ...] = ()
    schedule: Schedule | None = None
    product: str = ""
    details: list[str] = field(default_factory=list)
    is_labelled: bool = False


class ClauseReader:
    """Reads paragraphs one by one; `finish` gives what is still open."""

    def __init__(self, outline: Outline, issued_on: date | None) -> None:
        self._outline = outline
        self._issued_on = issued_on
        self._open: _Open | None = None
        self._unit_level: Level | None = None  # the level of headings that name units
        self.found: list[TaskProposal] = []

    def take(self, paragraph: Paragraph) -> None:
        """Read one paragraph of the body or an annex."""
        for line in paragraph.text.split("\n"):
            text = " ".join(line.split())
            if text:
                self._take_line(text, paragraph)

    def finish(self) -> None:
        """Nothing more belongs to what is open (a table, an annex or the end follows)."""
        self._close()

    def _take_line(self, text: str, paragraph: Paragraph) -> None:
        mark = self._mark(text, is_recognised=paragraph.confidence < 1.0)
        rest = mark.rest if mark else text
        label = _LABEL.match(rest)
        if label and self._open is not None and self._labelled(label, paragraph):
            return
        if mark is not None and mark.level < Level.DASH:
            self._take_numbered(mark, paragraph)
        else:
            self._take_plain(rest, mark, paragraph)

    def _mark(self, text: str, *, is_recognised: bool) -> Mark | None:
        """The mark, a misread roman number put right by what is expected here."""
        mark = mark_of(text)
        title = (mark.rest if mark else text)[:_LONGEST_HEADING]
        if title.isupper() and (mark is None or mark.level in (Level.ARABIC, Level.LETTER, Level.PART)):
            written = mark.label if mark else text.split(" ", maxsplit=1)[0]
            roman = roman_of(written)
            if roman and roman_value(roman) == self._outline.next_roman():
                return Mark(Level.ROMAN, roman, mark.rest if mark else text.split(" ", 1)[-1])
        if mark is not None and mark.level is Level.ROMAN and is_recognised:
            expected = self._outline.next_roman()
            if 1 < expected < len(ROMANS) and mark.label == ROMANS[expected - 1]:
                return replace(mark, label=ROMANS[expected])
        if mark is None:
            noisy = noisy_roman(text)
            if noisy and roman_value(noisy.label) == self._outline.next_roman():
                return noisy
        return mark

    # Paragraphs

    def _take_numbered(self, mark: Mark, paragraph: Paragraph) -> None:
        self._close_at(mark.level)
        if self._unit_level is not None and mark.level < self._unit_level:
            self._unit_level = None
        heading = self._outline.push(mark, "")
        rest = mark.rest
        if self._is_unit_heading(rest, paragraph, beside=mark.level):
            self._unit_level = mark.level
            heading.title, heading.unit = rest.rstrip(" :"), unit_name(_ORDER.sub("", rest))
            return
        if not rest.isupper() and self._take_text(rest, paragraph, heading):
            return
        if self._is_title(rest, paragraph):
            heading.title = rest.rstrip(" :.")
        self._begin(rest, mark.level, paragraph)

    def _take_plain(self, rest: str, mark: Mark | None, paragraph: Paragraph) -> None:
        if rest.isupper() and mark is None:
            return
        if self._outline.headings and self._is_unit_heading(rest, paragraph):
            self._close()
            self._outline.headings[-1].unit = unit_name(_ORDER.sub("", rest))
            return
        taken = self._take_text(rest, paragraph, None)
        if taken:
            return
        if self._open is not None and (mark is not None or self._open.level >= Level.ARABIC):
            self._open.details.append(rest)
            self._open.places += [paragraph.place] if paragraph.place else []
        elif mark is not None:
            self._begin(rest, mark.level, paragraph)

    def _is_unit_heading(self, rest: str, paragraph: Paragraph, *, beside: Level | None = None) -> bool:
        """“2. Văn phòng Tỉnh ủy”, “Đối với các đảng ủy xã, phường:” above the duties themselves."""
        name = _ORDER.sub("", rest).rstrip(" :.")
        if len(name) > _LONGEST_HEADING or not starts_with_unit(name):
            return False
        if self._outline.mode() is Mode.NONE or name_and_duty(name):
            return False
        in_duties = self._outline.mode() is Mode.DUTIES
        # “Các đảng ủy xã” may be a subject as well; after a heading that named a unit it names the next one.
        is_meant = not _GENERAL_NAME.match(name) or (beside is not None and beside == self._unit_level)
        stands_alone = not rest.endswith((".", ";", ",")) and is_meant and len(name) < _LONGEST_UNIT
        return in_duties or rest.endswith(":") or paragraph.is_bold or stands_alone

    @staticmethod
    def _is_title(rest: str, paragraph: Paragraph) -> bool:
        if len(rest) > _LONGEST_HEADING:
            return False
        return rest.isupper() or paragraph.is_bold or paragraph.is_centred or not rest.endswith((".", ";", ","))

    def _take_text(self, text: str, paragraph: Paragraph, heading: Heading | None) -> bool:
        """Tasks of the sentences of a paragraph; whether there were any."""
        mode, unit = self._outline.mode(), self._outline.unit()
        if mode is Mode.NONE:
            return False
        inline = self._inline_labels(text, paragraph)
        if inline:
            return True
        if mode is Mode.DUTIES or unit:
            duty = read_duty(text, issued_on=self._issued_on, unit=unit)
            if duty is None:
                return False
            if heading is not None and text.rstrip().endswith(":") and len(text) < _LONGEST_HEADING:
                heading.unit = duty.lead
                return False
            if heading is not None and not unit:
                heading.unit = duty.lead if heading.level < Level.LETTER else ""
            self._emit(duty, paragraph, from_heading=bool(unit) and duty.lead == unit)
            return True
        return self._take_sentences(text, paragraph)

    def _take_sentences(self, text: str, paragraph: Paragraph) -> bool:
        emitted = False
        for sentence in sentences(text):
            duty = read_duty(sentence, issued_on=self._issued_on)
            if duty is not None and self._counts(duty):
                self._emit(duty, paragraph)
                emitted = True
            elif emitted and re.match(r"(?:Thời (?:gian|hạn)|Hoàn thành|Xong|Báo cáo)\b", sentence):
                self._add_deadline(sentence)
        return emitted

    @staticmethod
    def _counts(duty: Duty) -> bool:
        """Outside the part on duties a sentence must order something, or name one unit, or a deadline."""
        return duty.is_explicit or duty.schedule.is_dated or not _GENERAL_NAME.match(duty.lead)

    def _add_deadline(self, sentence: str) -> None:
        last = self.found[-1]
        schedule = read_schedule(sentence.strip(" .;"), issued_on=self._issued_on)
        if not last.due and schedule.is_dated:
            self.found[-1] = TaskProposal(
                **{
                    **{name: getattr(last, name) for name in last.__dataclass_fields__},
                    "text": f"{last.text} {sentence}",
                    "start": schedule.start,
                    "due": schedule.due,
                    "recurrence": schedule.recurrence,
                    "schedule_text": schedule.text,
                }
            )

    def _emit(self, duty: Duty, paragraph: Paragraph, *, from_heading: bool = False) -> None:
        several = len(split_units(duty.lead)) > 1
        doubts = [_UNIT_FROM_HEADING] if from_heading else []
        if _GENERAL_NAME.match(duty.lead) and not duty.schedule.is_dated:
            doubts.append(_GENERAL)
        elif several:
            doubts.append("Nhiều đơn vị cùng được giao; hãy chọn một đơn vị chủ trì.")
        heading = self._outline.headings[-1] if self._outline.headings else None
        chapter = (
            self._outline.chapter()
            if heading is None or heading.title
            else next((each.title for each in reversed(self._outline.headings[:-1]) if each.title), "")
        )
        self.found.append(
            TaskProposal(
                text=duty.text,
                clause=self._outline.clause(),
                lead=duty.lead,
                supporting=tuple(name for name in duty.supporting if name != duty.lead),
                start=duty.schedule.start,
                due=duty.schedule.due,
                recurrence=duty.schedule.recurrence,
                schedule_text=duty.schedule.text,
                chapter=chapter,
                confidence=max(0.3, (0.85 if duty.is_explicit else 0.75) - 0.1 * len(doubts)) * paragraph.confidence,
                places=(paragraph.place,) if paragraph.place else (),
                doubt=" ".join(doubts),
            )
        )
        self._open = None

    # Labelled lines

    def _begin(self, text: str, level: Level, paragraph: Paragraph) -> None:
        self._close()
        places = [paragraph.place] if paragraph.place else []
        self._open = _Open(text, self._outline.clause(), self._parent_title(), level, places, paragraph.confidence)

    def _parent_title(self) -> str:
        return next((each.title for each in reversed(self._outline.headings[:-1]) if each.title), "")

    def _labelled(self, label: re.Match[str], paragraph: Paragraph) -> bool:
        held = self._open
        if held is None or self._outline.mode() is Mode.NONE:
            return False
        self._set(held, label.group("what").lower(), label.group("value").strip())
        held.places += [paragraph.place] if paragraph.place else []
        return True

    def _set(self, held: _Open, what: str, value: str) -> None:
        held.is_labelled = True
        if what.startswith(("thời", "tiến độ", "hoàn thành")):
            held.schedule = read_schedule(value.rstrip(" .;)"), issued_on=self._issued_on)
        elif what.startswith(("sản phẩm", "kết quả")):
            held.product = value.rstrip(" .;")
        elif what.startswith("phối hợp"):
            held.supporting += split_units(value.rstrip(" .;)"))
        elif what.startswith("nội dung"):
            held.details.insert(0, value)
        else:
            roles = read_roles(value.rstrip(" .;)"))
            held.lead = held.lead or roles.lead
            held.supporting += roles.supporting

    def _inline_labels(self, text: str, paragraph: Paragraph) -> bool:
        """“Xây dựng quy chế. Cơ quan chủ trì: …; cơ quan phối hợp: …; thời gian: …” in one paragraph."""
        parts = [part for part in _INLINE_LABEL.split(text) if part.strip()]
        labels = [(part, _LABEL.match(part.strip(" .;,()–-"))) for part in parts]
        if not any(
            label and "chủ" in label.group("what").lower() + "chủ" * ("thực hiện" in label.group("what").lower())
            for _, label in labels
        ):
            return False
        own = " ".join(part.strip() for part, label in labels if not label).strip(" (-–;,")
        if own:
            self._begin(own, Level.PLUS, paragraph)
        if self._open is None:
            return False
        for _, label in labels:
            if label:
                self._set(self._open, label.group("what").lower(), label.group("value").strip())
        if own:
            self._close()
        return True

    def _close_at(self, level: Level) -> None:
        """A numbered paragraph ends what is open, save the title it belongs to."""
        if self._open is not None and (self._open.level >= level or self._open.is_labelled):
            self._close()

    def _close(self) -> None:
        held, self._open = self._open, None
        if held is None or not held.is_labelled or not held.lead:
            return
        schedule = held.schedule or Schedule()
        text = held.text if not held.details else f"{held.text.rstrip(' :')}: {' '.join(held.details)}"
        self.found.append(
            TaskProposal(
                text=text,
                clause=held.clause,
                lead=held.lead,
                supporting=tuple(dict.fromkeys(name for name in held.supporting if name != held.lead)),
                start=schedule.start,
                due=schedule.due,
                recurrence=schedule.recurrence,
                schedule_text=schedule.text,
                product=held.product,
                chapter=held.chapter,
                confidence=0.9 * held.confidence,
                places=tuple(held.places),
            )
        )
