"""What phones and desks read: the file by a reader of its own, CalDAV by raw questions over HTTP."""

import base64
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from django.test import Client

from congso.apps.schedule import services
from congso.apps.schedule.tests.factories import NOW, as_one, at, do, published
from congso.apps.schedule.tests.ics import moment, read
from congso.kernel.accounts.models import User
from congso.kernel.accounts.tokens import issue_token
from congso.lib.icalendar import TimedEvent, calendar

pytestmark = pytest.mark.django_db
FEED = "/api/v1/schedule/calendar.ics"
ROOT = "/api/v1/schedule/dav/"
MINE = f"{ROOT}toi/"
D, C = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"


def key(world, who: str = "head", systems: tuple[str, ...] = ("schedule",)) -> dict[str, str]:
    with as_one(world, who):
        user = User.objects.get(person_id=getattr(world, who))
        facts = {"name": "Điện thoại", "systems": list(systems), "may_act": False}
        _token, secret = issue_token(user, **facts, expires_at=NOW + timedelta(days=30), at=NOW)
    told = base64.b64encode(f"toi:{secret}".encode()).decode()
    return {"HTTP_AUTHORIZATION": f"Basic {told}"}


def ask(method: str, address: str, body: str = "", **more):
    return Client().generic(method, address, body, content_type="application/xml; charset=utf-8", **more)


def told(answer) -> dict[str, Element]:
    assert answer.status_code == 207, answer.content
    found = ElementTree.fromstring(answer.content)
    assert found.tag == f"{D}multistatus"
    return {one.findtext(f"{D}href") or "": one for one in found.findall(f"{D}response")}


def test_the_feed_is_sound_and_tells_hours_in_utc(world, clock):
    made = published(
        world, people=("head",), title="Họp; giao ban, tuần", place="Phòng 1\\A", content="Dòng 1\nDòng 2" * 30
    )
    published(world, chair="other_head", starts=at(14), title="Việc khác")
    assert Client().get(FEED)["WWW-Authenticate"].startswith("Basic")
    assert Client().get(FEED, **key(world, systems=("directives",))).status_code == 403
    answer = Client().get(FEED, **key(world))
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = read(answer.content)
    assert (event["SUMMARY"], event["LOCATION"]) == ("Họp; giao ban, tuần", "Phòng 1\\A")
    assert moment(event["DTSTART"]) == datetime(2026, 11, 26, 2, 0, tzinfo=UTC)  # 9:00 in the office, all year
    assert event["STATUS"] == "CONFIRMED"
    do(world, "chief", services.cancel_entry, made, note="Hoãn")
    (event,) = read(Client().get(FEED, **key(world)).content)
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_an_hour_is_the_same_in_june_and_in_december():
    for month in (6, 12):
        begins = at(8).replace(month=month)
        text = calendar("x", [TimedEvent("1@x", begins, begins + timedelta(hours=1), "Họp")], made_at=NOW)
        (event,) = read(text.encode())
        assert event["DTSTART"].endswith("T010000Z")


def test_a_client_finds_the_calendar_lists_it_and_fetches_what_changed(world, clock):
    made, hidden = published(world, people=("head",)), published(world, chair="other_head", starts=at(14))
    door = key(world)
    assert "calendar-access" in ask("OPTIONS", ROOT)["DAV"]
    assert ask("PROPFIND", ROOT).status_code == 401
    body = (
        '<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:current-user-principal/>'
        '<c:calendar-home-set/><d:quota xmlns:d="DAV:"/></d:prop></d:propfind>'
    )
    root = told(ask("PROPFIND", ROOT, body, HTTP_DEPTH="0", **door))[ROOT]
    assert root.find(f".//{C}calendar-home-set/{D}href").text == ROOT
    statuses = [one.text for one in root.iter(f"{D}status")]
    assert statuses == ["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"]
    listed = told(ask("PROPFIND", ROOT, HTTP_DEPTH="1", **door))
    assert listed[MINE].find(f".//{D}resourcetype/{C}calendar") is not None
    inside = told(ask("PROPFIND", MINE, HTTP_DEPTH="1", **door))
    href = f"{MINE}entry-{made.pk}.ics"
    assert set(inside) == {MINE, href}
    before = inside[href].findtext(f".//{D}getetag")
    fetched = Client().get(href, **door)
    assert fetched["ETag"] == before
    assert read(fetched.content)[0]["UID"] == f"entry-{made.pk}@congso"
    assert Client().get(f"{MINE}entry-{hidden.pk}.ics", **door).status_code == 404
    do(world, "chief", services.cancel_entry, made, note="Hoãn")
    again = told(ask("PROPFIND", MINE, HTTP_DEPTH="1", **door))
    assert again[href].findtext(f".//{D}getetag") != before
    assert again[MINE].findtext(".//{http://calendarserver.org/ns/}getctag") != inside[MINE].findtext(
        ".//{http://calendarserver.org/ns/}getctag"
    )


def test_reports_answer_hours_and_named_events(world, clock):
    made = published(world, people=("head",))
    published(world, people=("head",), starts=at(14, day=27))
    door, href = key(world), f"{MINE}entry-{made.pk}.ics"
    prop = "<d:prop><d:getetag/><c:calendar-data/></d:prop>"
    query = (
        f'<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">{prop}<c:filter><c:comp-filter '
        'name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="{start}" end="{end}"/></c:comp-filter>'
        "</c:comp-filter></c:filter></c:calendar-query>"
    )
    hours = query.format(start="20261126T000000Z", end="20261126T235959Z")
    found = told(ask("REPORT", MINE, hours, HTTP_DEPTH="1", **door))
    assert list(found) == [href]
    data = found[href].findtext(f".//{C}calendar-data").replace("\r\n", "\n").replace("\n", "\r\n")
    assert read(data.encode())[0]["SUMMARY"] == "Họp giao ban"
    named = (
        f'<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">{prop}<d:href>{href}</d:href>'
        f"<d:href>{MINE}entry-999999.ics</d:href></c:calendar-multiget>"
    )
    found = told(ask("REPORT", MINE, named, **door))
    assert found[f"{MINE}entry-999999.ics"].findtext(f"{D}status") == "HTTP/1.1 404 Not Found"
    assert ask("REPORT", MINE, query.format(start="hôm nay", end="x"), **door).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        "<a", "<a/>", "\x00", "x" * 300_000,
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<?xml version="1.0" encoding="no-such"?><a/>',
    ],
)  # fmt: skip
def test_hostile_questions_are_refused_in_words(world, clock, body):
    answer = ask("REPORT", MINE, body, **key(world))
    assert answer.status_code == 400
    assert "passwd" not in answer.content.decode()


def test_nothing_is_written_by_caldav(world, clock):
    made, door = published(world, people=("head",)), key(world)
    for method in ("PUT", "DELETE", "MKCALENDAR", "PROPPATCH"):
        assert ask(method, f"{MINE}entry-{made.pk}.ics", "BEGIN:VCALENDAR", **door).status_code in (403, 405)
