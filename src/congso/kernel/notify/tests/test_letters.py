"""Letters: each once whatever is killed, to whoever wants it and still sees the record, with titles and links only."""

import re
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import Error, connection, transaction

from congso.kernel.access import principals
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Person
from congso.kernel.notify import mailing
from congso.kernel.notify.mailing import MAILER, queue_digests, send_letters
from congso.kernel.notify.models import Choice, Letter
from congso.kernel.notify.rules import Frequency, Kind, Way
from congso.kernel.notify.services import ChoiceRefused, choose_letters, choose_ways, mark_read
from congso.kernel.notify.testing import mail_server

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 25, 7, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Wednesday
LATER = MORNING + timedelta(minutes=20)


class Killed(BaseException):
    """What a kill looks like from inside."""


@pytest.fixture(autouse=True)
def _addresses(world: Any, settings: Any) -> None:
    settings.SITE_URL = "https://congso.example.vn"
    with acting_as(Actor.person(world.administrator)):
        for who in ("head", "specialist", "chief"):
            Person.objects.filter(pk=getattr(world, who)).update(email=f"{who}@example.vn")


def wants(person: int, *, frequency: Frequency = Frequency.DAILY, quiet: tuple[int, int] = (0, 0), **ways: Way) -> None:
    actor = Actor.person(person)
    with acting_as(actor):
        choose_letters(frequency=frequency, hour=7, quiet_from=time(quiet[0]), quiet_until=time(quiet[1]), by=actor)
        choose_ways({Kind(kind): way for kind, way in ways.items()}, by=actor)


def keep_from_others(world: Any, record: Any) -> None:
    """The clerk alone still sees the record."""
    clerk = [principals.person(world.clerk)]
    values = [record.pk, "registered", "registered", clerk, clerk, None, MORNING, [], False]
    with acting_as(Actor.person(world.clerk)), connection.cursor() as cursor:
        cursor.execute("SELECT congso.move_record(%s, %s, %s, %s, %s, %s, %s, %s, %s)", values)


def states() -> list[str]:
    with acting_as(MAILER):
        return list(Letter.objects.order_by("id").values_list("state", flat=True))


def run(at: datetime) -> int:
    queue_digests(at=at)
    return send_letters(at=at)


def test_a_digest_goes_to_whoever_wants_it_once_a_day(world, record, tell):
    wants(world.head)
    tell("head", "specialist", at=MORNING, text="Lời riêng của người viết")
    assert [run(LATER), run(LATER + timedelta(hours=2))] == [1, 0]
    (letter,) = mail.outbox
    assert letter.to == ["head@example.vn"]
    assert "12-CV/TU: Một văn bản" in letter.body
    assert "https://congso.example.vn/van-ban-den/" in letter.body
    assert "Lời riêng" not in letter.body + letter.alternatives[0][0]
    assert run(LATER + timedelta(days=1)) == 0  # nothing new to tell
    assert states() == ["sent", "dropped"]


def test_titles_stay_in_the_office_when_the_operator_says_so(world, record, tell, settings):
    settings.MAIL_TITLES = False
    wants(world.head)
    tell("head", at=MORNING)
    run(LATER)
    assert "12-CV/TU" in mail.outbox[0].body
    assert "Một văn bản" not in mail.outbox[0].body + mail.outbox[0].alternatives[0][0]


def test_who_may_not_see_the_record_any_more_gets_no_letter(world, record, tell):
    wants(world.specialist)
    wants(world.head, frequency=Frequency.OFF, moved=Way.NOW)
    tell("head", "specialist", at=MORNING)
    keep_from_others(world, record)
    assert run(LATER) == 0
    assert mail.outbox == []
    assert states() == ["dropped", "dropped"]


def test_what_was_read_meanwhile_is_not_told_again(world, record, tell):
    wants(world.head, frequency=Frequency.OFF, moved=Way.NOW)
    tell("head", at=MORNING)
    with acting_as(Actor.person(world.head)):
        mark_read(by=Actor.person(world.head), at=MORNING)
    assert run(LATER) == 0


def test_a_closed_account_and_a_missing_address_get_nothing(world, record, tell, settings):
    for who in ("head", "specialist"):
        wants(getattr(world, who))
    tell("head", "specialist", at=MORNING)
    with acting_as(Actor.person(world.administrator)):
        Person.objects.filter(pk=world.head).update(email="")
        User.objects.filter(person_id=world.specialist).update(is_active=False)
    assert run(LATER) == 0
    assert states() == ["dropped", "dropped"]


