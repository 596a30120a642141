"""Batches: the list, the plan, the page of one, what comes in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import Http404, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.digitization import queries, services
from congso.apps.digitization.flow import BATCHES
from congso.apps.digitization.forms import BatchForm, FoldersForm
from congso.apps.digitization.models import DigitalCopy, PageState, ScanBatch
from congso.apps.digitization.rules import share
from congso.apps.digitization.views.shared import keys_of, seen_batch
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.models import Upload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import receive_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.files.views import state_of
from congso.kernel.jobs.models import Job
from congso.kernel.signing.queries import credentials_of
from congso.kernel.web.asking import fill, found_or_404, posted, who
from congso.kernel.web.dashboard import Tile
from congso.kernel.web.detail import Act, Fact, acts_of, detail_context
from congso.kernel.web.filters import ChoiceFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response

SHOWN = 50
_PRESSED = frozenset({"process", "pause", "bind"})
_ASKED = frozenset({"receive", "rescan", "accept", "return_work", "hand_over", "cancel", "reread"})
_PRIMARY = {
    "planned": "receive", "scanning": "process", "checking": "accept", "accepted": "hand_over",
}  # fmt: skip
UNFINISHED = (Upload.State.WAITING, Upload.State.READING, Upload.State.REFUSED, Upload.State.FAILED)

LIST = RecordList(
    key="so-hoa",
    title=_("Số hóa tài liệu"),
    official_title=_("Danh sách đợt số hóa"),
    columns=(
        Column("number", _("Đợt"), sort="number", card=Card.TOP, width=12),
        Column("title", _("Tên đợt"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=50),
        Column("unit", _("Tài liệu của"), value="unit.short_name", width=24),
        Column("fonds", _("Phông"), width=24),
        Column("year", _("Năm"), kind=Kind.TEXT, sort="year", width=8),
        Column("opened_on", _("Ngày lập"), kind=Kind.DATE, sort="opened_on", width=12),
        Column("due_on", _("Hạn bàn giao"), kind=Kind.DUE, sort="due_on", width=14),
        Column("state", _("Trạng thái"), kind=Kind.STATE, sort="state", width=18, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", _("Tìm đợt")),
        ChoiceFilter(
            "state",
            _("Trạng thái"),
            lookup="state",
            choices=tuple((state.key, state.label) for state in BATCHES.states),
        ),
    ),
    default_sort="-opened_on",
    empty=Empty(
        _("Chưa có đợt số hóa nào"),
        _("Đợt số hóa của cơ quan bạn, hoặc tài liệu của đơn vị bạn đã nghiệm thu, sẽ hiện ở đây."),
    ),
)


@login_required
@require_GET
def batch_list(request: OfficeRequest) -> HttpResponseBase:
    """All batches one sees."""
    context = {"may_plan": queries.digitizing_for(request.principals, timezone.localdate()).exists()}
    return list_response(request, LIST, queries.batches(), template="digitization/list.html", context=context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponseBase:
    """Plan a batch."""
    today = timezone.localdate()
    owners = list(queries.digitizing_for(request.principals, today))
    if not owners:
        raise Http404
    served = owners[0].serves_id or owners[0].pk
    form = BatchForm(
        posted(request),
        owners=owners,
        units=list(queries.units_on(today)),
        initial={"year": today.year, "unit": served},
    )
    return fill(
        request, form, title=_t("Lập đợt số hóa"), act=_t("Lập đợt"), back_url=reverse("digitization:list"),
        do=lambda form: services.plan_batch(form.facts, owner=form.owner_chosen, **who(request)),
        done=lambda batch: reverse("digitization:detail", args=[batch.pk]),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def edit(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Change the plan."""
    batch = seen_batch(request, pk)
    back = reverse("digitization:detail", args=[pk])
    if "edit" not in keys_of(request, batch):
        messages.warning(request, _t("Chỉ sửa được kế hoạch của đợt chưa cho máy đọc."))
        return redirect(back)
    units = list(queries.units_on(timezone.localdate()))
    form = BatchForm(posted(request), owners=[batch.owner], units=units, initial=BatchForm.initial_of(batch))
    return fill(
        request, form, title=_t("Sửa kế hoạch đợt"), act=_t("Lưu"), back_url=back, record=batch,
        do=lambda form: services.edit_batch(batch, form.facts, **who(request)), done=lambda _made: back,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def folders(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """List paper dossiers."""
    batch = seen_batch(request, pk)
    back = reverse("digitization:detail", args=[pk])
    if "edit" not in keys_of(request, batch):
        messages.warning(request, _t("Chỉ ghi thêm hồ sơ khi đợt chưa cho máy đọc."))
        return redirect(back)
    return fill(
        request, FoldersForm(posted(request)), title=_t("Ghi hồ sơ của đợt"), act=_t("Ghi"), back_url=back,
        do=lambda form: services.add_folders(batch, form.cleaned_data["lines"], **who(request)),
        done=lambda _made: back,
    )  # fmt: skip


@login_required
@require_GET
@found_or_404
def detail(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The page of a batch: what to do next, how far it is, how good it is."""
    batch = seen_batch(request, pk)
    keys = keys_of(request, batch)
    counts, states = queries.counts_of(batch), queries.copy_states(batch)
    context = detail_context(
        request, batch, facts=_facts(batch), acts=_acts(request, batch, keys), keys=keys, counts=counts,
        tiles=_tiles(batch, counts, states), folders=list(queries.folders_of(batch)[:SHOWN * 4]),
        scans=list(queries.scans_of(batch)[:SHOWN]), copies=_shown_copies(batch), output=_output(batch),
        accuracy=batch.accuracy, sure=_sure(batch) if "accept" in keys or "arrange" in keys else 0,
        credentials=_credentials(batch) if "sign" in keys else [], **_upload(request, batch, keys), **_job(batch),
    )  # fmt: skip
    return render(request, "digitization/detail.html", context)


@login_required
@require_GET
@found_or_404
def running(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """How far the machine is: a fragment asked for every few seconds."""
    batch = seen_batch(request, pk)
    return render(request, "digitization/_running.html", {"record": batch, **_job(batch)})


@login_required
@require_POST
@found_or_404
def upload(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Take scanned files in; each answers for itself. What was sent once is not taken twice."""
    batch = seen_batch(request, pk)
    if "scan" not in keys_of(request, batch):
        raise Http404
    told = [_take_in(request, batch, file) for file in request.FILES.getlist("files")]
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"uploads": told})
    for one in told:
        tell = messages.error if one["state"] == "refused" else messages.success
        tell(request, f"{one['name']}: {one['message'] or _t('đã nhận, chờ kiểm tra')}")
    return redirect("digitization:detail", pk)


def _take_in(request: OfficeRequest, batch: ScanBatch, file: Any) -> dict[str, Any]:
    try:
        taken = receive_upload(
            file.chunks(), name=file.name, organization=batch.owner, purpose=services.PURPOSE,
            details={"batch": batch.pk}, batch=f"so-hoa-{batch.pk}", expected_size=file.size, **who(request),
        )  # fmt: skip
    except (FileRefused, StorageFull) as refusal:
        message = refusal.message_vi
        return {"name": file.name, "state": "refused", "message": message, "url": ""}
    return state_of(taken)


def _upload(request: OfficeRequest, batch: ScanBatch, keys: set[str]) -> dict[str, Any]:
    if "scan" not in keys:
        return {}
    waiting = Upload.objects.filter(batch=f"so-hoa-{batch.pk}", state__in=UNFINISHED).select_related("job")
    return {
        "upload_url": reverse("digitization:upload", args=[batch.pk]),
        "upload_accept": ".pdf,.tif,.tiff,.jpg,.jpeg,.png",
        "upload_hint": _(
            "PDF, TIFF, JPG, PNG của máy quét; chọn nhiều tệp một lúc. Mất mạng thì gửi lại, tệp đã có không bị nhận"
            " hai lần."
        ),
        "unfinished": list(waiting.order_by("-pk")[:SHOWN]),
    }  # fmt: skip


def _job(batch: ScanBatch) -> dict[str, Any]:
    job = batch.job
    is_running = job is not None and job.state in {Job.State.WAITING, Job.State.RUNNING}
    failed = job if job is not None and job.state in {Job.State.FAILED, Job.State.STOPPED} else None
    return {"job": job if is_running else None, "failed_job": failed}


def _acts(request: OfficeRequest, batch: ScanBatch, keys: set[str]) -> list[Act]:
    primary = _PRIMARY.get(batch.state, "")
    shown = _PRESSED | _ASKED
    found = [
        act for act in acts_of(request, batch, url_name="digitization:act", asks=_ASKED, primary=primary)
        if act.key in shown
    ]  # fmt: skip
    pages = (
        ("edit", _("Sửa kế hoạch"), "digitization:edit", "pencil"),
        ("edit", _("Ghi hồ sơ"), "digitization:folders", "folder"),
        ("scan", _("In tờ phân cách"), "digitization:separators", "printer"),
    )
    links = [
        Act(f"page-{place}", label, reverse(name, args=[batch.pk]), icon, is_link=True)
        for place, (key, label, name, icon) in enumerate(pages)
        if key in keys
    ]
    if batch.state == "checking" and "arrange" in keys:
        links = [
            Act("check", _("Kiểm tra tài liệu"), reverse("digitization:next", args=[batch.pk]), "list-check",
                tone="primary", is_link=True),
            Act("proofread", _("Soát chữ các trang"), reverse("digitization:proofread", args=[batch.pk]), "writing",
                is_link=True),
            *links,
        ]  # fmt: skip
    return [*found[:1], *links, *found[1:]] if found and found[0].tone == "primary" else [*links, *found]


def _tiles(batch: ScanBatch, counts: queries.Counts, states: dict[str, int]) -> list[Tile]:
    pages = reverse("digitization:pages", args=[batch.pk])
    here = reverse("digitization:detail", args=[batch.pk])
    trouble = counts.of(PageState.FAILED) + counts.of(PageState.SUSPECT)
    open_copies = sum(states.get(name, 0) for name in queries.OPEN)
    found = [
        Tile(_("Trang đã quét"), counts.total, pages),
        Tile(_("Trang trắng đã bỏ"), counts.of(PageState.BLANK), f"{pages}?trang-thai=blank"),
        Tile(_("Trang cần xử lý"), trouble, f"{pages}?trang-thai=failed", "bad" if trouble else ""),
        Tile(_("Tài liệu"), sum(states.values()) - states.get("dropped", 0), f"{here}#tai-lieu"),
    ]
    if batch.state in {"checking", "accepted"}:
        found.append(Tile(_("Chờ kiểm tra"), open_copies, f"{here}#tai-lieu", "warn" if open_copies else "good"))
    if batch.state in {"accepted", "handed_over"}:
        unsigned = DigitalCopy.objects.filter(batch=batch, state="accepted", signed_at__isnull=True).count()
        found.append(Tile(_("Chưa ký xác nhận"), unsigned, f"{here}#tai-lieu", "warn" if unsigned else "good"))
    return found


def _shown_copies(batch: ScanBatch) -> list[DigitalCopy]:
    order = ("folder__position", "position", "pk")
    rows = DigitalCopy.objects.filter(batch=batch).exclude(state="dropped").select_related("folder").order_by(*order)
    return list(rows[: SHOWN * 4])


def _sure(batch: ScanBatch) -> int:
    return DigitalCopy.objects.filter(batch=batch, state="unchecked", need="one", proposals__isnull=False).count()


def _credentials(batch: ScanBatch) -> list[Any]:
    return [one for one in credentials_of(active=True) if one.organization_id == batch.owner_id]


def _output(batch: ScanBatch) -> dict[str, Any]:
    rows = queries.output_of(batch)
    pages = DigitalCopy.objects.filter(batch=batch).exclude(state="dropped").aggregate(pages=Sum("pages"))["pages"] or 0
    return {"rows": rows[:SHOWN], "pages": pages, "cost": batch.unit_cost * pages}


def _facts(batch: ScanBatch) -> list[Fact]:
    accuracy = batch.accuracy
    found = [
        Fact(_("Cơ quan số hóa"), batch.owner.name),
        Fact(_("Tài liệu của"), batch.unit.name if batch.unit else ""),
        Fact(_("Phông"), batch.fonds),
        Fact(_("Tính vào chỉ tiêu năm"), str(batch.year)),
        Fact(_("Độ phân giải"), f"{batch.dpi} dpi"),
        Fact(_("Số tờ dự kiến"), batch.sheets_planned, "number"),
        Fact(_("Số tờ đã nhận"), batch.sheets_received, "number"),
        Fact(_("Tình trạng khi nhận"), batch.condition, is_wide=True),
    ]
    if accuracy:
        letters = share(accuracy["letters"] - accuracy["wrong_letters"], accuracy["letters"])
        fields = share(accuracy["right_fields"], accuracy["fields"])
        found += [
            Fact(_("Chữ đúng"), f"{letters or 0} %", is_wide=False),
            Fact(_("Trường máy đọc đúng"), f"{fields or 0} %"),
        ]
    return found
