"""The archive's pages: deliveries, historical archive, disposals, fonds, the nightly check."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.dossiers import queries
from congso.apps.dossiers.forms import (
    ConcludeForm,
    DecisionForm,
    FondsForm,
    OpinionForm,
    PickForm,
    ReceiveForm,
    SeatsForm,
    WitnessForm,
)
from congso.apps.dossiers.models import ArchivedFile, CouncilMember, Disposal, Dossier, FixityRun, HandOver, Transfer
from congso.apps.dossiers.services import checking, disposing, handing_over, keeping
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import Question, ask, fill, found_or_404, press, who, with_note, with_reason
from congso.kernel.web.detail import Fact, acts_of, detail_context
from congso.lib.languages import in_vietnamese

MOST_PICKED = 300


def _receive(delivery: HandOver, form: Any, **by: Any) -> None:
    data = form.cleaned_data
    place = handing_over.Place(data["inventory"], data["store"], data["shelf"], data["box"])
    handing_over.receive_hand_over(delivery, returned=form.returned(), place=place, **by)


HAND_OVER_ACTS = {
    "submit": with_note(handing_over.submit_hand_over),
    "receive": Question(
        lambda data, delivery: ReceiveForm(data, delivery.items.filter(outcome="").select_related("dossier")), _receive
    ),
    "send_back": with_reason(handing_over.send_hand_over_back),
    "withdraw": with_reason(handing_over.withdraw_hand_over),
}
TRANSFER_ACTS = {
    "answer": with_note(keeping.answer_transfer),
    "decide": Question(
        lambda data, _transfer: DecisionForm(data),
        lambda transfer, form, **by: keeping.decide_transfer(transfer, **form.cleaned_data, **by),
    ),
    "refuse": with_reason(keeping.refuse_transfer),
    "deliver": with_note(keeping.deliver_transfer),
}


def _seats(disposal: Disposal, form: Any, **by: Any) -> None:
    parts = CouncilMember.Part
    named = (
        ("chair", parts.CHAIR),
        ("secretary", parts.SECRETARY),
        *((f"member_{nth}", parts.MEMBER) for nth in (1, 2, 3)),
    )
    seats = [disposing.Seat(form.cleaned_data[name], part) for name, part in named if form.cleaned_data.get(name)]
    disposing.set_council(disposal, seats, **by)


DISPOSAL_ACTS = {
    "compose": Question(lambda data, _disposal: SeatsForm(data), _seats),
    "convene": with_note(disposing.convene_council),
    "opine": Question(
        lambda data, _disposal: OpinionForm(data),
        lambda disposal, form, **by: disposing.give_opinion(disposal, **form.cleaned_data, **by),
    ),
    "conclude": Question(
        lambda data, disposal: ConcludeForm(data, disposal.items.all()),
        lambda disposal, form, **by: disposing.conclude_council(
            disposal, kept=form.kept(), note=form.cleaned_data["note"], **by
        ),
    ),
    "decide": Question(
        lambda data, _disposal: DecisionForm(data),
        lambda disposal, form, **by: disposing.decide_disposal(disposal, **form.cleaned_data, **by),
    ),
    "carry_out": with_note(disposing.carry_out_disposal),
    "finish": Question(
        lambda data, _disposal: WitnessForm(data),
        lambda disposal, form, **by: disposing.finish_disposal(disposal, **form.cleaned_data, **by),
    ),
    "cancel": with_reason(disposing.cancel_disposal),
}


def _pick(
    request: OfficeRequest, found: Any, *, title: Any, act: Any, do: Any, done: str, back_url: str
) -> HttpResponseBase:
    """Choose dossiers of a list; those the address names are ticked."""
    rows = list(found.select_related("owner", "unit", "fonds")[:MOST_PICKED])
    named = request.GET.getlist("ho-so")
    initial = [str(one.pk) for one in rows if str(one.pk) in named] or [str(one.pk) for one in rows]
    form = PickForm(
        request.POST or None, [(one.pk, f"{one.number} – {one.title}") for one in rows], initial={"picked": initial}
    )

    def make(filled: Any) -> Any:
        picked = set(filled.cleaned_data["picked"])
        return do([one for one in rows if str(one.pk) in picked], **who(request))

    return fill(
        request,
        form,
        title=title,
        act=act,
        do=make,
        done=lambda made: reverse(done, args=[made.pk]),
        back_url=back_url,
        template="dossiers/pick_dossiers.html",
        none=not rows,
    )


@login_required
@require_http_methods(["GET", "POST"])
def prepare(request: OfficeRequest) -> HttpResponseBase:
    """A delivery of the closed dossiers the person may submit."""
    mine = Dossier.objects.filter(state="closed", handlers__overlap=sorted(request.principals))
    holds = mine.exclude(hand_overs__outcome="", hand_overs__isnull=False)
    return _pick(
        request,
        holds.order_by("number", "pk"),
        title=_("Lập danh sách nộp lưu"),
        act=_("Lập danh sách"),
        do=handing_over.prepare_hand_over,
        done="dossiers:hand_over",
        back_url=reverse("dossiers:hand_overs"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def dispose(request: OfficeRequest) -> HttpResponseBase:
    """“Xem xét hủy”: dossiers whose time is over, for a council."""
    archives = _archives(request)
    over = queries.expired(Dossier.objects.filter(owner__in=archives), timezone.localdate())
    listed = over.exclude(disposals__disposal__state__in=("drafted", "reviewing", "concluded", "decided"))
    return _pick(
        request,
        listed.order_by("review_after", "pk"),
        title=_("Lập danh mục tài liệu xét hủy"),
        act=_("Lập danh mục"),
        do=disposing.draft_disposal,
        done="dossiers:disposal",
        back_url=reverse("dossiers:kept"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def register_transfer(request: OfficeRequest) -> HttpResponseBase:
    """Permanent dossiers for the historical archive."""
    kept = Dossier.objects.filter(owner__in=_archives(request), state="archived", retention="permanent")
    free = kept.exclude(transfers__transfer__state__in=("registered", "answered", "decided", "delivered"))
    return _pick(
        request,
        free.order_by("archived_at", "pk"),
        title=_("Đăng ký nộp lưu trữ lịch sử"),
        act=_("Đăng ký"),
        do=keeping.register_transfer,
        done="dossiers:transfer",
        back_url=reverse("dossiers:transfers"),
    )


@login_required
@require_GET
@found_or_404
def hand_over(request: OfficeRequest, pk: int) -> HttpResponse:
    """One delivery and its dossiers."""
    found = queries.hand_overs().get(pk=pk)
    facts = (
        Fact(_("Bên giao"), found.giver_label),
        Fact(_("Ngày nộp"), found.submitted_on, "date"),
        Fact(_("Bên nhận"), found.receiver_label),
        Fact(_("Ngày nhận"), found.received_on, "date"),
    )
    items = list(found.items.select_related("dossier"))
    acts = acts_of(
        request,
        found,
        url_name="dossiers:hand_over_act",
        asks=HAND_OVER_ACTS,
        primary="receive" if found.state == "submitted" else "submit",
    )
    context = detail_context(request, found, facts=facts, acts=acts, items=items)
    return render(request, "dossiers/hand_over.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def hand_over_act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a delivery."""
    return ask(request, queries.hand_overs().get(pk=pk), key, HAND_OVER_ACTS)


