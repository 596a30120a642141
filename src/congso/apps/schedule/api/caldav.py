"""Reading the calendar by CalDAV (RFC 4791), as phones and Thunderbird do: finding it, listing it, fetching events.

Nothing can be written; a client is told so. The password is a personal token of the accounts page for this system.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree
from django.http import Http404, HttpResponse
from django.utils import timezone
from ninja import Router

from congso.apps.schedule.api.events import MOST, event_of, tag_of, tag_of_all, told
from congso.apps.schedule.api.multistatus import CALDAV, DAV, SERVER, Answer, Property, multistatus, text
from congso.apps.schedule.models import Entry
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.api.feeds import CALENDAR, turned_away
from congso.lib.icalendar import calendar
from congso.lib.languages import in_vietnamese

router = Router()
LARGEST = 256 * 1024  # octets of a question
ROOT = "/api/v1/schedule/dav/"
MINE = f"{ROOT}toi/"
_ALLOWED = "OPTIONS, GET, HEAD, PROPFIND, REPORT"


class Unreadable(Exception):
    """A question that is no XML of ours."""


@router.api_operation(["OPTIONS"], "/", auth=None, include_in_schema=False)
def options(request: OfficeRequest) -> HttpResponse:
    """What can be asked here."""
    return _can_do()


@router.api_operation(["OPTIONS"], "/toi/", auth=None, include_in_schema=False)
def options_of_mine(request: OfficeRequest) -> HttpResponse:
    """What can be asked of my calendar."""
    return _can_do()


@router.api_operation(["PROPFIND"], "/", auth=None, include_in_schema=False)
def find(request: OfficeRequest) -> HttpResponse:
    """Who I am and where my calendars are."""
    return _answered(request, lambda wanted, depth: _root(request, wanted, depth))


@router.api_operation(["PROPFIND"], "/toi/", auth=None, include_in_schema=False)
def find_in_mine(request: OfficeRequest) -> HttpResponse:
    """My calendar, and (depth 1) what it holds."""
    return _answered(request, lambda wanted, depth: _mine(request, wanted, depth))


@router.api_operation(["REPORT"], "/toi/", auth=None, include_in_schema=False)
def report(request: OfficeRequest) -> HttpResponse:
    """Events of some hours (calendar-query), or those named (calendar-multiget)."""
    refusal = turned_away(request)
    if refusal is not None:
        return refusal
    try:
        asked = _read(request)
    except Unreadable as wrong:
        return _wrong(str(wrong))
    wanted = _wanted(asked)
    if asked is None or asked.tag not in (f"{{{CALDAV}}}calendar-query", f"{{{CALDAV}}}calendar-multiget"):
        return _wrong("Chỉ trả lời calendar-query và calendar-multiget.")
    with in_vietnamese():
        if asked.tag.endswith("calendar-multiget"):
            return multistatus(_named(request, asked, wanted))
        try:
            found = _between(request, asked)
        except Unreadable as wrong:
            return _wrong(str(wrong))
        return multistatus([_event(one, wanted, request) for one in found])


@router.get("/toi/{name}.ics", auth=None, include_in_schema=False)
def fetch(request: OfficeRequest, name: str) -> HttpResponse:
    """One event."""
    refusal = turned_away(request)
    if refusal is not None:
        return refusal
    entry = told(request).filter(pk=_number(name)).first()
    if entry is None:
        raise Http404
    with in_vietnamese():
        answer = HttpResponse(_file(entry, request), content_type=CALENDAR)
    answer["ETag"], answer["Cache-Control"] = tag_of(entry), "private, no-store"
    return answer


def _can_do() -> HttpResponse:
    return HttpResponse(status=200, headers={"DAV": "1, calendar-access", "Allow": _ALLOWED})


def _answered(request: OfficeRequest, make: Callable[[list[str], int], Iterable[Answer]]) -> HttpResponse:
    refusal = turned_away(request)
    if refusal is not None:
        return refusal
    try:
        wanted = _wanted(_read(request))
    except Unreadable as wrong:
        return _wrong(str(wrong))
    depth = 0 if request.headers.get("Depth", "0") == "0" else 1
    with in_vietnamese():
        return multistatus(make(wanted, depth))


def _root(request: OfficeRequest, wanted: list[str], depth: int) -> Iterator[Answer]:
    known = {
        f"{{{DAV}}}resourcetype": Property("<d:resourcetype><d:collection/><d:principal/></d:resourcetype>"),
        f"{{{DAV}}}displayname": Property(f"<d:displayname>{text('Cổng Số')}</d:displayname>"),
        f"{{{CALDAV}}}calendar-home-set": Property(
            f"<c:calendar-home-set><d:href>{ROOT}</d:href></c:calendar-home-set>"
        ),
        **_principal(),
    }
    yield Answer(ROOT, known, wanted)
    if depth:
        yield from _mine(request, wanted, 0)


def _mine(request: OfficeRequest, wanted: list[str], depth: int) -> Iterator[Answer]:
    found = list(told(request)[:MOST])
    known = {
        f"{{{DAV}}}resourcetype": Property("<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"),
        f"{{{DAV}}}displayname": Property(f"<d:displayname>{text('Lịch công tác')}</d:displayname>"),
        f"{{{SERVER}}}getctag": Property(f"<s:getctag>{tag_of_all(found)}</s:getctag>"),
        f"{{{CALDAV}}}supported-calendar-component-set": Property(
            '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>'
        ),
        f"{{{DAV}}}supported-report-set": Property(
            "<d:supported-report-set><d:supported-report><d:report><c:calendar-query/></d:report></d:supported-report>"
            "<d:supported-report><d:report><c:calendar-multiget/></d:report></d:supported-report>"
            "</d:supported-report-set>"
        ),
        **_principal(),
    }
    yield Answer(MINE, known, wanted)
    if depth:
        yield from (_event(one, wanted, request) for one in found)


def _principal() -> dict[str, Property]:
    """Who asks; and that she may read, nothing else."""
    return {
        f"{{{DAV}}}current-user-principal": Property(
            f"<d:current-user-principal><d:href>{ROOT}</d:href></d:current-user-principal>"
        ),
        f"{{{DAV}}}principal-URL": Property(f"<d:principal-URL><d:href>{ROOT}</d:href></d:principal-URL>"),
        f"{{{DAV}}}owner": Property(f"<d:owner><d:href>{ROOT}</d:href></d:owner>"),
        f"{{{DAV}}}current-user-privilege-set": Property(
            "<d:current-user-privilege-set><d:privilege><d:read/></d:privilege></d:current-user-privilege-set>"
        ),
    }


def _event(entry: Entry, wanted: list[str], request: OfficeRequest) -> Answer:
    known = {
        f"{{{DAV}}}getetag": Property(f"<d:getetag>{text(tag_of(entry))}</d:getetag>"),
        f"{{{DAV}}}getcontenttype": Property(
            "<d:getcontenttype>text/calendar; charset=utf-8; component=VEVENT</d:getcontenttype>"
        ),
        f"{{{DAV}}}resourcetype": Property("<d:resourcetype/>"),
    }
    if f"{{{CALDAV}}}calendar-data" in wanted:
        data = text(_file(entry, request))
        known[f"{{{CALDAV}}}calendar-data"] = Property(f"<c:calendar-data>{data}</c:calendar-data>")
    return Answer(_href(entry.pk), known, wanted)


def _named(request: OfficeRequest, asked: Element, wanted: list[str]) -> Iterator[Answer]:
    hrefs = [(one.text or "").strip() for one in asked.findall(f"{{{DAV}}}href")][:MOST]
    numbers = {href: _number(href.rpartition("/")[2].removesuffix(".ics")) for href in hrefs}
    found = {one.pk: one for one in told(request).filter(pk__in=set(numbers.values()))}
    for href, number in numbers.items():
        entry = found.get(number)
        yield _event(entry, wanted, request) if entry else Answer(href, {}, [], is_missing=True)


def _between(request: OfficeRequest, asked: Element) -> list[Entry]:
    found = told(request)
    named = next(asked.iter(f"{{{CALDAV}}}time-range"), None)
    if named is not None:
        for key, lookup in (("start", "ends_at__gt"), ("end", "starts_at__lt")):
            written = named.get(key)
            if written:
                found = found.filter(**{lookup: _moment(written)})
    return list(found[:MOST])


def _read(request: OfficeRequest) -> Element | None:
    """The question, or None for an empty one, which asks for all. Raises Unreadable."""
    if not request.body.strip():
        return None
    if len(request.body) > LARGEST:
        raise Unreadable("Câu hỏi quá dài.")
    try:
        asked: Element = SafeTree.fromstring(request.body)
    except (SafeTree.ParseError, DefusedXmlException, ValueError, LookupError):
        raise Unreadable("Không đọc được câu hỏi XML.") from None
    return asked


def _wanted(asked: Element | None) -> list[str]:
    """The properties asked for; none named: all known."""
    named = asked.find(f"{{{DAV}}}prop") if asked is not None else None
    return [one.tag for one in named][:100] if named is not None else []


def _file(entry: Entry, request: OfficeRequest) -> str:
    return calendar("Lịch công tác", [event_of(entry, request)], made_at=timezone.now())


def _href(pk: int) -> str:
    return f"{MINE}entry-{pk}.ics"


def _moment(written: str) -> datetime:
    try:
        return datetime.strptime(written, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise Unreadable("Khoảng giờ phải theo dạng 20261123T010000Z.") from None


def _number(name: str) -> int:
    digits = name.removeprefix("entry-")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 18 else 0


def _wrong(words: str) -> HttpResponse:
    return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
