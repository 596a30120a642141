"""A dossier's page and the acts on it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.dossiers import queries
from congso.apps.dossiers.forms import DossierForm, FileForm, OpenForm, PassForm, PlaceForm, ShareForm
from congso.apps.dossiers.models import Dossier, Entry, Share
from congso.apps.dossiers.services import closing, handing_over, keeping
from congso.apps.dossiers.services import dossiers as services
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import Question, ask, fill, found_or_404, press, who, with_note, with_reason
from congso.kernel.web.detail import Act, Fact, acts_of, detail_context
from congso.kernel.workflow.services import possible_transitions
from congso.lib.languages import in_vietnamese

PRESSED = frozenset(
    {"file", "arrange", "submit", "withdraw", "accept", "refuse", "transfer", "propose", "keep", "destroy", "unshare"}
)
_TOLD = ("symbol", "title", "retention", "mode", "languages", "keywords", "info_sign", "description")


def _description(form: Any) -> services.Description:
    return services.Description(**{name: form.cleaned_data[name] for name in _TOLD})


def _described(dossier: Dossier) -> dict[str, Any]:
    return {name: getattr(dossier, "number" if name == "symbol" else name) for name in _TOLD}


def _placed(dossier: Dossier) -> dict[str, Any]:
    return {name: getattr(dossier, name) for name in ("inventory", "store", "shelf", "box", "paper_code")}


QUESTIONS = {
    "ask_close": with_note(closing.ask_to_close),
    "close": with_note(closing.close_dossier),
    "send_back": with_reason(closing.send_dossier_back),
    "reopen": with_reason(closing.reopen_dossier),
    "describe": Question(
        lambda data, dossier: DossierForm(data, initial=_described(dossier)),
        lambda dossier, form, **by: services.describe_dossier(dossier, _description(form), **by),
    ),
    "pass_over": Question(
        lambda data, _dossier: PassForm(data),
        lambda dossier, form, **by: services.pass_over(
            dossier, to=form.cleaned_data["person"], note=form.cleaned_data["note"], **by
        ),
    ),
    "share": Question(
        lambda data, _dossier: ShareForm(data),
        lambda dossier, form, **by: services.share_dossier(dossier, **form.cleaned_data, **by),
    ),
    "cancel": with_reason(services.cancel_dossier),
    "place": Question(
        lambda data, dossier: PlaceForm(data, initial=_placed(dossier)),
        lambda dossier, form, **by: handing_over.place_dossier(dossier, handing_over.Place(**form.cleaned_data), **by),
    ),
    "hold": with_reason(keeping.hold_dossier),
    "release": with_reason(keeping.release_dossier),
}


@login_required
@require_http_methods(["GET", "POST"])
def open_new(request: OfficeRequest) -> HttpResponseBase:
    """Open a dossier outside the yearly list."""
    units = queries.unit_choices(request.principals, timezone.localdate())
    form = OpenForm(request.POST or None, units, initial={"mode": "01", "languages": ["01"]})

    def make(filled: Any) -> Dossier:
        unit = next(one for one in units if str(one.pk) == filled.cleaned_data["unit"])
        return services.open_dossier(unit, _description(filled), **who(request))

    return fill(
        request,
        form,
        title=_("Mở hồ sơ ngoài danh mục"),
        act=_("Mở hồ sơ"),
        do=make,
        icon="folder",
        done=lambda made: reverse("dossiers:detail", args=[made.pk]),
        back_url=reverse("dossiers:list"),
    )


@login_required
@require_GET
@found_or_404
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """One dossier: its documents in order, what is missing, who reads it, what may be done."""
    found = queries.dossier_of(pk)
    keys = {one.key for one in possible_transitions(found, held=request.principals)}
    entries = list(queries.entries_of(found))
    files = queries.files_of(entries)
    is_open = found.state in ("opened", "filling", "finishing")
    gaps = queries.gaps_in(found, entries) if is_open else []
    missing: dict[int, list[str]] = {}
    for gap in gaps:
        missing.setdefault(gap.position, []).append(gap.words)
    rows = [(one, _told(one), missing.get(one.position, []), files.get(one.pk, [])) for one in entries]
    context = detail_context(
        request,
        found,
        facts=_facts(found),
        acts=_acts(request, found, keys),
        rows=rows,
        gaps=gaps,
        own_gaps=missing.get(0, []),
        unseen=queries.documents_in(found) - len(entries),
        may_file="file" in keys,
        may_arrange="arrange" in keys,
        may_share="unshare" in keys,
        is_open=is_open,
        upload=FileForm(),
        shares=list(found.shares.order_by("given_at")),
        rules=list(found.rules.filter(is_live=True)) if is_open else [],
        holds=list(found.holds.filter(ended_at__isnull=True)) if found.archived_at else [],
        pages=sum(one.pages or 0 for one in entries),
        keeps="place" in keys,
    )
    return render(request, "dossiers/detail.html", context)


def _acts(request: OfficeRequest, found: Dossier, keys: set[str]) -> list[Act]:
    acts = acts_of(request, found, url_name="dossiers:act", asks=QUESTIONS, primary="close")
    acts = [one for one in acts if one.key not in PRESSED]
    if "file" in keys:
        acts.insert(
            0,
            Act(
                "pick",
                _("Đưa văn bản vào"),
                reverse("dossiers:pick", args=[found.pk]),
                "file-plus",
                "primary",
                is_link=True,
            ),
        )
    if "submit" in keys:
        acts.insert(
            0,
            Act(
                "hand-over",
                _("Nộp lưu"),
                reverse("dossiers:prepare") + f"?ho-so={found.pk}",
                "send",
                "primary",
                is_link=True,
            ),
        )
    return acts


def _told(entry: Entry) -> str:
    """What a line says besides its subject: type and symbol, day, issuer, pages, what it is, by which rule."""
    pages = ngettext("%(n)s trang", "%(n)s trang", entry.pages or 0) % {"n": entry.pages}
    parts = (
        f"{queries.type_name(entry)} {entry.number}".strip(),
        f"{entry.issued_on:%d/%m/%Y}" if entry.issued_on else _("không ngày") if entry.is_undated else "",
        entry.issuer,
        pages if entry.pages else "",
        str(entry.get_kind_display()),
        _("theo quy tắc “%(rule)s”") % {"rule": entry.rule.name} if entry.rule else "",
    )
    return " · ".join(part for part in parts if part)


def _facts(found: Dossier) -> tuple[Fact, ...]:
    day = found.end_on or found.opened_on
    return (
        Fact(_("Mã hồ sơ"), handing_over.code_of(found)),
        Fact(_("Đơn vị"), found.unit.name if found.unit else found.owner.name),
        Fact(_("Người lập"), found.holder_label),
        Fact(
            _("Theo danh mục"),
            found.line.catalogue.title if found.line else _("Ngoài danh mục"),
            url=reverse("dossiers:catalogue", args=[found.line.catalogue_id]) if found.line else "",
        ),
        Fact(_("Thời hạn lưu trữ"), queries.period_name(found.retention, day)),
        Fact(_("Chế độ sử dụng"), found.get_mode_display()),
        Fact(_("Thời gian tài liệu"), handing_over.years_of(found)),
        Fact(_("Tổng số văn bản"), found.total_documents, "number"),
        Fact(_("Tổng số trang"), found.total_pages, "number"),
        Fact(_("Ngày kết thúc"), found.closed_on, "date"),
        Fact(_("Phông"), str(found.fonds) if found.fonds else ""),
        Fact(_("Nơi xếp"), found.place),
        Fact(_("Mã hồ sơ giấy gốc"), found.paper_code),
        Fact(_("Ngày nộp lưu"), found.archived_at, "moment"),
        Fact(_("Hết thời hạn lưu trữ"), found.review_after, "date"),
        Fact(_("Từ khóa"), found.keywords),
        Fact(_("Chú giải"), found.description, is_wide=True),
        Fact(_("Nhập từ gói"), found.came_from),
        Fact(_("Ngày hủy"), found.destroyed_at, "moment"),
    )


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a dossier."""
    return ask(request, queries.dossier_of(pk), key, QUESTIONS)


@login_required
@require_POST
@found_or_404
def unshare(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Somebody reads it no more."""
    share = Share.objects.get(pk=pk)
    back = reverse("dossiers:detail", args=[share.dossier_id])
    return press(request, lambda: services.unshare_dossier(share, **who(request)), _("Đã thôi chia sẻ."), back)


@login_required
@require_GET
@found_or_404
@in_vietnamese()
def contents(request: OfficeRequest, pk: int) -> HttpResponse:
    """Mục lục văn bản: the official list of documents, printed. What the person may not see is counted, not named."""
    found = queries.dossier_of(pk)
    entries = list(queries.entries_of(found))
    context = {
        "record": found,
        "code": handing_over.code_of(found),
        "years": handing_over.years_of(found),
        "rows": [(one, queries.type_name(one)) for one in entries],
        "pages": sum(one.pages or 0 for one in entries),
        "unseen": queries.documents_in(found) - len(entries),
        "period": queries.period_name(found.retention, found.end_on or found.opened_on),
    }
    return render(request, "dossiers/paper_contents.html", context)