@login_required
@require_GET
@found_or_404
@in_vietnamese()
def hand_over_paper(request: OfficeRequest, pk: int, which: str) -> HttpResponse:
    """Mục lục hồ sơ nộp lưu, biên bản giao nhận: the official papers of a delivery."""
    found = queries.hand_overs().get(pk=pk)
    items = list(found.items.exclude(outcome="returned").select_related("dossier__fonds", "dossier__owner"))
    rows = [
        (
            item.dossier,
            handing_over.years_of(item.dossier),
            queries.period_name(item.dossier.retention, found.opened_on),
        )
        for item in items
    ]
    templates = {"muc-luc": "dossiers/paper_inventory.html", "bien-ban": "dossiers/paper_minutes.html"}
    if which not in templates:
        raise Http404
    context = {
        "record": found,
        "rows": rows,
        "documents": sum(one.total_documents or 0 for one, *_rest in rows),
        "pages": sum(one.total_pages or 0 for one, *_rest in rows),
        "fonds": queries.fonds_of(found.owner_id),
        "paper": sum(one.reliability != "01" for one, *_rest in rows),
        "back_url": reverse("dossiers:hand_over", args=[pk]),
    }
    return render(request, templates[which], context)


@login_required
@require_GET
@found_or_404
def transfer(request: OfficeRequest, pk: int) -> HttpResponse:
    """One delivery to the historical archive."""
    found: Transfer = queries.transfers().get(pk=pk)
    facts = (
        Fact(_("Phông"), str(found.fonds)),
        Fact(_("Lưu trữ lịch sử"), found.fonds.historical_archive.name if found.fonds.historical_archive else ""),
        Fact(_("Ngày dự kiến nộp"), found.planned_on, "date"),
        Fact(_("Quyết định"), found.decision),
        Fact(_("Ngày quyết định"), found.decided_on, "date"),
        Fact(_("Ngày giao nộp"), found.delivered_on, "date"),
    )
    acts = acts_of(request, found, url_name="dossiers:transfer_act", asks=TRANSFER_ACTS, primary="answer")
    context = detail_context(request, found, facts=facts, acts=acts, items=list(found.items.all()))
    return render(request, "dossiers/transfer.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def transfer_act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a delivery to the historical archive."""
    return ask(request, queries.transfers().get(pk=pk), key, TRANSFER_ACTS)


@login_required
@require_GET
@found_or_404
def disposal(request: OfficeRequest, pk: int) -> HttpResponse:
    """One disposal: list, council, opinions, decision, proof."""
    found = queries.disposals().get(pk=pk)
    facts = (
        Fact(_("Quyết định hủy"), found.decision),
        Fact(_("Ngày quyết định"), found.decided_on, "date"),
        Fact(_("Người quyết định"), found.decided_label),
        Fact(_("Ngày hủy"), found.destroyed_at, "moment"),
        Fact(_("Người chứng kiến"), found.witness),
    )
    order = {"chair": 0, "secretary": 1, "member": 2}
    context = detail_context(
        request,
        found,
        facts=facts,
        acts=acts_of(request, found, url_name="dossiers:disposal_act", asks=DISPOSAL_ACTS, primary=_next_act(found)),
        items=list(found.items.all()),
        members=sorted(found.members.all(), key=lambda one: (order[one.part], one.pk)),
        proofs=list(found.destroyed.order_by("pk")[:500]),
    )
    return render(request, "dossiers/disposal.html", context)


def _next_act(found: Disposal) -> str:
    nexts = {
        "drafted": "convene",
        "reviewing": "opine",
        "concluded": "decide",
        "decided": "carry_out",
        "destroying": "finish",
    }
    return nexts.get(found.state, "")


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def disposal_act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a disposal."""
    return ask(request, queries.disposals().get(pk=pk), key, DISPOSAL_ACTS)


@login_required
@require_GET
@found_or_404
@in_vietnamese()
def disposal_paper(request: OfficeRequest, pk: int) -> HttpResponse:
    """Biên bản hủy tài liệu with its list and proof."""
    found = queries.disposals().get(pk=pk)
    proofs = list(found.destroyed.all())
    context = {
        "record": found,
        "items": list(found.items.all()),
        "members": list(found.members.order_by("part")),
        "gone": [one for one in proofs if one.destroyed_at],
        "kept": [one for one in proofs if one.is_needed_elsewhere],
        "back_url": reverse("dossiers:disposal", args=[pk]),
    }
    return render(request, "dossiers/paper_disposal.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def fonds(request: OfficeRequest) -> HttpResponseBase:
    """The data of the fonds the person keeps."""
    archives = _archives(request)
    wanted = request.GET.get("co-quan", "")
    body = next((one for one in archives if str(one.pk) == wanted), archives[0])
    found = queries.fonds_of(body)
    initial: dict[str, Any] = {
        "code": body.code,
        "archive_code": body.code,
        "name": f"Phông {body.name}",
        "is_open": True,
    }
    if found:
        initial = {name: getattr(found, name) for name in keeping.FONDS_FIELDS}
        initial["historical_archive"] = found.historical_archive.code if found.historical_archive else ""
    return fill(
        request,
        FondsForm(request.POST or None, initial=initial),
        title=_("Phông lưu trữ của %(body)s") % {"body": body.name},
        act=_("Lưu"),
        do=lambda form: keeping.describe_fonds(body, form.cleaned_data, **who(request)),
        done=lambda _made: reverse("dossiers:kept"),
        back_url=reverse("dossiers:kept"),
    )


@login_required
@require_GET
def fixity(request: OfficeRequest) -> HttpResponse:
    """The nightly check: its last runs, what is damaged and what to do."""
    archives = _archives(request)
    bad = ArchivedFile.objects.filter(state__in=("damaged", "missing")).select_related("entry__dossier")
    context = {
        "runs": list(FixityRun.objects.order_by("-started_at")[:30]),
        "bad": list(bad.order_by("pk")[:200]),
        "archives": archives,
    }
    return render(request, "dossiers/fixity.html", context)


@login_required
@require_POST
@found_or_404
def recheck(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Check one file now, after it was restored."""
    _archives(request)
    file = get_object_or_404(ArchivedFile, pk=pk)
    return press(
        request, lambda: checking.recheck(file, at=timezone.now()), _("Đã kiểm tra lại."), reverse("dossiers:fixity")
    )


def _archives(request: OfficeRequest) -> list[Any]:
    archives = queries.archives_kept(request.principals)
    if not archives:
        raise Http404
    return archives
