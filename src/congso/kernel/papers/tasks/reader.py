"""Reads the tasks of a plan, resolution, programme or conclusion from its blocks. Pure."""

import re
from collections.abc import Sequence
from datetime import date

from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.papers.tasks.clauses import ClauseReader
from congso.kernel.papers.tasks.guessing import guess_header
from congso.kernel.papers.tasks.headers import Header, Role, find_header, grid_of
from congso.kernel.papers.tasks.marks import mark_of
from congso.kernel.papers.tasks.outline import ANNEX, Outline, annex_of, is_attached_title, successor
from congso.kernel.papers.tasks.paragraphs import mended
from congso.kernel.papers.tasks.rows import Rows, read_rows
from congso.kernel.papers.tasks.tables import TableReader
from congso.lib.layout import Block, Cell, Paragraph, Table
from congso.lib.vietnamese import fold

_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*", re.I)
_RECIPIENTS = re.compile(r"^\W*n[oơ][iï] nh[aâ]n\b", re.I)
_AUTHORITY = re.compile(r"^(?:T/M|TM\.|K/T|KT\.|T/L|TL\.|TUQ\.)\s+[A-ZĐÂƯỦỤ]")
_ISSUED = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(20\d\d)")
_PROMULGATED = re.compile(r"(?:KE HOACH|CHUONG TRINH|DE AN|PHUONG AN|QUY CHE|QUY DINH|HUONG DAN)\b")
_HEAD_BLOCKS = 25
_LONGEST_RUNNING_LINE = 60
_CLOCK = re.compile(r"\d{1,2}\s*(?:h|giờ|:)\s*\d{0,2}\b")


def read_tasks(blocks: Sequence[Block], *, issued_on: date | None = None) -> list[TaskProposal]:
    """The tasks of a paper in its order. Without `issued_on` the date at the head of the paper gives the year."""
    reader = _Reader(issued_on or issued_date(blocks))
    whole = list(mended(blocks))
    for block, following in zip(whole, [*whole[1:], None], strict=True):
        if isinstance(block, Table):
            reader.take_table(block)
        else:
            reader.take_paragraph(block, following)
    return reader.finish()


def issued_date(blocks: Sequence[Block]) -> date | None:
    """The date at the head of a paper: “Lào Cai, ngày 11 tháng 8 năm 2025”."""
    for block in blocks[:_HEAD_BLOCKS]:
        texts = [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
        for text in texts:
            if found := _ISSUED.search(" ".join(text.split())):
                day, month, year = map(int, found.groups())
                try:
                    return date(year, month, day)
                except ValueError:
                    continue
    return None


class _Reader:
    """One paper from its first block to its last."""

    def __init__(self, issued_on: date | None) -> None:
        self._issued_on = issued_on
        self._outline = Outline()
        self._clauses = ClauseReader(self._outline, issued_on)
        self._tables: list[Table] = []  # the pages of one table
        self._header: Header | None = None
        self._annexes: list[str] = []
        self._carries_plan = False  # the paper promulgates a plan, which follows its signature

    def finish(self) -> list[TaskProposal]:
        self._read_tables()
        self._clauses.finish()
        return self._clauses.found

    def take_paragraph(self, paragraph: Paragraph, following: Block | None) -> None:
        text = " ".join(paragraph.text.split())
        if not text or _PAGE_NUMBER.fullmatch(text):
            return
        if self._tables and isinstance(following, Table) and self._is_running_line(paragraph, text):
            return  # a line of the page's head or foot between two pages of a table
        self._read_tables()
        label = annex_of(text, is_apart=self._is_apart(paragraph))
        if self._outline.body_is_over and text.isupper():
            self._carries_plan = _PROMULGATED.match(fold(text)) is not None or (
                self._carries_plan and label is None and not text.startswith("DANH MỤC")
            )
        if label is None and self._outline.body_is_over and is_attached_title(text):
            label = "" if self._carries_plan else ANNEX
        if label is not None:
            label = self._told_apart(label, paragraph)
            if not (self._outline.annex and label == ANNEX and not self._outline.headings):
                self._clauses.finish()
                self._outline.begin_annex(label)
            return
        if _RECIPIENTS.match(fold(text)) or _AUTHORITY.match(text):
            self._clauses.finish()
            self._outline.end_body()
        elif not self._outline.body_is_over:
            self._clauses.take(paragraph)

    def take_table(self, table: Table) -> None:
        text = " ".join(cell.text for cell in table.cells[:12])
        if _has_signature(table):
            self._read_tables()
            self._clauses.finish()
            self._outline.end_body()
        elif self._tables and self._is_new(table):
            self._read_tables()
            self._tables = [table]
        elif text.strip() or table.rows:
            self._tables.append(table)

    def _told_apart(self, label: str, paragraph: Paragraph) -> str:
        """A scan that repeats the number of the annex before misread it: “Phụ lục I” after “Phụ lục I” is II."""
        repeats = label in self._annexes and label not in ("", ANNEX) and paragraph.confidence < 1.0
        if repeats and (following := successor(label)) and self._header is not None:
            label = following
        self._annexes.append(label)
        return label

    def _is_apart(self, paragraph: Paragraph) -> bool:
        return paragraph.is_centred or paragraph.is_bold or self._outline.body_is_over

    def _is_running_line(self, paragraph: Paragraph, text: str) -> bool:
        """A line at the head or foot of a page, not a heading between two tables."""
        if paragraph.place is None or len(text) > _LONGEST_RUNNING_LINE or paragraph.is_bold or text.isupper():
            return False
        return mark_of(text) is None and annex_of(text, is_apart=self._is_apart(paragraph)) is None

    def _is_new(self, table: Table) -> bool:
        """A table with another header than the one before it."""
        own, first = find_header(grid_of(table)), find_header(grid_of(self._tables[0]))
        return own is not None and first is not None and set(own.roles) != set(first.roles)

    def _read_tables(self) -> None:
        tables, self._tables = self._tables, []
        if not tables:
            return
        self._clauses.finish()
        rows = read_rows(tables)
        if rows.header is None:
            known = self._header or guess_header(tables)
            rows = read_rows(tables, known) if known else rows
        for line in rows.preface:
            if label := annex_of(line, is_apart=True):
                self._outline.begin_annex(label)
        if rows.header is None or not rows.header.is_of_tasks or _is_agenda(rows):
            return
        if self._outline.body_is_over or (not self._outline.annex and not self._outline.headings):
            self._outline.begin_annex(ANNEX)
        self._header = rows.header
        self._clauses.found += TableReader(rows, self._outline, self._issued_on).tasks()


def _has_signature(table: Table) -> bool:
    """The frame with “Nơi nhận” on the left and the signature on the right."""
    if table.rows > 8 or len(table.cells) > 16:
        return False
    cells: Sequence[Cell] = table.cells
    return any(_RECIPIENTS.match(fold(cell.text.strip())) for cell in cells)


def _is_agenda(rows: Rows) -> bool:
    """Hours of the day in the column of time: the order of a meeting, not tasks."""
    times = [row.value(Role.TIME) for row in rows.rows if row.value(Role.TIME)]
    return bool(times) and sum(bool(_CLOCK.search(time)) for time in times) * 2 > len(times)
