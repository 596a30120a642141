"""Charts: what is drawn is in proportion, inside the frame, and said in words."""

from decimal import Decimal

import pytest

from congso.kernel.web.charts import WIDTH, Series, bar_chart, column_chart, line_chart, written


@pytest.mark.parametrize("values", [[0], [7], [0, 0, 5], [3, 10**9, 1, 2 * 10**8], [*range(12)], [10**9] * 12])
def test_bars_are_as_long_as_their_figures_and_leave_room_for_them(values: list[int]) -> None:
    figures = [Decimal(value) for value in values]
    chart = bar_chart("Theo đơn vị", [f"Đơn vị {place}" for place in range(len(values))], [Series("Số", figures)])
    assert chart is not None
    bars = [bar for row in chart.rows for bar in row.bars]
    assert [bar.figure for bar in bars] == [written(value) for value in figures]
    longest = float(max(bars, key=lambda bar: float(bar.width)).width)
    for bar, value in zip(bars, values, strict=True):
        assert float(bar.width) == pytest.approx(max(1.0, longest * value / max(*values, 1)), abs=0.2)
        assert float(bar.end) < WIDTH - 100


def test_what_is_below_zero_hangs_from_the_line_of_zero() -> None:
    chart = bar_chart("Thừa, thiếu", ["A", "B"], [Series("Số", [Decimal(-5), Decimal(5)])])
    assert chart is not None
    below, above = chart.columns
    assert below.y == chart.base
    assert float(above.y) + float(above.height) == float(below.y)


def test_a_missing_figure_is_a_gap_in_the_line_and_no_column() -> None:
    values = [Decimal(1), Decimal(2), None, Decimal(4), Decimal(3)]
    labels = ["1/2026", "2/2026", "3/2026", "4/2026", "5/2026"]
    line, columns = line_chart("Số", labels, [Series("Số", values)]), column_chart("Số", labels, [Series("Số", values)])
    assert line is not None
    assert columns is not None
    assert (len(line.drawn[0].pieces), len(line.drawn[0].dots)) == (2, 4)
    assert len(columns.columns) == 4
    assert "1/2026 1  → 5/2026 3" in line.words


def test_figures_are_written_as_people_here_write_them() -> None:
    assert [written(Decimal(one)) for one in ("1234.5", "1000000", "0.25")] == ["1.234,5", "1.000.000", "0,25"]
