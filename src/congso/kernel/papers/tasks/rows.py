"""The rows below a header as plain values, whatever was merged, repeated or broken over pages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from congso.kernel.papers.tasks.headers import (
    Grid,
    Header,
    Role,
    find_header,
    grid_of,
    header_at,
    is_column_numbers,
    jumbled_header,
    words_of_header,
)
from congso.kernel.papers.tasks.marks import Level, mark_of
from congso.lib.layout import Box, Cell, Place, Table

VALUES = (Role.LEAD, Role.SUPPORT, Role.BOTH, Role.TIME, Role.START, Role.END, Role.PRODUCT)
_DITTO = re.compile(
    r"(?:[-–]?\s*(?:như trên|nt|n/t|nhu tren|như\s+mục\s+trên)\s*[-–]?|[\"“”'’〃]{1,2}|//|-\s*[\"”]\s*-)\.?", re.I
)
_MARKED = re.compile(r"[^\w\s]{1,2}|[^\W\d_]{1,2}", re.I)  # an x, however a scan reads it; never a figure
_UNFINISHED = re.compile(r"[^.;:!?)”\"]\s*$")
_WIDE = 0.6
_FEWEST_COLUMNS = 3
_LONGEST_NUMBER = 6
_HEADINGS_IN_A_CELL = 3


@dataclass(frozen=True)
class Row:
    """One row: its number as written, what is to be done, and the other values by role.

    `from_row` tells in which row of the paper the cell of a value begins, so that a merged one is known.
    """

    number: str
    content: str
    values: dict[Role, str] = field(default_factory=dict)
    from_row: dict[Role, int] = field(default_factory=dict)
    periods: tuple[str, ...] = ()
    group: str = ""
    is_wide: bool = False
    has_number_cell: bool = False
    shares_number: bool = False  # its number's cell is merged with the row above
    index: int = 0
    begins_page: bool = False
    places: tuple[Place, ...] = ()
    joined: bool = False

    def value(self, role: Role) -> str:
        return self.values.get(role, "")

    @property
    def has_values(self) -> bool:
        return bool(self.periods) or any(self.values.values())


@dataclass(frozen=True)
class Rows:
    """All rows of one table over all its pages, and the lines that stood above its header."""

    header: Header | None
    rows: tuple[Row, ...] = ()
    preface: tuple[str, ...] = ()


def read_rows(tables: Sequence[Table], known: Header | None = None) -> Rows:
    """The rows of a table given page by page. Without a header of its own it is read by the known one."""
    grids = [grid_of(table) for table in tables]
    header = known or _common_header(grids)
    preface: list[str] = []
    rows: list[Row] = []
    for number, grid in enumerate(grids):
        own = find_header(grid)
        begin = 0
        if own is not None and (number == 0 or _is_same(own, header) or own.first == 0):
            preface += [_line(cells) for cells in grid[: own.first]] if number == 0 else []
            header, begin = own, own.last + 1
        if header is None:
            return Rows(None)
        fitted = header if own is header else _fit(header, grid)
        rows += _data_rows(grid, fitted, begin, len(rows), begins_page=number > 0)
    return Rows(header, tuple(_joined(rows)), tuple(line for line in preface if line))


def _common_header(grids: Sequence[Grid]) -> Header | None:
    """The first header on any page, else one whose headings a scan ran together."""
    found = (find_header(grid) for grid in grids)
    return next((each for each in found if each and each.is_of_tasks), None) or next(
        (each for grid in grids if (each := jumbled_header(grid))), None
    )


def _is_same(own: Header, known: Header | None) -> bool:
    return known is None or set(own.roles) - {Role.OTHER} == set(known.roles) - {Role.OTHER}


def _fit(header: Header, grid: Grid) -> Header:
    """The header for a page without one: by the place of its columns, else by their order."""
    width = len(grid[0]) if grid else 0
    if width == len(header.roles):
        return replace(header, first=0, last=-1)
    roles = [Role.OTHER] * width
    for column in range(width):
        places = (row[column].place for row in grid if row[column].column_span == 1)
        box = next((place.box for place in places if place and place.box), None)
        best = max(
            ((_overlap(box, held), place) for place, held in enumerate(header.boxes) if held and box), default=(0.0, -1)
        )
        if best[0] > 0:
            roles[column] = header.roles[best[1]]
        elif box is None and column < len(header.roles):
            roles[column] = header.roles[column]
    return Header(0, -1, tuple(roles), ("",) * width)


def _overlap(one: Box, other: Box) -> float:
    return min(one.right, other.right) - max(one.left, other.left)


def _line(cells: Sequence[Cell]) -> str:
    return " ".join(" ".join(cell.text.split()) for cell in dict.fromkeys(cells) if cell.text.strip())


def _data_rows(grid: Grid, header: Header, begin: int, counted: int, *, begins_page: bool) -> Iterable[Row]:
    skip_to = begin
    for place in range(begin, len(grid)):
        if place < skip_to or is_column_numbers(grid[place]) or not _line(grid[place]):
            begins_page = begins_page and place <= begin + 1
            continue
        jumbled = next((cell for cell in grid[place] if len(words_of_header(cell.text)) >= _HEADINGS_IN_A_CELL), None)
        if jumbled is not None:
            skip_to = jumbled.row + jumbled.row_span
            if row := _section_run_in(jumbled, grid[skip_to - 1], header, counted):
                yield row
                counted += 1
            continue
        repeated = header_at(grid, place)
        if repeated and _is_same(repeated, header) and repeated.is_of_tasks:
            skip_to = repeated.last + 1
            continue
        yield _row(grid, place, header, counted, begins_page=begins_page)
        begins_page, counted = False, counted + 1


def _section_run_in(jumbled: Cell, cells: Sequence[Cell], header: Header, counted: int) -> Row | None:
    """The title of a section that a scan ran together with the header above it."""
    lines = [line for line in jumbled.text.split("\n") if not words_of_header(line)]
    number = " ".join(_texts(cells, header.columns(Role.NUMBER)).split())
    if not lines:
        return None
    return Row(number, " ".join(lines), is_wide=True, has_number_cell=True, index=counted, places=_places(cells))


def _row(grid: Grid, place: int, header: Header, counted: int, *, begins_page: bool) -> Row:
    cells = grid[place]
    contents = [column for column in header.columns(Role.CONTENT) if column < len(cells)]
    number = " ".join(_texts(cells, header.columns(Role.NUMBER)).split())
    wide = _wide_cell(cells, place)
    if wide is not None:
        apart = wide.column not in header.columns(Role.NUMBER)
        return Row(
            number if apart else "",
            wide.text.strip(),
            is_wide=True,
            has_number_cell=apart,
            index=counted,
            begins_page=begins_page,
            places=_places(cells),
        )
    group, content = _contents(grid, cells, contents)
    values, from_row = {}, {}
    for role in VALUES:
        held = [cells[column] for column in header.columns(role) if column < len(cells)]
        # A value that also covers the content (a merged section row) is not a value of this column.
        held = [cell for cell in dict.fromkeys(held) if not contents or cell is not cells[contents[0]]]
        if text := "\n".join(cell.text.strip() for cell in held if cell.text.strip()):
            values[role] = text
            from_row[role] = counted - (place - held[0].row)
    periods = tuple(
        header.titles[column]
        for column in header.columns(Role.PERIOD)
        if column < len(cells) and _MARKED.fullmatch(cells[column].text.strip())
    )
    return Row(
        number,
        content,
        values,
        from_row,
        periods,
        group=group,
        shares_number=any(cells[column].row < place for column in header.columns(Role.NUMBER) if column < len(cells)),
        index=counted,
        begins_page=begins_page,
        places=_places(cells),
    )


def _contents(grid: Grid, cells: Sequence[Cell], columns: list[int]) -> tuple[str, str]:
    """Group and content: of two columns of contents the one merged downwards names a group of tasks."""
    texts = {column: cells[column].text.strip() for column in columns}
    if len(columns) < 2:
        return "", next(iter(texts.values()), "")
    merged = [column for column in columns if any(row[column].row_span > 1 and row[column].text for row in grid)]
    if merged and len(merged) < len(columns):
        rest = [column for column in columns if column not in merged]
        return texts[merged[0]], "\n".join(texts[column] for column in rest if texts[column]) or texts[merged[0]]
    return "", "\n".join(dict.fromkeys(text for text in texts.values() if text))


def _wide_cell(cells: Sequence[Cell], place: int) -> Cell | None:
    """A cell that spans most of the row while the others are empty: the title of a section.

    A scan may cut it in two where a word touches the line of the table; both parts then span columns.
    """
    distinct = [cell for cell in dict.fromkeys(cells) if cell.text.strip()]
    widest = max(distinct, key=lambda cell: cell.column_span, default=None)
    if widest is None or widest.row != place or len(cells) < _FEWEST_COLUMNS or widest.column_span < 2:
        return None
    others = [cell for cell in distinct if cell is not widest]
    if widest.column_span >= _WIDE * (len(cells) - 1):
        return widest if all(len(cell.text.strip()) <= _LONGEST_NUMBER for cell in others) else None
    parts = [cell for cell in distinct if cell.column_span > 1]
    rest = [cell for cell in others if cell.column_span == 1]
    if len(parts) > 1 and all(len(cell.text.strip()) <= _LONGEST_NUMBER for cell in rest):
        first = min(parts, key=lambda cell: cell.column)
        return replace(first, text=" ".join(cell.text.strip() for cell in parts))
    return None


def _texts(cells: Sequence[Cell], columns: list[int]) -> str:
    held = dict.fromkeys(cells[column] for column in columns if column < len(cells) and cells[column].column_span <= 2)
    return "\n".join(cell.text.strip() for cell in held if cell.text.strip())


def _places(cells: Sequence[Cell]) -> tuple[Place, ...]:
    """Where the row stands: one box on its page around the cells that begin and end in it."""
    held = [cell.place for cell in dict.fromkeys(cells) if cell.place and cell.row_span == 1]
    boxes = [place.box for place in held if place.box]
    if not held:
        return ()
    return (Place(held[0].page, Box.around(boxes) if boxes else None),)


def _joined(rows: list[Row]) -> list[Row]:
    """Rows broken over two pages put together; ditto marks replaced by what they repeat."""
    whole: list[Row] = []
    for row in rows:
        before = whole[-1] if whole else None
        if before is not None and _goes_on(row, before):
            whole[-1] = _together(before, row)
        else:
            whole.append(_without_dittos(row, before))
    return whole


def _goes_on(row: Row, before: Row) -> bool:
    """No number, and a sentence that was begun before: a cell broken over pages or by the scan."""
    if (row.number and not row.shares_number) or row.is_wide or before.is_wide or not (row.content or row.has_values):
        return False
    if row.shares_number and not any(row.from_row.get(role) == row.index for role in row.values):
        return True
    if not row.content:
        return row.begins_page or not any(row.from_row.get(role) == row.index for role in row.values)
    if row.group and row.group != before.group:
        return False
    starts_low = row.content[:1].islower() or row.content[:1] in ",;.)”"
    mark = mark_of(row.content)
    if row.begins_page:
        bullets = mark is not None and mark.level >= Level.DASH and not row.has_values
        return (
            (starts_low and mark is None)
            or bullets
            or bool(_UNFINISHED.search(before.content) and mark is None and not _is_capitals(row.content))
        )
    return starts_low and mark is None and before.number != ""


def _is_capitals(text: str) -> bool:
    return text.isupper()


def _together(before: Row, row: Row) -> Row:
    values, from_row = dict(before.values), dict(before.from_row)
    for role, text in row.values.items():
        if row.from_row.get(role, row.index) < row.index:
            continue
        values[role] = f"{values[role]}\n{text}" if values.get(role) else text
        from_row.setdefault(role, before.index)
    content = f"{before.content}\n{row.content}".strip()
    joined = before.joined or row.begins_page
    return replace(
        before, content=content, values=values, from_row=from_row, places=before.places + row.places, joined=joined
    )


def _without_dittos(row: Row, before: Row | None) -> Row:
    if before is None:
        return row
    values = {
        role: before.value(role) if _DITTO.fullmatch(" ".join(text.split())) else text
        for role, text in row.values.items()
    }
    return replace(row, values=values)
