"""What people type into a list's filters."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.kernel.web.filters import read_date

days = st.dates(min_value=date(1930, 1, 1), max_value=date(2099, 12, 31))


FORMS = ("{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{y}-{m:02}-{d:02}", "{d:02}{m:02}{y}")


@given(days, st.sampled_from(FORMS))
def test_every_way_of_writing_a_day_is_read_as_that_day(day, form):
    assert read_date(form.format(d=day.day, m=day.month, y=day.year)) == day


@pytest.mark.parametrize("text", ["", "31/02/2026", "hôm qua", "2026", "12/2026", "'; DROP TABLE", "99/99/9999"])
def test_what_is_no_day_is_none(text):
    assert read_date(text) is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_days(text):
    read_date(text)
