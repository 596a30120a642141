"""The screens over HTTP: filling, sending, returning, adding up, designing; refusals in words; few queries."""

import io
from datetime import date

import pytest

from congso.apps.reports import services
from congso.apps.reports.models import Form, FormVersion, Report
from congso.apps.reports.queries import report_of
from congso.apps.reports.tests.factories import (
    FILLED,
    as_one,
    bring,
    changed,
    do,
    fill,
    make_form,
    make_report,
    open_due,
    submitted,
)
from congso.kernel.indicators.models import Observation

pytestmark = pytest.mark.django_db


def page(response) -> str:
    return response.content.decode()


def posted(**cells: str) -> dict[str, str]:
    named = {f"o-{key.replace('__', '.')}": text for key, text in cells.items()}
    return named | {f"s-{name.removeprefix('o-')}": "0" for name in named}


def test_a_report_is_filled_and_sent_on_one_page(world, clock, signed_in):
    report = make_report(world)
    client = signed_in("commune_clerk")
    shown = page(client.get(f"/bao-cao/{report.pk}/nhap/"))
    assert "Văn bản đến" in shown
    assert "form-rules" in shown
    refused = client.post(f"/bao-cao/{report.pk}/nhap/", posted(ct__den="1,234", ct__han="5") | {"send": "1"})
    assert refused.status_code == 422
    assert "có thể hiểu hai cách" in page(refused)
    assert "Còn 2 ô cần sửa" in page(refused)
    good = {f"o-{key}": text for key, text in FILLED.items()}
    with as_one(world, "commune_clerk"):
        seen = services.filling.standing_entries(report_of(report.pk))
    sent = client.post(
        f"/bao-cao/{report.pk}/nhap/", good | {f"s-{key}": one.pk for key, one in seen.items()} | {"send": "1"}
    )
    assert sent.status_code == 302
    assert sent.url == f"/bao-cao/{report.pk}/"
    assert "Chờ duyệt" in page(client.get(sent.url))
    # Who comes back to the page of filling is told where the report is now.
    assert client.get(f"/bao-cao/{report.pk}/nhap/").url == f"/bao-cao/{report.pk}/"


def test_the_receiver_returns_with_remarks_the_unit_sees_them_and_the_history(world, clock, signed_in):
    report = submitted(world, make_report(world))
    tracker = signed_in("tracker")
    asked = page(tracker.get(f"/bao-cao/{report.pk}/return/"))
    assert "nx-ct.den" in asked
    empty = tracker.post(f"/bao-cao/{report.pk}/return/", {"note": ""})
    assert empty.status_code == 422
    done = tracker.post(f"/bao-cao/{report.pk}/return/", {"note": "Xem lại số", "nx-ct.den": "Cao bất thường"})
    assert done.status_code == 302
    assert "Cao bất thường" in page(signed_in("commune_clerk").get(f"/bao-cao/{report.pk}/nhap/"))
    history = page(tracker.get(f"/bao-cao/{report.pk}/o/ct.den/"))
    assert "Mai Thử Sổ, Văn thư" in history
    assert "thang.ct.den" in history
    assert tracker.get(f"/bao-cao/{report.pk}/o/no.such/").status_code == 404


def test_a_period_is_added_up_opened_exported_and_locked(world, clock, signed_in, django_assert_max_num_queries):
    report = submitted(world, make_report(world))
    do(world, "tracker", services.approve_report, report)
    client, address = signed_in("chief"), "/bao-cao/tong-hop/thang/2026-M11/"
    client.get(address)
    with django_assert_max_num_queries(45):
        shown = page(client.get(address))
    assert "1/2" in shown
    with as_one(world, "chief"):
        indicator = Observation.objects.get(indicator__code="thang.ct.den").indicator_id
    opened = page(client.get(f"{address}so/{indicator}/"))
    assert "Đảng ủy xã Mẫu" in opened
    assert "Mai Thử Sổ" in opened
    assert client.get(f"{address}so/999999/").status_code == 404
    assert client.get(f"{address}word/").content[:2] == b"PK"
    assert client.get(f"{address}excel/").content[:2] == b"PK"
    assert client.get(f"/bao-cao/{report.pk}/word/").content[:2] == b"PK"
    assert client.post(f"{address}khoa/").status_code == 302
    with as_one(world, "chief"):
        assert report_of(report.pk).state == "locked"
    assert "thang" in page(client.get("/bao-cao/tong-hop/"))
    for bad in ("2026-Q4", "x", "2026-M13"):
        assert client.get(f"/bao-cao/tong-hop/thang/{bad}/").status_code == 404
    assert signed_in("agency_leader").get(address).status_code == 404


