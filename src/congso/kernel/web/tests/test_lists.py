"""One declaration of a list serves the page, the fragment, Excel and paper; nobody sees more than she may."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from congso.kernel.web import lists
from congso.kernel.web.lists import Column, RecordList
from congso.kernel.web.tests.sample import make_many, make_slip

FRAGMENT = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def slips(db, world, clock):
    return make_many(world.chief, world.organizations["VPTU"], world.organizations["TH"], 24)


def page(client, query="", **headers):
    return client.get(f"/mau/{query}", **headers).content.decode()


def numbers_in(shown):
    return re.findall(r"\d\d-PGV/VPTU", shown)


def sheet_of(response):
    return load_workbook(BytesIO(b"".join(response.streaming_content))).active


def test_the_page_shows_the_first_rows_and_leads_to_the_next(signed_in, slips):
    shown = page(signed_in("head"))
    assert "1–20 trong 24" in shown
    assert shown.count("on-card-title") == 21  # twenty rows and the head
    assert "21–24 trong 24" in page(signed_in("head"), "?page=2")


@pytest.mark.parametrize("asked", ["0", "99", "-1", "abc", "²", "1e3"])
def test_a_page_that_is_not_there_is_a_page_that_is(signed_in, slips, asked):
    assert "trong 24" in page(signed_in("head"), f"?page={asked}")


def test_pages_never_repeat_or_lose_a_row(signed_in, slips):
    client = signed_in("head")
    both = page(client, "?sort=opened&page=1") + page(client, "?sort=opened&page=2")
    assert all(both.count(f">{slip.number}\n") == 1 for slip in slips)


def test_sorting_follows_the_head_and_ignores_unknown_fields(signed_in, slips):
    client = signed_in("head")
    falling = page(client, "?sort=-number")
    assert falling.index("24-PGV") < falling.index("23-PGV")
    assert 'aria-sort="descending"' in falling
    for unknown in ("owner__parent__code", "-audience", "unit", "--number"):
        assert numbers_in(page(client, f"?sort={unknown}")) == numbers_in(page(client))


def test_filters_narrow_the_list_and_can_be_taken_off_one_by_one(signed_in, slips):
    shown = page(signed_in("head"), "?q=chữ+ký+số&state=sent&opened_from=01/01/2026")
    assert "Báo cáo tình hình sử dụng chữ ký số" in shown
    assert "Chuẩn bị họp" not in shown
    assert "Tình trạng: Đang xử lý" in shown
    assert 'href="/mau/?q=ch%E1%BB%AF+k%C3%BD+s%E1%BB%91&amp;opened_from=01%2F01%2F2026"' in shown


def test_text_in_decomposed_letters_finds_the_same(signed_in, slips):
    assert "chữ ký số" in page(signed_in("head"), "?q=ch%E1%BB%AF%20ky%CC%81%20s%C3%B4%CC%81")


@pytest.mark.parametrize("query", ["?state=nonsense", "?opened_from=31/02/2026", "?scope=nonsense", "?q=%00"])
def test_a_filter_nobody_knows_filters_nothing(signed_in, slips, query):
    assert "trong 24" in page(signed_in("head"), query)


def test_a_tab_is_a_narrowing_that_filters_keep(signed_in, slips):
    shown = page(signed_in("head"), "?scope=late")
    assert "1–3 trong 3" in shown
    assert '<input type="hidden" name="scope" value="late">' in shown


def test_one_address_gives_the_page_or_its_fragment(signed_in, slips):
    client = signed_in("head")
    fragment = client.get("/mau/?q=&state=sent", **FRAGMENT)
    assert "<html" not in fragment.content.decode()
    assert "01-PGV/VPTU" in fragment.content.decode()
    assert fragment["HX-Push-Url"] == "/mau/?state=sent"
    assert "HX-Request" in fragment["Vary"]


def test_an_empty_list_says_what_to_do(signed_in, db):
    shown = page(signed_in("head"))
    assert "Chưa có phiếu nào" in shown
    assert 'href="/mau/lap/"' in shown
    assert "Bỏ mọi bộ lọc" in page(signed_in("head"), "?q=không-có")


def test_a_list_that_is_too_long_is_counted_and_leafed_through_only_so_far(signed_in, slips, monkeypatch):
    monkeypatch.setattr(lists, "REACH", 20)
    shown = page(signed_in("head"))
    assert "hãy lọc thêm" in shown
    assert 'rel="next"' not in shown


def test_rows_cost_no_questions_of_their_own(signed_in, world, clock, django_assert_max_num_queries):
    client = signed_in("head")
    make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"])
    page(client)
    with CaptureQueriesContext(connection) as one_row:
        page(client)
    make_many(world.chief, world.organizations["VPTU"], world.organizations["TH"], 24)
    with django_assert_max_num_queries(len(one_row)):
        page(client)
    with django_assert_max_num_queries(8):
        page(client, **FRAGMENT)


def test_excel_has_the_official_heads_and_every_row(signed_in, slips):
    response = signed_in("head").get("/mau/?format=xlsx&scope=all")
    rows = list(sheet_of(response).iter_rows(values_only=True))
    assert rows[0][0] == "VĂN PHÒNG TỈNH ỦY"
    assert rows[1][0] == "SỔ THEO DÕI PHIẾU GIAO VIỆC"
    assert rows[3][:3] == ("Số, ký hiệu", "Ngày giao", "Nội dung công việc")
    assert rows[4][:2] == ("(1)", "(2)")
    assert len(rows) == 5 + 24
    assert rows[5][1].date() == slips[0].opened_on
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("title", ['=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "\tx", "a\x0bb"])
def test_excel_never_calculates_what_people_typed(signed_in, world, clock, title):
    make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"], title=title)
    cell = sheet_of(signed_in("head").get("/mau/?format=xlsx")).cell(6, 3)
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.value == title.replace("\x0b", " ")


def test_excel_and_paper_show_a_stranger_nothing(signed_in, slips):
    client = signed_in("stranger")
    assert sheet_of(client.get("/mau/?format=xlsx")).max_row == 5
    assert "PGV" not in page(client, "?format=print")
    assert "PGV" not in page(client)


def test_the_printed_register_numbers_its_columns_and_says_when_it_is_cut(signed_in, slips, monkeypatch):
    monkeypatch.setattr(lists, "PRINT_ROWS", 10)
    shown = page(signed_in("head"), "?format=print")
    assert "(6)" in shown
    assert shown.count("-PGV/VPTU") == 10
    assert "chỉ gồm 10 dòng đầu" in shown


def test_a_deadline_speaks_in_words_before_it_passes(signed_in, world, clock):
    today = timezone.localdate()
    for days in (-2, 0, 2, 30):
        make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"], due_on=today + timedelta(days))
    shown = page(signed_in("head"))
    assert all(words in shown for words in ("quá 2 ngày", "hôm nay", "còn 2 ngày"))


def test_a_list_sorted_by_no_column_of_its_own_is_a_mistake_of_its_author():
    with pytest.raises(ValueError, match="default_sort"):
        RecordList("x", "X", (Column("title", "Tên"),), default_sort="title")
