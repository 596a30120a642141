"""The screens: what each shows, what each refuses, how many queries they take."""

import pytest
from django.urls import reverse

from congso.apps.digitization.models import Correction, DigitalCopy, Folder, Page, ScanBatch
from congso.apps.digitization.tests import factories
from congso.apps.digitization.tests.factories import VALUES, batch_as, by, copy_in
from congso.kernel.access.services import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def at(name: str, *args) -> str:
    return reverse(f"digitization:{name}", args=args)


def test_a_batch_is_planned_listed_and_moved_by_pressing(world, signed_in):
    clerk = signed_in("clerk")
    told = {
        "owner": world.organizations["VPTU"], "unit": world.organizations["TU"], "title": "Đợt một", "fonds": "01",
        "year": "2026", "due_on": "31/12/2026", "dpi": "300", "unit_cost": "450", "cuts_at_files": "on",
    }  # fmt: skip
    answer = clerk.post(at("new"), told)
    with acting_as(by(world, "clerk")):
        batch = ScanBatch.objects.get()
    assert answer.url == at("detail", batch.pk)
    assert "Đợt một" in clerk.get(at("list")).content.decode()
    assert clerk.post(at("act", batch.pk, "receive"), {"sheets": "12", "condition": "Tốt"}).status_code == 302
    assert clerk.post(at("folders", batch.pk), {"lines": "H1 | Hồ sơ một | 5\nH2\tHồ sơ hai\t7"}).status_code == 302
    with acting_as(by(world, "clerk")):
        assert list(Folder.objects.values_list("code", "sheets")) == [("H1", 5), ("H2", 7)]
    page = clerk.get(at("detail", batch.pk)).content.decode()
    assert "Hồ sơ hai" in page
    assert "Đưa bản quét vào" in page


@pytest.mark.parametrize(
    "lines", ["chỉ có mã", "H1 | Hồ sơ | nhiều", "| không mã |", "H1 | Hồ sơ | 1 | 99.HS-KHONG-CO", "H | " + "x" * 1001]
)
def test_a_list_of_dossiers_that_cannot_be_read_is_refused(world, signed_in, lines):
    batch = factories.received(world)
    answer = signed_in("clerk").post(at("folders", batch.pk), {"lines": lines})
    assert answer.status_code == 422
    with acting_as(by(world, "clerk")):
        assert Folder.objects.filter(batch=batch).count() == 1


@pytest.mark.parametrize(("field", "wrong"), [("dpi", "150"), ("year", "20260"), ("unit_cost", "-1"), ("title", "")])
def test_a_plan_that_cannot_be_is_refused(world, signed_in, field, wrong):
    told = {
        "owner": world.organizations["VPTU"], "unit": world.organizations["TU"], "title": "Đợt", "fonds": "01",
        "year": "2026", "dpi": "200",
    }  # fmt: skip
    assert signed_in("clerk").post(at("new"), told | {field: wrong}).status_code == 422


def test_strangers_find_nothing(world, signed_in):
    batch = factories.checking(world)
    copy = copy_in(world, batch)
    with acting_as(by(world, "clerk")):
        page = Page.objects.filter(batch=batch)[0]
    stranger = signed_in("stranger")
    for address in (
        at("detail", batch.pk), at("copy", copy.pk), at("check", copy.pk), at("page", page.pk),
        at("picture", page.pk, 240), at("pages", batch.pk), at("separators", batch.pk),
        at("square", batch.pk, "v", 1), at("new"), at("stock"), at("running", batch.pk),
    ):  # fmt: skip
        assert stranger.get(address).status_code == 404, address
    assert stranger.post(at("correct", page.pk), {}).status_code == 404


def test_a_document_is_checked_beside_its_paper(world, signed_in):
    batch = factories.checking(world, need="low")
    copy = copy_in(world, batch)
    clerk, chief = signed_in("clerk"), signed_in("chief")
    assert clerk.get(at("next", batch.pk)).url == at("check", copy.pk)
    shown = clerk.get(at("check", copy.pk)).content.decode()
    assert "Đọc rõ" in shown
    assert at("picture", _page(world, batch).pk, 1200) in shown
    typed = VALUES | {"issued_on": "11/8/2005", "is_undated": ""}
    assert clerk.post(at("check", copy.pk), typed | {"title": ""}).status_code == 422
    assert clerk.post(at("check", copy.pk), typed).status_code == 302
    assert clerk.get(at("next", batch.pk)).url == at("detail", batch.pk)
    assert clerk.post(at("check", copy.pk), typed).status_code == 422
    assert chief.post(at("check", copy.pk), typed | {"number": "17-KH/TU"}).status_code == 302
    assert "Hai người ghi khác nhau" in clerk.get(at("check", copy.pk)).content.decode()
    assert clerk.post(at("check", copy.pk), typed).status_code == 302
    assert copy_in(world, batch).state == "checked"