def test_a_file_is_brought_seen_and_taken_and_a_wrong_one_is_told(world, clock, signed_in):
    report = make_report(world)
    client = signed_in("commune_clerk")
    away = client.get(f"/bao-cao/{report.pk}/excel/").content
    file = io.BytesIO(changed(away, ct__den=77))
    file.name = "đã điền.xlsx"
    brought = client.post(f"/bao-cao/{report.pk}/dua-len/", {"file": file})
    seen = page(client.get(brought.url))
    assert "77" in seen
    client.post(brought.url)
    assert 'value="77"' in page(client.get(f"/bao-cao/{report.pk}/nhap/"))
    wrong = io.BytesIO(b"not excel")
    wrong.name = "x.xlsx"
    told = client.post(f"/bao-cao/{report.pk}/dua-len/", {"file": wrong}, follow=True)
    assert "không đọc được như một tệp Excel" in page(told)
    assert "Hãy chọn tệp" in page(client.post(f"/bao-cao/{report.pk}/dua-len/", {}, follow=True))
    assert signed_in("commune_leader").get(brought.url).status_code == 404


def test_a_conflict_is_shown_and_settled_by_pressing(world, clock, signed_in):
    report = make_report(world)
    fill(world, report, "commune_leader", ct__den="11")
    client = signed_in("commune_clerk")
    told = page(client.post(f"/bao-cao/{report.pk}/nhap/", posted(ct__den="12"), follow=True))
    assert "Cả hai số được giữ" in told
    with as_one(world, "commune_clerk"):
        waiting = report_of(report.pk).entries.get(is_contested=True)
    client.post(f"/bao-cao/{report.pk}/chon-so/", {"key": "ct.den", "entry": waiting.pk})
    assert 'value="12"' in page(client.get(f"/bao-cao/{report.pk}/nhap/"))
    assert "Không còn lần ghi" in page(
        client.post(f"/bao-cao/{report.pk}/chon-so/", {"key": "ct.den", "entry": "x"}, follow=True)
    )


def test_a_form_is_drawn_line_by_line_published_and_given_units(world, clock, signed_in):
    client = signed_in("chief")
    made = client.post(
        "/bao-cao/mau/moi/",
        {
            "title": "Báo cáo hội nghị", "code": "hoi-nghi", "owner": world.organizations["VPTU"], "frequency": "M",
            "closes_on": "14", "due_working_days": "2", "starts_on": "01/11/2026", "note": "",
        },
    )  # fmt: skip
    assert made.url == "/bao-cao/mau/hoi-nghi/"
    client.post(
        made.url, {"do": "save", "revision": "1", "s0-kind": "figures", "s0-title": "Số hội nghị", "s0-key": ""}
    )
    told = page(client.get(made.url))
    assert "chưa có chỉ tiêu" in told
    line = {
        "do": "save", "revision": "2", "s0-kind": "figures", "s0-title": "Số hội nghị", "s0-key": "so_hoi_nghi",
        "s0r0-title": "Trực tuyến", "s0r0-key": "", "s0r0-unit": "cuộc", "s0r0-decimals": "0", "s0r0-least": "0",
        "s0r0-most": "", "s0r0-roll_up": "sum", "s0r1-title": "",
        "s1-kind": "text", "s1-title": "Khó khăn", "s1-key": "",
    }  # fmt: skip
    client.post(made.url, line)
    stale = client.post(made.url, line)
    assert stale.status_code == 409
    assert "Người khác vừa sửa" in page(stale)
    with as_one(world, "chief"):
        draft = FormVersion.objects.get(form__code="hoi-nghi")
        assert draft.schema["sections"][0]["figures"][0]["key"] == "truc_tuyen"
    assert client.post(f"{made.url}ban-hanh/").status_code == 302
    client.post(f"{made.url}don-vi/", {"unit": [world.organizations["XA"], "x", 999999]})
    with as_one(world, "chief"):
        form = Form.objects.get(code="hoi-nghi")
        assert form.units.count() == 1
        assert form.scope_id == world.organizations["TU"]
    assert open_due() == 1
    with as_one(world, "commune_clerk"):
        assert Report.objects.get().due_on == date(2026, 11, 17)
    assert signed_in("agency_leader").get(made.url).status_code == 404
    assert client.post(f"{made.url}ban-hanh/").status_code == 422
    assert "Báo cáo hội nghị" in page(client.get("/bao-cao/mau/"))


