"""The auditors' pages: who comes in, what they find, what they take away, how few questions a page asks."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congso.apps.security.jobs import close_day, deliver, forward, verify_nightly
from congso.apps.security.queries import page_of
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import run_job
from congso.kernel.journal.models import Checkpoint, Delivery, Entry, Verification
from congso.kernel.journal.services import seal_journal, write_entry
from congso.kernel.journal.tests.factories import KEEPER, checked, close_book, verdict

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = ("/an-toan/", "/an-toan/in/", "/an-toan/bien-ban/", "/an-toan/kiem-tra/")
API = "/api/v1/security"


def wrote(person: int, act: str, *, organization: int = 0, record: int | None = None, days_ago: float = 0) -> int:
    """One line, written that long ago."""
    with acting_as(Actor.person(person)):
        write_entry(
            act=act, actor=f"person:{person}", actor_label="Người thử", at=timezone.now() - timedelta(days=days_ago),
            organization_id=organization, record_id=record, facts={"ghi": "<b>chú</b>"},
        )  # fmt: skip
        return Entry.objects.latest("id").pk


def shown(client: Any, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def test_only_auditors_come_in(signed_in: Any, world: World, client: Any) -> None:
    line = wrote(world.clerk, "thử.ghi")
    close_book()
    addresses = [*ADDRESSES, f"/an-toan/dong/{line}/", f"/an-toan/dong/{line}/chung-minh.json", "/an-toan/bien-ban/1/",
                 "/an-toan/bien-ban/1.json", "/an-toan/bien-ban/1.svg"]  # fmt: skip
    auditor = signed_in("auditor")
    for address in addresses:
        assert auditor.get(address).status_code == 200, address
        assert client.get(address).status_code == 302
        for who in ("clerk", "administrator", "reader"):
            assert signed_in(who).get(address).status_code == 403, (who, address)
    assert signed_in("reader").post("/an-toan/bien-ban/chot/").status_code == 403
    assert signed_in("reader").post("/an-toan/kiem-tra/bat-dau/").status_code == 403
    assert "Nhật ký" in shown(auditor, "/")
    assert "/an-toan/" not in shown(signed_in("clerk"), "/")


def test_lines_are_found_by_day_organization_person_act_and_record(signed_in: Any, world: World) -> None:
    office = world.organizations["VPTU"]
    wrote(world.clerk, "thử.a", organization=office, record=77)
    wrote(world.head, "thử.b", organization=world.organizations["TH"])
    wrote(world.clerk, "thử.c", days_ago=3)
    client = signed_in("auditor")
    day = f"{timezone.localdate() - timedelta(days=3):%d/%m/%Y}"
    for question, acts in {
        "": {"a", "b", "c"}, f"tu={day}&den={day}": {"c"}, "to-chuc=T.VPTU": {"a"}, "to-chuc=he thong": {"c"},
        f"nguoi=%23{world.head} x": {"b"}, "nguoi=nguyen vi du": {"a", "c"}, "viec=thử.b": {"b"}, "ho-so=77": {"a"},
        "nguoi=nguyen vi du&to-chuc=T.VPTU": {"a"},
    }.items():  # fmt: skip
        page = shown(client, f"/an-toan/?{question}")
        rows = page.split('<div id="rows">')[1]
        assert {one for one in "abc" if f"thử.{one}<" in rows} == acts, question
    assert "là cơ quan nào?" in shown(client, "/an-toan/?to-chuc=van phong")
    assert "Không thấy người “qqqq”" in shown(client, "/an-toan/?nguoi=qqqq")
    assert "Không có dòng nào khớp" in shown(client, "/an-toan/?ho-so=999999999999999999")
    assert "thử.b" in shown(client, f"/an-toan/in/?nguoi=%23{world.head}")
    for hostile in ("tu=99/99/9999", "ho-so=%00", "truoc=9-9-9", "truoc=99999999999999999-1", "nguoi=%00%27", "sau=x",
                    "to-chuc=%23999999999999999999"):  # fmt: skip
        assert client.get(f"/an-toan/?{hostile}").status_code == 200, hostile


def test_pages_follow_each_other_without_gap_or_repetition(world: World) -> None:
    moment = timezone.now()
    with acting_as(Actor.person(world.auditor)):
        for _ in range(25):  # many at the very same moment
            write_entry(act="thử", actor=f"person:{world.auditor}", actor_label="", at=moment)
        found = Entry.objects.filter(act="thử")
        pages, older = [], ""
        while not pages or older:
            page = page_of(found, older_than=older, size=7)
            older = page.older
            pages.append(page)
        seen = [one.pk for page in pages for one in page.entries]
        assert seen == sorted(seen, reverse=True)
        assert len(seen) == 25
        back = page_of(found, newer_than=pages[2].newer, size=7)
        assert [one.pk for one in back.entries] == [one.pk for one in pages[1].entries]
        assert (page_of(found, newer_than=pages[1].newer, size=7).newer, bool(back.newer)) == ("", True)


def test_a_line_is_proved_after_the_book_is_closed(signed_in: Any, world: World, tmp_path: Any) -> None:
    line = wrote(world.clerk, "incoming_document.register", organization=world.organizations["VPTU"], record=5)
    client = signed_in("auditor")
    assert "vài giây" in shown(client, f"/an-toan/dong/{line}/")
    seal_journal()
    page = shown(client, f"/an-toan/dong/{line}/")
    assert "chờ lần chốt sổ sắp tới" in page
    assert "Vào sổ" in page
    assert "&lt;b&gt;chú&lt;/b&gt;" in page
    assert client.get(f"/an-toan/dong/{line}/chung-minh.json").status_code == 302
    assert client.get(f"{API}/entries/{line}/proof").status_code == 409
    made = client.post("/an-toan/bien-ban/chot/", follow=True).content.decode()
    assert "Đã chốt sổ: biên bản số 1" in made
    file = tmp_path / "chung-minh.json"
    file.write_bytes(client.get(f"/an-toan/dong/{line}/chung-minh.json").content)
    assert checked(file)[0] == 0
    file.write_text(json.dumps(client.get(f"{API}/entries/{line}/proof").json()), encoding="utf-8")
    assert checked(file)[0] == 0
    assert client.get("/an-toan/dong/999999999999999999999/").status_code == 404


def test_a_checkpoint_is_printed_and_taken_away(signed_in: Any, world: World, tmp_path: Any) -> None:
    client = signed_in("auditor")
    assert "Chưa chốt sổ lần nào" in shown(client, "/an-toan/bien-ban/")
    wrote(world.clerk, "thử", organization=world.organizations["VPTU"])
    close_book()
    page = shown(client, "/an-toan/bien-ban/1/")
    for words in ("1-BB/NK", "ĐẢNG CỘNG SẢN VIỆT NAM", "TỈNH ỦY THỬ NGHIỆM", "Văn phòng Tỉnh ủy Thử Nghiệm"):
        assert words in page
    file = tmp_path / "chot.json"
    file.write_bytes(client.get("/an-toan/bien-ban/1.json").content)
    code, told = checked(file)
    assert (code, "Biên bản số 1 đúng chữ ký" in told) == (0, True), told
    assert client.get("/an-toan/bien-ban/1.svg").content.startswith(b"<?xml")
    assert client.get("/an-toan/bien-ban/2/").status_code == 404
    assert "Biên bản số 1" in shown(client, "/an-toan/bien-ban/?truoc=2")


def test_the_book_is_read_and_the_first_fault_shown(signed_in: Any, world: World, as_owner: Any) -> None:
    client = signed_in("auditor")
    assert "Chưa kiểm tra lần nào" in shown(client, "/an-toan/kiem-tra/")
    wrote(world.clerk, "thử", organization=3)
    close_book()
    assert "Đang đọc cả sổ" in client.post("/an-toan/kiem-tra/bat-dau/", follow=True).content.decode()
    auditor = Actor.person(world.auditor)
    with acting_as(auditor):
        queued = Job.objects.get(task="security.verify")
    assert client.post(f"{API}/verifications").json() == {"job": queued.pk}  # the one that waits, not another
    run_job(queued.pk, auditor)
    assert "Sổ toàn vẹn." in shown(client, "/an-toan/kiem-tra/")
    as_owner.execute("UPDATE journal_entry SET act = 'khác' WHERE organization_id = 3")
    verify_nightly(0)
    assert "chuỗi 3, dòng 1: nội dung đã bị sửa" in shown(client, "/an-toan/kiem-tra/")
    assert client.get(f"{API}/verifications").json()[0]["faults"] == ["chuỗi 3, dòng 1: nội dung đã bị sửa"]


def test_every_day_has_its_checkpoint_and_a_cut_book_none(world: World, clock: Any, as_owner: Any) -> None:
    def numbers() -> list[int]:
        with acting_as(KEEPER):
            return list(Checkpoint.objects.order_by("number").values_list("number", flat=True))

    wrote(world.clerk, "thử", organization=1)
    close_day(0)
    close_day(0)
    assert numbers() == [1]
    clock.shift(timedelta(days=1))
    close_day(0)
    assert numbers() == [1, 2]
    as_owner.execute("DELETE FROM journal_seal WHERE organization_id = 1")
    clock.shift(timedelta(days=1))
    close_day(0)
    assert numbers() == [1, 2]
    with acting_as(KEEPER):
        assert "thiếu dòng" in Verification.objects.latest("id").faults[0]


def test_copies_are_carried_until_they_arrive(
    signed_in: Any, world: World, settings: Any, tmp_path: Any, mailoutbox: Any
) -> None:
    close_book()
    settings.CHECKPOINT_FOLDER = tmp_path / "xa"
    settings.CHECKPOINT_MAIL_TO = ["luu.giu@vi-du.vn"]
    deliver(0)
    client = signed_in("auditor")
    page = shown(client, "/an-toan/kiem-tra/")
    assert "số 1: 1 lần chưa được" in page
    assert "FileNotFoundError" in page
    assert [message.subject for message in mailoutbox] == ["Biên bản chốt sổ nhật ký số 1"]
    (tmp_path / "xa").mkdir()
    close_book()
    deliver(0)
    deliver(0)
    assert len(mailoutbox) == 2
    kept = sorted((tmp_path / "xa").iterdir())
    assert [path.name[:15] for path in kept] == ["chot-so-000001-", "chot-so-000002-"]
    assert all(checked(path)[0] == 0 for path in kept)
    assert "đã có số 2" in shown(client, "/an-toan/kiem-tra/")
    with acting_as(KEEPER):
        assert Delivery.objects.filter(is_done=True).count() == 4


def test_the_siem_s_standing_is_shown(signed_in: Any, world: World, settings: Any) -> None:
    wrote(world.clerk, "thử")
    seal_journal()
    settings.SIEM_ADDRESS = "tcp://127.0.0.1:1"  # nobody listens there
    forward(0)
    page = shown(signed_in("auditor"), "/an-toan/kiem-tra/")
    assert "Không gửi được từ" in page
    assert "ConnectionRefusedError" in page


def test_programs_read_the_same(signed_in: Any, world: World) -> None:
    line = wrote(world.clerk, "thử.a", record=9)
    client = signed_in("auditor")
    assert client.post(f"{API}/checkpoints").json()["number"] == 1
    assert client.get(f"{API}/entries?record_id=9").json()["items"][0]["id"] == line
    assert client.get(f"{API}/entries/{line}").json()["act"] == "thử.a"
    assert [one["number"] for one in client.get(f"{API}/checkpoints").json()] == [1]
    assert client.get(f"{API}/checkpoints/1").json()["digest"]
    assert len(client.get(f"{API}/keys").json()) == 1
    assert verdict().faults == ()
    first = client.get(f"{API}/entries?limit=1").json()
    assert client.get(f"{API}/entries?limit=1&older_than={first['older']}").json()["items"] != first["items"]
    for who in ("clerk", "administrator"):
        stranger = signed_in(who)
        for address in ("entries", f"entries/{line}", f"entries/{line}/proof", "checkpoints", "checkpoints/1", "keys"):
            assert stranger.get(f"{API}/{address}").status_code == 403, address
        assert stranger.post(f"{API}/checkpoints").status_code == 403
        assert stranger.post(f"{API}/verifications").status_code == 403
    assert client.get(f"{API}/entries/{10**30}").status_code in {404, 422}


def test_every_page_asks_few_questions(signed_in: Any, world: World) -> None:
    """Counted beyond what the shell around every page asks."""
    for number in range(60):
        line = wrote(world.clerk, f"thử.{number}", organization=number % 8)
    close_book()
    client = signed_in("auditor")
    shell = _questions(client, "/thong-bao/") - 1
    for address, most in {
        "/an-toan/": 3, "/an-toan/?nguoi=nguyen&to-chuc=van": 7, "/an-toan/in/": 2, f"/an-toan/dong/{line}/": 6,
        "/an-toan/bien-ban/": 2, "/an-toan/bien-ban/1/": 3, "/an-toan/kiem-tra/": 4,
    }.items():  # fmt: skip
        assert _questions(client, address) <= shell + most, address


def _questions(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        shown(client, address)
    return len(asked)
