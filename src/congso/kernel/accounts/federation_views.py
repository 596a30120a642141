"""Going to a provider and coming back; what is linked."""

import secrets
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from congso.kernel.accounts.federation import StrictAdapter, StrictCallback, providers, refused
from congso.kernel.accounts.journaling import note_here
from congso.kernel.accounts.provider import forget_client, systems_told_of
from congso.kernel.accounts.requests import OfficeRequest, account_of


@login_not_required  # type: ignore[untyped-decorator]
@require_GET
def start(request: OfficeRequest, provider_id: str) -> HttpResponse:
    """To the provider, with state, nonce and PKCE. `?process=connect` links to the account signed in here."""
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        raise PermissionDenied  # another site must not start a sign-in here
    process = AuthProcess.LOGIN
    if request.GET.get("process") == AuthProcess.CONNECT:
        raise_if_reauthentication_required(request, app="allauth.socialaccount")
        process = AuthProcess.CONNECT
    adapter = _adapter(request, provider_id)
    nonce = secrets.token_urlsafe(24)
    provider = adapter.get_provider()
    try:
        answer: HttpResponse = provider.redirect(
            request,
            process=process,
            next_url=get_next_redirect_url(request),
            auth_params={**provider.get_auth_params(), "nonce": nonce},
            nonce=nonce,
        )
    except (OAuth2Error, RequestException) as error:
        return refused(request, str(error))
    return answer


@login_not_required  # type: ignore[untyped-decorator]
@require_GET
def come_back(request: OfficeRequest, provider_id: str) -> HttpResponse:
    """From the provider."""
    answer: HttpResponse = StrictCallback.adapter_view(_adapter(request, provider_id))(request)
    return answer


def _adapter(request: OfficeRequest, provider_id: str) -> Any:
    if provider_id not in dict(providers()):
        raise Http404
    return StrictAdapter(request, provider_id)


@login_required
@require_GET
def linked(request: OfficeRequest) -> HttpResponse:
    """Which providers vouch for this account."""
    names = dict(providers())
    accounts = SocialAccount.objects.filter(user=account_of(request)).order_by("id")
    found = [(one, names.get(one.provider, one.provider)) for one in accounts]
    context = {"linked": found, "providers": providers(), "systems": systems_told_of(account_of(request))}
    return render(request, "socialaccount/connections.html", context)


@login_required
@require_POST
def take_back(request: OfficeRequest) -> HttpResponse:
    """Another system is told no more: its tokens end."""
    client = request.POST.get("client", "")
    if forget_client(account_of(request), client):
        note_here(request, "identity_taken_back", person_id=request.actor.person_id, client=client)
        messages.success(request, _("Đã thôi cho phép."))
    return redirect("socialaccount_connections")


@login_required
@require_POST
def unlink(request: OfficeRequest, pk: int) -> HttpResponse:
    """The provider's word no longer opens this account."""
    raise_if_reauthentication_required(request, app="allauth.socialaccount")
    account = get_object_or_404(SocialAccount, pk=pk, user=account_of(request))
    # Without Django's look at tokens of providers: none are kept, and their table is sealed.
    SocialAccount.objects.filter(pk=account.pk)._raw_delete("default")
    note_here(request, "identity_unlinked", person_id=request.actor.person_id, provider=account.provider)
    messages.success(request, _("Đã bỏ liên kết."))
    return redirect("socialaccount_connections")


@login_not_required  # type: ignore[untyped-decorator]
@require_GET
def cancelled(request: OfficeRequest) -> HttpResponse:
    """The person changed her mind at the provider's."""
    return redirect("account_login")
