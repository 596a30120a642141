"""Designing a form: its parts and rules, a look at it, publishing, and who reports."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.reports import services
from congso.apps.reports.forms import NewFormForm, schema_from
from congso.apps.reports.models import Form, FormVersion
from congso.apps.reports.queries import active_units, designing_for, draft_of, latest_version
from congso.apps.reports.rules import Schema, SchemaErrors
from congso.apps.reports.rules.schema import KINDS, ROLL_UPS, RULES
from congso.apps.reports.services import InvalidForm
from congso.apps.reports.views.requests import designed_or_404
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization, OrganizationKind
from congso.kernel.directory.queries import organizations_on
from congso.kernel.indicators.models import Indicator

_BLANK = {"key": "", "title": ""}
MOST_OFFERED = 300


@login_required
@require_GET
def form_list(request: OfficeRequest) -> HttpResponse:
    """The forms of the person's organizations."""
    owners = designing_for(request.principals)
    rows = []
    for form in Form.objects.filter(owner__in=owners).select_related("owner"):
        newest = latest_version(form)
        rows.append(
            {"form": form, "version": newest, "draft": draft_of(form), "units": form.units.filter(until=None).count()}
        )
    return render(request, "reports/forms.html", {"rows": rows, "may_design": owners.exists()})


@login_required
@require_http_methods(["GET", "POST"])
def new_form(request: OfficeRequest) -> HttpResponse:
    """What a new form is called, how often it is asked, when it is due."""
    owners = designing_for(request.principals).select_related("serves", "parent")
    form = NewFormForm(request.POST or None, owners=owners, initial={"owner": owners.first()})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_form(form.new, schema=form.schema, by=request.actor, at=timezone.now())
        except InvalidForm as invalid:
            form.add_error(None, str(invalid))
        else:
            return redirect("reports:design", made.code)
    context = {
        "title": _("Mẫu báo cáo mới"), "form": form, "submit_label": _("Tạo, vẽ mẫu"), "submit_icon": "plus",
        "form_action": reverse("reports:new-form"), "back_url": reverse("reports:forms"),
    }  # fmt: skip
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def design(request: OfficeRequest, code: str) -> HttpResponse:
    """The parts of the form, line by line; every save keeps the draft, mistakes included, and tells them."""
    form = designed_or_404(request, code)
    if request.method == "POST":
        return _save(request, form)
    return _page(request, form)


@login_required
@require_POST
def publish(request: OfficeRequest, code: str) -> HttpResponse:
    """The draft becomes the form in use."""
    form = designed_or_404(request, code)
    try:
        version = services.publish_form(form, by=request.actor, at=timezone.now())
    except InvalidForm as invalid:
        return _page(request, form, mistakes=invalid.mistakes, status=422)
    messages.success(request, _("Đã ban hành bản %(number)s của mẫu.") % {"number": version.number})
    return redirect(
        "reports:units" if not form.units.exists() else "reports:forms", *([code] if not form.units.exists() else [])
    )


@login_required
@require_http_methods(["GET", "POST"])
def units(request: OfficeRequest, code: str) -> HttpResponse:
    """Who reports: chosen by ticking; to whom: the form's owner, or a unit of the list that gathers for others."""
    form = designed_or_404(request, code)
    today = timezone.localdate()
    running = {one.organization_id: one for one in active_units(form, today, today)}
    offered = list(_offered(form, today, running))
    if request.method == "POST":
        try:
            wanted = _wanted(request, form, offered)
            # The first list holds from the form's own beginning, later changes from today on.
            day = today if running else min(today, form.starts_on)
            services.set_units(form, wanted, day=day, by=request.actor, at=timezone.now())
        except InvalidForm as invalid:
            messages.error(request, str(invalid))
        else:
            messages.success(request, _("Đã ghi %(count)s đơn vị báo cáo.") % {"count": len(wanted)})
            return redirect("reports:forms")
    groups: dict[str, list[tuple[Organization, str | None]]] = {}
    for one in offered:
        receiver = running[one.pk].reports_to.name if one.pk in running else None
        groups.setdefault(str(OrganizationKind(one.kind).label), []).append((one, receiver))
    receivers = [form.owner.name, *(one.name for one in offered if one.pk in running)]
    context = {"form": form, "groups": list(groups.items()), "receivers": receivers}
    return render(request, "reports/units.html", context)


def _wanted(request: OfficeRequest, form: Form, offered: list[Organization]) -> dict[int, int]:
    """Organization → receiver, as ticked and named. Raises InvalidForm for a receiver who is not of the list."""
    ticked = {int(one) for one in request.POST.getlist("unit") if one.isascii() and one.isdigit()}
    chosen = [one for one in offered if one.pk in ticked]
    named = {one.name: one.pk for one in (*chosen, form.owner)}
    wanted, unknown = {}, []
    for one in chosen:
        typed = " ".join(request.POST.get(f"to-{one.pk}", "").split())
        wanted[one.pk] = named.get(typed, form.owner_id)
        if typed and typed not in named:
            unknown.append(f"“{typed[:80]}”")
    if unknown:
        words = (
            f"Không có nơi nhận {', '.join(unknown[:3])} trong các đơn vị đã chọn. Chọn cơ quan ban hành mẫu, hoặc một "
            "đơn vị có trong danh sách."
        )
        raise InvalidForm([words])
    return wanted


