"""What people see and press: through the pages, as the cast."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from congso.apps.documents.models import Handling, IncomingDocument
from congso.apps.documents.queries import quick_deadlines
from congso.apps.documents.tests import factories
from congso.apps.documents.tests.factories import IN_STATE, NOW, by, line_of
from congso.kernel.records.models import Number

pytestmark = pytest.mark.django_db

ENTRY = {
    "number": "16-KH/TU",
    "issued_on": "20/11/2026",
    "doc_type": "KH",
    "issuer_name": "Tỉnh ủy Mẫu",
    "title": "Kế hoạch chuyển đổi số trong các cơ quan đảng",
    "urgency": "0",
    "received_on": "23/11",
    "channel": "paper",
    "copies": "1",
}


@pytest.fixture(autouse=True)
def _stopped(clock):
    """The office is at Monday 23 November 2026, 8:00."""


def _url(name: str, *args: object) -> str:
    return reverse(f"documents:{name}", args=args)


def _page(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def _stored(world, document) -> IncomingDocument:
    with by(world.clerk):
        return IncomingDocument.objects.select_related("owner").get(pk=document.pk)


# Seeing


@pytest.mark.parametrize("state", IN_STATE)
def test_the_page_of_a_document_opens_in_every_state_and_only_for_those_who_see_it(world, signed_in, state):
    url = _url("detail", IN_STATE[state](world).pk)
    assert "Kế hoạch chuyển đổi số" in _page(signed_in("clerk"), url) or state in {"received", "withdrawn"}
    assert signed_in("stranger").get(url).status_code == 404
    assert signed_in("agency_specialist").get(url).status_code == 404


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("clerk", "intake"), ("clerk", "list"), ("clerk", "inbox"), ("clerk", "book"), ("clerk", "tracking"),
        ("clerk", "reserve"), ("secretary", "list"), ("secretary", "book"), ("chief", "tracking"),
        ("head", "inbox"), ("reader", "list"), ("secrecy_officer", "quarantine"), ("stranger", "inbox"),
    ],
)  # fmt: skip
def test_every_list_opens_for_those_it_is_for(world, signed_in, who, name):
    factories.completed(world)
    _page(signed_in(who), _url(name))


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("stranger", "book"),
        ("specialist", "intake"),
        ("clerk", "quarantine"),
        ("secretary", "intake"),
        ("reader", "reserve"),
    ],
)
def test_lists_for_others_look_as_if_they_were_not_there(world, signed_in, who, name):
    assert signed_in(who).get(_url(name)).status_code == 404


def test_the_inbox_shows_what_was_directed_and_nothing_else(world, signed_in):
    factories.directed(world)
    factories.presented(world, title="Văn bản chưa bút phê", number="1-CV/TU")
    page = _page(signed_in("head"), _url("inbox"))
    assert "Kế hoạch chuyển đổi số" in page
    assert "Văn bản chưa bút phê" not in page
    assert "is-unread" in page


def test_looking_at_the_page_is_what_opens_a_document(world, signed_in):
    document = factories.directed(world)
    url = _url("detail", document.pk)
    _page(signed_in("clerk"), url)
    assert _stored(world, document).state == "directed"
    _page(signed_in("head"), url)
    assert _stored(world, document).state == "in_progress"
    assert "Phạm Mẫu Trưởng mở" in _page(signed_in("secretary"), url)


@pytest.mark.parametrize("who", ["clerk", "chief", "secretary", "head", "specialist", "reader", "secrecy_officer"])
def test_every_link_of_the_menu_leads_to_a_page(world, signed_in, who):
    client = signed_in(who)
    links = set(re.findall(r'href="(/van-ban-den/[^"?]*)"', _page(client, _url("inbox"))))
    assert links
    for link in links:
        _page(client, link)


def test_without_script_a_drop_answers_with_a_page(world, signed_in):
    response = signed_in("clerk").post(_url("upload"), {"files": [SimpleUploadedFile("a.txt", b"Xin")]}, follow=True)
    assert response.redirect_chain[-1][0] == _url("intake")
    assert "a.txt" in response.content.decode()


# Registering


def test_a_clerk_registers_and_the_next_waiting_document_opens(world, signed_in):
    first, second = factories.received(world), factories.received(world)
    client = signed_in("clerk")
    response = client.post(_url("register", first.pk), ENTRY)
    assert response.headers["Location"] == _url("register", second.pk)
    stored = _stored(world, first)
    assert (stored.arrival_number, stored.doc_type, stored.state) == (1, "plan", "registered")
    response = client.post(_url("register", second.pk), ENTRY | {"number": "17-KH/TU", "stop": "1"})
    assert response.headers["Location"] == _url("detail", second.pk)


@pytest.mark.parametrize(
    ("typed", "symbol", "kind"),
    [
        ("cv", "1-CV/TU", "letter"),
        ("", "2-TB/TU", "notice"),
        ("Quy định", "3-QĐ/TU", "regulation"),
        ("bao cao", "", "report"),
    ],
)
def test_the_type_is_typed_short_by_name_or_left_to_the_symbol(world, signed_in, typed, symbol, kind):
    document = factories.received(world)
    signed_in("clerk").post(_url("register", document.pk), ENTRY | {"doc_type": typed, "number": symbol})
    assert _stored(world, document).doc_type == kind


def test_an_abbreviation_with_two_meanings_is_asked_back(world, signed_in):
    document = factories.received(world)
    response = signed_in("clerk").post(_url("register", document.pk), ENTRY | {"doc_type": "QĐ"})
    assert response.status_code == 422
    assert "Quyết định hay Quy định" in response.content.decode()


def test_a_wrong_date_is_explained_and_nothing_typed_is_lost(world, signed_in):
    document = factories.received(world)
    response = signed_in("clerk").post(_url("register", document.pk), ENTRY | {"issued_on": "31/2/2026"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "không phải là ngày hợp lệ" in page
    assert "Tỉnh ủy Mẫu" in page
    assert _stored(world, document).arrival_number is None


def test_a_duplicate_is_shown_and_registered_only_when_the_clerk_insists(world, signed_in):
    factories.registered(world)
    again = factories.received(world)
    client = signed_in("clerk")
    response = client.post(_url("register", again.pk), ENTRY)
    assert response.status_code == 422
    assert "Có thể trùng với văn bản đã có" in response.content.decode()
    client.post(_url("register", again.pk), ENTRY | {"is_another": "on"})
    assert _stored(world, again).arrival_number == 2


def test_timed_express_needs_and_keeps_its_hour(world, signed_in):
    document = factories.received(world)
    client = signed_in("clerk")
    response = client.post(_url("register", document.pk), ENTRY | {"urgency": "4"})
    assert "ngày, giờ hẹn" in response.content.decode()
    client.post(_url("register", document.pk), ENTRY | {"urgency": "4", "deliver_by": "24/11/2026 14h30"})
    assert _stored(world, document).deliver_by == NOW + timedelta(days=1, hours=6, minutes=30)


def test_corrections_ask_why(world, signed_in):
    document = factories.registered(world)
    client = signed_in("clerk")
    changed = ENTRY | {"title": "Kế hoạch khác"}
    assert client.post(_url("correct", document.pk), changed).status_code == 422
    client.post(_url("correct", document.pk), changed | {"reason": "Gõ sai."})
    assert _stored(world, document).title == "Kế hoạch khác"
    assert "Gõ sai." in _page(client, _url("detail", document.pk))


def test_a_number_is_kept_for_a_classified_paper_and_stands_in_the_book(world, signed_in):
    client = signed_in("clerk")
    client.post(_url("reserve"))
    assert "Quản lý ngoài hệ thống" in _page(client, _url("book"))
    with by(world.clerk):
        assert Number.objects.get(series="arrivals").record_id is None


# Directing on a phone


def test_a_leader_writes_a_direction(world, signed_in):
    document = factories.presented(world)
    client = signed_in("secretary")
    page = _page(client, _url("direct", document.pk))
    assert "Phòng Tổng hợp" in page
    units = world.organizations
    answer = {
        "text": "Giao tham mưu.", "lead": f"u{units['TH']}", "support": [f"u{units['CDS']}", f"p{world.specialist}"],
        "inform": [f"u{units['BTC']}"], "due_on": "4/12/2026",
    }  # fmt: skip
    response = client.post(_url("direct", document.pk), answer)
    assert response.headers["Location"] == _url("detail", document.pk)
    stored = _stored(world, document)
    assert (stored.state, stored.unit_id, stored.due_on) == ("directed", units["TH"], factories.DUE)
    assert len(stored.live_handlings) == 4


def test_a_direction_without_a_lead_says_so_and_keeps_the_words(world, signed_in):
    document = factories.presented(world)
    response = signed_in("secretary").post(_url("direct", document.pk), {"text": "Nghiên cứu kỹ."})
    page = response.content.decode()
    assert response.status_code == 422
    assert "đúng một" in page
    assert "Nghiên cứu kỹ." in page


def test_a_receiver_that_was_not_offered_is_refused(world, signed_in):
    document = factories.presented(world)
    answer = {"text": "x", "lead": f"p{world.stranger}"}
    assert signed_in("secretary").post(_url("direct", document.pk), answer).status_code == 422


def test_quick_deadlines_are_working_days(world):
    with by(world.clerk):
        assert dict(quick_deadlines(NOW.date()))[1].isoformat() == "2026-11-25"  # 24/11 is off


@pytest.mark.parametrize(
    ("state", "who", "key", "facts", "then"),
    [
        ("received", "clerk", "withdraw", {"note": "Tải nhầm."}, "withdrawn"),
        ("received", "clerk", "return_to_sender", {"note": "Sai nơi nhận."}, "returned_to_sender"),
        ("registered", "clerk", "present", {"note": "Đề nghị giao Phòng Tổng hợp."}, "presented"),
        ("presented", "secretary", "conclude", {"note": "Đã xem, lưu."}, "completed"),
        ("in_progress", "head", "complete", {"note": "Đã tham mưu xong.", "reply_symbol": "77-CV/TU"}, "completed"),
        ("completed", "secretary", "reopen", {"note": "Chưa đủ."}, "in_progress"),
        ("in_progress", "chief", "recall", {"note": "Nơi gửi thu hồi."}, "recalled"),
    ],
)
def test_each_act_of_a_document_is_done_from_its_page(  # noqa: PLR0917 - one column of the table each
    world, signed_in, state, who, key, facts, then
):
    document = IN_STATE[state](world)
    client = signed_in(who)
    url = _url("act", document.pk, key)
    assert url in _page(client, _url("detail", document.pk))
    _page(client, url)
    assert client.post(url, facts).status_code == 302
    assert _stored(world, document).state == then


def test_an_act_without_its_reason_asks_again(world, signed_in):
    document = factories.received(world)
    assert signed_in("clerk").post(_url("act", document.pk, "withdraw"), {"note": " "}).status_code == 422
    assert _stored(world, document).state == "received"


def test_somebody_elses_act_is_refused_in_words(world, signed_in):
    document = factories.in_progress(world)
    response = signed_in("agency_leader").post(_url("act", document.pk, "complete"), {"note": "Xong rồi."})
    assert response.status_code == 422
    assert "không có quyền" in response.content.decode()


def test_an_act_nobody_knows_is_not_there(world, signed_in):
    document = factories.received(world)
    assert signed_in("clerk").get(_url("act", document.pk, "open")).status_code == 404


def test_lines_are_passed_on_reported_returned_and_taken_back_from_the_page(world, signed_in):
    document = factories.in_progress(world)
    with by(world.head):
        lead = line_of(document, "lead")
    head = signed_in("head")
    _page(head, _url("pass_on", lead.pk))
    head.post(_url("pass_on", lead.pk), {"lead": f"p{world.specialist}", "text": "Giúp tôi."})
    with by(world.head):
        inside = Handling.objects.get(document=document, parent=lead)
    specialist = signed_in("specialist")
    assert "Giúp tôi." in _page(specialist, _url("detail", document.pk))
    specialist.post(_url("line_act", inside.pk, "report"), {"note": "Đã dự thảo."})
    head.post(_url("line_act", lead.pk, "ask_return"), {"note": "Không thuộc phòng."})
    assert _stored(world, document).state == "return_asked"
    secretary = signed_in("secretary")
    assert "Không thuộc phòng." in _page(secretary, _url("detail", document.pk))
    response = secretary.post(_url("line_act", lead.pk, "accept_return"), {})
    assert response.status_code == 302
    assert _stored(world, document).state == "presented"


def test_giving_a_document_away_leads_to_the_inbox(world, signed_in):
    document = factories.in_progress(world)
    with by(world.other_head):
        line = line_of(document, "support")
    signed_in("other_head").post(_url("line_act", line.pk, "ask_return"), {"note": "Không liên quan."})
    signed_in("secretary").post(_url("line_act", line.pk, "accept_return"), {})
    assert signed_in("other_head").get(_url("detail", document.pk)).status_code == 404


def test_a_comment_is_written_by_who_sees_the_document(world, signed_in):
    document = factories.in_progress(world)
    signed_in("head").post(_url("comment", document.pk), {"text": "Cần thêm số liệu."})
    assert "Cần thêm số liệu." in _page(signed_in("clerk"), _url("detail", document.pk))
    assert signed_in("stranger").post(_url("comment", document.pk), {"text": "x"}).status_code == 404


# Paper and Excel


def test_the_slip_prints_what_was_directed(world, signed_in):
    page = _page(signed_in("clerk"), _url("slip", factories.completed(world).pk))
    for words in ("Phiếu xử lý văn bản đến", "ĐẢNG CỘNG SẢN VIỆT NAM", "Giao Phòng Tổng hợp chủ trì", "77-CV/TU"):
        assert words in page


def test_the_book_has_the_official_columns_on_paper_and_in_excel(world, signed_in):
    factories.in_progress(world)
    client = signed_in("clerk")
    client.post(_url("reserve"))
    heads = [
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày văn bản", "Tên loại và trích yếu",
        "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ]  # fmt: skip
    page = _page(client, _url("book") + "?format=print")
    positions = [page.index(f">{head}</th>") for head in heads]
    assert positions == sorted(positions)
    assert "Quản lý ngoài hệ thống" in page
    assert "Phạm Mẫu Trưởng, 23/11/2026" in page
    response = client.get(_url("book") + "?format=xlsx")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    sheet = load_workbook(BytesIO(content)).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert heads in rows


def test_the_tracking_book_names_replies_and_lateness(world, signed_in):
    document = factories.in_progress(world, due_on=NOW.date())
    url = _url("tracking") + "?format=print"
    assert "quá hạn" not in _page(signed_in("clerk"), url)
    import time_machine

    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        signed_in("head").post(_url("act", document.pk, "complete"), {"note": "Xong.", "reply_symbol": "88-CV/TU"})
        page = _page(signed_in("clerk"), url)
    assert "Hoàn thành quá hạn" in page
    assert "88-CV/TU" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=16-kh/tu", True), ("q=1", True), ("q=chuyển đổi", True), ("q=tinh uy", True), ("q=99-CV/TU", False),
     ("state=completed", False), ("urgency=3", False), ("arrived_from=23/11/2026", True), ("doc_type=plan", True)],
)  # fmt: skip
def test_the_list_is_narrowed_by_symbol_number_words_and_choices(world, signed_in, query, found):
    factories.registered(world)
    assert ("trong các cơ quan đảng" in _page(signed_in("clerk"), _url("list") + "?" + query)) is found


def test_a_document_of_another_office_is_not_in_the_office_list_but_in_the_inbox(world, signed_in):
    factories.directed(world)
    assert "trong các cơ quan đảng" not in _page(signed_in("agency_clerk"), _url("list"))
    assert "trong các cơ quan đảng" in _page(signed_in("agency_clerk"), _url("inbox"))


def test_a_document_from_another_system_shows_its_origin_and_its_text_and_has_a_list_of_its_own(world, signed_in):
    document = factories.migrated(world, text="Toàn văn <b>cũ</b>.")
    page = _page(signed_in("clerk"), _url("detail", document.pk))
    assert "Mã ở hệ thống cũ" in page
    assert "cu-1" in page
    assert "Toàn văn &lt;b&gt;cũ&lt;/b&gt;." in page
    assert "Rút bản ghi chuyển nhầm" in page
    assert "Kế hoạch chuyển đổi số" in _page(signed_in("clerk"), _url("list") + "?scope=migrated")
    for scope in ("all", "closed"):
        assert "Kế hoạch chuyển đổi số" not in _page(signed_in("clerk"), _url("list") + f"?scope={scope}")
    assert signed_in("stranger").get(_url("detail", document.pk)).status_code == 404
