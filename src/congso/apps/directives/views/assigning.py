"""The grid: many tasks from one document, by keyboard or pasted from Excel; all of them or none."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.directives import queries
from congso.apps.directives.forms import AssignForm, TaskRowFormSet, TaskRows
from congso.apps.directives.models import Task
from congso.apps.directives.queries.trees import may_divide, sub_tasks_of
from congso.apps.directives.services import InvalidTasks, assign_tasks, why_not_below
from congso.apps.directives.views.lists import list_url
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Link, Record
from congso.kernel.web.views import forbidden
from congso.kernel.workflow.services import Refused

EMPTY_ROWS = 5
_NAMES_KEPT = 600  # seconds
_WHOLE = 1_000  # names a browser is given at once


@login_required
@require_http_methods(["GET", "POST"])
def assign(request: OfficeRequest) -> HttpResponse:
    """Show the grid, add rows to it, or assign what it holds. `source` is the record the tasks come from."""
    owners = queries.owners_first(queries.assigning_for(request.principals))
    if not owners:
        return forbidden(request)
    source, parent = _source(request), _parent(request)
    if parent is not None:
        owners = [one for one in owners if not why_not_below(parent, one)]
        if not owners:
            raise Http404
    head, rows = _forms(request, owners, source, parent)
    if request.method == "POST" and "add" not in request.POST:
        made = _assign(request, head, rows, source, parent)
        if made is not None:
            messages.success(request, _("Đã giao %(count)s nhiệm vụ.") % {"count": len(made)})
            if parent is not None:
                return redirect("directives:detail", parent.pk)
            return redirect(list_url(symbol=made[0].source_symbol))
    context = {
        "title": _("Giao nhiệm vụ con") if parent else _("Giao nhiệm vụ"), "head": head, "rows": rows,
        "source": source, "parent": parent, "already": sub_tasks_of(parent) if parent else _already(source),
        "back_url": reverse("directives:detail", args=[parent.pk]) if parent else reverse("directives:list"),
        "form_action": _action(source, parent),
        "bad_rows": sum(1 for form in rows.forms if form.is_bound and form.errors),
    }  # fmt: skip
    is_refused = request.method == "POST" and "add" not in request.POST
    return render(request, "directives/assign.html", context, status=422 if is_refused else 200)


@login_required
@require_GET
def organizations(request: OfficeRequest) -> JsonResponse:
    """The names the type-ahead searches: what is written into the cell, name, symbol, folded words.

    Fetched once, whole, where they are few. Of more than `_WHOLE` the list is not whole, and what is typed (`q`) is
    asked for. A short name that several bear (each commune has a “Ban Xây dựng Đảng”) is written in full.
    """
    today, typed = timezone.localdate(), request.GET.get("q", "").replace("\0", "").strip()[:200]
    found = queries.units_called(typed, today) if typed else list(queries.working_on(today)[: _WHOLE + 1])
    is_whole = not typed and len(found) <= _WHOLE
    shown = found if typed or is_whole else []
    borne = queries.short_names_borne(shown, today)
    rows = [
        [one.short_name if borne[one.short_name] == 1 else one.name, one.name, one.symbol, one.name_folded]
        for one in shown
    ]
    response = JsonResponse({"organizations": rows, "is_whole": is_whole})
    patch_cache_control(response, private=True, max_age=_NAMES_KEPT)
    return response


def _source(request: OfficeRequest) -> Record | None:
    """The record named in the address, if the person sees it."""
    asked = _asked(request, "source")
    return Record.objects.filter(pk=asked).first() if asked else None


def _parent(request: OfficeRequest) -> Task | None:
    """The task to divide, named in the address. Raises Http404 for one that is not hers to divide."""
    if "parent" not in request.GET:
        return None
    try:
        task = queries.task_of(_asked(request, "parent"))
    except Task.DoesNotExist:
        raise Http404 from None
    if not may_divide(task, request.principals):
        raise Http404
    return task


def _asked(request: OfficeRequest, name: str) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0


def _action(source: Record | None, parent: Task | None) -> str:
    named = f"?parent={parent.pk}" if parent else f"?source={source.pk}" if source else ""
    return reverse("directives:assign") + named


def _forms(
    request: OfficeRequest, owners: list[Organization], source: Record | None, parent: Task | None
) -> tuple[AssignForm, TaskRows]:
    today = timezone.localdate()
    posted = request.POST.copy() if request.method == "POST" else None
    if posted is not None and "add" in posted:
        total = posted.get("row-TOTAL_FORMS", "0")
        posted["row-TOTAL_FORMS"] = str(int(total) + EMPTY_ROWS if total.isdigit() else EMPTY_ROWS)
    initial = {
        "owner": owners[0].pk, "assigned_on": today,
        "source_symbol": (source.number or source.title[:120]) if source else parent.source_symbol if parent else "",
    }  # fmt: skip
    head = AssignForm(
        posted, initial=initial, owners=owners,
        leaders=queries.directors_of(owners, today, ("leaders", "chiefs")),
        trackers=queries.directors_of(owners, today, ("trackers",)),
    )  # fmt: skip
    index = queries.OrganizationIndex(today)
    rows = cast(TaskRows, TaskRowFormSet(posted, prefix="row", form_kwargs={"index": index, "today": today}))
    if posted is None:
        rows.extra = EMPTY_ROWS
    return head, rows


def _assign(
    request: OfficeRequest, head: AssignForm, rows: TaskRows, source: Record | None, parent: Task | None
) -> list[Task] | None:
    """The tasks made, or None with every message at its cell."""
    is_valid = head.is_valid()
    if not (rows.is_valid() and is_valid):
        return None
    data, filled = head.cleaned_data, rows.filled()
    facts = {name: data[name] for name in ("assigned_on", "supervisor", "tracker")}
    try:
        return assign_tasks(
            [form.new_task(**facts) for form in filled], owner=data["owner"], source=source,
            source_symbol=data["source_symbol"], assigned_on=data["assigned_on"], parent=parent, by=request.actor,
            at=timezone.now(),
        )  # fmt: skip
    except InvalidTasks as invalid:
        for place, errors in invalid.rows.items():
            _show(head, filled[place], errors)
    except Refused as refusal:
        head.add_error(None, str(refusal))
    return None


def _show(head: AssignForm, row: Any, errors: dict[str, str]) -> None:
    own = {name: words for name, words in errors.items() if name not in head.fields}
    for name in errors.keys() - own.keys():
        head.add_error(name, errors[name])
    row.refuse(own)


def _already(source: Record | None) -> list[Task]:
    """Tasks given from this record before, so that nobody gives them twice."""
    if source is None:
        return []
    linked = Link.objects.filter(target_id=source.pk, kind=Link.Kind.SOURCE).values("source_id")
    return list(queries.tasks().filter(Q(pk__in=linked)).order_by("clause", "id")[:100])
