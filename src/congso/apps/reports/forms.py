from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.apps.reports.rules.schema import KINDS, MOST_CELLS, MOST_SECTIONS
from congso.apps.reports.services import NewForm
from congso.apps.reports.services.starting import starter_forms
from congso.kernel.directory.models import Organization
from congso.kernel.indicators.models import Rhythm
from congso.kernel.web.forms import DateField, ReasonForm
from congso.lib.vietnamese import fold

MOST_LINES = 200


class NewFormForm(forms.Form):
    """What a form is, before its parts are drawn."""

    starter = forms.ChoiceField(
        label=_("Bắt đầu từ"),
        required=False,
        help_text=_("Mẫu có sẵn cho các phần, quy tắc; sửa được trước khi ban hành."),
    )
    title = forms.CharField(label=_("Tên mẫu báo cáo"), max_length=300)
    code = forms.SlugField(
        label=_("Mã mẫu"), max_length=40, help_text=_("Chữ thường không dấu, số, gạch nối; không đổi về sau.")
    )
    owner = forms.ModelChoiceField(label=_("Cơ quan ban hành"), queryset=Organization.objects.none())
    frequency = forms.ChoiceField(label=_("Kỳ báo cáo"), choices=Rhythm.choices)
    closes_on = forms.IntegerField(
        label=_("Ngày chốt số liệu"),
        min_value=0,
        max_value=31,
        initial=0,
        help_text=_("Ngày của tháng cuối kỳ; 0 là ngày cuối kỳ."),
    )
    due_working_days = forms.IntegerField(
        label=_("Hạn gửi sau ngày chốt (ngày làm việc)"), min_value=0, max_value=60, initial=3
    )
    starts_on = DateField(label=_("Thu thập từ kỳ có ngày"))
    note = forms.CharField(
        label=_("Căn cứ, hướng dẫn điền"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        rhythms = dict(Rhythm.choices)
        offered = [(key, f"{one.title} ({rhythms[one.frequency]})") for key, one in starter_forms().items()]
        self.fields["starter"].choices = [("", _("Mẫu trống")), *offered]  # type: ignore[attr-defined]

    @property
    def new(self) -> NewForm:
        """As the service takes it; figures are gathered below the committee the owner serves, else below the owner."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "starter"}
        owner = told["owner"]
        return NewForm(**told, scope=owner.serves or owner.parent or owner)

    @property
    def schema(self) -> dict[str, Any] | None:
        """The parts of the shipped form that was chosen."""
        chosen = starter_forms().get(self.cleaned_data["starter"])
        return chosen.schema if chosen else None


class ReturnForm(ReasonForm):
    """Why a report goes back; remarks on its cells come beside (`nx-<cell>`)."""


class SheetForm(forms.Form):
    """The file brought back."""

    file = forms.FileField(
        label=_("Tệp Excel đã điền"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Hãy chọn tệp Excel đã điền."), "empty": _("Tệp rỗng.")},
    )


def schema_from(posted: Mapping[str, str], lists: Any) -> dict[str, Any]:
    """What the designer's page says, as a schema to be kept; lines without a title are dropped. Mistakes stay in it."""
    sections = []
    for place in _places(posted, "s", MOST_SECTIONS):
        section = _section(posted, place)
        if section["title"]:
            sections.append(section)
    _give_keys(sections, "phan")
    rules = [_rule(posted, lists, place) for place in _places(posted, "rule", MOST_LINES)]
    return {"sections": sections, "rules": [one for one in rules if one["left"]]}


def _places(posted: Mapping[str, str], prefix: str, most: int) -> Iterator[str]:
    for number in range(most + 1):
        if f"{prefix}{number}-kind" in posted:
            yield f"{prefix}{number}"


def _section(posted: Mapping[str, str], place: str) -> dict[str, Any]:
    kind = posted.get(f"{place}-kind", "")
    section: dict[str, Any] = {
        "key": posted.get(f"{place}-key", "")[:40],
        "title": posted.get(f"{place}-title", "").strip()[:300],
        "kind": kind if kind in KINDS else "figures",
    }
    if section["kind"] == "text":
        section |= {
            "required": f"{place}-required" in posted,
            "carries": f"{place}-carries" in posted,
            "most": _whole(posted.get(f"{place}-most", ""), 5000),
        }
    elif section["kind"] in ("figures", "table"):
        rows = list(_lines(posted, f"{place}r"))
        _give_keys(rows, "dong")
        section["figures" if section["kind"] == "figures" else "rows"] = rows
    if section["kind"] == "table":
        columns = [
            {"key": posted.get(f"{name}-key", "")[:40], "title": posted[f"{name}-title"].strip()[:300]}
            for name in _titled(posted, f"{place}c")
        ]
        _give_keys(columns, "cot")
        section["columns"] = columns
    return section


def _titled(posted: Mapping[str, str], prefix: str) -> Iterator[str]:
    for number in range(MOST_CELLS):
        name = f"{prefix}{number}"
        if f"{name}-title" not in posted:
            return
        if posted[f"{name}-title"].strip():
            yield name


def _lines(posted: Mapping[str, str], prefix: str) -> Iterator[dict[str, Any]]:
    for name in _titled(posted, prefix):
        yield {
            "key": posted.get(f"{name}-key", "")[:40],
            "title": posted[f"{name}-title"].strip()[:300],
            "unit": posted.get(f"{name}-unit", "").strip()[:41],
            "decimals": _whole(posted.get(f"{name}-decimals", ""), 0),
            "least": posted.get(f"{name}-least", "").strip().replace(",", ".")[:20],
            "most": posted.get(f"{name}-most", "").strip().replace(",", ".")[:20],
            "roll_up": posted.get(f"{name}-roll_up", "sum")[:20],
            "indicator": posted.get(f"{name}-indicator", "").strip()[:81],
            "required": f"{name}-required" in posted,
            "carries": f"{name}-carries" in posted,
        }


def _rule(posted: Mapping[str, str], lists: Any, place: str) -> dict[str, Any]:
    return {
        "kind": posted.get(f"{place}-kind", "")[:20],
        "left": lists(f"{place}-left")[:50],
        "right": lists(f"{place}-right")[:50],
        "percent": _whole(posted.get(f"{place}-percent", ""), 0),
        "message": posted.get(f"{place}-message", "").strip()[:300],
    }


def _whole(text: str, default: int) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 7 else default


def _give_keys(rows: Iterable[dict[str, Any]], word: str) -> None:
    """A new line's key is made of its title once and never changes, whatever the title becomes."""
    listed = list(rows)
    taken = {row["key"] for row in listed if row["key"]}
    for row in listed:
        if row["key"]:
            continue
        plain = "".join(
            letter if letter.isalnum() and letter.isascii() else "_" for letter in fold(row["title"]).lower()
        )
        base = "_".join(part for part in plain.split("_") if part)[:30] or word
        key, number = base, 1
        while key in taken:
            number += 1
            key = f"{base}_{number}"
        taken.add(key)
        row["key"] = key
