"""Confirmed rows become tasks: first what would happen, then, with one press, all of it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.directives import queries
from congso.apps.directives.forms import GroupForm, HandOutForm
from congso.apps.directives.models import PlanReading, ProposedTask, Task
from congso.apps.directives.services import (
    InvalidTasks,
    Plan,
    Terms,
    groups_leading,
    plan_hand_out,
)
from congso.apps.directives.services import hand_out as give
from congso.apps.directives.views.lists import list_url
from congso.apps.directives.views.requests import reading_or_404
from congso.apps.directives.views.showing import Narrowing
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.services import NotYours, Refused


@login_required
@require_http_methods(["GET", "POST"])
def hand_out(request: OfficeRequest, pk: int) -> HttpResponse:
    """What handing out would make of the confirmed rows that were chosen, and doing it."""
    reading = reading_or_404(pk)
    rows = _chosen(reading, request.POST or request.GET)
    head, groups = _forms(request, reading, rows)
    is_sent = request.method == "POST"
    is_valid = not [form for form in (head, *groups) if is_sent and not form.is_valid()]
    terms = _terms(reading, head, groups) if is_sent and is_valid else _first_terms(reading)
    if is_sent and is_valid and request.POST.get("act") == "give":
        answer = _give(request, reading, rows, head, terms)
        if answer is not None:
            return answer
    plan = plan_hand_out(reading, rows, terms)
    context = {
        "title": _("Giao nhiệm vụ đã xác nhận"), "reading": reading, "rows": rows, "head": head, "groups": groups,
        "plan": plan, "by_unit": plan.by_unit, "problems": _problems(rows, plan), "chapters": _chapters(reading, rows),
        "ids": ",".join(str(row.pk) for row in rows), "back_url": reverse("directives:reading", args=[pk]),
        "query": Narrowing.of(request.GET).query(), "already": _already(terms), "already_url": _list_of(terms),
    }  # fmt: skip
    return render(request, "directives/hand_out.html", context, status=422 if is_sent and not is_valid else 200)


def _give(
    request: OfficeRequest, reading: PlanReading, rows: list[ProposedTask], head: HandOutForm, terms: Terms
) -> HttpResponse | None:
    try:
        tasks = give(reading, [row.pk for row in rows], terms=terms, by=request.actor, at=timezone.now())
    except InvalidTasks as invalid:
        head.add_error(None, str(invalid))
    except NotYours as refusal:
        head.add_error(None, str(refusal))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("directives:reading", reading.pk)
    else:
        messages.success(request, _("Đã giao %(count)s nhiệm vụ.") % {"count": len(tasks)})
        return redirect(list_url(symbol=terms.source_symbol))
    return None


def _chosen(reading: PlanReading, asked: QueryDict) -> list[ProposedTask]:
    """The confirmed rows that were named, else those of the filter and chapter the person came from."""
    confirmed = [one for one in queries.proposals_of(reading) if one.state == ProposedTask.State.CONFIRMED]
    if "ids" in asked:
        named = {int(pk) for pk in str(asked["ids"]).split(",") if pk.isascii() and pk.isdigit()}
        confirmed = [row for row in queries.proposals_of(reading) if row.pk in named]
    narrowing = Narrowing.of(asked)
    if "by_chapter" in asked:  # the boxes were shown: what is not ticked stays
        chapters = set(asked.getlist("of"))
        confirmed = [row for row in confirmed if row.chapter in chapters]
    return confirmed if "ids" in asked else [row for row in confirmed if narrowing.holds(row)]


def _forms(
    request: OfficeRequest, reading: PlanReading, rows: list[ProposedTask]
) -> tuple[HandOutForm, list[GroupForm]]:
    today = timezone.localdate()
    posted = request.POST if request.method == "POST" else None
    owners = [reading.organization]
    head = HandOutForm(
        posted, initial=_initial(reading),
        leaders=queries.directors_of(owners, today, ("leaders", "chiefs")),
        trackers=queries.directors_of(owners, today, ("trackers",)),
    )  # fmt: skip
    leading = groups_leading(rows)
    index = queries.OrganizationIndex(today)
    groups = [
        GroupForm(
            posted, prefix=f"g{place}", group=group, rows=len(held), size=len(held[0].led_by.organizations), index=index
        )
        for place, (group, held) in enumerate(leading.items())
    ]
    return head, groups


def _initial(reading: PlanReading) -> dict[str, Any]:
    record = reading.record
    return {"source_symbol": record.number or record.title[:120], "assigned_on": timezone.localdate()}


def _already(terms: Terms) -> int:
    """How many tasks were given from this paper before, by whatever way."""
    return Task.objects.filter(source_symbol=terms.source_symbol).count()


def _list_of(terms: Terms) -> str:
    return list_url(symbol=terms.source_symbol)


def _first_terms(reading: PlanReading) -> Terms:
    return Terms(**_initial(reading))


def _terms(reading: PlanReading, head: HandOutForm, groups: list[GroupForm]) -> Terms:
    return head.terms({form.group: form.cleaned_data["spread"] for form in groups})


def _problems(rows: list[ProposedTask], plan: Plan) -> list[tuple[ProposedTask, str]]:
    """The rows that cannot go out as they are, each with its reasons."""
    return [(row, " ".join(plan.errors[row.pk].values())) for row in rows if row.pk in plan.errors]


def _chapters(reading: PlanReading, rows: list[ProposedTask]) -> Mapping[str, int]:
    """The chapters among the rows with how many each has; nothing to choose from when there is one."""
    found: dict[str, int] = {}
    for row in rows:
        found[row.chapter] = found.get(row.chapter, 0) + 1
    return found if len(found) > 1 else {}