def _page(world, batch) -> Page:
    with acting_as(by(world, "clerk")):
        return Page.objects.filter(batch=batch).order_by("place")[0]


def test_words_are_put_right_without_script(world, signed_in):
    batch = factories.checking(world)
    page = _page(world, batch)
    clerk = signed_in("clerk")
    shown = clerk.get(at("page", page.pk)).content.decode()
    assert 'value="hoach"' in shown
    told = {"text": "hoạch", "was": "hoach", "left": "84", "top": "100", "right": "120", "bottom": "114", "next": "5"}
    assert clerk.post(at("correct", page.pk), told).url == at("page", page.pk) + "?chu=5"
    script = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
    assert clerk.post(at("correct", page.pk), told | {"left": "NaN"}, **script).status_code == 422
    assert clerk.post(at("correct", page.pk), told | {"right": "xa"}, **script).json()["message"]
    with acting_as(by(world, "clerk")):
        assert Correction.objects.get().text == "hoạch"
    assert clerk.post(at("finish", page.pk)).status_code == 302
    with acting_as(by(world, "clerk")):
        page.refresh_from_db()
    assert (page.wrong_letters, page.letters) == (1, 24)


def test_pages_are_shown_straight_and_a_suspect_one_not_at_all(world, signed_in):
    batch = factories.checking(world)
    page = _page(world, batch)
    clerk = signed_in("clerk")
    answer = clerk.get(at("picture", page.pk, 240))
    assert answer["Content-Type"] == "image/webp"
    assert clerk.get(at("picture", page.pk, 240), HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    with acting_as(by(world, "clerk")):
        Page.objects.filter(pk=page.pk).update(state="suspect", copy=None, copy_page=None)
    assert clerk.get(at("picture", page.pk, 240)).status_code == 404
    assert "Nghi có dấu mật" in clerk.get(at("pages", batch.pk) + "?trang-thai=suspect").content.decode()


def test_separator_sheets_are_printed(world, signed_in):
    batch = factories.received(world)
    clerk = signed_in("clerk")
    shown = clerk.get(at("separators", batch.pk) + "?first=3&count=2").content.decode()
    assert at("square", batch.pk, "h", 1) in shown
    assert at("square", batch.pk, "v", 4) in shown
    assert clerk.get(at("separators", batch.pk) + "?count=9999").status_code == 422
    assert clerk.get(at("square", batch.pk, "v", 4))["Content-Type"] == "image/svg+xml"
    assert clerk.get(at("square", batch.pk, "z", 4)).status_code == 404


def test_the_board_shows_targets_and_a_stock_is_written(world, signed_in):
    clerk = signed_in("agency_clerk")
    told = {"organization": world.organizations["BTC"], "year": "2026", "pages": "8", "percent": "30", "note": "BB"}
    assert clerk.post(at("stock"), told).url == at("progress") + "?nam=2026"
    assert clerk.post(at("stock"), told | {"percent": "101"}).status_code == 422
    factories.accepted(world)
    shown = clerk.get(at("progress") + "?nam=2026").content.decode()
    assert "25" in shown
    assert "Chưa đạt" in shown
    assert signed_in("stranger").get(at("progress")).status_code == 200


@pytest.mark.parametrize("name", ["detail", "pages"])
def test_a_page_of_a_batch_asks_no_more_for_more(world, signed_in, name, django_assert_max_num_queries):
    batch = factories.checking(world, pages=6)
    clerk = signed_in("clerk")
    clerk.get(at(name, batch.pk))
    with django_assert_max_num_queries(45):
        assert clerk.get(at(name, batch.pk)).status_code == 200


def test_every_state_has_its_page(world, signed_in):
    for state, make in factories.IN_STATE.items():
        batch = make(world)
        assert signed_in("clerk").get(at("detail", batch.pk)).status_code == 200, state
        assert batch_as(world, batch).state == state
    with acting_as(by(world, "clerk")):
        copies = list(DigitalCopy.objects.values_list("pk", flat=True))
    assert all(signed_in("clerk").get(at("copy", pk)).status_code == 200 for pk in copies)
