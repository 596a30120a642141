"""Where everything stands on a printed ballot, in millimetres of A4: printing and reading go by the same places."""

import re
from dataclasses import dataclass

WIDTH, HEIGHT = 210.0, 297.0
CORNER = 6.0  # side of the black square in each corner
CORNERS = ((12.0, 12.0), (198.0, 12.0), (198.0, 285.0), (12.0, 285.0))  # middles, clockwise from the upper left
CODE = (170.0, 20.0, 24.0)  # left, top, side of the square code
FIRST_TOP, CONTINUED_TOP, BOTTOM = 76.0, 48.0, 276.0
ROW = 6.6
LEFT, RIGHT, GAP = 14.0, 196.0, 6.0
NUMBER = 9.0  # room of the number before the name
PREFIX = "CSPB1"
_CODE = re.compile(PREFIX + r":([0-9]{1,18}):([0-9a-f]{16}):([0-9]{1,2})")


@dataclass(frozen=True)
class Place:
    """The room of one name: page (from 0) and rectangle."""

    page: int
    left: float
    top: float
    width: float
    height: float = ROW


def places(names: int) -> list[Place]:
    """The rooms of all names in the order of the list: one column where one page is enough for it, otherwise two."""
    columns = 1 if names <= rows_on(0) else 2
    width = (RIGHT - LEFT - GAP * (columns - 1)) / columns
    found: list[Place] = []
    page = 0
    while len(found) < names:
        rows = rows_on(page)
        left_over = names - len(found)
        rows = min(rows, -(-left_over // columns))
        top = FIRST_TOP if page == 0 else CONTINUED_TOP
        for place in range(min(left_over, rows * columns)):
            column, row = divmod(place, rows)
            found.append(Place(page, LEFT + column * (width + GAP), top + row * ROW, width))
        page += 1
    return found


def rows_on(page: int) -> int:
    """How many rows a column of the page has."""
    return int((BOTTOM - (FIRST_TOP if page == 0 else CONTINUED_TOP)) // ROW)


def pages_of(names: int) -> int:
    """How many pages a sheet has."""
    return places(names)[-1].page + 1


def code_text(ballot: int, sheet: str, page: int) -> str:
    """What the square code of a page says: which ballot, which sheet (a random name), which of its pages."""
    return f"{PREFIX}:{ballot}:{sheet}:{page}"


def read_code(text: str) -> tuple[int, str, int] | None:
    """Ballot, sheet and page; None for what is no code of ours."""
    found = _CODE.fullmatch(text)
    return (int(found[1]), found[2], int(found[3])) if found else None
