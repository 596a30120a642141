"""The yearly list of dossiers: drafted by the unit, copied from last year, read from Excel, issued by the head."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from congso.apps.dossiers.models import CATALOGUE, Catalogue, Line
from congso.apps.dossiers.queries import body_of, periods
from congso.kernel.access.principals import Function, office
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import title_of
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import NotYours, Refused, act, start
from congso.lib.vietnamese import nfc


@dataclass(frozen=True)
class NewLine:
    """One line as somebody writes it."""

    symbol: str
    title: str
    retention: str
    heading: str = ""
    schedule: str = ""
    holder: Person | None = None
    note: str = ""


def draft_catalogue(unit: Organization, *, year: int, by: Actor, at: datetime) -> Catalogue:
    """Begin the unit's list for the year. Raises NotYours, Refused (there is one already)."""
    check_works_in(unit)
    today = timezone.localdate(at)
    if not today.year - 20 <= year <= today.year + 1:
        raise Refused("Năm của danh mục không hợp lệ.")
    if Catalogue.objects.filter(unit=unit, year=year).exclude(state="withdrawn").exists():
        raise Refused("Đơn vị đã có danh mục hồ sơ của năm này.")
    catalogue = Catalogue(
        type=CATALOGUE, title=f"Danh mục hồ sơ năm {year} của {unit.name}"[:1000], owner=body_of(unit, today),
        unit=unit, opened_on=today, year=year,
    )  # fmt: skip
    with start(catalogue, by=by, at=at, label="Lập danh mục"):
        index_record(catalogue)
    return catalogue


def copy_last_year(catalogue: Catalogue, *, by: Actor, at: datetime) -> int:
    """Take over the lines of the unit's newest earlier list that are not here yet; returns how many."""
    earlier = Catalogue.objects.filter(unit_id=catalogue.unit_id, year__lt=catalogue.year).exclude(state="withdrawn")
    last = earlier.order_by("-year").first()
    if last is None:
        raise Refused("Chưa có danh mục năm trước để chép.")
    rows = [
        NewLine(
            symbol=one.symbol, title=one.title.replace(str(last.year), str(catalogue.year)), retention=one.retention,
            heading=one.heading, schedule=one.schedule, holder=one.holder, note=one.note,
        )
        for one in last.lines.select_related("holder")
    ]  # fmt: skip
    return add_lines(catalogue, rows, skip_known=True, label=f"Chép danh mục năm {last.year}", by=by, at=at)


