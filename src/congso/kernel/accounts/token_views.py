"""“Mã truy cập cho phần mềm”: the person's own API tokens."""

from datetime import timedelta

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.kernel.accounts.models import ApiToken
from congso.kernel.accounts.requests import OfficeRequest, account_of
from congso.kernel.accounts.tokens import issue_token, revoke_token, systems_with_api

TERMS = ((30, "30 ngày"), (90, "90 ngày"), (180, "180 ngày"), (365, "một năm"))


class TokenForm(forms.Form):
    """What a token is for, how far it reaches and how long."""

    name = forms.CharField(
        label=gettext_lazy("Dùng cho"), max_length=80, help_text=gettext_lazy("Ví dụ “Bảng theo dõi của phòng”.")
    )
    systems = forms.MultipleChoiceField(
        label=gettext_lazy("Hệ thống"),
        choices=lambda: systems_with_api().items(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một hệ thống.")},
    )
    may_act = forms.BooleanField(
        label=gettext_lazy("Được làm việc thay tôi, không chỉ đọc"),
        required=False,
        help_text=gettext_lazy("Việc phần mềm làm được ghi là bạn làm."),
    )
    days = forms.TypedChoiceField(label=gettext_lazy("Dùng trong"), choices=TERMS, coerce=int, initial=90)


@login_required
@require_GET
def tokens(request: OfficeRequest) -> HttpResponse:
    """The tokens that still open something, the newest first."""
    live = ApiToken.objects.filter(user=account_of(request), revoked_at__isnull=True, expires_at__gt=timezone.now())
    words = systems_with_api()
    found = [(one, [words.get(label, label) for label in one.systems]) for one in live.order_by("-id")]
    return render(request, "account/tokens.html", {"tokens": found})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new_token(request: OfficeRequest) -> HttpResponse:
    """Make a token; its secret is on the answer's page and nowhere else."""
    raise_if_reauthentication_required(request, app="allauth.mfa")
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        told = form.cleaned_data
        token, secret = issue_token(
            account_of(request),
            name=told["name"],
            systems=told["systems"],
            may_act=told["may_act"],
            expires_at=now + timedelta(days=told["days"]),
            at=now,
        )
        return render(request, "account/token.html", {"token": token, "secret": secret})
    context = {
        "form": form,
        "title": _("Tạo mã truy cập"),
        "submit_label": _("Tạo mã"),
        "back_url": reverse("api_tokens"),
    }
    return render(request, "web/form.html", context)


@login_required
@require_POST
def revoke(request: OfficeRequest, pk: int) -> HttpResponse:
    """The software is out at its next request."""
    token = get_object_or_404(ApiToken, pk=pk, user=account_of(request))
    revoke_token(token, at=timezone.now())
    messages.success(request, _("Đã thu hồi mã “%(name)s”.") % {"name": token.name})
    return redirect("api_tokens")