def _offered(form: Form, today: Any, running: dict[int, Any]) -> list[Organization]:
    kinds = (
        OrganizationKind.COMMUNE_COMMITTEE, OrganizationKind.AGENCY, OrganizationKind.FRONT,
        OrganizationKind.MASS_ORGANIZATION, OrganizationKind.COMMITTEE, OrganizationKind.UNIT,
    )  # fmt: skip
    found = organizations_on(today).filter(kind__in=kinds).exclude(pk=form.owner_id)
    listed = list(found[:2000])
    return sorted(listed, key=lambda one: (one.pk not in running, kinds.index(OrganizationKind(one.kind))))


def _save(request: OfficeRequest, form: Form) -> HttpResponse:
    schema = schema_from(request.POST, request.POST.getlist)
    do, seen = request.POST.get("do", "save"), request.POST.get("revision", "")
    _change(schema, do)
    try:
        services.save_draft(
            form, schema, seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0,
            by=request.actor, at=timezone.now(),
        )  # fmt: skip
    except InvalidForm as invalid:
        return _page(request, form, schema=schema, mistakes=invalid.mistakes, status=409)
    if do == "save":
        messages.success(request, _("Đã lưu dự thảo."))
    anchor = do.partition(":")[2]
    target = reverse("reports:design", args=[form.code])
    return redirect(f"{target}?them={do.replace(':', '-')}#s{anchor}" if anchor else f"{target}?them={do}")


def _change(schema: dict[str, Any], do: str) -> None:
    """What a button beside a part does to the draft: one part up, one away."""
    what, _colon, place = do.partition(":")
    sections = schema["sections"]
    here = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else -1
    if not 0 <= here < len(sections):
        return
    if what == "up" and here:
        sections[here - 1], sections[here] = sections[here], sections[here - 1]
    elif what == "drop":
        del sections[here]


def _page(
    request: OfficeRequest, form: Form, *, schema: dict[str, Any] | None = None, mistakes: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    draft, newest = draft_of(form), latest_version(form)
    source: FormVersion | None = draft or newest
    raw = schema if schema is not None else (source.schema if source else {"sections": [], "rules": []})
    told, numbers = _understood(raw)
    context = {
        "form": form, "draft": draft, "newest": newest, "revision": draft.revision if draft else 0,
        "sections": list(_editable(raw, request.GET.get("them", ""))),
        "mistakes": mistakes or (told if raw["sections"] else []),
        "kinds": KINDS, "roll_ups": ROLL_UPS, "rule_kinds": RULES, "numbers": numbers,
        "rules": [*raw.get("rules", []), {"kind": "at_most", "left": [], "right": [], "percent": "", "message": ""}],
        "new_place": len(raw["sections"]),
        "changes": _differences(newest, raw) if draft and newest else [],
        "indicators": Indicator.objects.filter(frequency=form.frequency, numerator=None)[:MOST_OFFERED],
    }  # fmt: skip
    return render(request, "reports/design.html", context, status=status)


def _understood(raw: dict[str, Any]) -> tuple[list[str], list[tuple[str, str]]]:
    try:
        schema = Schema.parse(raw)
    except SchemaErrors as wrong:
        # Rules may still be drawn between the cells that are good.
        try:
            schema = Schema.parse({"sections": raw.get("sections", []), "rules": []})
        except SchemaErrors:
            return wrong.mistakes, []
        return wrong.mistakes, [(key, cell.title) for key, cell in schema.numbers.items()]
    return [], [(key, cell.title) for key, cell in schema.numbers.items()]


def _differences(newest: FormVersion, raw: dict[str, Any]) -> list[str]:
    try:
        return services.differences(Schema.parse(newest.schema), Schema.parse(raw))
    except SchemaErrors:
        return []


def _editable(raw: dict[str, Any], added: str) -> Any:
    """Each part with an empty line more, so that one may go on without a script; more where it was asked for."""
    for place, section in enumerate(raw["sections"]):
        lines = section.get("figures") if section["kind"] == "figures" else section.get("rows", [])
        lines = [{"least": "0", **line} for line in lines or []]  # what is not said is not negative
        more = 5 if added == f"row-{place}" else 1
        yield {
            **section,
            "place": place,
            "lines": [*lines, *[{**_BLANK, "least": "0", "decimals": 0} for _n in range(more)]],
            "columns": [*section.get("columns", []), *[dict(_BLANK) for _n in range(2)]],
        }
