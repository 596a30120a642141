"""Calendars as other programs read them."""

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from congso.lib.icalendar import DayEvent, calendar, escaped, folded

MADE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=400))
def test_no_line_is_longer_than_the_standard_allows_and_nothing_is_lost(text):
    line = escaped(text)
    pieces = list(folded(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert "\n" not in line


def test_an_event_lies_on_its_day_and_carries_no_second_event():
    event = DayEvent("task-1@congso", date(2026, 12, 31), "Nộp báo cáo; gấp\r\nEND:VEVENT", "a,b")
    told = calendar("Nhiệm vụ", [event], made_at=MADE)
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in told
    assert "SUMMARY:Nộp báo cáo\\; gấp\\nEND:VEVENT\r\n" in told
    assert told.count("\r\nEND:VEVENT\r\n") == 1
    assert told.endswith("END:VCALENDAR\r\n")
