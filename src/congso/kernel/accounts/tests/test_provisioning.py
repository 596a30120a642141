"""A personnel list: compared, refused when broken, carried out once, and the same again does nothing."""

import resource
import time
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import Feed, FeedRow, User
from congso.kernel.accounts.provisioning import FeedRefused, Summary, carry_out, compare, stage
from congso.kernel.accounts.services import close_account
from congso.kernel.directory.models import Assignment, Person, valid_on
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
HEADS = "Mã nhân sự,Họ và tên,Tên đăng nhập,Mã tổ chức,Chức vụ,Thư điện tử,Mã nhân sự cũ"
CHIEF = "N1,Trần Thử Chánh,chief,T.VPTU,Chánh Văn phòng,,"
CLERK = "N2,Nguyễn Ví Dụ,clerk,T.VPTU,Văn thư,,"
NEW = "N3,Lò Thị Mới,lo.moi,T.TH,Chuyên viên,moi@thu.vn,"


@pytest.fixture(autouse=True)
def _coded(world: World) -> None:
    with acting_as(Actor.person(world.administrator)):
        for person, code in ((world.chief, "N1"), (world.clerk, "N2")):
            Person.objects.filter(pk=person).update(code=code)


def staged(world: World, *lines: str) -> tuple[Feed, Summary]:
    with acting_as(Actor.person(world.administrator)):
        file = BytesIO("\n".join([HEADS, *lines]).encode())
        feed = stage(file, name="ns.csv", on=TODAY, by=world.administrator, at=timezone.now())
        return feed, compare(feed)


def done(world: World, *lines: str, confirmed: bool = False) -> dict[str, int]:
    feed, summary = staged(world, *lines)
    carry_out(feed, by=world.administrator, at=timezone.now(), confirmed=confirmed)
    return summary.acts


def posts_of(code: str, world: World) -> list[str]:
    with acting_as(Actor.person(world.administrator)):
        return [str(one.post) for one in Assignment.objects.filter(valid_on(TODAY), person__code=code)]


def test_who_is_new_gets_post_and_account_and_no_password(world: World) -> None:
    assert done(world, CHIEF, CLERK, NEW) == {"enter": 1, "open": 1, "appoint": 1}
    user = User.objects.get(username="lo.moi")
    assert not user.has_usable_password()
    assert posts_of("N3", world) == ["Chuyên viên"]
    assert done(world, CHIEF, CLERK, NEW) == {}


def test_who_leaves_is_closed_and_who_returns_is_reopened(world: World) -> None:
    assert done(world, CHIEF, confirmed=True) == {"close": 1, "end": 1}
    assert not User.objects.get(username="clerk").is_active
    assert posts_of("N2", world) == []
    told = done(world, CHIEF, CLERK)
    assert told["reopen"] == 1
    assert User.objects.get(username="clerk").is_active


def test_what_was_closed_by_hand_stays_closed(world: World) -> None:
    with acting_as(Actor.person(world.administrator)):
        close_account(User.objects.get(username="clerk"), by=world.administrator, at=timezone.now())
    assert done(world, CHIEF, CLERK) == {}
    assert not User.objects.get(username="clerk").is_active


def test_names_and_codes_change_without_losing_the_person(world: World) -> None:
    renamed = CLERK.replace("N2,", "N9,").replace(",clerk,", ",van.thu,")[:-1] + ",N2"
    assert done(world, CHIEF, renamed) == {"recode": 1, "rename": 1}
    assert User.objects.get(username="van.thu").person_id == world.clerk
    assert posts_of("N9", world) == ["Văn thư"]


def test_one_moves_from_post_to_post(world: World) -> None:
    moved = CLERK.replace("T.VPTU,Văn thư", "T.TH,Chuyên viên")
    assert done(world, CHIEF, moved) == {"appoint": 1, "end": 1}
    assert posts_of("N2", world) == ["Chuyên viên"]


