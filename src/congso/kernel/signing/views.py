"""Checking any PDF's signatures; one's own certificates; a batch on its way; trusted roots."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.kernel.access.principals import Role, role
from congso.kernel.accounts.requests import OfficeRequest, account_of
from congso.kernel.signing import choosing
from congso.kernel.signing.bulk import start_batch
from congso.kernel.signing.forms import (
    PROVIDER_FORMS,
    AnchorForm,
    FileToCheck,
    PictureForm,
    PinForm,
    StopForm,
    add_owner,
)
from congso.kernel.signing.models import Batch, BatchItem, TrustAnchor
from congso.kernel.signing.pictures.services import PictureRefused, keep_picture, pictures_of, withdraw_picture
from congso.kernel.signing.queries import credentials_of
from congso.kernel.signing.refusals import SigningRefused
from congso.kernel.signing.services import CredentialRefused, stop_credential
from congso.kernel.signing.trial import try_out
from congso.kernel.signing.trust import NotAnAnchor, check_file, trust_anchor, withdraw_anchor

LARGEST = 50 * 2**20
LARGEST_PICTURE = 2 * 2**20 + 1  # a byte more than is taken: what is larger is told
SECONDS = 30  # a page waits so long for the judge
ITEMS_SHOWN = 200


@login_required
@require_http_methods(["GET", "POST"])
def check(request: OfficeRequest) -> HttpResponse:
    """Judge a PDF from anywhere: who signed, what changed since, what to do. Nothing of it is kept."""
    form = FileToCheck(_typed(request), request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "signing/check.html", {"form": form}, status=422 if form.errors else 200)
    given = form.cleaned_data["file"]
    if given.size > LARGEST:
        form.add_error("file", _("Tệp lớn hơn 50 MB. Hãy kiểm tra trên máy tính bằng phần mềm ký số."))
        return render(request, "signing/check.html", {"form": form}, status=422)
    with TemporaryDirectory(prefix="congso-check-") as folder:
        path = Path(folder) / "given.pdf"
        with path.open("wb") as kept:
            for chunk in given.chunks():
                kept.write(chunk)
        report = check_file(path, at=timezone.now(), seconds=SECONDS)
    return render(request, "signing/check.html", {"form": FileToCheck(), "report": report, "name": given.name[:200]})


@login_required
@require_GET
def credentials(request: OfficeRequest) -> HttpResponse:
    """“Chứng thư số của tôi”: one's own and those of the organizations one is clerk of."""
    now = timezone.now()
    found = [(one, one.days_left(now)) for one in credentials_of()]
    return render(request, "signing/credentials.html", {"credentials": found, "soon": choosing.SOON_DAYS})


