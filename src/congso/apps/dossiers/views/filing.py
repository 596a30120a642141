"""Documents into a dossier: from a document's page, in bulk, as a file, as a paper, by rule."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congso.apps.dossiers import queries
from congso.apps.dossiers.forms import EntryForm, FileForm, RuleForm
from congso.apps.dossiers.models import DOSSIER, Entry, FilingRule
from congso.apps.dossiers.services import filing as services
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import receive_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.records.models import Record
from congso.kernel.records.types import record_types
from congso.kernel.web.asking import fill, found_or_404, press, who
from congso.kernel.web.forms import ReasonForm
from congso.kernel.workflow.services import Refused

CANDIDATES = 100
TRIED = 300
_OWN = ("dossier", "dossier_catalogue", "archive_handover", "archive_transfer", "archive_disposal", "reading_request")


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def choose(request: OfficeRequest) -> HttpResponseBase:
    """“Đưa vào hồ sơ” of any record: into which of the dossiers the person may fill."""
    source = request.GET.get("source", "") or request.POST.get("source", "")
    record = Record.objects.get(pk=int(source) if source.isascii() and source.isdigit() else 0)
    choices = list(queries.may_be_filled(request.principals)[:200])
    if request.method == "POST":
        wanted = next((one for one in choices if str(one.pk) == request.POST.get("dossier")), None)
        if wanted is None:
            messages.error(request, _("Hãy chọn một hồ sơ."))
        else:
            dossier = queries.dossier_of(wanted.pk)
            done = reverse("dossiers:detail", args=[wanted.pk])
            return press(
                request, lambda: services.file_records(dossier, [record], **who(request)), _("Đã đưa vào hồ sơ."), done
            )
    lying = queries.holding(record)
    context = {
        "record": record,
        "choices": choices,
        "lying": lying,
        "open_lines": queries.lines_to_open(request.principals)[:10],
    }
    return render(request, "dossiers/choose.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def pick(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Several records at once, found by words and kind."""
    dossier = queries.dossier_of(pk)
    if request.method == "POST":
        ids = [int(one) for one in request.POST.getlist("record") if one.isascii() and one.isdigit()]
        records = list(Record.objects.filter(pk__in=ids).exclude(type__in=_OWN).select_related("owner"))
        back = reverse("dossiers:detail", args=[pk])
        if not records:
            messages.error(request, _("Hãy chọn ít nhất một văn bản."))
            return redirect("dossiers:pick", pk)
        return press(
            request, lambda: services.file_records(dossier, records, **who(request)), _("Đã đưa vào hồ sơ."), back
        )
    words, kind = request.GET.get("q", "")[:200].replace("\x00", ""), request.GET.get("kind", "")
    found = Record.objects.exclude(type__in=_OWN).exclude(links_out__target_id=pk, links_out__kind="dossier")
    for word in words.split()[:8]:
        found = found.filter(title__icontains=word) | found.filter(number__icontains=word)
    if kind:
        found = found.filter(type=kind)
    rows = found.select_related("owner").order_by("-opened_on", "-id")[:CANDIDATES]
    kinds = [(one.key, one.label) for one in record_types() if one.key not in _OWN]
    context = {"record": dossier, "rows": list(rows), "kinds": kinds, "q": words, "kind": kind, "limit": CANDIDATES}
    return render(request, "dossiers/pick.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def paper(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A paper that is in no system."""
    dossier = queries.dossier_of(pk)
    back = reverse("dossiers:detail", args=[pk])
    return fill(
        request,
        EntryForm(request.POST or None, initial={"reliability": "02"}),
        title=_("Thêm bản giấy vào hồ sơ"),
        act=_("Thêm vào hồ sơ"),
        do=lambda form: services.add_paper(dossier, form.cleaned_data, **who(request)),
        done=lambda _made: back,
        back_url=back,
        icon="plus",
        record=dossier,
    )


@login_required
@require_POST
@found_or_404
def upload(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A draft, slip or scan: read before it is kept, as every file."""
    dossier = queries.dossier_of(pk)
    back = reverse("dossiers:detail", args=[pk])
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Hãy chọn tệp."))
        return redirect(back)

    def take_in() -> None:
        file = form.cleaned_data["file"]
        try:
            receive_upload(
                file.chunks(),
                name=file.name,
                organization=dossier.owner,
                purpose=services.PURPOSE,
                details={"dossier": dossier.pk},
                expected_size=file.size,
                **who(request),
            )
        except (FileRefused, StorageFull) as refusal:
            raise Refused(refusal.message_vi) from refusal

    return press(request, take_in, _("Đã nhận tệp; tệp vào hồ sơ khi đọc xong."), back)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def entry(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Complete a line of the list of documents."""
    found = Entry.objects.get(pk=pk)
    dossier = queries.dossier_of(found.dossier_id)
    back = reverse("dossiers:detail", args=[found.dossier_id])
    initial = {name: getattr(found, name) for name in EntryForm.base_fields}
    return fill(
        request,
        EntryForm(request.POST or None, initial=initial),
        title=_("Dòng %(place)s của mục lục văn bản") % {"place": found.position},
        act=_("Lưu"),
        do=lambda form: services.edit_entry(found, form.cleaned_data, **who(request)),
        done=lambda _made: back,
        back_url=back,
        record=dossier,
    )


@login_required
@require_POST
@found_or_404
def move(request: OfficeRequest, pk: int, to: int) -> HttpResponseBase:
    """Put a line at another place."""
    found = Entry.objects.get(pk=pk)
    back = reverse("dossiers:detail", args=[found.dossier_id])
    return press(request, lambda: services.move_entry(found, to=to, **who(request)), _("Đã xếp lại."), back)


@login_required
@require_POST
@found_or_404
def sort(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Order the documents by date."""
    dossier = queries.dossier_of(pk)
    back = reverse("dossiers:detail", args=[pk])
    return press(request, lambda: services.sort_entries(dossier, **who(request)), _("Đã xếp theo ngày."), back)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def take_out(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Take a document out, with a reason."""
    found = Entry.objects.get(pk=pk)
    dossier = queries.dossier_of(found.dossier_id)
    back = reverse("dossiers:detail", args=[found.dossier_id])
    return fill(
        request,
        ReasonForm(request.POST or None),
        title=_("Rút văn bản khỏi hồ sơ"),
        act=_("Rút khỏi hồ sơ"),
        do=lambda form: services.take_out(found, note=form.cleaned_data["note"], **who(request)),
        done=lambda _made: back,
        back_url=back,
        icon="x",
        record=dossier,
        template="web/confirm.html",
    )


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def rule(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Try a rule on what the person sees, then save it."""
    dossier = queries.dossier_of(pk)
    back = reverse("dossiers:detail", args=[pk])
    form = RuleForm(request.POST or None, initial={"source": "in"})
    tried: list[Record] | None = None
    if request.method == "POST" and form.is_valid():
        words = form.rule()
        if request.POST.get("try"):
            newest = Record.objects.exclude(type__in=_OWN).exclude(type=DOSSIER).select_related("owner")
            tried = services.try_rule(words, newest.order_by("-opened_on", "-id")[:TRIED])
        else:
            data = form.cleaned_data
            facts = {"name": data["name"], "words": words, "unit": data["unit"]}
            return press(
                request, lambda: services.make_rule(dossier, **facts, **who(request)), _("Đã đặt quy tắc."), back
            )
    context: dict[str, Any] = {
        "record": dossier,
        "form": form,
        "tried": tried,
        "looked": TRIED,
        "title": _("Quy tắc tự đưa vào hồ sơ"),
        "form_action": request.path,
        "back_url": back,
        "submit_label": _("Lưu quy tắc"),
        "submit_icon": "check",
    }
    return render(request, "dossiers/rule.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@found_or_404
def rule_stop(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The rule files nothing any more."""
    found = FilingRule.objects.get(pk=pk)
    queries.dossier_of(found.dossier_id)
    back = reverse("dossiers:detail", args=[found.dossier_id])
    return press(request, lambda: services.stop_rule(found, **who(request)), _("Đã dừng quy tắc."), back)
