"""Proposed tasks as the review screen shows them: narrowed, sorted, a page at a time, units in words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congso.apps.directives.forms import typed_day
from congso.apps.directives.models import DeadlineKind, Mention, PlanReading, ProposedTask
from congso.apps.directives.queries import (
    SHOWING,
    doubts_about,
    in_words,
    is_without_deadline,
    organizations_in,
    proposals_of,
    tasks_made_of,
)
from congso.kernel.directory.models import Organization

PER_PAGE = 100
PICTURE_WIDTH = 1200
TABS = (
    ("all", _("Tất cả")),
    ("look", _("Cần xem")),
    ("unit", _("Chưa rõ đơn vị")),
    ("undated", _("Không có hạn")),
    ("confirmed", _("Đã xác nhận")),
    ("dropped", _("Đã bỏ")),
    ("assigned", _("Đã giao")),
)


@dataclass(frozen=True)
class Narrowing:
    """What the person chose to see: a filter, a chapter, the order, the page."""

    show: str = "all"
    chapter: str = ""
    order: str = "doubts"
    page: int = 1

    @classmethod
    def of(cls, asked: QueryDict) -> Self:
        """As the address says; what it says wrongly is left out."""
        show, page = asked.get("show", ""), asked.get("page", "")
        return cls(
            show if show in SHOWING else "all", asked.get("chapter", "")[:200],
            "paper" if asked.get("order") == "paper" else "doubts",
            int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
        )  # fmt: skip

    def query(self, **changes: Any) -> str:
        """The address's question with changes; defaults are left out."""
        facts = {"show": self.show, "chapter": self.chapter, "order": self.order, "page": self.page} | changes
        plain = {"show": "all", "chapter": "", "order": "doubts", "page": 1}
        return urlencode({name: value for name, value in facts.items() if value != plain[name]})

    def holds(self, row: ProposedTask) -> bool:
        """Whether the row is among those chosen."""
        return SHOWING[self.show](row) and (not self.chapter or row.chapter == self.chapter)


@dataclass(frozen=True)
class ShownUnit:
    """A unit of a row: its words, whether it was recognised, the paper's words and what to know about it."""

    name: str
    is_known: bool
    size: int
    written: str
    reason: str


@dataclass(frozen=True)
class ShownRow:
    """A row with everything its line shows; `refusal` tells why the last act on it was not done."""

    row: ProposedTask
    lead: ShownUnit
    supporting: tuple[ShownUnit, ...]
    due: str
    doubts: tuple[str, ...]
    tasks: tuple[int, ...] = ()
    refusal: str = ""

    @property
    def places(self) -> str:
        return json.dumps(self.row.places)

    @property
    def is_open(self) -> bool:
        return self.row.state in (ProposedTask.State.PROPOSED, ProposedTask.State.CONFIRMED)


@dataclass(frozen=True)
class Screen:
    """The list with its counts, tabs and pages."""

    narrowing: Narrowing
    rows: list[ShownRow]
    counts: Mapping[str, int]
    chapters: list[str]
    total: int

    @property
    def tabs(self) -> list[dict[str, Any]]:
        return [
            {"key": key, "label": label, "count": self.counts[key], "url": f"?{self.narrowing.query(show=key, page=1)}"}
            for key, label in TABS
            if self.counts[key] or key in ("all", self.narrowing.show)
        ]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def certain(self) -> int:
        """How many rows Ctrl+Enter would confirm."""
        return self.counts["certain"]


def screen_of(reading: PlanReading, narrowing: Narrowing, refusals: Mapping[int, str] | None = None) -> Screen:
    """What the person sees of the reading. Four queries at most."""
    every = proposals_of(reading)
    chosen = [row for row in every if narrowing.holds(row)]
    if narrowing.order == "doubts":
        chosen.sort(key=lambda row: not (row.state == ProposedTask.State.PROPOSED and doubts_about(row)))
    first = (narrowing.page - 1) * PER_PAGE
    page = chosen[first : first + PER_PAGE]
    counts = {key: sum(map(holds, every)) for key, holds in SHOWING.items()}
    proposed = sum(row.state == ProposedTask.State.PROPOSED for row in every)
    counts |= {"certain": proposed - counts["look"], "proposed": proposed}
    chapters = list(dict.fromkeys(row.chapter for row in every if row.chapter))
    return Screen(narrowing, shown(page, refusals or {}), counts, chapters, len(chosen))


def shown(rows: Iterable[ProposedTask], refusals: Mapping[int, str]) -> list[ShownRow]:
    """Rows as their lines show them. One query for all their units, one for the tasks they became."""
    held = list(rows)
    units, tasks = organizations_in(held), tasks_made_of(held)
    return [
        ShownRow(
            row, _unit(row.led_by, units), tuple(_unit(one, units) for one in row.supported_by), due_words(row),
            tuple(doubts_about(row)) if row.state == ProposedTask.State.PROPOSED else (),
            tuple(tasks.get(row.pk, ())), refusals.get(row.pk, ""),
        )
        for row in held
    ]  # fmt: skip


def due_words(row: ProposedTask) -> str:
    """When it ends, as people say it."""
    if row.deadline_kind == DeadlineKind.RECURRING:
        span = "–".join(typed_day(day) for day in dict.fromkeys((row.start, row.due)) if day)
        return f"{row.get_recurrence_display()}{', ' if span else ''}{span}"
    if row.deadline_kind == DeadlineKind.AS_DIRECTED:
        return row.schedule_text
    if row.deadline_kind == DeadlineKind.NONE:
        return row.no_deadline_reason
    return "" if is_without_deadline(row) else typed_day(row.due)


def pictures_of(reading: PlanReading) -> str:
    """The pages that can be looked at, as the page viewer's script reads them: address, width, height in points."""
    return json.dumps(
        [
            [reverse("files:page", args=[attachment, number, PICTURE_WIDTH]), width, height]
            for attachment, number, width, height in reading.pages
        ]
    )


def _unit(mention: Mention, units: Mapping[int, Organization]) -> ShownUnit:
    size = len(mention.organizations) if mention.is_group else 0
    return ShownUnit(in_words(mention, units), mention.is_resolved, size, mention.written, mention.reason)