@login_required
@require_http_methods(["GET", "POST"])
def add_credential(request: OfficeRequest, provider: str) -> HttpResponse:
    """Read the certificate from the token or service and keep it as one's own, or as the seal one keeps."""
    make = PROVIDER_FORMS.get(provider)  # type: ignore[call-overload]
    if make is None:
        return redirect("signing:credentials")
    seals = {str(one.pk): one for one in choosing.sealed_for(request.principals, timezone.localdate())}
    form = make(_typed(request))
    add_owner(form, seals)
    if request.method == "POST" and form.is_valid():
        seal = seals.get(form.cleaned_data.get("owner", ""))
        who: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
        try:
            made = (
                choosing.adopt_seal(provider, form.cleaned_data, seal, **who)
                if seal else choosing.adopt(provider, form.cleaned_data, account_of(request).person, **who)
            )  # fmt: skip
        except (SigningRefused, CredentialRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã thêm chứng thư “%(name)s”.") % {"name": made.subject})
            return redirect("signing:credentials")
    return _form(request, form, title=_("Thêm chứng thư số"), label=_("Đọc chứng thư"))


@login_required
@require_http_methods(["GET", "POST"])
def pictures(request: OfficeRequest) -> HttpResponse:
    """The picture of one's signature, and of the seals one keeps: shown, replaced."""
    seals = {str(one.pk): one for one in choosing.sealed_for(request.principals, timezone.localdate())}
    form = PictureForm(_typed(request), request.FILES or None)
    add_owner(form, seals)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data["file"].read(LARGEST_PICTURE)
            keep_picture(
                data, organization=seals.get(form.cleaned_data.get("owner", "")), by=request.actor, at=timezone.now()
            )
        except PictureRefused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("Đã lưu ảnh. Từ nay ảnh hiện ở chỗ ký của văn bản."))
            return redirect("signing:pictures")
    context = {"pictures": list(pictures_of().defer("png")), "form": form}
    return render(request, "signing/pictures.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def picture(request: OfficeRequest, pk: int) -> HttpResponse:
    """The picture itself, for its keeper; never kept by the browser."""
    found = get_object_or_404(pictures_of(), pk=pk)
    answer = HttpResponse(bytes(found.png), content_type="image/png")
    answer["Cache-Control"] = "no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@login_required
@require_POST
def drop_picture(request: OfficeRequest, pk: int) -> HttpResponse:
    """Use a picture no more."""
    withdraw_picture(get_object_or_404(pictures_of(), pk=pk), by=request.actor, at=timezone.now())
    messages.success(request, _("Đã bỏ ảnh. Văn bản đã ký không đổi."))
    return redirect("signing:pictures")


@login_required
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def try_credential(request: OfficeRequest, pk: int) -> HttpResponse:
    """Sign a sample page and judge it: does the device, the PIN and the whole chain work?"""
    credential = get_object_or_404(credentials_of(), pk=pk)
    form, report = PinForm(_typed(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            report = try_out(credential, form.cleaned_data["pin"], at=timezone.now())
        except SigningRefused as refused:
            form.add_error("pin", str(refused))
    context = {"credential": credential, "form": form, "report": report}
    return render(request, "signing/trial.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def stop(request: OfficeRequest, pk: int) -> HttpResponse:
    """Use a credential no more."""
    credential = get_object_or_404(credentials_of(), pk=pk)
    form = StopForm(_typed(request))
    if request.method == "POST" and form.is_valid():
        stop_credential(credential, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now())
        messages.success(request, _("Đã ngừng dùng chứng thư. Chữ ký đã ký trước đây không đổi."))
        return redirect("signing:credentials")
    return _form(request, form, title=_("Ngừng dùng chứng thư"), label=_("Ngừng dùng"))


@login_required
@require_GET
def batch(request: OfficeRequest, pk: int) -> HttpResponse:
    """How far a batch is; asks for the PIN when something waits and nothing runs."""
    return _batch(request, _own_batch(pk), PinForm())


@login_required
@sensitive_post_parameters("pin")
@require_POST
def run_batch(request: OfficeRequest, pk: int) -> HttpResponse:
    """Sign what waits, with one PIN; also goes on with a batch that broke off."""
    found, form = _own_batch(pk), PinForm(request.POST)
    if not form.is_valid() or _is_running(found):
        return _batch(request, found, form, status=422)
    start_batch(found, form.cleaned_data["pin"], by=request.actor, at=timezone.now())
    return redirect("signing:batch", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def anchors(request: OfficeRequest) -> HttpResponse:
    """The roots administrators added, and a form for one more."""
    if role(Role.ADMINISTRATOR) not in request.principals:
        raise PermissionDenied
    form = AnchorForm(_typed(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            trust_anchor(told["file"].read(LARGEST), is_test=told["is_test"], reason=told["reason"], by=request.actor,
                         at=timezone.now())  # fmt: skip
        except NotAnAnchor as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("Đã thêm gốc tin cậy."))
            return redirect("signing:anchors")
    found = TrustAnchor.objects.select_related("added_by").order_by("withdrawn_at", "-id")
    return render(request, "signing/anchors.html", {"anchors": found, "form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Trust a root no longer."""
    if role(Role.ADMINISTRATOR) not in request.principals:
        raise PermissionDenied
    withdraw_anchor(get_object_or_404(TrustAnchor, pk=pk), by=request.actor, at=timezone.now())
    messages.success(request, _("Đã thôi tin cậy gốc này."))
    return redirect("signing:anchors")


def _own_batch(pk: int) -> Batch:
    return get_object_or_404(Batch.objects.select_related("credential", "job"), pk=pk)


def _is_running(found: Batch) -> bool:
    return found.job is not None and found.job.state in {"waiting", "running"}


def _batch(request: OfficeRequest, found: Batch, form: PinForm, *, status: int = 200) -> HttpResponse:
    items = list(found.items.select_related("signed").order_by("position")[:ITEMS_SHOWN])
    left = found.items.exclude(state=BatchItem.State.SIGNED).count()
    context = {"batch": found, "items": items, "left": left, "form": form, "is_running": _is_running(found)}
    return render(request, "signing/batch.html", context, status=status)


def _typed(request: OfficeRequest) -> QueryDict | None:
    """What was sent, an empty form too: it is told what is missing."""
    return request.POST if request.method == "POST" else None


def _form(request: OfficeRequest, form: object, *, title: str, label: str) -> HttpResponse:
    context = {"form": form, "title": title, "submit_label": label, "back_url": reverse("signing:credentials")}
    is_wrong = bool(getattr(form, "errors", None))
    return render(request, "web/form.html", context, status=422 if is_wrong else 200)
