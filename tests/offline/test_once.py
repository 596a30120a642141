"""What a device may keep, and acts it sends: once, and only on what the person saw."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction
from django.test import Client

from congso.apps.directives.models import Task
from congso.apps.directives.services import accept_task
from congso.apps.directives.tests.factories import do, make_task
from congso.apps.documents.models import Circulation, IncomingDocument
from congso.apps.documents.tests.factories import presented
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.offline.models import SentAct
from congso.kernel.records.models import Comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(world: Any) -> Task:
    return make_task(world)


@pytest.fixture
def device(signed_in: Any) -> Client:
    client = signed_in("agency_leader")
    client.cookies["offline"] = "keep"
    return client


def send(client: Client, task: Task, *, key: Any = None, act: str = "y-kien", queued: bool = True, **facts: Any) -> Any:
    fields = {"act_key": key or uuid4(), "act_record": task.pk, "act_seen": task.version, "text": "Ý kiến", **facts}
    more = {"HTTP_X_QUEUED": "1"} if queued else {}
    return client.post(f"/nhiem-vu/{task.pk}/{act}/", fields, **more)


def said(world: Any) -> int:
    with acting_as(Actor.person(world.chief)):
        return Comment.objects.count()


def test_an_act_sent_twice_is_done_once(world, task, device):
    key = uuid4()
    first, second = send(device, task, key=key), send(device, task, key=key)
    assert first.json() == {"state": "done", "url": f"/nhiem-vu/{task.pk}/#y-kien", "version": task.version}
    assert second.json()["again"]
    assert said(world) == 1


def test_a_lost_answer_pressed_again_leads_where_the_first_would_have(world, task, device):
    key = uuid4()
    addresses = {send(device, task, key=key, queued=False)["Location"] for _ in range(2)}
    assert addresses == {f"/nhiem-vu/{task.pk}/#y-kien"}
    assert said(world) == 1


def test_another_persons_key_is_not_known(world, task, device, signed_in):
    key = uuid4()
    send(device, task, key=key)
    answer = send(signed_in("chief"), task, key=key)
    assert answer.status_code == 409
    assert said(world) == 1


def test_what_moved_is_told_by_whom_and_not_done(world, task, device):
    do(world, "agency_leader", accept_task, task)
    answer = send(device, task)
    assert (answer.status_code, answer.json()["state"]) == (409, "moved")
    assert answer.json()["changes"][0]["what"] == "Tiếp nhận"
    assert answer.json()["version"] == task.version + 1
    assert said(world) == 0
    again = send(device, task, act_seen=answer.json()["version"])
    assert again.json()["state"] == "done"


def test_at_the_desk_the_same_form_is_an_ordinary_post(world, task, device):
    do(world, "agency_leader", accept_task, task)
    assert send(device, task, queued=False).status_code == 302
    assert said(world) == 1


def test_a_form_with_a_mistake_is_refused_in_its_own_words(world, task, device):
    answer = send(device, task, act="bao-cao", percent="140", text="")
    assert (answer.status_code, answer.json()["state"]) == (409, "refused")
    assert answer.json()["words"]
    with acting_as(Actor.person(world.agency_leader)):
        assert not SentAct.objects.exists()


def test_an_empty_comment_is_refused_though_the_page_only_warns(world, task, device):
    assert send(device, task, text="  ").json() == {"state": "refused", "words": "Hãy viết nội dung ý kiến."}


def test_what_is_no_longer_hers_is_gone(task, signed_in):
    assert send(signed_in("stranger"), task).json()["state"] == "gone"


def test_a_device_keeps_only_what_the_answer_names(world, task, device, settings):
    page = f"/nhiem-vu/{task.pk}/"
    assert device.get(page)["X-Offline"] == f"keep; record={task.pk}"
    assert "X-Offline" not in device.get("/")
    assert "X-Offline" not in device.get("/nhiem-vu/")
    settings.OFFLINE_NOT_FOR = ["TU", "VPTU", world.organization("VPTU").code]
    assert "X-Offline" not in device.get(page)
    settings.OFFLINE_NOT_FOR = []
    settings.OFFLINE = "off"
    assert "X-Offline" not in device.get(page)
    assert b"unregister" in device.get("/sw.js").content


def test_a_device_that_did_not_ask_gets_no_leave(task, signed_in):
    answer = signed_in("agency_leader").get(f"/nhiem-vu/{task.pk}/")
    assert "X-Offline" not in answer
    assert "X-Offline-For" not in answer


def test_papers_of_limited_circulation_stay_off_devices(world, signed_in, device):
    document = presented(world)
    chief = signed_in("chief")
    chief.cookies["offline"] = "keep"
    address = f"/van-ban-den/{document.pk}/"
    assert "X-Offline" in chief.get(address)
    asked = {"ho-so": f"{document.pk},x,999999999"}
    assert chief.get("/ngoai-tuyen/toi/", asked).json()["kept"] == [document.pk]
    with acting_as(Actor.person(world.clerk)):
        IncomingDocument.objects.filter(pk=document.pk).update(circulation=Circulation.INTERNAL)
    assert "X-Offline" not in chief.get(address)
    assert chief.get("/ngoai-tuyen/toi/", asked).json()["kept"] == []
    assert device.get("/ngoai-tuyen/toi/", asked).json()["kept"] == []


def test_nobody_signed_in_is_told_to_sign_in(client, db):
    assert client.get("/ngoai-tuyen/toi/").status_code == 401
    assert client.get("/ngoai-tuyen/").status_code == 200


def test_the_service_worker_is_served_from_the_root_and_knows_the_frame(client, db):
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    source = answer.content.decode()
    assert "web/css/shell.css" in source
    assert "offline/js/offline.js" in source


def test_sent_acts_are_ones_own_by_raw_sql(world, task, device):
    send(device, task)
    with acting_as(Actor.person(world.chief)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM offline_sentact")
        assert cursor.fetchone() == (0,)
        with pytest.raises(Error), transaction.atomic():
            cursor.execute(
                "INSERT INTO offline_sentact VALUES (gen_random_uuid(), '', now(), %s)", [world.agency_leader]
            )
    with acting_as(Actor.person(world.agency_leader)):
        assert SentAct.objects.count() == 1
        assert SentAct.objects.all().delete()[0] == 0  # not before a month is over
