"""Writing the draft, bringing files, telling versions apart, preflight."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.outgoing import queries, services
from congso.apps.outgoing.forms import DraftForm, ReplaceForm, VersionForm
from congso.apps.outgoing.models import DraftVersion, OutgoingDocument
from congso.apps.outgoing.services.checking import bytes_of
from congso.apps.outgoing.services.contents import outline_of
from congso.apps.outgoing.views.requests import form_page
from congso.kernel.accounts.requests import OfficeRequest, account_of
from congso.kernel.catalogues.document_types import type_on, types_on
from congso.kernel.composing.comparing import ChangeKind, differences
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.records.models import Record
from congso.kernel.web.asking import found_or_404, posted, who
from congso.kernel.workflow.services import Refused, possible_transitions


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def draft(request: OfficeRequest) -> HttpResponseBase:
    """A new draft; `source`: the record it answers, `replaces`: the issued document it will replace."""
    home = queries.home_of(account_of(request).person_id, timezone.localdate())
    if home is None:
        raise Http404
    source, replaced = _asked(request, "source"), _asked(request, "replaces")
    old = queries.outgoing_document(replaced) if replaced else None
    initial: dict[str, object] = {"title": Record.objects.get(pk=source).title} if source else {}
    outlined = request.GET.get("dan-y", "")
    if outlined and type_on(outlined, timezone.localdate()):
        initial |= {"doc_type": outlined, "content": outline_of(outlined, queries.issuers_of(home[1])[-1])}
    form = DraftForm(posted(request), office=home[1], document=None, initial=_from(old) if old else initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.start_draft(
                form.facts(), source=Record.objects.get(pk=source) if source else None, replaces=old,
                replace_reason=request.POST.get("replace_reason", request.GET.get("reason", "")), **who(request),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu dự thảo."))
            return redirect("outgoing:detail" if form.cleaned_data["content"].strip() else "outgoing:bring", made.pk)
    title = _("Soạn văn bản thay thế %(number)s") % {"number": old.number} if old else _("Soạn văn bản đi")
    return form_page(
        request, form, title=title, back=reverse("outgoing:list"), label=_("Lưu dự thảo"),
        template="outgoing/draft.html", replaced=old, replace_reason=request.GET.get("reason", ""),
        outlines=types_on(timezone.localdate()) if old is None else (),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def replace(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Begin the document that replaces an issued one: the reason first."""
    document = queries.outgoing_document(pk)
    if document.state != "issued":
        raise Http404
    form = ReplaceForm(posted(request))
    if request.method == "POST" and form.is_valid():
        asked = urlencode({"replaces": pk, "reason": form.cleaned_data["reason"]})
        return redirect(f"{reverse('outgoing:draft')}?{asked}")
    return form_page(
        request, form, title=_("Thay thế văn bản"), back=_back(pk), label=_("Soạn văn bản thay thế"), record=document,
        template="web/confirm.html",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def edit(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Change the draft."""
    document = queries.outgoing_document(pk)
    _offered(request, document, "edit")
    form = DraftForm(posted(request), office=document.owner, document=document)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_draft(document, facts=form.facts(), reason=form.cleaned_data["reason"], **who(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu; bản in mới đang được dựng."))
            return redirect("outgoing:detail", pk)
    return form_page(
        request, form, title=_("Sửa dự thảo"), back=_back(pk), label=_("Lưu dự thảo"), template="outgoing/draft.html",
        record=document,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def bring(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Upload a file edited in Word or LibreOffice."""
    document = queries.outgoing_document(pk)
    _offered(request, document, "add_version", "correct_form")
    form = VersionForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            kind = DraftVersion.Kind.CORRECTED if document.state == "verifying" else DraftVersion.Kind.UPLOADED
            services.bring_version(
                document, given.read(), name=given.name, reason=form.cleaned_data["reason"], kind=kind, **who(request)
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Đã nhận tệp; hệ thống đang đọc, in và kiểm tra thể thức."))
            return redirect("outgoing:detail", pk)
    return form_page(request, form, title=_("Tải bản dự thảo lên"), back=_back(pk), label=_("Tải lên"), record=document)


@login_required
@require_GET
@found_or_404
def compare(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Two versions side by side in one text: what was added, what was taken out."""
    document = queries.outgoing_document(pk)
    versions = list(queries.versions_of(document))
    places = {str(one.place): one for one in versions}
    newer = places.get(request.GET.get("den", ""), versions[0] if versions else None)
    older = places.get(request.GET.get("tu", ""), versions[1] if len(versions) > 1 else None)
    changes, problem = [], ""
    if newer and older:
        try:
            changes = differences(bytes_of(older), bytes_of(newer))
        except FileRefused as refused:
            problem = refused.message_vi
    changed = sum(one.kind is not ChangeKind.SAME for one in changes)
    context = {
        "document": document, "versions": versions, "older": older, "newer": newer, "changes": changes,
        "changed": changed, "problem": problem, "back_url": _back(pk),
    }  # fmt: skip
    return render(request, "outgoing/compare.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def preflight(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """What preflight found in the newest version; check again, or mend what may be mended."""
    document = queries.outgoing_document(pk)
    if request.method == "POST":
        _offered(request, document, "add_version", "correct_form")
        try:
            if request.POST.get("how") == "repair":
                services.repair_version(document, accept_changes="accept" in request.POST, **who(request))
                messages.success(request, _("Đã sửa tự động; bản mới đang được in và kiểm tra lại."))
                return redirect("outgoing:detail", pk)
            services.check_again(document, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("outgoing:preflight", pk)
    version = document.last_version
    found = version.findings or [] if version else []
    keys = {one.key for one in possible_transitions(document, held=request.principals)}
    context = {
        "document": document, "version": version, "findings": found, "back_url": _back(pk),
        "mendable": sum(bool(one["can_be_repaired"]) for one in found),
        "may_mend": bool(keys & {"add_version", "correct_form"}),
    }  # fmt: skip
    return render(request, "outgoing/preflight.html", context)


def _asked(request: OfficeRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None


def _from(old: OutgoingDocument) -> dict[str, object]:
    names = ("doc_type", "title", "addressees", "content", "recipients_text", "authority", "authority_over", "place")
    told: dict[str, object] = {name: getattr(old, name) for name in names}
    return told | {"issuer": str(old.issuer_id), "signer": str(old.signer_id or "")}


def _offered(request: OfficeRequest, document: OutgoingDocument, *keys: str) -> None:
    offered = {one.key for one in possible_transitions(document, held=request.principals)}
    if not offered & set(keys):
        raise Http404


def _back(pk: int) -> str:
    return reverse("outgoing:detail", args=[pk])