def add_lines(
    catalogue: Catalogue,
    rows: Sequence[NewLine],
    *,
    skip_known: bool = False,
    label: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Add lines after those there are; returns how many. Raises Refused naming the first line that cannot be."""
    day = timezone.localdate(at)
    allowed = {code for code, _name in periods(day)}
    known = set(catalogue.lines.values_list("symbol", flat=True))
    wanted = [row for row in rows if not (skip_known and clean(row.symbol) in known)]
    for place, row in enumerate(wanted, 1):
        _check(row, place, allowed)
    with act(catalogue, "edit", by=by, at=at) as move:
        move.label = label or f"Thêm {len(wanted)} hồ sơ vào danh mục"
        last = catalogue.lines.count()
        try:
            with transaction.atomic():
                Line.objects.bulk_create(
                    _made(catalogue, row, last + place, day) for place, row in enumerate(wanted, 1)
                )
        except IntegrityError as error:
            raise Refused("Có hai hồ sơ cùng số, ký hiệu trong danh mục.") from error
    return len(wanted)


def change_line(line: Line, row: NewLine, *, by: Actor, at: datetime) -> None:
    """Write a line anew. Raises Refused."""
    day = timezone.localdate(at)
    _check(row, line.position, {code for code, _name in periods(day)})
    with act(line.catalogue, "edit", by=by, at=at) as move:
        move.label = f"Sửa hồ sơ {line.symbol}"
        made = _made(line.catalogue, row, line.position, day)
        for field in fields(NewLine):
            setattr(line, field.name, getattr(made, field.name))
        line.holder_label = made.holder_label
        try:
            with transaction.atomic():
                line.save(update_fields=[*(field.name for field in fields(NewLine)), "holder_label"])
        except IntegrityError as error:
            raise Refused("Số, ký hiệu này đã có trong danh mục.") from error


def remove_line(line: Line, *, by: Actor, at: datetime) -> None:
    """Take a line out. Raises Refused when a dossier was opened from it."""
    if line.dossiers.exists():
        raise Refused("Đã mở hồ sơ theo dòng này, không bỏ được.")
    with act(line.catalogue, "edit", by=by, at=at) as move:
        move.label = f"Bỏ hồ sơ {line.symbol} khỏi danh mục"
        line.delete()


def submit_catalogue(catalogue: Catalogue, *, by: Actor, at: datetime, note: str = "") -> None:
    """Ask the head to issue it."""
    with act(catalogue, "submit", by=by, at=at, note=note):
        pass


def send_catalogue_back(catalogue: Catalogue, *, note: str, by: Actor, at: datetime) -> None:
    """The head wants it changed."""
    with act(catalogue, "send_back", by=by, at=at, note=note):
        pass


def issue_catalogue(
    catalogue: Catalogue, *, symbol: str = "", issued_on: date | None = None, by: Actor, at: datetime
) -> None:
    """The head issues it; dossiers are opened from its lines."""
    with act(catalogue, "issue", by=by, at=at) as move:
        catalogue.number, catalogue.issued_on = clean(symbol)[:80], issued_on or timezone.localdate(at)
        catalogue.save(update_fields=["number", "issued_on"])
        move.facts |= {"symbol": catalogue.number, "lines": catalogue.lines.count()}
        index_record(catalogue)


def revise_catalogue(catalogue: Catalogue, *, note: str, by: Actor, at: datetime) -> None:
    """Open an issued list for additions during the year."""
    with act(catalogue, "revise", by=by, at=at, note=note):
        pass


def withdraw_catalogue(catalogue: Catalogue, *, note: str, by: Actor, at: datetime) -> None:
    """A list begun by mistake."""
    with act(catalogue, "withdraw", by=by, at=at, note=note):
        pass


def check_works_in(unit: Organization) -> None:
    """Raises NotYours when the running actor does no work in the unit."""
    if office(unit.pk, Function.STAFF) not in current_principals():
        raise NotYours(f"Chỉ cán bộ của {unit.short_name or unit.name} lập danh mục, hồ sơ của đơn vị này.")


def clean(text: str) -> str:
    """One line of text, composed, without needless spaces."""
    return " ".join(nfc(text).replace("\x00", "").split())


def _check(row: NewLine, place: int, allowed: Iterable[str]) -> None:
    if not clean(row.symbol) or not clean(row.title):
        raise Refused(f"Dòng {place}: thiếu số, ký hiệu hoặc tiêu đề hồ sơ.")
    if len(clean(row.symbol)) > 40 or len(clean(row.title)) > 1000:
        raise Refused(f"Dòng {place}: số, ký hiệu hoặc tiêu đề quá dài.")
    if row.retention not in set(allowed):
        raise Refused(f"Dòng {place}: thời hạn lưu trữ không có trong danh mục.")


def _made(catalogue: Catalogue, row: NewLine, position: int, day: date) -> Line:
    facts: dict[str, Any] = {field.name: getattr(row, field.name) for field in fields(NewLine)}
    facts |= {name: clean(facts[name]) for name in ("symbol", "title", "heading", "note")}
    facts["heading"], facts["note"] = facts["heading"][:300], facts["note"][:1000]
    label = title_of(row.holder.pk, day) if row.holder else ""
    return Line(catalogue=catalogue, position=position, holder_label=label, **facts)
