"""What templates need to draw: icons, dates as offices print them, badges, form fields, cells of lists."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from congso.kernel.records.models import Record
from congso.kernel.records.types import type_of, url_of
from congso.kernel.web.lists import Column, Kind
from congso.kernel.workflow.flow import Tone, flow_of

register = template.Library()

SOON = 3
_TONES = {
    Tone.NEUTRAL: ("", ""),
    Tone.WAITING: ("tag-act", "hourglass"),
    Tone.WORKING: ("tag-act", "progress"),
    Tone.WARNING: ("tag-warn", "alert-triangle"),
    Tone.DONE: ("tag-good", "circle-check"),
    Tone.STOPPED: ("tag-bad", "ban"),
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A sprite icon; with a label it speaks to a screen reader, without it is decoration."""
    use = format_html('<use href="{}#{}"/>', static("vendor/icons.svg"), name)
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}">{}</svg>', label, use)
    return format_html('<svg class="icon" aria-hidden="true">{}</svg>', use)


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """23/11/2026, with the machine-readable day."""
    if value is None:
        return ""
    local = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), local.strftime("%d/%m/%Y"))


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """23/11/2026 08:05, with the machine-readable moment."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), local.strftime("%d/%m/%Y %H:%M"))


@register.filter
def number(value: Decimal | float | None) -> str:
    """12.345,6 as Vietnamese figures are printed, 12,345.6 as English ones; nothing for nothing."""
    if value is None:
        return ""
    if get_language() == "en":
        return f"{value:,}"
    whole, _point, part = f"{value:,}".partition(".")
    return whole.replace(",", ".") + (f",{part}" if part else "")


@register.filter
def figure(value: Decimal | float | None) -> str:
    """A measured figure without the zeros its column adds: 62,4; 1.200; 100."""
    if value is None:
        return ""
    plain = f"{Decimal(value):f}"
    return number(Decimal(plain.rstrip("0").rstrip(".") or "0" if "." in plain else plain))


@register.filter
def iso_day(value: str) -> str:
    """2026-11-27 as papers print it; what is no day stays as it is."""
    year, _dash, rest = value.partition("-")
    month, _dash, day_of_month = rest.partition("-")
    return f"{day_of_month}/{month}/{year}" if day_of_month else value


@register.filter
def words(value: object) -> str:
    """What the program itself wrote or refused with, in the reader's language; a person's words stay as they are.

    A fixed beginning before a colon is translated alone: “Báo cáo kết quả: Sở Y tế” keeps the name.
    """
    text = str(value)
    if not text or "\n" in text:
        return text
    head, colon, rest = text.partition(": ")
    whole = _(text)
    return f"{_(head)}{colon}{rest}" if whole == text and rest else whole


@register.filter
def file_size(value: int) -> str:
    """3,4 MB."""
    size = float(value)
    for unit in ("B", "KB", "MB"):
        if size < 1024:
            return f"{number(round(size) if unit == 'B' or size >= 10 else round(size, 1))} {unit}"
        size /= 1024
    return f"{number(round(size, 1))} GB"


@register.filter
def initials(name: str) -> str:
    """The letters of a person's round badge: first of the family name and of the given name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


@register.simple_tag
def due_badge(due_on: date | None, closed_at: datetime | None = None) -> SafeString | str:
    """The deadline with how far it is, in words and an icon; a closed record shows whether it was kept."""
    if due_on is None:
        return ""
    if closed_at is not None:
        if timezone.localtime(closed_at).date() > due_on:
            return _badge("tag-warn", "flag-check", due_on, _("trễ hạn"))
        return _badge("tag-good", "flag-check", due_on, _("đúng hạn"))
    return _open_due(due_on, (due_on - timezone.localdate()).days)