def test_units_report_to_one_of_the_list_that_gathers_for_them(world, clock, signed_in):
    form, client, ids = make_form(world), signed_in("chief"), world.organizations
    address = "/bao-cao/mau/thang/don-vi/"
    shown = page(client.get(address))
    assert f'name="to-{ids["XA"]}"' in shown
    told = {"unit": [ids["XA"], ids["BTC"]], f"to-{ids['BTC']}": "Đảng ủy xã Mẫu"}
    assert client.post(address, told).status_code == 302
    with as_one(world, "chief"):
        active = dict(form.units.filter(until=None).values_list("organization_id", "reports_to_id"))
    assert active == {ids["XA"]: ids["VPTU"], ids["BTC"]: ids["XA"]}
    for wrong, words in (
        ({f"to-{ids['BTC']}": "Không có"}, "Không có nơi nhận"),
        ({f"to-{ids['BTC']}": "Đảng ủy xã Mẫu", f"to-{ids['XA']}": "Ban Tổ chức Tỉnh ủy Thử Nghiệm"}, "vòng quanh"),
        ({f"to-{ids['BTC']}": "Ban Tổ chức Tỉnh ủy Thử Nghiệm"}, "vòng quanh"),
    ):  # fmt: skip
        assert words in page(client.post(address, told | wrong)), words
    with as_one(world, "chief"):
        assert dict(form.units.filter(until=None).values_list("organization_id", "reports_to_id")) == active


def test_a_report_and_a_period_become_drafts_in_one_press_for_who_drafts_there(world, clock, signed_in):
    report = submitted(world, make_report(world))
    address = "/bao-cao/tong-hop/thang/2026-M11/"
    tracker, own = signed_in("tracker"), f"/bao-cao/{report.pk}/"
    assert "Lập văn bản đi" in page(tracker.get(address))
    assert "Lập văn bản đi" not in page(tracker.get(own))  # the commune's own office drafts the commune's
    made = tracker.post(f"{address}van-ban/", {"so-do": "30/11/2026"})
    assert made.url.startswith("/van-ban-di/")
    shown = page(tracker.get(f"{made.url}sua/"))
    assert "| Văn bản đến | văn bản | 120 |" in shown
    assert "NGUỒN SỐ LIỆU" in shown
    assert "thang.ct.den" in shown
    assert "Văn bản đã lập từ kỳ này" in page(tracker.get(address))
    assert "Văn bản đã lập từ kỳ này" not in page(signed_in("secretary").get(address))
    commune = signed_in("commune_clerk")
    assert "Lập văn bản đi" in page(commune.get(own))
    drafted = commune.post(f"{own}van-ban/")
    assert drafted.url.startswith("/van-ban-di/")
    assert report.title in page(commune.get(drafted.url))  # tied to what it was made of
    refused = page(signed_in("chief").post(f"{own}van-ban/", follow=True))
    assert "không ban hành văn bản của Đảng ủy xã Mẫu" in refused
    for who in ("agency_clerk", "stranger"):
        client = signed_in(who)
        assert [client.post(each).status_code for each in (f"{own}van-ban/", f"{address}van-ban/")] == [404, 404]
    assert tracker.get(f"{own}van-ban/").status_code == 405


def test_lists_show_what_is_to_send_and_to_judge(world, clock, signed_in, django_assert_max_num_queries):
    report = make_report(world)
    client = signed_in("commune_clerk")
    client.get("/bao-cao/")
    with django_assert_max_num_queries(30):
        assert "Báo cáo tháng" in page(client.get("/bao-cao/"))
    assert "Báo cáo phải gửi" in page(client.get("/"))
    submitted(world, report)
    assert "Báo cáo tháng" in page(signed_in("tracker").get("/bao-cao/?scope=judge"))
    assert "Không có báo cáo nào" in page(client.get("/bao-cao/"))


def test_pages_ask_a_bounded_number_of_questions(world, clock, signed_in, django_assert_max_num_queries):
    report = make_report(world)
    fill(world, report)
    client = signed_in("commune_clerk")
    for address, most in ((f"/bao-cao/{report.pk}/", 60), (f"/bao-cao/{report.pk}/nhap/", 45)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)


def test_hostile_posts_are_answered_in_words_and_change_nothing(world, clock, signed_in):
    report = make_report(world)
    client = signed_in("commune_clerk")
    odd = {"o-ct.den": "5\x00", "s-ct.den": "9" * 30, "o-" + "x" * 500: "1", "o-no.such": "1"}
    assert client.post(f"/bao-cao/{report.pk}/nhap/", odd).status_code == 302
    assert client.post(f"/bao-cao/{report.pk}/nonsense/").status_code == 404
    assert client.post(f"/bao-cao/{report.pk}/approve/").status_code == 422
    stranger = signed_in("stranger")
    for address in ("", "nhap/", "excel/", "word/", "return/", "o/ct.den/"):
        assert stranger.get(f"/bao-cao/{report.pk}/{address}").status_code == 404
    make_form(world, code="hai")
    assert bring(world, report) is not None