def test_rows_that_cannot_be_are_told_and_the_rest_goes_on(world: World) -> None:
    feed, summary = staged(
        world, CHIEF, CLERK, NEW, "N4,Một", "N5,Hai Người,h@i", "N6,Ba Người,ba.nguoi,T.KHONG,Gì đó",
        "N7,Bốn Người,chief", "N8,Năm Người,nam,T.TH,Không có", "N1,Tên Khác,chief,T.VPTU,Chánh Văn phòng", ",Thiếu Mã",
    )  # fmt: skip
    with acting_as(Actor.person(world.administrator)):
        told = dict(FeedRow.objects.filter(feed=feed).exclude(problem="").values_list("line", "problem"))
    assert set(told) == {5, 6, 7, 8, 9, 10, 11}
    assert "Không có tổ chức" in told[7]
    assert "đã của người khác" in told[8]
    assert "không có chức vụ" in told[9]
    assert "trong danh bạ là Trần Thử Chánh" in told[10]
    assert (summary.problems, summary.acts) == (7, {"enter": 1, "open": 1, "appoint": 1})


def test_a_broken_feed_is_refused_unless_confirmed(world: World) -> None:
    feed, summary = staged(world, NEW)
    assert summary.is_suspicious
    with pytest.raises(FeedRefused, match="đóng 2 trong 2"):
        carry_out(feed, by=world.administrator, at=timezone.now())
    assert User.objects.get(username="clerk").is_active
    carry_out(feed, by=world.administrator, at=timezone.now(), confirmed=True)
    assert not User.objects.get(username="clerk").is_active


def test_an_interrupted_run_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congso.kernel.accounts.provisioning.carrying_out.BATCH", 2)
    feed, _summary = staged(world, CHIEF, CLERK, *(f"X{n},Người Thứ {n},x.{n},T.TH,Chuyên viên,," for n in range(7)))

    class Unplugged(Exception):
        pass

    def stop(count: int) -> None:
        if count >= 4:
            raise Unplugged

    with pytest.raises(Unplugged):
        carry_out(feed, by=world.administrator, at=timezone.now(), say=stop)
    assert User.objects.filter(username__startswith="x.").count() == 4
    assert carry_out(feed, by=world.administrator, at=timezone.now()) == 3
    assert User.objects.filter(username__startswith="x.").count() == 7


def test_nobody_changes_herself_by_a_list_and_only_administrators_have_lists(world: World) -> None:
    with acting_as(Actor.person(world.administrator)):
        Person.objects.filter(pk=world.administrator).update(code="A1")
    feed, summary = staged(world, CHIEF, CLERK, "A1,Tạ Quản Trị,administrator,T.TU,Phó Bí thư Thường trực,,")
    assert (summary.problems, summary.acts) == (1, {})
    for who in ("stranger", "chief"):
        with acting_as(Actor.person(getattr(world, who))):
            assert not FeedRow.objects.exists()
            with pytest.raises(FeedRefused):
                stage(BytesIO(HEADS.encode()), name="x", on=TODAY, by=getattr(world, who), at=timezone.now())
            with pytest.raises(Error), transaction.atomic():
                connection.cursor().execute("SELECT congso.rename_account(1, 'abc')")
    assert feed.rows_read == 3


def test_the_command_looks_first_and_then_does(world: World, tmp_path) -> None:
    path = tmp_path / "ns.csv"
    path.write_text("\n".join([HEADS, CHIEF, CLERK, NEW, "N4,Một"]), "utf-8")
    out = StringIO()
    call_command("account", "provision", str(path), "--by", "administrator", "--dry-run", stdout=out)
    assert "Mở tài khoản: 1" in out.getvalue()
    assert "Dòng 5 (N4 Một): Hãy ghi đủ họ và tên." in out.getvalue()
    assert not User.objects.filter(username="lo.moi").exists()
    call_command("account", "provision", str(path), "--by", "administrator", stdout=out)
    assert User.objects.filter(username="lo.moi").exists()
    with pytest.raises(CommandError):
        call_command("account", "provision", str(tmp_path / "khong-co.csv"), "--by", "administrator")
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(CommandError):
        call_command("account", "provision", str(path), "--by", "administrator")


@pytest.mark.bench
@pytest.mark.timeout(1200)
def test_twenty_thousand_people_in_flat_memory(world: World) -> None:
    lines = [f"P{n},Người Thứ {n},p.{n},T.TH,Chuyên viên,p{n}@thu.vn," for n in range(20_000)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    feed, summary = staged(world, CHIEF, CLERK, *lines)
    compared = time.monotonic()
    carry_out(feed, by=world.administrator, at=timezone.now())
    ended = time.monotonic()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"read and compared {compared - began:.1f} s, done {ended - compared:.1f} s, grown {grown:.0f} MB")  # noqa: T201
    assert summary.acts == {"enter": 20_000, "open": 20_000, "appoint": 20_000}
    assert grown < 80
