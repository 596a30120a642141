"""The week of a calendar as the official sheet: “Lịch công tác tuần”."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from congso.apps.schedule.models import Entry
from congso.apps.schedule.queries import entries_between
from congso.kernel.composing.contents import Authority, Block, Grid, Layout, PaperContent, Passage, Signature
from congso.kernel.composing.templates import make_docx
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import name_on
from congso.lib.vietnamese_dates import weekday_date

_HEAD = ("Thời gian", "Nội dung", "Chủ trì", "Thành phần", "Địa điểm", "Chuẩn bị")
MOST = 500


def week_entries(owner: Organization, monday: date) -> list[Entry]:
    """What the sheet holds: approved and published entries of the week that are not private, by time."""
    begins = timezone.make_aware(datetime.combine(monday, time.min))
    found = entries_between(begins, begins + timedelta(days=7)).filter(owner=owner, is_private=False)
    return list(found[:MOST])


def week_title(monday: date) -> str:
    """“Tuần 48 (từ ngày 23/11/2026 đến ngày 29/11/2026)”."""
    sunday = monday + timedelta(days=6)
    return f"Tuần {monday.isocalendar().week} (từ ngày {monday:%d/%m/%Y} đến ngày {sunday:%d/%m/%Y})"


def hours_words(entry: Entry) -> str:
    """“08:00–09:00”, or with days where it lasts longer."""
    begins, ends = timezone.localtime(entry.starts_at), timezone.localtime(entry.ends_at)
    if begins.date() == ends.date():
        return f"{begins:%H:%M}–{ends:%H:%M}"
    return f"{begins:%H:%M %d/%m} – {ends:%H:%M %d/%m}"


def week_paper(owner: Organization, monday: date) -> bytes:
    """The sheet as a Word file."""
    today, layout = timezone.localdate(), Layout(owner.layout_profile)
    return make_docx(
        PaperContent(
            layout=layout,
            issuer=name_on(owner, today).upper(),
            parent=name_on(owner.parent, today).upper() if owner.parent else "",
            symbol=f"LCT{'-' if layout is Layout.STATE else '/'}{owner.symbol}" if owner.symbol else "LCT",
            place="",
            doc_type="notice",
            type_name="Lịch công tác",
            title=week_title(monday),
            body=tuple(_days(week_entries(owner, monday), monday)),
            signatures=(Signature(name="", post="", authority=Authority.OWN),),
            recipients=("Lãnh đạo và các đơn vị có tên trong lịch,", "Lưu Văn phòng."),
            year=today.year,
        )
    )


def _days(entries: Iterable[Entry], monday: date) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    named = None
    for entry in entries:
        day = max(timezone.localtime(entry.starts_at).date(), monday)
        if day != named:
            rows.append((weekday_date(day), "", "", "", "", ""))
            named = day
        people = "; ".join(one.label for one in entry.participants.all())
        unit = (entry.unit.short_name or entry.unit.name) if entry.unit else ""
        rows.append((hours_words(entry), entry.title, entry.chair_label, people, entry.place, unit))
    yield Grid((_HEAD, *rows), widths=(2.4, 5, 3, 4, 2.6, 2.4)) if rows else Passage("Không có lịch.")
