"""Every spelling of a schedule that offices print."""

from datetime import date

import pytest

from congso.kernel.papers.tasks.schedules import read_schedule

ISSUED = date(2025, 8, 11)


@pytest.mark.parametrize(
    ("written", "start", "due", "recurrence"),
    [
        ("trước 15/9/2025", "", "2025-09-15", None),
        ("Trước ngày 15-9-2025", "", "2025-09-15", None),
        ("trước ngày 15.9.2025", "", "2025-09-15", None),
        ("Chậm nhất ngày 05 tháng 9 năm 2025", "", "2025-09-05", None),
        ("hoàn thành trước 30/9", "", "2025-09-30", None),
        ("trước ngày 15/3", "", "2026-03-15", None),
        ("Trong tháng 9/2025", "", "2025-09-30", None),
        ("Tháng 9 năm 2025", "", "2025-09-30", None),
        ("tháng 02/2028", "", "2028-02-29", None),
        ("9/2025", "", "2025-09-30", None),
        ("T9/2025", "", "2025-09-30", None),
        ("Trước tháng 10/2025", "", "2025-09-30", None),
        ("Tháng 10", "", "2025-10-31", None),
        ("Quý III năm 2025", "", "2025-09-30", None),
        ("Quý IV/2025", "", "2025-12-31", None),
        ("Quý 4/2025", "", "2025-12-31", None),
        ("QuýlI⁄2026", "", "2026-06-30", None),
        ("Quý lV/2025", "", "2025-12-31", None),
        ("Quý IV", "", "2025-12-31", None),
        ("6 tháng đầu năm 2026", "", "2026-06-30", None),
        ("06 tháng cuối năm 2025", "", "2025-12-31", None),
        ("hết năm 2026", "", "2026", None),
        ("Năm 2025", "", "2025", None),
        ("2025", "", "2025", None),
        ("Cuối năm 2025", "", "2025", None),
        ("2025-2028", "2025", "2028", None),
        ("2025 – 2028", "2025", "2028", None),
        ("Giai đoạn 2025-2030", "2025", "2030", None),
        ("Năm 2025, 2026", "2025", "2026", None),
        ("Từ năm 2026", "2026", "", None),
        ("Từ năm 2026 đến năm 2028", "2026", "2028", None),
        ("Từ tháng 9/2025 đến tháng 12/2025", "2025-09-01", "2025-12-31", None),
        ("Tháng 9 - 12/2025", "2025-09-01", "2025-12-31", None),
        ("tháng 9 đến tháng 12 năm 2025", "2025-09-01", "2025-12-31", None),
        ("Quý III - IV/2025", "2025-07-01", "2025-12-31", None),
        ("Quý IV/2025 - Quý II/2026", "2025-10-01", "2026-06-30", None),
        ("Từ ngày 01/9/2025 đến ngày 30/9/2025", "2025-09-01", "2025-09-30", None),
        ("Từ 01/9/2025", "2025-09-01", "", None),
        ("8/2025-12/2025", "2025-08-01", "2025-12-31", None),
        ("15-20/9/2025", "2025-09-15", "2025-09-20", None),
        ("Từ ngày 15 đến ngày 20/9/2025", "2025-09-15", "2025-09-20", None),
        ("Năm 2025 và các năm tiếp theo", "2025", "", None),
        ("Năm 2025: 30%; năm 2026: 100%", "2025", "2026", None),
        ("15 ngày kể từ ngày ban hành", "", "2025-08-26", None),
        ("trước ngày 10 tháng đầu quý", "", "", "quarterly"),
        ("Hằng tháng", "", "", "monthly"),
        ("hàng tháng", "", "", "monthly"),
        ("trước ngày 30 hằng tháng", "", "", "monthly"),
        ("Hằng quý", "", "", "quarterly"),
        ("Định kỳ 6 tháng", "", "", "half_yearly"),
        ("06 tháng/lần", "", "", "half_yearly"),
        ("6 tháng, hằng năm", "", "", "half_yearly"),
        ("Hằng năm", "", "", "yearly"),
        ("Thường xuyên, hằng năm", "", "", "yearly"),
        ("trước ngày 15/12 hằng năm", "", "", "yearly"),
        ("Hằng năm, giai đoạn 2025-2028", "2025", "2028", "yearly"),
        ("Thường xuyên", "", "", None),
        ("Theo tiến độ của Trung ương", "", "", None),
        ("theo hướng dẫn", "", "", None),
        ("Trong 10 ngày kể từ ngày ban hành Kế hoạch", "", "2025-08-21", None),
        ("", "", "", None),
    ],
)
def test_a_schedule_is_read_in_every_spelling(written: str, start: str, due: str, recurrence: str | None) -> None:
    found = read_schedule(written, issued_on=ISSUED)
    assert (found.start, found.due, found.recurrence) == (start, due, recurrence)
    assert found.text == written


def test_without_a_day_of_issue_a_date_without_year_stays_open() -> None:
    assert read_schedule("trước ngày 15/9").due == ""


@pytest.mark.parametrize("written", ["31/2/2025", "tháng 13/2025", "quý V/2025", "1.2", "9" * 5000, "quý " * 500])
def test_nonsense_is_no_date(written: str) -> None:
    found = read_schedule(written, issued_on=ISSUED)
    assert len(found.due) in (0, 4)
