"""“Rà soát quyền định kỳ”: campaigns, a unit's list, its minutes, what waits for an administrator."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.rights.models import Campaign, Decision, UnitReview, Verdict
from congso.apps.rights.queries.reviews import (
    decisions_of,
    open_first,
    own_units,
    review_of,
    rights_of,
    units_on,
    waiting_revocations,
)
from congso.apps.rights.rules import quarter_of
from congso.apps.rights.services import reviewing
from congso.apps.rights.views.asking import act_and_return, ask_and_act
from congso.kernel.access.principals import Role
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.web.asking import posted
from congso.kernel.web.forms import ReasonForm
from congso.kernel.web.navigation import holds_role
from congso.kernel.web.views import forbidden, not_found
from congso.lib.languages import in_vietnamese

A_PAGE = 50
CAMPAIGNS_SHOWN = 12


@login_required
@require_GET
def campaigns(request: OfficeRequest) -> HttpResponse:
    """The running review with the person's own units; earlier ones."""
    day = timezone.localdate()
    found = list(Campaign.objects.order_by("-year", "-quarter")[:CAMPAIGNS_SHOWN])
    latest = found[0] if found else None
    year, quarter = quarter_of(day)
    context = {
        "campaigns": found,
        "latest": latest,
        "is_overdue": bool(latest and latest.is_overdue(day)),
        "units": own_units(request.principals, latest, day) if latest else [],
        "may_open": holds_role(request, Role.ADMINISTRATOR)
        and not (latest and (latest.year, latest.quarter) == (year, quarter)),
        "year": year,
        "quarter": quarter,
    }
    return render(request, "rights/reviews.html", context)


@login_required
@require_POST
def open_(request: OfficeRequest) -> HttpResponseBase:
    """An administrator opens the present quarter's review by hand."""
    if not holds_role(request, Role.ADMINISTRATOR):
        return forbidden(request)
    now = timezone.now()
    year, quarter = quarter_of(timezone.localdate(now))
    return act_and_return(
        request,
        lambda: reviewing.open_campaign(year, quarter, by=request.actor.id, at=now),
        back_url=reverse("rights:reviews"),
        done=_("Đã mở đợt rà soát; lãnh đạo các đơn vị được báo."),
    )


@login_required
@require_GET
def campaign(request: OfficeRequest, pk: int) -> HttpResponse:
    """How far the review is: figures, units that have not confirmed first, what waits to be carried out."""
    found, day = get_object_or_404(Campaign, pk=pk), timezone.localdate()
    # Who has people on the day is looked up once for ten thousand units: not to count them and again to cut a page.
    every = list(open_first(units_on(day), found).values_list("pk", flat=True))
    page = Paginator(every, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "campaign": found,
        "page": page,
        "units": open_first(Organization.objects.filter(pk__in=page.object_list), found),
        "confirmed": UnitReview.objects.filter(campaign=found).count(),
        "waiting": waiting_revocations(found),
        "is_overdue": found.is_overdue(day),
    }
    return render(request, "rights/campaign.html", context)


@login_required
@require_GET
def unit(request: OfficeRequest, pk: int, organization: int) -> HttpResponse:
    """One unit's list: what its people hold today, with what was decided."""
    return render(request, "rights/unit.html", _unit(pk, organization))


@login_required
@require_GET
@in_vietnamese()
def printed(request: OfficeRequest, pk: int, organization: int) -> HttpResponse:
    """The minutes: as confirmed, or as they stand now."""
    context = _unit(pk, organization)
    if context["review"] is not None:
        context["lines"] = [(one.words, one.get_verdict_display(), one.note) for one in context["decisions"]]
    else:
        context["lines"] = [
            (
                one.sentence,
                one.decision.get_verdict_display() if one.decision else "",
                one.decision.note if one.decision else "",
            )
            for one in context["rights"]
        ]
    return render(request, "rights/minutes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: OfficeRequest, pk: int, organization: int) -> HttpResponseBase:
    """Take one right away (with the reason), or keep it after all."""
    context = _unit(pk, organization)
    wanted = (request.GET.get("loai", ""), request.GET.get("quyen", ""))
    right = next((one for one in context["rights"] if (one.kind, str(one.target_id)) == wanted), None)
    if right is None:
        return not_found(request)
    if not context["may_review"]:
        return forbidden(request)
    by: dict[str, Any] = {"by": request.actor.id, "at": timezone.now()}
    if request.method == "POST" and request.POST.get("keep") and right.decision is not None:
        kept = right.decision
        return act_and_return(
            request, lambda: reviewing.keep_right(kept, **by), back_url=context["back_url"], done=_("Giữ quyền này.")
        )
    form = ReasonForm(posted(request))
    return ask_and_act(
        request,
        form,
        title=_("Thu hồi quyền"),
        icon="ban",
        back_url=context["back_url"],
        about=right.sentence,
        carry_out=lambda: reviewing.revoke_right(
            context["campaign"], right, context["organization"], note=form.cleaned_data["note"], **by
        ),
        done=_("Đã ghi thu hồi. Việc ngoài quyền của bạn chờ quản trị viên thực hiện."),
    )


@login_required
@require_POST
def confirm(request: OfficeRequest, pk: int, organization: int) -> HttpResponseBase:
    """The unit confirms: what was not taken away is kept."""
    context = _unit(pk, organization)
    if not context["may_review"]:
        return forbidden(request)
    return act_and_return(
        request,
        back_url=context["back_url"],
        done=_("Đã xác nhận. Có thể in biên bản."),
        do=lambda: reviewing.confirm_unit(
            context["campaign"], context["organization"], by=request.actor.id, at=timezone.now()
        ),
    )


@login_required
@require_POST
def carry_out(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Who may ends what a unit decided to take away."""
    decision = get_object_or_404(
        Decision.objects.select_related("organization", "campaign"), pk=pk, verdict=Verdict.REVOKE
    )
    return act_and_return(
        request,
        lambda: reviewing.carry_out(decision, by=request.actor.id, at=timezone.now()),
        back_url=reverse("rights:campaign", args=[decision.campaign_id]),
        done=_("Đã thu hồi."),
    )


def _unit(pk: int, organization: int) -> dict[str, Any]:
    found = get_object_or_404(Campaign, pk=pk)
    about, day = get_object_or_404(Organization.objects.select_related("parent"), pk=organization), timezone.localdate()
    review = review_of(found, about)
    return {
        "campaign": found,
        "organization": about,
        "review": review,
        "today": day,
        "is_overdue": found.is_overdue(day),
        "rights": [] if review else rights_of(found, about, day),
        "decisions": decisions_of(found, about) if review else [],
        "may_review": review is None and reviewing.may_review(about),
        "back_url": reverse("rights:unit", args=[pk, organization]),
    }
