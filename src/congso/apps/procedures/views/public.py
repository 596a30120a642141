"""Pages everybody may open without an account: the catalogue, a procedure, its forms, looking a case up."""

from datetime import date, datetime

from allauth.account.adapter import get_adapter
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congso.apps.procedures.flow import CASE_FLOW
from congso.apps.procedures.forms import LookUpForm, RatingForm
from congso.apps.procedures.models import Applicant, Level, PaperKind, Publication, PublicForm, Stop
from congso.apps.procedures.queries import (
    editions_of,
    fields_in_use,
    in_force,
    keeping_for,
    may_receive,
    narrowed,
    published,
    receivers_of,
    satisfaction_of,
)
from congso.apps.procedures.services import TooMany, rate_case
from congso.apps.procedures.services import look_up as find_case
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.configuration import store
from congso.kernel.files.store import StorageAway
from congso.kernel.files.views import away_answer
from congso.kernel.web.filters import read_date

SHOWN = 60


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """What is in force today, narrowed by words, field and level; for everybody."""
    today = timezone.localdate()
    words = request.GET.get("q", "")[:200].replace("\x00", "")
    field = request.GET.get("linh-vuc", "")[:120].replace("\x00", "")
    level = request.GET.get("cap", "")
    found = narrowed(published(today), words)
    if field:
        found = found.filter(field=field)
    if level in Level.values:
        found = found.filter(level=level)
    page = int(asked) if (asked := request.GET.get("page", "")).isascii() and asked.isdigit() and len(asked) < 5 else 1
    first = max(0, page - 1) * SHOWN
    rows = list(found[first : first + SHOWN + 1])
    context = {
        "rows": rows[:SHOWN], "has_more": len(rows) > SHOWN, "page": max(1, page), "words": words, "field": field,
        "level": level, "fields": fields_in_use(today), "levels": Level.choices,
        "may_keep": bool(request.principals) and keeping_for(request.principals, today).exists(),
    }  # fmt: skip
    return render(request, "procedures/index.html", context)


@require_safe
def procedure(request: OfficeRequest, code: str) -> HttpResponse:
    """A procedure as in force on a day (`?ngay=`, today when left out), with its other editions."""
    day = _asked_day(request)
    try:
        found = in_force(code, day)
    except Publication.DoesNotExist:
        found = _nearest(code)
    content = found.content
    answers, mean = satisfaction_of(code)
    today = timezone.localdate()
    is_in_force = found.valid_from <= today and (found.valid_to is None or found.valid_to > today)
    forms = {one.position: one for one in found.forms.order_by("position")}
    context = {
        "one": found, "content": content, "day": day, "editions": editions_of(code), "is_in_force": is_in_force,
        "papers": [(row, PaperKind(row["kind"]).label, forms.get(row["position"])) for row in content["papers"]],
        "level": Level(content["level"]).label,
        "applicants": ", ".join(str(Applicant(kind).label) for kind in content["applicants"]),
        "decision_on": _read(content["decision_on"]), "at_desk": _stands_at_desk(request, found, today),
        "answers": answers, "mean": mean,
        "prints": request.GET.get("ban-in") == "1",
    }  # fmt: skip
    return render(request, "procedures/public.html", context)


@require_safe
def form_file(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A form to fill in, under its own name."""
    found = get_object_or_404(PublicForm, pk=pk)
    try:
        opened = store().open(found.blob_id)
    except FileNotFoundError:
        raise Http404 from None
    except StorageAway as away:
        return away_answer(away)
    response = FileResponse(
        opened, as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=3600"
    return response


@never_cache
@sensitive_post_parameters("tu")
@require_http_methods(["GET", "POST"])
def look_up(request: OfficeRequest) -> HttpResponse:
    """A case by code and word of its receipt. The word never stands in an address."""
    form = LookUpForm(
        request.POST if request.method == "POST" else None, initial={"ma": request.GET.get("ma", "")[:80]}
    )
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            found = find_case(form.cleaned_data["ma"], form.cleaned_data["tu"], address=_address(request))
        except TooMany as refused:
            form.add_error(None, str(refused))
            return render(request, "procedures/look_up.html", context, status=429)
        if found is None:
            # 200: an error answer would take the count of attempts back with everything else.
            form.add_error(None, _("Không có hồ sơ nào khớp cả mã hồ sơ và mã bí mật. Hãy xem lại giấy tiếp nhận."))
        else:
            context |= _shown(found)
            if found["state"] in ("returned", "refused") and not found["is_rated"]:
                context["rating"] = RatingForm()
    return render(request, "procedures/look_up.html", context)


@never_cache
@sensitive_post_parameters("tu")
@require_POST
def rate(request: OfficeRequest) -> HttpResponse:
    """Count one answer about a case that is over."""
    receipt, rating = LookUpForm(request.POST), RatingForm(request.POST)
    is_counted = False
    if receipt.is_valid() and rating.is_valid():
        try:
            found = find_case(receipt.cleaned_data["ma"], receipt.cleaned_data["tu"], address=_address(request))
        except TooMany:
            found = None
        if found is not None:
            is_counted = rate_case(receipt.cleaned_data["ma"], receipt.cleaned_data["tu"], rating.cleaned_data["score"])
    return render(request, "procedures/rated.html", {"is_counted": is_counted}, status=200 if is_counted else 422)


def _shown(found: dict[str, object]) -> dict[str, object]:
    days = ("first_due_on", "due_on")
    told = {**found, **{name: _read(found[name]) for name in days}, "received_on": _read(found["received_at"])}
    steps = [
        {**step, **{name: _read(step[name]) for name in ("started_on", "due_on", "finished_on")}}
        for step in found["steps"]  # type: ignore[attr-defined]
    ]
    stops = [
        {"kind": Stop.Kind(stop["kind"]).label, "from": _read(stop["started_on"]), "to": _read(stop["ended_on"])}
        for stop in found["stops"]  # type: ignore[attr-defined]
    ]
    apologies = [
        {"reason": one["reason"], "day": _read(one["new_due_on"])}
        for one in found["apologies"]  # type: ignore[attr-defined]
    ]
    state = CASE_FLOW.state(str(found["state"]))
    return {"found": told, "state": state, "steps": steps, "stops": stops, "apologies": apologies}


def _read(text: object) -> date | None:
    """A day of plain values; a moment's day is the office's."""
    if not text:
        return None
    words = str(text)
    return timezone.localdate(datetime.fromisoformat(words)) if "T" in words else date.fromisoformat(words)


def _asked_day(request: OfficeRequest) -> date:
    return read_date(request.GET.get("ngay", "")[:10]) or timezone.localdate()


def _nearest(code: str) -> Publication:
    """The latest edition, for a day on which none is in force; its page says so."""
    found = editions_of(code).first() if "\x00" not in code else None
    if found is None:
        raise Http404
    return found


def _stands_at_desk(request: OfficeRequest, found: Publication, today: date) -> bool:
    if not request.principals:
        return False
    desks = {one.pk for one in may_receive(request.principals, today)}
    return bool(desks) and receivers_of(found, today).filter(pk__in=desks).exists()


def _address(request: OfficeRequest) -> str:
    return str(get_adapter().get_client_ip(request))
