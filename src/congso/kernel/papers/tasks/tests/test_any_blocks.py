"""Whatever blocks come, reading them ends in proposals: a scan gives anything."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from congso.kernel.papers.tasks import compare_readings, read_tasks
from congso.lib.layout import Block, Box, Cell, Paragraph, Place, Table

WORDS = st.sampled_from(
    [
        *("", "I", "II", "1", "1.1", "a)", "-", "lI", "=)", "A", "x", "nt", "//", "2025", "3", "4"),
        *("Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "TT", "Tháng", "PHỤ LỤC", "Nơi nhận:", "KẾ HOẠCH"),
        *("VPTU", "Văn phòng Tỉnh ủy", "Ban Tổ chức, UBKT Tỉnh ủy", "Quý III/2025", "hằng tháng", "việc\ndài dòng"),
        *("Nội dung Chủ trì Phối hợp Thời gian", "Giao Sở Y tế làm, xong trước 30/2/2025.", "phối hợp với các cơ quan"),
        *("(Kèm theo Kế hoạch)", "Điều 2.", "IV. TỔ CHỨC THỰC HIỆN", "- Cơ quan chủ trì: VPTU"),
    ]
)
PLACES = st.none() | st.builds(Place, st.integers(1, 3), st.none() | st.just(Box(0, 0, 10, 10)))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A full grid with merges, as every reader of files hands over."""
    rows, columns, place = draw(st.integers(1, 5)), draw(st.integers(1, 6)), draw(PLACES)
    held: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in held:
                continue
            down, right = draw(st.integers(1, min(2, rows - row))), draw(st.integers(1, min(3, columns - column)))
            own = {(row + step, column + side) for step in range(down) for side in range(right)}
            if own & held:
                down, right, own = 1, 1, {(row, column)}
            held |= own
            cells.append(Cell(row, column, draw(WORDS), down, right, place))
    return Table(rows, columns, tuple(cells), place)


PARAGRAPHS = st.builds(
    Paragraph,
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    place=PLACES,
    is_bold=st.booleans(),
    is_centred=st.booleans(),
    confidence=st.floats(0, 1),
)


@settings(max_examples=150, deadline=None)
@given(blocks=st.lists(PARAGRAPHS | tables(), max_size=5), issued_on=st.none() | st.just(date(2025, 8, 11)))
def test_any_blocks_give_proposals_with_text_and_a_confidence(blocks: list[Block], issued_on: date | None) -> None:
    tasks = read_tasks(blocks, issued_on=issued_on)
    assert all(task.text and 0 <= task.confidence <= 1 for task in tasks)
    assert compare_readings(tasks, tasks).is_empty