def _open_due(due_on: date, left: int) -> SafeString | str:
    if left < 0:
        return _badge("tag-bad", "clock-exclamation", due_on, _("quá %(days)s ngày") % {"days": -left})
    if left == 0:
        return _badge("tag-warn", "calendar-due", due_on, _("hôm nay"))
    if left <= SOON:
        return _badge("tag-warn", "clock", due_on, _("còn %(days)s ngày") % {"days": left})
    return day(due_on)


def _badge(tone: str, picture: str, due_on: date, words: str) -> SafeString:
    return format_html('<span class="tag {}">{} {} · {}</span>', tone, icon(picture), day(due_on), words)


@register.simple_tag
def state_badge(record: Record) -> SafeString:
    """The state's word in its tone."""
    state = flow_of(record.type).state(record.state)
    tone, picture = _TONES[state.tone]
    mark = icon(picture) if picture else ""
    return format_html('<span class="tag {}">{}{}</span>', tone, mark, state.label)


@register.simple_tag
def state_icon(record: Record, key: str) -> str:
    """The sprite name for a state of the record's life, for its timeline."""
    return _TONES[flow_of(record.type).state(key).tone][1] or "circle-check"


@register.simple_tag
def state_tone(record: Record, key: str) -> str:
    """The tone of a state of the record's life (good, warn, bad, act or nothing)."""
    return _TONES[flow_of(record.type).state(key).tone][0].removeprefix("tag-")


@register.filter
def type_icon(record: Record) -> str:
    """The icon of the record's kind."""
    return type_of(record).icon


@register.filter
def type_label(record: Record) -> str:
    """The word for the record's kind."""
    return str(type_of(record).label)


@register.filter
def record_url(record: Record) -> str:
    """The address of the record's page."""
    return url_of(record)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """This page's query string with changed parameters; an empty value removes one."""
    request: HttpRequest = context["request"]
    params = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}"


@register.inclusion_tag("web/_cell.html", takes_context=True)
def cell(context: template.Context, column: Column, record: Any) -> dict[str, Any]:
    """One value of a list, drawn by its kind or by the column's own template."""
    listing = context["listing"]
    return {
        "request": context["request"],
        "column": column,
        "kind": column.kind,
        "record": record,
        "value": column.value_of(record),
        "url": listing.spec.row_url(record) if column.kind is Kind.LINK else "",
        "may_be_html": bool(column.template),
    }


@register.filter
def is_blank(column: Column, record: Any) -> bool:
    """Whether a cell has nothing to show, so that a phone's card leaves it out."""
    return not column.template and column.value_of(record) in (None, "", [])


@register.simple_tag
def plain(column: Column, record: Any) -> Any:
    """A value as the printed register holds it."""
    value = column.value_of(record)
    if column.kind is Kind.STATE:
        return flow_of(record.type).state(value).label
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else ("" if value is None else value)


_GROUPS = (CheckboxSelectMultiple, RadioSelect)


@register.inclusion_tag("web/_field.html")
def field(bound: BoundField, width: str = "", access_key: str = "", note: str = "") -> dict[str, Any]:
    """A form field with label, required mark, help and errors tied to it. `width`: half, third or quarter.

    `note` is the id of further words about the field, read out with its help.
    """
    widget = bound.field.widget
    is_check = isinstance(widget, CheckboxInput)
    is_group = isinstance(widget, _GROUPS)
    attrs: dict[str, Any] = {}
    if not is_group:
        attrs["class"] = "" if is_check else "form-select" if isinstance(widget, Select) else "form-control"
    if access_key:
        attrs["accesskey"] = access_key
    if bound.field.required and not is_group:
        attrs["aria-required"] = "true"
    parts = {"help": bound.help_text, "errors": bound.errors}
    described = [f"{bound.auto_id}_{part}" for part, words in parts.items() if words] + ([note] if note else [])
    if described and not is_group:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors and not is_group:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "is_check": is_check,
        "is_group": is_group,
        "is_file": isinstance(widget, FileInput),
        "width": width,
        "access_key": access_key.upper(),
        "described": " ".join(described),
    }
