"""The directory for other hands: CSV and vCard, as of a day."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from congso.apps.organizations.forms import ShownDay
from congso.apps.organizations.queries import directory_rows
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Assignment, OrganizationVersion, valid_on
from congso.kernel.personal.models import Place, Purpose
from congso.kernel.personal.services import note_disclosure
from congso.lib.languages import in_vietnamese

_PEOPLE = ("Mã nhân sự", "Họ và tên", "Mã tổ chức", "Tổ chức", "Chức vụ", "Hình thức", "Từ ngày", "Thư điện tử",
           "Điện thoại")  # fmt: skip
_ORGANIZATIONS = ("Mã", "Mã định danh", "Loại", "Tên", "Tên gọi tắt", "Ký hiệu", "Mã cấp trên", "Từ ngày", "Đến ngày")
_ON_A_CARD = ("person_id", "post_id", "person__full_name", "post__organization__name", "post__name", "person__email",
              "person__phone")  # fmt: skip
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@login_required
@require_GET
@in_vietnamese()
def people_csv(request: OfficeRequest) -> HttpResponse:
    """Who holds what on the day, as a spreadsheet or the next import reads it."""
    day = ShownDay.of(request.GET)
    note_disclosure(as_of=day, place=Place.CSV, purpose=Purpose.DIRECTORY, at=timezone.now())
    labels = dict(Assignment.Kind.choices)
    # Values, not objects: a whole province is 130,000 lines.
    found = directory_rows(day).values_list(
        "person__code", "person__full_name", "post__organization__code", "post__organization__name", "post__name",
        "kind", "valid_from", "person__email", "person__phone",
    )  # fmt: skip
    rows = ((*one[:5], labels[one[5]], *one[6:]) for one in found.iterator(5000))
    return _csv(f"danh-ba-{day}.csv", _PEOPLE, rows)


@login_required
@require_GET
@in_vietnamese()
def organizations_csv(request: OfficeRequest) -> HttpResponse:
    """The organizations of the day with the names they bore then."""
    day = ShownDay.of(request.GET)
    found = OrganizationVersion.objects.filter(valid_on(day)).select_related("organization", "parent")
    rows = (
        (
            one.organization.code, one.organization.official_code, one.organization.get_kind_display(), one.name,
            one.short_name, one.symbol, one.parent.code if one.parent else "", one.organization.valid_from,
            one.organization.valid_to,
        )
        for one in found.order_by("name_key", "organization_id").iterator(2000)
    )  # fmt: skip
    return _csv(f"to-chuc-{day}.csv", _ORGANIZATIONS, rows)


@login_required
@require_GET
@in_vietnamese()
def people_vcard(request: OfficeRequest) -> HttpResponse:
    """Cards (RFC 6350) of one person, of one organization, or of everybody of the day."""
    day = ShownDay.of(request.GET)
    found, asked = directory_rows(day), _asked(request)
    for name, field in (("person_id", "person"), ("organization_id", "post__organization")):
        if name in asked:
            found = found.filter(**{field: asked[name]})
    if found.exists():
        note_disclosure(**asked, as_of=day, place=Place.CARD, purpose=Purpose.CONTACT, at=timezone.now())
    text = "".join(_card(one, day) for one in found.values_list(*_ON_A_CARD, named=True).iterator(5000))
    response = HttpResponse(text, content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="danh-ba-{day}.vcf"'
    return response


def _asked(request: OfficeRequest) -> dict[str, int]:
    """The one person or organization whose cards are wanted, if the address names one."""
    typed = {"person_id": request.GET.get("nguoi", ""), "organization_id": request.GET.get("to-chuc", "")}
    return {name: int(text) for name, text in typed.items() if text.isascii() and text.isdigit()}


class _Echo:
    """Gives back each line the csv writer makes."""

    def write(self, line: str) -> str:
        return line


def _csv(name: str, heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    response = HttpResponse("".join(_lines(heads, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # spreadsheets then read Vietnamese rightly
    yield str(writer.writerow(heads))
    for row in rows:
        yield str(writer.writerow(_harmless(value) for value in row))


def _harmless(value: Any) -> str:
    """Text a spreadsheet does not calculate."""
    text = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")
    return f"'{text}" if text.startswith(_LIKE_A_FORMULA) else text


def _card(one: Any, day: date) -> str:
    """The card of one line of `_ON_A_CARD`."""
    name = one.person__full_name
    family, _, given = name.partition(" ")
    lines = [
        "BEGIN:VCARD", "VERSION:4.0", f"UID:urn:congso:person:{one.person_id}:{one.post_id}",
        f"FN:{_escaped(name)}", f"N:{_escaped(family)};{_escaped(given)};;;",
        f"ORG:{_escaped(one.post__organization__name)}", f"TITLE:{_escaped(one.post__name)}",
        *([f"EMAIL;TYPE=work:{_escaped(one.person__email)}"] if one.person__email else ()),
        *([f"TEL;TYPE=work:{_escaped(one.person__phone)}"] if one.person__phone else ()),
        f"REV:{timezone.now():%Y%m%dT%H%M%SZ}", f"NOTE:{day:%d/%m/%Y}", "END:VCARD",
    ]  # fmt: skip
    return "".join(_folded(line) for line in lines)


def _escaped(text: str) -> str:
    for mark in ("\\", ",", ";"):
        text = text.replace(mark, "\\" + mark)
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 bytes a line, the rest on lines that begin with a space (RFC 6350, 3.2)."""
    if len(line.encode()) <= 75:
        return f"{line}\r\n"
    parts: list[str] = []
    current = ""
    for letter in line:
        if len((current + letter).encode()) > 75 - bool(parts):
            parts.append(current)
            current = ""
        current += letter
    return "\r\n ".join([*parts, current]) + "\r\n"
