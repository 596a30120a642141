"""The page of one record: facts, acts from its flow, files, timeline, comments, links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.queries import FileOfRecord, files_of
from congso.kernel.records.models import Link, Record
from congso.kernel.records.types import Words, type_of, url_of
from congso.kernel.web.offers import offers_for
from congso.kernel.web.palette import remember
from congso.kernel.workflow.services import possible_transitions

LAST_COMMENTS = 200
LAST_STEPS = 20
PAGE_WIDTH = 1200
PAGES_SHOWN = 300  # beyond that, reading on means downloading


@dataclass(frozen=True)
class Fact:
    """One line of what is known; `kind` as in lists (text, date, moment, due, number), `url` opens it."""

    label: Words
    value: Any
    kind: str = "text"
    url: str = ""
    is_wide: bool = False


@dataclass(frozen=True)
class Act:
    """A button. `ask` opens a question (reason, fields) at `url`; else it posts to `url` at once.

    `is_link` leads to a page instead. `may_wait`: done while the network is away, it is sent later. `access_key` is
    the letter that presses it with Alt (Alt+Shift in Firefox).
    """

    key: str
    label: Words
    url: str
    icon: str = "arrow-right"
    tone: str = ""
    ask: bool = False
    is_link: bool = False
    needs_reason: bool = False
    access_key: str = ""
    may_wait: bool = False


@dataclass(frozen=True)
class LinkLine:
    """Another record this one belongs with, named from this side."""

    label: str
    record: Record
    url: str
    clause: str


@dataclass(frozen=True)
class PageImage:
    """One page of a file as a picture; width and height keep the layout still while it loads."""

    number: int
    url: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class FileLine:
    """A file beside the record; `pages` make it readable in the page viewer."""

    name: str
    url: str
    size: int = 0
    note: str = ""
    pages: Sequence[PageImage] = field(default_factory=tuple)
    key: int = 0
    """The file's own id, by which an address names it (`?tep=`)."""


def acts_of(
    request: OfficeRequest, record: Record, *, url_name: str, asks: Iterable[str] = (), primary: str = ""
) -> list[Act]:
    """The buttons the flow gives this person now, in the flow's order, the primary one first.

    `url_name` takes pk and the transition's key. Transitions in `asks` and those that need a reason open a
    question first; the others are done by pressing.
    """
    asked = set(asks)
    found = [
        Act(
            key=transition.key,
            label=transition.label,
            url=reverse(url_name, args=[record.pk, transition.key]),
            icon=transition.icon,
            tone="primary" if transition.key == primary else "",
            ask=transition.needs_reason or transition.key in asked,
            needs_reason=transition.needs_reason,
            may_wait=transition.may_wait,
        )
        for transition in possible_transitions(record, held=request.principals)
    ]
    return sorted(found, key=lambda one: one.tone != "primary")


def file_lines(record: Record) -> list[FileLine]:
    """The record's files, each readable page by page in its stamped or searchable copy. One query."""
    return [_file_line(held) for held in files_of(record)]


def _file_line(held: FileOfRecord) -> FileLine:
    pages = [
        PageImage(number, reverse("files:page", args=[held.shown.pk, number, PAGE_WIDTH]))
        for number in range(1, min(held.pages, PAGES_SHOWN) + 1)
    ]
    return FileLine(
        held.file.name,
        reverse("files:download", args=[held.shown.pk]),
        held.file.blob.size,
        held.file.note,
        pages,
        held.file.pk,
    )


def _offered(request: OfficeRequest, record: Record) -> list[Act]:
    return [
        Act(f"offer-{place}", offer.label, url, offer.icon, is_link=True)
        for place, (offer, url) in enumerate(offers_for(request, record))
    ]


def links_of(record: Record) -> list[LinkLine]:
    """Records tied to this one that the person may see, in the order they were tied."""
    rows = Link.objects.filter(Q(source_id=record.pk) | Q(target_id=record.pk)).order_by("added_at", "id")
    lines = []
    for link in rows.select_related("source", "target"):
        other = link.target if link.source_id == record.pk else link.source
        lines.append(LinkLine(link.get_kind_display(), other, url_of(other), link.clause))
    return lines


def detail_context(
    request: OfficeRequest,
    record: Record,
    *,
    facts: Sequence[Fact],
    acts: Sequence[Act] = (),
    files: Sequence[FileLine] = (),
    **more: Any,
) -> dict[str, Any]:
    """Everything `web/detail.html` shows; `more` reaches the app's own blocks. Three queries."""
    request.shown_record = record.pk
    remember(request, record)
    return {
        "record": record,
        "record_type": type_of(record),
        "facts": [fact for fact in facts if fact.value not in (None, "", [])],
        "acts": [*acts, *_offered(request, record)],
        "files": files,
        "shown_file": _shown(request, files),
        **_steps(record),
        "comments": list(record.comments.order_by("at", "id")[:LAST_COMMENTS]),
        "links": links_of(record),
        **more,
    }


def _shown(request: OfficeRequest, files: Sequence[FileLine]) -> FileLine | None:
    """The file the address names, when its pages can be seen, else the first that has pages."""
    named = request.GET.get("tep", "")
    readable = [file for file in files if file.pages]
    return next((file for file in readable if str(file.key) == named), readable[0] if readable else None)


def _steps(record: Record) -> dict[str, Any]:
    """The newest steps, and those before them to unfold."""
    steps = list(record.timeline.order_by("at", "id"))
    return {"timeline": steps[-LAST_STEPS:], "timeline_before": steps[:-LAST_STEPS]}
