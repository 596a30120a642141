"""Waking devices: only where the operator says so, without content, each once, to whoever still has news."""

import socket
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import Error, connection, transaction

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.notify import pushing
from congso.kernel.notify.jobs import push
from congso.kernel.notify.models import PushDevice, PushNews
from congso.kernel.notify.push_devices import MOST, PushRefused, add_device, devices_of, remove_device
from congso.kernel.notify.push_message import WORDS, BrowserKeys, encrypted, from_base64, to_base64
from congso.kernel.notify.pushing import FAILURES, MAILER, send_pushes
from congso.kernel.notify.rules import Frequency, Kind
from congso.kernel.notify.services import choose_letters, mark_read
from congso.kernel.notify.testing import claims_of, push_service

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 25, 7, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
LATER = MORNING + timedelta(minutes=1)
INSERTED = (
    "INSERT INTO notify_pushdevice (person_id, endpoint, p256dh, auth, device, made_at, failures, error)"
    " VALUES ({person}, 'https://push.example/x', 'x', 'x', 'x', now(), 0, '')"
)


class Local(requests.adapters.HTTPAdapter):
    """Carries what is meant for https://push.example to the service of the test."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def send(self, request: Any, **more: Any) -> requests.Response:
        request.url = request.url.replace("https://push.example", f"http://127.0.0.1:{self.port}")
        return super().send(request, **more | {"verify": False})


@pytest.fixture
def carrier(settings: Any, monkeypatch: Any) -> Any:
    """A push service the operator named; its name stands for a public address."""
    settings.WEB_PUSH_HOSTS, settings.SITE_URL = ["push.example"], "https://congso.example.vn"
    settings.PUSH_KEY = "4f" * 32
    asked = socket.getaddrinfo

    def resolved(host: str, *given: Any, **more: Any) -> Any:
        public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]
        return public if host == "push.example" else asked(host, *given, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    with push_service() as server:
        monkeypatch.setattr(pushing.PushSession, "get_adapter", lambda _self, url: Local(server.server_port))
        yield server


def subscribe(world: Any, who: str, carrier: Any, name: str = "abc") -> PushDevice:
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return add_device(**carrier.subscription(name=name), device="Chrome, Android", by=actor, at=MORNING)


def devices(world: Any, who: str) -> list[PushDevice]:
    with acting_as(Actor.person(getattr(world, who))):
        return list(devices_of(getattr(world, who)))


def waiting() -> int:
    with acting_as(MAILER):
        return PushNews.objects.count()


def test_the_sealing_is_that_of_the_standards_own_example() -> None:
    keys = BrowserKeys.read(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    secret = int.from_bytes(from_base64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    own, salt = ec.derive_private_key(secret, ec.SECP256R1()), from_base64("DGv6ra1nlYgDCS1FRnbzlw")
    sealed = encrypted(b"When I grow up, I want to be a watermelon", keys, own=own, salt=salt, length=0)
    assert to_base64(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
        "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )  # RFC 8291, appendix A


def test_a_device_is_woken_once_for_all_that_is_new_and_learns_nothing_of_it(world, record, tell, carrier):
    subscribe(world, "head", carrier)
    tell("head", "specialist", at=MORNING, text="Lời của người viết")
    tell("head", at=MORNING)
    assert [send_pushes(at=LATER), send_pushes(at=LATER)] == [1, 0]
    (message,) = carrier.received
    assert (message.path, message.words) == ("/send/abc", WORDS)
    assert message.headers["content-encoding"] == "aes128gcm"
    assert int(message.headers["ttl"]) > 0
    assert "12-CV" not in str(message)
    claims = claims_of(message.headers["authorization"])
    assert (claims["aud"], claims["sub"]) == ("https://push.example", "https://congso.example.vn")
    assert 0 < claims["exp"] - LATER.timestamp() <= 24 * 3600
    (device,) = devices(world, "head")
    assert (device.told_at, waiting()) == (LATER, 0)


def test_every_message_has_the_same_length_and_its_own_key(world, record, tell, carrier):
    keys = BrowserKeys.read(*(carrier.subscription()[name] for name in ("p256dh", "auth")))
    sealed = [encrypted(words.encode(), keys) for words in ("a", WORDS, WORDS)]
    assert len({len(one) for one in sealed}) == 1
    assert len({one[:86] for one in sealed}) == 3


def test_off_by_default_nothing_is_subscribed_or_sent(world, record, tell, settings):
    assert settings.WEB_PUSH_HOSTS == []
    with push_service() as server, pytest.raises(PushRefused):
        subscribe(world, "head", server)
    push(timestamp=0)


def test_what_was_read_or_is_for_a_closed_account_wakes_nobody(world, record, tell, carrier):
    for who in ("head", "specialist"):
        subscribe(world, who, carrier, who)
    tell("head", "specialist", at=MORNING)
    with acting_as(Actor.person(world.head)):
        mark_read(by=Actor.person(world.head), at=LATER)
    with acting_as(Actor.person(world.administrator)):
        User.objects.filter(person_id=world.specialist).update(is_active=False)
    assert (send_pushes(at=LATER), waiting()) == (0, 0)


def test_quiet_hours_hold_what_is_not_urgent(world, record, tell, carrier):
    subscribe(world, "head", carrier)
    head = Actor.person(world.head)
    with acting_as(head):
        choose_letters(frequency=Frequency.OFF, hour=7, quiet_from=time(20), quiet_until=time(8), by=head)
    tell("head", at=MORNING)
    assert [send_pushes(at=LATER), send_pushes(at=MORNING + timedelta(minutes=31))] == [0, 1]
    tell("head", at=MORNING, kind=Kind.URGENT)
    assert send_pushes(at=LATER) == 1
    assert [one.headers["urgency"] for one in carrier.received] == ["normal", "high"]


def test_a_carrier_that_is_busy_is_asked_again_and_a_device_that_is_gone_is_forgotten(world, record, tell, carrier):
    subscribe(world, "head", carrier)
    tell("head", at=MORNING)
    carrier.answers = [503]
    assert send_pushes(at=LATER) == 0
    (device,) = devices(world, "head")
    assert (device.failures, device.error) == (1, "HTTP 503")
    assert [send_pushes(at=LATER + timedelta(minutes=minutes)) for minutes in (4, 6)] == [0, 1]
    assert devices(world, "head")[0].failures == 0
    tell("head", at=LATER)
    carrier.answers = [410]
    assert send_pushes(at=LATER + timedelta(minutes=9)) == 0
    assert devices(world, "head") == []


def test_who_never_answers_well_is_forgotten_in_the_end(world, record, tell, carrier):
    subscribe(world, "head", carrier)
    tell("head", at=MORNING)
    carrier.answers = [500] * FAILURES
    moment = LATER
    for _ in range(FAILURES):
        send_pushes(at=moment)
        moment += timedelta(hours=3)
    assert (devices(world, "head"), carrier.answers) == ([], [])


def test_a_redirect_is_not_followed(world, record, tell, carrier):
    subscribe(world, "head", carrier)
    tell("head", at=MORNING)
    carrier.answers = [307]
    assert send_pushes(at=LATER) == 0
    assert devices(world, "head")[0].error == "HTTP 307"


def test_a_service_the_operator_names_no_more_is_asked_no_more(world, record, tell, carrier, settings):
    subscribe(world, "head", carrier)
    tell("head", at=MORNING)
    settings.WEB_PUSH_HOSTS = ["other.example"]
    assert (send_pushes(at=LATER), devices(world, "head"), carrier.received) == (0, [], [])


@pytest.mark.parametrize(
    ("name", "value"),
    [("p256dh", "x"), ("p256dh", "A" * 87), ("auth", "AAAA"), ("auth", "đ"), ("endpoint", "https://evil.example/x")],
)
def test_keys_and_addresses_that_are_none_are_refused(world, carrier, name, value):
    actor = Actor.person(world.head)
    with acting_as(actor), pytest.raises(PushRefused):
        add_device(**carrier.subscription() | {name: value}, device="x", by=actor, at=MORNING)


def test_one_device_is_one_however_often_it_asks_and_nobody_has_very_many(world, carrier):
    first = subscribe(world, "head", carrier)
    assert subscribe(world, "head", carrier).pk == first.pk
    for number in range(MOST - 1):
        subscribe(world, "head", carrier, str(number))
    with pytest.raises(PushRefused):
        subscribe(world, "head", carrier, "more")


def test_a_device_is_its_persons_own_by_service_and_by_sql(world, record, tell, carrier):
    mine = subscribe(world, "head", carrier)
    tell("head", at=MORNING)
    specialist = Actor.person(world.specialist)
    with acting_as(specialist), connection.cursor() as cursor:
        assert not remove_device(mine.pk, by=specialist)
        cursor.execute("DELETE FROM notify_pushdevice")
        assert cursor.rowcount == 0
        cursor.execute("SELECT count(*) FROM notify_pushnews")
        assert cursor.fetchone() == (0,)
        for statement in (
            INSERTED.format(person=world.head),
            f"INSERT INTO notify_pushnews (device_id, at, is_pressing, due_at) VALUES ({mine.pk}, now(), true, now())",
        ):
            with pytest.raises(Error), transaction.atomic():
                cursor.execute(statement)
    with acting_as(Actor.person(world.head)):
        assert remove_device(mine.pk, by=Actor.person(world.head))
    assert send_pushes(at=LATER) == 0
    assert send_pushes(at=LATER + timedelta(days=3)) == 0
    assert waiting() == 0  # what was left of the device that went


def test_the_pages_offer_it_only_where_it_is_on(world, signed_in, carrier, settings):
    client, address = signed_in("head"), "/thong-bao/thiet-bi/them/"
    told = carrier.subscription()
    assert "Báo lên thiết bị này" in client.get("/thong-bao/cach-nhan/").content.decode()
    assert client.post(address, told | {"endpoint": "http://127.0.0.1/"}).status_code == 422
    made = client.post(address, told, headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/120.0"})
    assert (made.status_code, made.json()["device"]) == (201, "Chrome, Android")
    page = client.get("/thong-bao/cach-nhan/").content.decode()
    assert "Thôi báo lên Chrome, Android" in page
    assert told["endpoint"] not in page
    path = f"/thong-bao/thiet-bi/{made.json()['id']}/bo/"
    assert signed_in("specialist").post(path).status_code == 404
    assert client.post(path).status_code == 302
    settings.WEB_PUSH_HOSTS = []
    assert "Báo lên thiết bị này" not in client.get("/thong-bao/cach-nhan/").content.decode()
    assert client.post(address, told).status_code == 404


def test_rest_adds_lists_and_removes_without_telling_the_address(world, signed_in, carrier):
    client, path = signed_in("head"), "/api/v1/notify/devices"
    given = carrier.subscription() | {"device": "Máy của tôi"}
    answer = client.post(path, given, content_type="application/json")
    assert answer.status_code == 201, answer.content
    (row,) = client.get(path).json()
    assert set(row) == {"id", "device", "made_at", "told_at"}
    bad = client.post(path, given | {"endpoint": "https://10.0.0.1/"}, content_type="application/json")
    assert bad.status_code == 422
    assert client.delete(f"{path}/{row['id']}").status_code == 204
    assert client.delete(f"{path}/{row['id']}").status_code == 404
