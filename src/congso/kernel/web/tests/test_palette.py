"""The palette offers what the person may go to, start and open, as she types; nothing of others."""

import pytest

from congso.kernel.search.services import index_record
from congso.kernel.web.tests.sample import as_person, make_many


@pytest.fixture
def slips(db, world):
    made = make_many(world.chief, world.organizations["VPTU"], world.organizations["TH"], 5)
    with as_person(world.chief):
        for slip in made:
            index_record(slip)
    return made


def offered(client, typed=""):
    return client.get("/lenh/", {"q": typed}).content.decode()


def test_places_are_found_by_the_beginning_of_their_words_without_accents(signed_in, db):
    client = signed_in("clerk")
    assert 'data-url="/thong-bao/"' in offered(client, "thong b")
    assert 'data-url="/thong-bao/"' not in offered(client, "ong bao")
    assert "Tiếp nhận văn bản đến" in offered(client, "tiep nhan")


def test_nobody_is_offered_what_is_not_hers(signed_in, slips):
    stranger = offered(signed_in("stranger"), "chữ ký số")
    assert "03-PGV/VPTU" not in stranger
    assert "Tiếp nhận văn bản đến" not in offered(signed_in("stranger"))


@pytest.mark.parametrize("typed", ["03-PGV/VPTU", "chữ ký số", "chu ky s"])
def test_records_are_found_by_symbol_and_words_even_when_one_stops_inside_a_word(signed_in, slips, typed):
    assert "03-PGV/VPTU" in offered(signed_in("head"), typed)


def test_records_opened_last_stand_first_until_one_may_not_see_them(signed_in, slips):
    client = signed_in("head")
    assert "gần đây" not in offered(client)
    for slip in slips[:2]:
        client.get(f"/mau/{slip.pk}/")
    page = offered(client)
    assert page.index("02-PGV/VPTU") < page.index("01-PGV/VPTU")
    client.post(f"/mau/{slips[1].pk}/return/", {"note": "Thiếu số liệu."})
    assert "02-PGV/VPTU" not in offered(client)


def test_the_palette_asks_few_questions(signed_in, slips, django_assert_max_num_queries):
    client = signed_in("head")
    with django_assert_max_num_queries(20):
        client.get("/lenh/", {"q": "chữ ký số"})


@pytest.mark.parametrize("typed", ["\x00", "a" * 5000, "<script>", '"', "%"])
def test_nothing_typed_breaks_the_palette(signed_in, db, typed):
    page = offered(signed_in("head"), typed)
    assert 'role="listbox"' in page
    assert "<script>" not in page
