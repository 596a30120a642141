"""From the rows of a table to proposed tasks: sections, sub-rows, details, who and when.

A row with a number and somebody to do it is a task; rows that span the width are sections; sub-rows are
tasks of their own when they have their own unit or time, else details of the row above.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.papers.tasks.headers import Header, Role
from congso.kernel.papers.tasks.marks import Level, Mark, roman_of, roman_value
from congso.kernel.papers.tasks.numbers import Numbered, numbered, section_label
from congso.kernel.papers.tasks.outline import Outline
from congso.kernel.papers.tasks.periods import schedule_of_periods
from congso.kernel.papers.tasks.rows import Row, Rows
from congso.kernel.papers.tasks.schedules import Schedule, read_schedule
from congso.kernel.papers.tasks.units import Roles, read_roles, split_units
from congso.lib.layout import Place
from congso.lib.vietnamese import fold

_WHO = (Role.LEAD, Role.BOTH, Role.SUPPORT)
_WHEN = (Role.TIME, Role.START, Role.END)
_JOINED = "Dòng này nối qua hai trang; hãy so lại với văn bản."
_NO_LEAD = "Không thấy cơ quan chủ trì."
_LEAD_FROM_ABOVE = "Ô cơ quan chủ trì để trống; lấy theo dòng trên."
_SEVERAL = "Nhiều đơn vị cùng chủ trì; hãy chọn một đơn vị (226-KL/TW: một việc, một đầu mối)."
_NUMBER_GUESSED = "Số thứ tự đọc không rõ; số này là suy đoán."
_NO_TIME = "Không thấy thời gian hoàn thành."


@dataclass
class _Section:
    """A section of the table: its label in clauses, its title, and values that hold for all its rows."""

    level: Level
    label: str
    title: str
    values: dict[Role, str] = field(default_factory=dict)


@dataclass
class _Draft:
    """A task while rows below may still add details."""

    row: Row
    clause: str
    chapter: str
    text: str
    values: dict[Role, str]
    doubts: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


class TableReader:
    """Reads one table of tasks."""

    def __init__(self, rows: Rows, outline: Outline, issued_on: date | None) -> None:
        if rows.header is None:
            raise ValueError("a table without a header is no table of tasks")
        self._header: Header = rows.header
        self._rows = numbered(rows.rows, rows.header)
        self._outline = outline
        self._issued_on = issued_on
        self._title = " ".join(rows.preface)
        self._sections: list[_Section] = []
        self._group: _Section | None = None
        self._count = 0
        self._drafts: list[_Draft] = []
        self._parent = -1  # index of the row that sub-rows belong to
        self._counts_sections = any(row.is_wide and roman_of(row.number) for row in rows.rows)
        self._has_numbers = Role.NUMBER in rows.header.roles or any(each.mark for each in self._rows[:5])

    def tasks(self) -> list[TaskProposal]:
        for each, following in zip(self._rows, [*self._rows[1:], None], strict=True):
            self._take(each, following)
        return [self._proposal(draft) for draft in self._drafts]

    def _take(self, each: Numbered, following: Numbered | None) -> None:
        row, mark, content = each.row, each.mark, each.content
        if self._is_section(row, mark, content, following):
            self._open_section(row, mark, content)
        elif not content:
            return
        elif mark is not None and mark.level in (Level.LETTER, Level.DASH, Level.PLUS):
            self._take_sub_row(row, mark, content)
        elif mark is None and not row.number and self._has_numbers and self._is_detail(row):
            self._add_detail(row, content)
        elif self._is_group(row, mark, following):
            self._open_group(row, mark, content)
        else:
            self._take_task(each)

    # Sections and groups

    def _is_section(self, row: Row, mark: Mark | None, content: str, following: Numbered | None) -> bool:
        if row.is_wide:
            return True
        if any(row.value(role) for role in (*_WHO, *_WHEN)) or row.periods:
            is_section_mark = mark is not None and mark.level in (Level.ROMAN, Level.PART)
            return bool(is_section_mark and following and self._is_numbered_one(following) and content)
        if mark is not None and mark.level in (Level.ROMAN, Level.PART):
            return True
        if row.number and roman_of(row.number) and roman_value(roman_of(row.number)) == self._next_section():
            return mark is None or bool(following and self._is_numbered_one(following) and mark.level is not Level.SUB)
        return bool(
            not row.number and mark is None and content and (content.isupper() or not self._drafts) and following
        )

    @staticmethod
    def _is_numbered_one(each: Numbered) -> bool:
        return each.mark is not None and each.mark.level is Level.ARABIC and each.mark.label == "1"

    def _next_section(self) -> int:
        seen = [each for each in self._sections if each.level is Level.ROMAN]
        return roman_value(seen[-1].label) + 1 if seen else 1

    def _open_section(self, row: Row, mark: Mark | None, content: str) -> None:
        label, level = "", Level.ROMAN
        seen = next((each.label for each in reversed(self._sections) if each.level is Level.ROMAN), "")
        if mark is not None and mark.level is Level.PART:
            label, level = mark.label, mark.level
        elif mark is not None and mark.level is Level.ROMAN and not row.number:
            label = section_label(mark.label, self._next_section(), seen, is_scan=bool(row.places))
        elif row.number or (row.is_wide and row.has_number_cell and self._counts_sections):
            label = section_label(row.number, self._next_section(), seen, is_scan=bool(row.places)) or (
                mark.label if mark else ""
            )
        elif mark is not None and mark.level is Level.ARABIC:
            label, level = mark.label, Level.ARABIC
        if not label and self._sections and self._sections[-1].label:
            level = Level(self._sections[-1].level + 1)
        self._sections = [each for each in self._sections if each.level < level]
        values = {role: row.value(role) for role in (*_WHO, *_WHEN) if row.value(role)}
        self._sections.append(_Section(level, label, " ".join(content.split()), values))
        self._group, self._count, self._parent = None, 0, -1

    def _is_group(self, row: Row, mark: Mark | None, following: Numbered | None) -> bool:
        """A numbered row that only gathers the rows below: “1” before “1.1”, or before a), b) with their own units."""
        if mark is None or following is None or mark.level not in (Level.ARABIC, Level.SUB):
            return False
        below = following.mark
        if below is None or following.row.is_wide:
            return False
        if below.level in (Level.SUB, Level.SUBSUB) and below.label.startswith(mark.label + "."):
            return True
        own_below = any(following.row.from_row.get(role, -1) > row.index for role in (*_WHO, *_WHEN))
        has_own = any(row.value(role) for role in (*_WHO, *_WHEN)) or row.periods
        return below.level in (Level.LETTER, Level.DASH) and not has_own and own_below

    def _open_group(self, row: Row, mark: Mark | None, content: str) -> None:
        values = {role: row.value(role) for role in (*_WHO, *_WHEN) if row.value(role)}
        self._group = _Section(Level.ARABIC, mark.label if mark else "", " ".join(content.split()), values)
        self._parent = row.index
        if mark is not None and mark.level is Level.ARABIC:
            self._count = int(mark.label)

    # Rows

    def _is_detail(self, row: Row) -> bool:
        return bool(self._drafts) and not any(
            row.from_row.get(role, -1) >= row.index and row.value(role) for role in (Role.LEAD, Role.BOTH, *_WHEN)
        )

    def _take_sub_row(self, row: Row, mark: Mark, content: str) -> None:
        has_own = any(row.value(role) and row.from_row[role] > self._parent for role in (Role.LEAD, Role.BOTH, *_WHEN))
        in_group = self._group is not None and mark.level is Level.LETTER
        if self._drafts and not (has_own or row.periods) and not in_group:
            self._add_detail(row, f"{mark.label}) {content}" if mark.label else f"- {content}")
            return
        parent = self._group.label if self._group else (str(self._count) if self._count else "")
        self._draft(row, content, parent, mark.label)

    def _take_task(self, each: Numbered) -> None:
        row, mark, content = each.row, each.mark, each.content
        doubts = [_NUMBER_GUESSED] if each.is_guessed else []
        label = mark.label if mark else ""
        if mark is not None and mark.level is Level.ARABIC:
            self._count = int(label)
            self._group = None
        elif mark is not None and mark.level in (Level.SUB, Level.SUBSUB):
            self._count = 0
        elif row.number or not self._has_numbers:
            self._count += 1
            label = str(self._count)
            if self._has_numbers:
                doubts.append(_NUMBER_GUESSED)
        self._parent = row.index
        group = self._group.label if self._group and mark and mark.level in (Level.SUB, Level.SUBSUB) else ""
        self._draft(row, content, group, label, doubts=doubts)

    def _draft(self, row: Row, content: str, *labels: str, doubts: Sequence[str] = ()) -> None:
        held = [*self._sections, *([self._group] if self._group else [])]
        values: dict[Role, str] = {}
        for section in held:
            values |= section.values
        own = {role: text for role, text in row.values.items() if text}
        found = list(doubts)
        if not any(values.get(role) or own.get(role) for role in (Role.LEAD, Role.BOTH)) and self._may_inherit(row):
            values |= {role: self._drafts[-1].values.get(role, "") for role in (Role.LEAD, Role.BOTH)}
            found.append(_LEAD_FROM_ABOVE)
        chapter = (
            row.group or next((each.title for each in reversed(held) if each.title), "") or self._outline.chapter()
        )
        clause = self._outline.clause(*(each.label for each in self._sections if each.label), *labels)
        text = " ".join(content.split())
        self._drafts.append(_Draft(row, clause, chapter, text, values | own, found, list(row.places)))

    def _may_inherit(self, row: Row) -> bool:
        """On the first rows of a page the unit may be that of a merged cell begun on the page before."""
        has_unit_column = bool(self._header.columns(Role.LEAD, Role.BOTH))
        return has_unit_column and bool(self._drafts) and row.begins_page and not row.value(Role.SUPPORT)

    def _add_detail(self, row: Row, content: str) -> None:
        if not self._drafts:
            return
        draft = self._drafts[-1]
        draft.text = f"{draft.text} {' '.join(content.split())}"
        draft.places += row.places
        for role in (Role.PRODUCT, Role.SUPPORT):
            if row.value(role) and row.from_row.get(role, -1) >= row.index:
                draft.values[role] = f"{draft.values.get(role, '')}\n{row.value(role)}".strip()

    # Proposals

    def _proposal(self, draft: _Draft) -> TaskProposal:
        roles = self._roles(draft)
        schedule = self._schedule(draft)
        doubts = [*draft.doubts, *([_JOINED] if draft.row.joined else [])]
        if not roles.lead:
            doubts.append(_NO_LEAD)
        elif roles.has_several_leads:
            doubts.append(_SEVERAL)
        if not schedule.text and self._header.columns(*_WHEN):
            doubts.append(_NO_TIME)
        return TaskProposal(
            text=draft.text,
            clause=draft.clause,
            lead=roles.lead,
            supporting=roles.supporting,
            start=schedule.start,
            due=schedule.due,
            recurrence=schedule.recurrence,
            schedule_text=schedule.text,
            product=" ".join(draft.values.get(Role.PRODUCT, "").split()),
            chapter=draft.chapter,
            confidence=max(0.3, 0.95 - 0.2 * len(doubts)),
            places=tuple(draft.places),
            doubt=" ".join(doubts),
        )

    @staticmethod
    def _roles(draft: _Draft) -> Roles:
        lead = draft.values.get(Role.LEAD) or draft.values.get(Role.BOTH) or ""
        roles = read_roles(lead)
        supporting = draft.values.get(Role.SUPPORT, "")
        if not supporting:
            return roles
        added = read_roles(supporting)
        names = split_units(supporting) if not added.supporting else (*split_units(added.lead), *added.supporting)
        kept = tuple(name for name in dict.fromkeys((*roles.supporting, *names)) if fold(name) != fold(roles.lead))
        return Roles(roles.lead, kept, roles.has_several_leads)

    def _schedule(self, draft: _Draft) -> Schedule:
        if draft.row.periods:
            return schedule_of_periods(
                draft.row.periods, self._header, self._title or self._outline.chapter(), self._issued_on
            )
        start, end = draft.values.get(Role.START, ""), draft.values.get(Role.END, "")
        if not start and not (end and Role.START in self._header.roles):
            return read_schedule(draft.values.get(Role.TIME, "") or end, issued_on=self._issued_on)
        begins = read_schedule(start, issued_on=self._issued_on)
        ends = read_schedule(end or draft.values.get(Role.TIME, ""), issued_on=self._issued_on)
        text = " - ".join(part for part in (begins.text, ends.text) if part)
        first = begins.start or _first_day(begins.due)
        return Schedule(first, ends.due, ends.recurrence or begins.recurrence, text)


def _first_day(due: str) -> str:
    """“9/2025” as a start is its first day; a day stays itself only when it is no month's end."""
    if len(due) != len("2025-09-30"):
        return due
    day = date.fromisoformat(due)
    return due if day.month == date.fromordinal(day.toordinal() + 1).month else day.replace(day=1).isoformat()
