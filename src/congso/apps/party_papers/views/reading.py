"""What is published: found, read with its standing on a day, its history, the volumes. Visitors read what is for
everybody.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from congso.apps.party_papers import queries
from congso.apps.party_papers.models import BondKind, Edition, EditionPassage, Relation
from congso.apps.party_papers.queries import Related, Standing
from congso.apps.party_papers.rules import HOLDING, Bond, Effect
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.types import Words
from congso.kernel.web.filters import read_date

SHOWN = 50
EFFECTS: dict[Effect, tuple[Words, str]] = {
    Effect.NOT_YET: (_("Chưa có hiệu lực"), "tag-act"),
    Effect.IN_FORCE: (_("Còn hiệu lực"), "tag-good"),
    Effect.AMENDED: (_("Còn hiệu lực, đã sửa đổi, bổ sung"), "tag-good"),
    Effect.PARTLY: (_("Hết hiệu lực một phần"), "tag-warn"),
    Effect.REPLACED: (_("Hết hiệu lực: đã bị thay thế"), "tag-bad"),
    Effect.ABOLISHED: (_("Hết hiệu lực: đã bị bãi bỏ"), "tag-bad"),
    Effect.EXPIRED: (_("Hết thời hạn"), "tag-bad"),
}
DONE_TO: dict[Bond, Words] = {
    Bond.AMENDS: _("đã sửa đổi, bổ sung"),
    Bond.REPLACES: _("đã bị thay thế"),
    Bond.ABOLISHES: _("đã bị bãi bỏ"),
}
_INCOMING: dict[str, Words] = {
    BondKind.AMENDS: _("Được sửa đổi, bổ sung bởi"),
    BondKind.REPLACES: _("Bị thay thế bởi"),
    BondKind.ABOLISHES: _("Bị bãi bỏ bởi"),
    BondKind.GUIDES: _("Được hướng dẫn, cụ thể hóa bởi"),
    BondKind.CITES: _("Là căn cứ của"),
}
_SCOPES = (("tat-ca", _("Tất cả")), ("con", _("Còn hiệu lực")), ("het", _("Hết hiệu lực")))


@dataclass(frozen=True)
class ShownEdition:
    """An edition with how it stands."""

    edition: Edition
    label: Words
    tone: str


@dataclass(frozen=True)
class ShownRelation:
    """One line of the table of relations, from the side of the edition that is read."""

    label: Words
    relation: Relation
    other: Edition | None
    symbol: str


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """Documents one may read, by words, type and whether they hold on the day (`?ngay=`)."""
    words = request.GET.get("q", "")[:200].replace("\x00", "")
    kind = request.GET.get("loai", "")[:60].replace("\x00", "")
    scope = request.GET.get("hieu-luc", "")
    day = read_date(request.GET.get("ngay", "")[:10]) or timezone.localdate()
    found = queries.narrowed(queries.editions(), words)
    if kind:
        found = found.filter(document_type=kind)
    page = int(asked) if (asked := request.GET.get("page", "")).isascii() and asked.isdigit() and len(asked) < 5 else 1
    first = max(0, page - 1) * SHOWN
    rows = list(found[first : first + SHOWN + 1])
    shown = _shown(rows[:SHOWN], day)
    if scope in ("con", "het"):
        shown = [one for one in shown if _holds(one) is (scope == "con")]
    context = {
        "rows": shown, "has_more": len(rows) > SHOWN, "page": max(1, page), "words": words, "kind": kind,
        "scope": scope,
        "scopes": _SCOPES, "types": queries.types_in_use(), "day": day, "is_today": day == timezone.localdate(),
        "may_keep": bool(request.principals) and queries.keeping_for(request.principals, day).exists(),
    }  # fmt: skip
    return render(request, "party_papers/index.html", context)


@require_safe
def edition(request: OfficeRequest, pk: int) -> HttpResponse:
    """The whole text with its contents, and how it and its passages stand on the day."""
    found, day = _edition(pk), _day(request)
    standing = queries.standings([found], day)[found.pk]
    passages = [(one, _done(one, standing)) for one in queries.passages_of(found)]
    context = {
        "one": found, "shown": _said(found, standing), "day": day, "is_today": day == timezone.localdate(),
        "passages": passages, "contents": [one for one, _words in passages if one.label and one.depth <= 2],
        **_related(found),
    }  # fmt: skip
    return render(request, "party_papers/edition.html", context)


@require_safe
def history(request: OfficeRequest, pk: int) -> HttpResponse:
    """What happened to the document, day by day, with the standing each day brought."""
    found = _edition(pk)
    _outgoing, incoming = queries.relations_of(found)
    done = [one for one in incoming if one.relation.bond not in (Bond.GUIDES, Bond.CITES)]
    days = {found.effective_from, *(one.relation.effective_on for one in done)}
    days |= {found.effective_to} if found.effective_to else set()
    ordered, lines = sorted(days), []
    for day, standing in zip(ordered, queries.standings_over(found, ordered), strict=True):
        acts = [_line(one, is_incoming=True) for one in done if one.relation.effective_on == day]
        lines.append((day, _said(found, standing), acts))
    return render(request, "party_papers/history.html", {"one": found, "lines": lines[-200:]})


@require_safe
def volumes(request: OfficeRequest) -> HttpResponse:
    """The volumes of documents one may read."""
    told = [(one, f"{reverse('party_papers:volume')}?{urlencode({'ten': one.name})}") for one in queries.volumes()]
    return render(request, "party_papers/volumes.html", {"volumes": told})


@require_safe
def volume(request: OfficeRequest) -> HttpResponse:
    """One volume as a list to read from and to print: its documents in the order of their days."""
    name = request.GET.get("ten", "")[:200].replace("\x00", "")
    rows = list(queries.editions().filter(volume=name).order_by("issued_on", "id")[:1000]) if name else []
    if not rows:
        raise Http404
    return render(request, "party_papers/volume.html", {"name": name, "rows": _shown(rows, timezone.localdate())})


def _shown(rows: list[Edition], day: date) -> list[ShownEdition]:
    standings = queries.standings(rows, day)
    return [_said(one, standings[one.pk]) for one in rows]


def _said(one: Edition, standing: Standing) -> ShownEdition:
    label, tone = EFFECTS[standing.effect]
    return ShownEdition(one, label, tone)


def _holds(one: ShownEdition) -> bool:
    return any(EFFECTS[effect][0] is one.label for effect in HOLDING)


def _done(one: EditionPassage, standing: Standing) -> Words:
    """What was done to the passage itself, or to the article above it."""
    for anchor, bond in standing.passages.items():
        if one.anchor == anchor or one.anchor.startswith(f"{anchor}."):
            return DONE_TO[bond]
    return ""


def _related(found: Edition) -> dict[str, Any]:
    outgoing, incoming = queries.relations_of(found)
    return {
        "outgoing": [_line(one, is_incoming=False) for one in outgoing],
        "incoming": [_line(one, is_incoming=True) for one in incoming],
    }


def _line(one: Related, *, is_incoming: bool) -> ShownRelation:
    relation, other = one.relation, one.other
    symbol = other.symbol if other else "" if is_incoming else relation.target_symbol
    label = _INCOMING[relation.bond] if is_incoming else relation.get_bond_display()
    return ShownRelation(label, relation, other, symbol)


def _day(request: OfficeRequest) -> date:
    return read_date(request.GET.get("ngay", "")[:10]) or timezone.localdate()


def _edition(pk: int) -> Edition:
    return get_object_or_404(queries.editions(), pk=pk)
