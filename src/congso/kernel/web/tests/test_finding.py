"""The search page finds by words, symbols and without tone marks, only what the person may see."""

import pytest

from congso.kernel.search.services import index_record
from congso.kernel.web.tests.sample import TITLES, as_person, make_many


@pytest.fixture
def indexed(db, world):
    slips = make_many(world.chief, world.organizations["VPTU"], world.organizations["TH"], 24)
    with as_person(world.chief):
        for slip in slips:
            index_record(slip)
    return slips


def found(client, query):
    return client.get(f"/tim-kiem/{query}").content.decode()


@pytest.mark.parametrize("words", ["chu ky so", "chữ ký số", "03-PGV/VPTU"])
def test_words_and_symbols_are_found_with_or_without_tone_marks(signed_in, indexed, words):
    shown = found(signed_in("head"), f"?q={words}")
    assert "03-PGV" in shown.replace("<mark>", "").replace("</mark>", "")
    assert "<mark>" in shown


def test_a_stranger_finds_nothing_and_is_told_what_to_try(signed_in, indexed):
    shown = found(signed_in("stranger"), "?q=chữ+ký+số")
    assert TITLES[2][:20] not in shown
    assert "Không tìm thấy trong phạm vi bạn được xem" in shown


def test_facets_narrow_and_can_be_taken_back(signed_in, indexed):
    client = signed_in("head")
    assert "type=slip" in found(client, "?q=số")
    narrowed = found(client, "?q=số&type=slip")
    assert 'aria-current="true"' in narrowed
    assert "Bỏ mọi bộ lọc" in found(client, "?q=số&year=1999")


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00", '?q="', "?q=a&owner=x&year=99999999999999&page=-3", "?page=²"])
def test_nothing_typed_breaks_the_page(signed_in, db, query):
    assert "Tìm kiếm" in found(signed_in("head"), query)
