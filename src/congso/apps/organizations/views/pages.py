"""Looking: the tree of a day, one organization, one person, and what is proposed while somebody types."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from congso.apps.organizations import queries
from congso.apps.organizations.forms import ShownDay
from congso.apps.organizations.views.lineage import drawn
from congso.kernel.access.principals import Kind, Role, describe
from congso.kernel.access.services import Actor
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.finding import find_organizations, find_people, typed_words
from congso.kernel.directory.models import Assignment, Organization, Person
from congso.kernel.directory.services import administers
from congso.kernel.directory.services.coding import bearers_of, codes_of
from congso.kernel.directory.tree import SHOWN, lineage_of, names_of, node_of, nodes_under, path_to, posts_of
from congso.kernel.personal.models import Place, Purpose
from congso.kernel.personal.services import note_disclosure
from congso.kernel.records.models import Record
from congso.kernel.records.types import url_of
from congso.kernel.web.htmx import render_page, wants_fragment
from congso.kernel.web.navigation import holds_role
from congso.lib.periods import is_valid_on

FOUND = 20
PROPOSED = 12


@login_required
@require_GET
def tree(request: OfficeRequest) -> HttpResponse:
    """The chart of a day from the top, or what is found by name."""
    day = ShownDay.of(request.GET)
    context: dict[str, Any] = {
        "most": SHOWN,
        "day": day,
        "today": timezone.localdate(),
        "q": request.GET.get("q", "").strip(),
    }
    if typed_words(context["q"]):
        people = find_people(context["q"], most=FOUND)
        held = queries.posts_of_people(people, day)
        context["people"] = [(one, held.get(one.pk, [])) for one in people]
        context["organizations"] = _organizations(context["q"], day, FOUND)
    else:
        context["nodes"] = nodes_under(None, day)[:SHOWN]
    context["may_import"] = keeps_directory(request)
    context["keeps_all"] = holds_role(request, Role.ADMINISTRATOR)
    return render_page(request, "organizations/tree.html", "organizations/_chart.html", context)


@login_required
@require_GET
def below(request: OfficeRequest, pk: int) -> HttpResponse:
    """What stands directly below: a branch of the tree, opened in place, or its own page without script."""
    day = ShownDay.of(request.GET)
    context = {"nodes": nodes_under(pk, day)[:SHOWN], "most": SHOWN, "day": day, "today": timezone.localdate()}
    if wants_fragment(request):
        return render(request, "organizations/_nodes.html", context)
    context["root"] = get_object_or_404(Organization, pk=pk)
    context["path"] = path_to(pk, day)
    return render(request, "organizations/below.html", context)


@login_required
@require_GET
def organization(request: OfficeRequest, pk: int) -> HttpResponse:
    """One organization as of a day: names, who came before and after, units, posts and who holds them."""
    day = ShownDay.of(request.GET)
    found = get_object_or_404(Organization.objects.select_related("serves", "parent"), pk=pk)
    posts = posts_of(pk, day)
    standing_in = queries.delegations_of_posts([post.pk for post in posts], day)
    lineage = lineage_of(found)
    events = list(found.events.order_by("-effective_on", "-id")[:20])
    context = {
        "organization": found,
        "node": node_of(pk, day),
        "path": path_to(pk, day),
        "names": list(names_of(found)),
        "codes": [one for one in codes_of(found) if is_valid_on(day, one.valid_from, one.valid_to)],
        "events": [(event, _paper(event.decision_record_id)) for event in events],
        "lineage": lineage,
        "picture": drawn(lineage),
        "nodes": nodes_under(pk, day)[:SHOWN],
        "posts": [(post, standing_in.get(post.pk, []), _is_mine(request, post)) for post in posts],
        "most": SHOWN,
        "day": day,
        "today": timezone.localdate(),
        **_may(request, found, day),
    }
    return render(request, "organizations/organization.html", context)


@login_required
@require_GET
def person(request: OfficeRequest, pk: int) -> HttpResponse:
    """One person: posts now, before and to come; for whom she stands in and who for her."""
    day = ShownDay.of(request.GET)
    found = get_object_or_404(Person, pk=pk)
    if found.email or found.phone or found.code:
        note_disclosure(person_id=pk, place=Place.PAGE, purpose=Purpose.CONTACT, at=timezone.now())
    context = {
        "person": found,
        "may_see_reach": keeps_directory(request) or found.pk == request.actor.id,
        "career": queries.career_of(found),
        "delegations": queries.delegations_of_person(found, day),
        "day": day,
        "today": timezone.localdate(),
    }
    return render(request, "organizations/person.html", context)


@login_required
@require_GET
def suggestions(request: OfficeRequest) -> JsonResponse:
    """What a form proposes while somebody types: the value to write and the words to show."""
    typed, day = request.GET.get("q", ""), timezone.localdate()
    if request.GET.get("what") == "person":
        people = find_people(typed, most=PROPOSED)
        held = queries.posts_of_people(people, day)
        rows = [[f"#{one.pk} {one.full_name}", "; ".join(map(_where, held.get(one.pk, [])))] for one in people]
    else:
        rows = [[one.code, _told(one, day)] for one in _organizations(typed, day, PROPOSED)]
    return JsonResponse({"proposed": rows})


def _organizations(typed: str, day: date, most: int) -> list[Organization]:
    """By a code that begins so, then by name."""
    return list(
        dict.fromkeys([*bearers_of(typed, day=day, most=most), *find_organizations(typed, day=day, most=most)])
    )[:most]


def keeps_directory(request: OfficeRequest) -> bool:
    """Whether the person administers anything."""
    kinds = {describe(held)[0] for held in request.principals}
    return Kind.ADMINISTRATION in kinds or holds_role(request, Role.ADMINISTRATOR)


def _where(held: Assignment) -> str:
    return f"{held.post}, {held.post.organization.short_name}"


def _told(one: Organization, day: date) -> str:
    if one.valid_to is not None and one.valid_to <= day:
        return f"{one.name} (đến {one.valid_to:%d/%m/%Y})"
    return one.name


def _may(request: OfficeRequest, found: Organization, day: date) -> dict[str, bool]:
    """Acts are offered on today's chart, of what stands, to who administers it."""
    if not keeps_directory(request) or day != timezone.localdate() or found.valid_to is not None:
        return {"may_keep": False, "may_change": False}
    return {"may_keep": administers(found.pk), "may_change": administers(found.pk, above=True)}


def _is_mine(request: OfficeRequest, post: Any) -> bool:
    actor: Actor = request.actor
    return any(one.person_id == actor.person_id for one in post.holders)


def _paper(record_id: int | None) -> tuple[str, str] | None:
    """The decision's paper, for who sees it."""
    record = Record.objects.filter(pk=record_id).first() if record_id else None
    return (str(record), url_of(record)) if record else None
