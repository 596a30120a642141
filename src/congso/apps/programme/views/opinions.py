"""Asking units, saying an opinion, answering it; what slipped over a year."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.programme import services
from congso.apps.programme.forms import AnswerForm, ConsultForm, OpinionForm
from congso.apps.programme.queries import (
    programme_of,
    programmes,
    slipped,
    tally_by_preparer,
    tally_of,
    units_speaking_for,
)
from congso.apps.programme.queries.slips import counted
from congso.apps.programme.services.printing import when_words
from congso.apps.programme.views.requests import can, opened, opinion_on
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.queries import organizations_on
from congso.kernel.web.asking import fill, found_or_404, posted, who

_TIME_TO_ANSWER = timedelta(days=7)
_SHOWN_PROGRAMMES = 60


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def consult(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Choose the units that say their opinions."""
    programme = opened(request, pk)
    if not can(request, programme, "consult"):
        raise Http404
    today, owner = timezone.localdate(), programme.owner
    around = [owner.pk, *(one.pk for one in owner.serving_offices.all())]
    units = organizations_on(today).filter(Q(parent__in=around) | Q(pk__in=around)).exclude(pk=owner.pk)
    chosen = [one.organization_id for one in programme.consulted.all()]
    form = ConsultForm(
        posted(request), units=units, chosen=chosen, until=programme.opinions_until or today + _TIME_TO_ANSWER
    )
    back_url = reverse("programme:detail", args=[pk])
    return fill(
        request, form, title=_("Lấy ý kiến dự thảo"), act=_("Gửi lấy ý kiến"), icon="send",
        do=lambda told: services.consult_units(
            programme, told.cleaned_data["units"], until=told.cleaned_data["until"], note=told.cleaned_data["note"],
            **who(request),
        ),
        done=lambda _made: back_url, back_url=back_url, template="programme/item.html", record=programme,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def give(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Say a unit's opinion."""
    programme = opened(request, pk)
    units = {str(one.pk): one for one in units_speaking_for(programme, request.principals)}
    if not units or not can(request, programme, "give_opinion"):
        raise Http404
    items = {str(one.pk): one for one in counted(programme)}
    form = OpinionForm(posted(request), units=units.values(), items=items.values())
    back_url = reverse("programme:detail", args=[pk])
    return fill(
        request, form, title=_("Góp ý dự thảo"), act=_("Gửi góp ý"), icon="send",
        do=lambda told: services.give_opinion(
            programme, told.cleaned_data["text"], organization=units[told.cleaned_data["organization"]],
            item=items.get(told.cleaned_data["item"]), **who(request),
        ),
        done=lambda _made: f"{back_url}#gop-y", back_url=back_url, template="programme/item.html", record=programme,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def answer(request: OfficeRequest, pk: int, opinion: int) -> HttpResponseBase:
    """Say what became of an opinion."""
    programme = opened(request, pk)
    found = opinion_on(programme, opinion)
    if not can(request, programme, "answer"):
        raise Http404
    form = AnswerForm(posted(request), initial={"handling": found.handling, "answer": found.answer})
    back_url = f"{reverse('programme:detail', args=[pk])}#gop-y"
    return fill(
        request, form, title=_("Xử lý góp ý"), act=_("Lưu"), back_url=back_url, done=lambda _made: back_url,
        do=lambda told: services.answer_opinion(
            found, told.cleaned_data["handling"], told.cleaned_data["answer"], **who(request)
        ),
        template="programme/item.html", record=programme, opinion=found,
    )  # fmt: skip


@login_required
@require_GET
def results(request: OfficeRequest) -> HttpResponseBase:
    """A year's approved programmes: how many items were taken up, what slipped and why, by who prepares."""
    today = timezone.localdate()
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and 2000 <= int(asked[:5]) <= 2199 else today.year
    found = programmes().filter(first_day__year=year, revision__gt=0).order_by("first_day", "span", "id")
    rows, by_unit = [], []
    chosen = request.GET.get("chuong-trinh", "")
    for pk in found.values_list("pk", flat=True)[:_SHOWN_PROGRAMMES]:
        programme = programme_of(pk)
        out = [(item, when_words(item)) for item in slipped(programme, today)]
        rows.append((programme, tally_of(counted(programme), today), out))
        if str(pk) == chosen:
            by_unit = tally_by_preparer(programme, today)
    context = {"year": year, "rows": rows, "by_unit": by_unit, "chosen": chosen}
    return render(request, "programme/results.html", context)
