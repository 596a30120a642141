"""A personnel list by screen and REST: compared first, carried out by a job, for administrators of everything alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congso.apps.organizations.jobs import carry_out_feed
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import Feed, User
from congso.kernel.directory.models import Person
from congso.kernel.directory.testing import World
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import Progress

pytestmark = pytest.mark.django_db
PAGE, REST = "/to-chuc/nguon-nhan-su/", "/api/v1/organizations/feeds"
LIST = "Mã nhân sự,Họ và tên,Tên đăng nhập,Mã tổ chức,Chức vụ\nN3,Lò Thị Mới,lo.moi,T.TH,Chuyên viên\nN4,Một,,,\n"


def file(text: str = LIST) -> SimpleUploadedFile:
    return SimpleUploadedFile("ns.csv", text.encode())


def run_queued(world: World) -> None:
    """What the worker does with the job just queued."""
    with acting_as(Actor.person(world.administrator)):
        queued = Job.objects.get(task="organizations.carry_out_feed")
    carry_out_feed(Progress(queued.pk, Actor.person(world.administrator)), **queued.arguments)


def test_a_list_is_compared_on_the_screen_and_carried_out(signed_in, world):
    keeper = signed_in("administrator")
    assert signed_in("stranger").get(PAGE).status_code == 403
    assert keeper.post(PAGE, {"file": file("a,b\n"), "on": "27/11/2026"}).status_code == 422
    answer = keeper.post(PAGE, {"file": file(), "on": "27/11/2026"}, follow=True)
    page = answer.content.decode()
    assert "Mở tài khoản" in page
    assert "Hãy ghi đủ họ và tên." in page
    address = answer.request["PATH_INFO"]
    assert signed_in("stranger").get(address).status_code == 404
    assert keeper.post(f"{address}thuc-hien/").status_code == 302
    run_queued(world)
    assert User.objects.filter(username="lo.moi").exists()
    assert "Đã thực hiện" in keeper.get(address).content.decode()
    assert "ns.csv" in keeper.get(PAGE).content.decode()


def test_a_broken_list_needs_a_word_more(signed_in, world):
    with acting_as(Actor.person(world.administrator)):
        for number, person in enumerate((world.clerk, world.chief, world.head)):
            Person.objects.filter(pk=person).update(code=f"C{number}")
    keeper = signed_in("administrator")
    told = keeper.post(REST, {"file": file()})
    assert told.status_code == 201
    assert (told.json()["is_suspicious"], told.json()["acts"]["close"]) == (True, 3)
    one = f"{REST}/{told.json()['id']}"
    assert keeper.post(f"{one}/carry-out").status_code == 422
    assert signed_in("stranger").get(one).status_code == 404
    assert signed_in("stranger").post(REST, {"file": file()}).status_code == 422
    assert keeper.post(f"{one}/carry-out?confirmed=true").status_code == 202
    run_queued(world)
    assert keeper.get(one).json()["state"] == Feed.State.DONE
    assert not User.objects.get(username="clerk").is_active
