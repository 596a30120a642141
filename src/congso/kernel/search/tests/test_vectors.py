"""Vectors stay within what PostgreSQL takes, whatever the text."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from congso.kernel.search.tokens import tokens
from congso.kernel.search.vectors import build_vectors, quoted
from congso.lib.vietnamese import fold, nfc


def lexemes(literal: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(%s::tsvector)", [literal])
        return cursor.fetchone()[0]


def test_both_forms_stand_at_one_place() -> None:
    assert build_vectors(number="", title="Chuyển đổi", body="số").text == (
        "'chuyển':1A 'chuyen':1B 'đổi':2A 'doi':2B 'số':11C 'so':11D"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "ủy ban " * 60_000,
        " ".join(f"từ{n}dài" for n in range(200_000)),
        "x" * 300_000,
        "'\\' ' \\\\",
        "á" * 5000 + " b",
    ],
)
def test_no_text_is_too_long_or_too_strange(body: str) -> None:
    assert lexemes(build_vectors(number="1-NQ/TU", title="Tên", body=body).text) > 0


@pytest.mark.django_db
@given(st.text(max_size=300))
def test_any_text_makes_a_vector(text: str) -> None:
    lexemes(build_vectors(number="", title=text.replace("\x00", ""), body=text).text)


@given(st.text(max_size=200))
def test_tokens_stand_where_the_text_has_them(text: str) -> None:
    shown = nfc(text)
    for token in tokens(text):
        assert fold(shown[token.start : token.end]).lower()[:1] == fold(token.form)[:1]


def test_a_lexeme_cannot_break_out_of_its_quotes() -> None:
    assert quoted("a' | 'b\\") == "'a'' | ''b\\\\'"