def test_at_once_waits_for_the_end_of_the_quiet_hours_unless_it_is_urgent(world, record, tell):
    wants(world.head, frequency=Frequency.OFF, quiet=(20, 8), moved=Way.NOW, urgent=Way.NOW)
    tell("head", at=MORNING)
    tell("head", at=MORNING, kind=Kind.URGENT)
    assert run(MORNING) == 1
    assert [run(MORNING + timedelta(minutes=29)), run(MORNING + timedelta(minutes=31))] == [0, 1]
    assert ["Văn bản khẩn" in letter.subject for letter in mail.outbox] == [True, False]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_before_or_after_the_server_took_it_each_letter_goes_once(world, record, tell, monkeypatch, moment):
    wants(world.head)
    tell("head", at=MORNING)
    composed, handed = mailing.compose, EmailBackend.send_messages

    def dying(*given: Any, **more: Any) -> Any:
        if moment == "after":
            handed(*given, **more)
        raise Killed

    monkeypatch.setattr(*((mailing, "compose") if moment == "before" else (EmailBackend, "send_messages")), dying)
    queue_digests(at=LATER)
    with pytest.raises(Killed):
        send_letters(at=LATER)
    monkeypatch.setattr(mailing, "compose", composed)
    monkeypatch.setattr(EmailBackend, "send_messages", handed)
    for minutes in (1, 2):
        run(LATER + timedelta(minutes=minutes))
    assert len(mail.outbox) == 1


def test_what_nobody_knows_was_sent_comes_with_the_next_digest(world, record, tell, monkeypatch):
    wants(world.head)
    tell("head", at=MORNING)
    handed = EmailBackend.send_messages

    def dying(*given: Any) -> int:
        raise Killed

    monkeypatch.setattr(EmailBackend, "send_messages", dying)
    queue_digests(at=LATER)
    with pytest.raises(Killed):
        send_letters(at=LATER)
    monkeypatch.setattr(EmailBackend, "send_messages", handed)
    assert [run(LATER + timedelta(minutes=1)), run(LATER + timedelta(days=1))] == [0, 1]
    assert states() == ["unknown", "sent"]
    assert "12-CV/TU" in mail.outbox[0].body


def test_over_a_real_socket_in_vietnamese_and_a_busy_server_is_asked_again(world, record, tell, settings):
    wants(world.head)
    tell("head", at=MORNING)
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = False
        server.answers = ["451 later"]
        assert run(LATER) == 0
        assert [run(LATER + timedelta(minutes=5)), run(LATER + timedelta(minutes=11))] == [0, 1]
        (letter,) = server.letters
    assert letter["Subject"].strip().startswith("Cổng Số 25/11/2026 – ")
    assert letter["Message-ID"].endswith("@congso.example.vn>")
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "Kính gửi đồng chí Phạm Mẫu Trưởng" in plain.get_content()
    assert '<a href="https://congso.example.vn/' in html.get_content()
    assert "<script" not in html.get_content()


def test_a_letter_the_server_refuses_for_good_is_not_sent_again(world, record, tell, settings):
    wants(world.head)
    tell("head", at=MORNING)
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        server.answers = ["554 no"]
        assert [run(LATER), run(LATER + timedelta(hours=1))] == [0, 0]
    assert states() == ["failed"]


def test_the_link_at_the_foot_stops_letters_without_signing_in(client, world, record, tell):
    wants(world.head, frequency=Frequency.OFF, moved=Way.NOW)
    tell("head", at=MORNING)
    run(LATER)
    link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://congso.example.vn")
    assert "Thôi nhận" in client.get(link).content.decode()
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with acting_as(Actor.person(world.head)):
        assert Choice.objects.get(kind=Kind.MOVED).way == Way.PORTAL
    broken = re.sub(r"^(/.*/)(.)", lambda found: found[1] + ("x" if found[2] != "x" else "y"), link.rstrip("/")) + "/"
    assert client.get(broken).status_code == 404


def test_nobody_silences_duty_by_service_or_by_sql(world):
    actor = Actor.person(world.head)
    with acting_as(actor), pytest.raises(ChoiceRefused):
        choose_ways({Kind.ASSIGNED: Way.NONE}, by=actor)
    statement = "INSERT INTO notify_choice (person_id, kind, way) VALUES (%s, 'assigned', 'none')"
    with acting_as(actor), pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [world.head])


def test_a_silenced_kind_does_not_reach_the_bell_and_another_persons_choice_is_out_of_reach(world, record, tell):
    wants(world.head, frequency=Frequency.OFF, moved=Way.NONE)
    assert tell("head", "specialist", at=MORNING) == 1
    with acting_as(Actor.person(world.specialist)):
        assert not Choice.objects.exists()
        assert Choice.objects.update(way=Way.NOW) == 0
        with pytest.raises(Error), transaction.atomic():
            Choice.objects.create(person_id=world.head, kind="moved", way="now")


def test_the_mailer_reads_no_notice_and_no_record_by_itself(world, record, tell):
    tell("head", at=MORNING)
    with acting_as(MAILER), connection.cursor() as cursor:
        for table in ("notify_notice", "records_record", "notify_choice"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)
