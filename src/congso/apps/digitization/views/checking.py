"""Documents cut from a stack: their page, their fields checked beside the paper."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.digitization import queries, services
from congso.apps.digitization.forms import CheckForm
from congso.apps.digitization.models import Check, DigitalCopy, Page
from congso.apps.digitization.rules import differences
from congso.apps.digitization.services.checking import confirm_sure_copies
from congso.apps.digitization.views.shared import keys_of, seen_batch, seen_copy
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.document_types import CATALOGUE
from congso.kernel.catalogues.queries import name_of
from congso.kernel.web.asking import Question, ask, found_or_404, posted, press, who, with_reason
from congso.kernel.web.detail import Act, Fact, FileLine, PageImage, acts_of, detail_context, file_lines
from congso.kernel.workflow.services import Refused

WIDTH = 1200
SHOWN_PAGES = 60
_CHECKING = frozenset({"confirm", "key_first", "key_second", "dispute", "settle"})
QUESTIONS: dict[str, Question] = {
    "uncheck": with_reason(services.uncheck_copy),
    "drop": with_reason(services.drop_copy),
}


@login_required
@require_GET
@found_or_404
def show(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The page of one document."""
    copy = seen_copy(request, pk)
    keys = keys_of(request, copy)
    acts = [act for act in acts_of(request, copy, url_name="digitization:copy-act") if act.key in QUESTIONS]
    if keys & _CHECKING:
        acts.insert(0, Act("check", _("Kiểm tra"), reverse("digitization:check", args=[pk]), "list-check",
                           tone="primary", is_link=True))  # fmt: skip
    files = file_lines(copy)
    shown = next((file for file in files if file.pages), None) or pages_of(copy)
    checks = list(Check.objects.filter(copy=copy))
    context = detail_context(
        request, copy, facts=_facts(copy), acts=acts, files=files, shown_file=shown, checks=checks, keys=keys,
        page_rows=list(_rows(copy)),
    )  # fmt: skip
    return render(request, "digitization/copy.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def check(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Say what the fields are, the paper beside the form; then on to the next document of the batch."""
    copy = seen_copy(request, pk)
    keys = keys_of(request, copy)
    if not keys & _CHECKING:
        messages.info(request, _t("Tài liệu này không còn chờ kiểm tra."))
        return redirect("digitization:copy", pk)
    checks = list(Check.objects.filter(copy=copy).order_by("-round", "nth"))
    turn = [one for one in checks if one.round == checks[0].round] if checks else []
    is_settling = copy.state == "disputed"
    form = CheckForm(posted(request), copy=copy, initial=CheckForm.initial_of(copy))
    if request.method == "POST" and form.is_valid():
        try:
            reached = _write(copy, form.cleaned_data, request, is_settling=is_settling)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _SAID.get(reached, _t("Đã ghi.")))
            return _go_on(request, copy)
    context = {
        "form": form, "record": copy, "copy": copy, "hints": _hints(copy), "shown_file": pages_of(copy),
        "is_settling": is_settling, "differ": _differ(turn) if is_settling else [],
        "open_count": copy.batch.copies.filter(state__in=queries.OPEN).count(),
        "back_url": reverse("digitization:detail", args=[copy.batch_id]),
    }  # fmt: skip
    return render(request, "digitization/check.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a document."""
    return ask(request, seen_copy(request, pk), key, QUESTIONS)


@login_required
@require_GET
@found_or_404
def next_copy(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """On to the next document this person can check."""
    batch = seen_batch(request, pk)
    found = queries.next_to_check(batch, request.actor.id)
    if found is None:
        messages.info(request, _t("Không còn tài liệu nào chờ bạn kiểm tra trong đợt này."))
        return redirect("digitization:detail", pk)
    return redirect("digitization:check", found.pk)


@login_required
@require_POST
@found_or_404
def confirm_sure(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Confirm at once what the machine read surely and no sample drew."""
    batch = seen_batch(request, pk)
    back = reverse("digitization:detail", args=[pk])
    if "arrange" not in keys_of(request, batch):
        messages.warning(request, _t("Việc này đã chuyển sang bước khác. Dưới đây là tình trạng mới nhất."))
        return redirect(back)
    said = _t("Đã xác nhận các tài liệu máy đọc chắc; tài liệu còn thiếu trường vẫn chờ kiểm tra.")
    return press(request, lambda: confirm_sure_copies(batch, **who(request)), said, back)


_SAID = {
    "checked": _("Đã kiểm tra xong tài liệu."),
    "second": _("Đã ghi lần một; chờ người thứ hai."),
    "disputed": _("Hai người ghi khác nhau; cần thống nhất."),
}


def _write(copy: DigitalCopy, values: dict[str, Any], request: OfficeRequest, *, is_settling: bool) -> str:
    if is_settling:
        services.settle_copy(copy, values, **who(request))
        return "checked"
    return services.check_copy(copy, values, **who(request))


def _go_on(request: OfficeRequest, copy: DigitalCopy) -> HttpResponseBase:
    found = queries.next_to_check(copy.batch, request.actor.id, after=copy.pk)
    if found is None:
        return redirect("digitization:detail", copy.batch_id)
    return redirect("digitization:check", found.pk)


def pages_of(copy: DigitalCopy) -> FileLine:
    """The copy's scanned pages set straight, for the viewer."""
    pages = []
    for page in _rows(copy)[:SHOWN_PAGES]:
        high = round(WIDTH * page.height / page.width) if page.width else 1697
        url = reverse("digitization:picture", args=[page.pk, WIDTH])
        pages.append(PageImage(page.copy_page or 0, url, WIDTH, high))
    return FileLine(str(copy.title), "", pages=pages)


def _rows(copy: DigitalCopy) -> Any:
    return Page.objects.filter(copy=copy).order_by("copy_page")


def _hints(copy: DigitalCopy) -> dict[str, dict[str, Any]]:
    """What stands under each field: how sure the machine is, why not, where it read it."""
    threshold = float(copy.batch.threshold or 0)
    found = {}
    for name in CheckForm.base_fields:
        one = (copy.proposals or {}).get(name)
        if name in {"is_undated"}:
            continue
        if not one or not one.get("value"):
            found[name] = {"level": "empty", "words": _t("Máy không đọc được, hãy nhập"), "places": "[]"}
        else:
            is_sure = one["confidence"] >= threshold and not one["doubt"]
            words = _t("Đọc rõ") if is_sure else f"{_t('Nên xem')}: {one['doubt'] or _t('Chữ không rõ.')}"
            places = json.dumps(one["places"])
            found[name] = {"level": "sure" if is_sure else "doubtful", "words": words, "places": places}
    return found


def _differ(turn: list[Check]) -> list[dict[str, Any]]:
    if len(turn) < 2:
        return []
    first, second = turn[0], turn[1]
    labels = {name: field.label for name, field in CheckForm.base_fields.items()}
    return [
        {"label": labels[name], "first": first.values.get(name), "second": second.values.get(name),
         "first_by": first.by_label, "second_by": second.by_label}
        for name in differences(first.values, second.values)
    ]  # fmt: skip


def _facts(copy: DigitalCopy) -> list[Fact]:
    kind = name_of(CATALOGUE, copy.type_key, copy.opened_on) if copy.type_key else ""
    return [
        Fact(_("Đợt số hóa"), str(copy.batch), url=reverse("digitization:detail", args=[copy.batch_id])),
        Fact(_("Hồ sơ"), str(copy.folder) if copy.folder else ""),
        Fact(_("STT trong hồ sơ"), copy.position, "number"),
        Fact(_("Tên loại"), kind),
        Fact(_("Số, ký hiệu"), copy.number),
        Fact(_("Ngày tài liệu"), copy.issued_on, "date"),
        Fact(_("Cơ quan ban hành"), copy.issuer, is_wide=True),
        Fact(_("Người ký"), copy.signer),
        Fact(_("Số trang"), copy.pages, "number"),
        Fact(_("Cách kiểm tra"), copy.get_need_display()),
        Fact(_("Ký xác nhận"), copy.signed_at, "moment"),
    ]
