"""Signing in with another provider's word: VNeID, the Party's identity platform.

A provider vouches for a *subject*; an account is found by (provider, subject) and by nothing else, never by
e-mail or name. The link is made once, by the person signed in here or by an administrator. Every answer is
checked as OpenID Connect asks, also where allauth trusts the channel: state, PKCE, issuer of discovery and of
the answer (mix-up), signature, audience, expiry, nonce, and that userinfo is about the same subject.
"""

import base64
import json
import secrets
from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from congso.kernel.access.services import acting_as
from congso.kernel.accounts.journaling import DESK, note, note_here
from congso.kernel.accounts.models import User
from congso.kernel.accounts.outgoing import OutgoingSession

SIGNATURES = frozenset({"RS256", "RS384", "RS512", "PS256", "ES256", "ES384"})
LOWEST = "chưa rõ"  # an unknown level of assurance counts as the lowest (domain handbook, public 6, rule 1)
_LEVEL = "identity_level"


class IdentityRefused(Exception):
    """An identity cannot be linked; the message says why, in Vietnamese."""


class OfficeIdentityAdapter(DefaultSocialAccountAdapter):
    """allauth's hooks: providers of the operator's file alone, no new accounts, links by subject alone."""

    def list_apps(self, request: HttpRequest, provider: str = "", client_id: str = "") -> list[SocialApp]:
        """The providers of the file; none is kept in the database."""
        apps = [SocialApp(provider="openid_connect", **told) for told in _told()]
        return [app for app in apps if provider in {"", None, app.provider, app.provider_id}]

    def get_requests_session(self) -> OutgoingSession:
        """What is asked of providers goes out through here."""
        return OutgoingSession()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The provider has vouched: link when the person asked to, turn strangers away."""
        account = sociallogin.account
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(_link_here(request, account))
        if not sociallogin.is_existing:
            note_here(
                request, "sign_in_failed", person_id=None, username="", step="identity", provider=account.provider
            )
            # Not an error status: that would roll back that the state was used.
            raise ImmediateHttpResponse(render(request, "socialaccount/unknown.html"))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **told: Any) -> None:
        """State unknown or used, a refusal of the provider's, an answer that does not check."""
        raise ImmediateHttpResponse(refused(request, str(told.get("exception") or told.get("error") or "")))

    def generate_state_param(self, state: dict[str, Any]) -> str:
        """As many random bits as the other secrets have."""
        return secrets.token_urlsafe(32)


def providers() -> list[tuple[str, str]]:
    """Id and name of each provider."""
    return [(told["provider_id"], told["name"]) for told in _told()]


def link_identity(user: User, *, provider: str, subject: str, by: int, at: datetime) -> SocialAccount:
    """From now on the provider's subject opens the account. Raises IdentityRefused when it opens another's."""
    if provider not in dict(providers()):
        raise IdentityRefused(f"Không có nơi định danh {provider}.")
    with acting_as(DESK):
        if SocialAccount.objects.filter(provider=provider, uid=subject).exists():
            raise IdentityRefused("Định danh này đã gắn với một tài khoản.")
    account: SocialAccount = SocialAccount.objects.create(user=user, provider=provider, uid=subject, extra_data={})
    note("identity_linked", person_id=by, at=at, username=user.username, provider=provider)
    return account


def level_of(request: HttpRequest, user: User) -> str:
    """How well the provider knew the person in this sign-in; empty when no provider took part."""
    used = [one for one in get_authentication_records(request, user) if one["method"] == "socialaccount"]
    kept = request.session.get(_LEVEL) or {}
    return str(kept.get("level", "")) if used and kept.get("uid") == used[-1].get("uid") else ""


def _told() -> list[dict[str, Any]]:
    apps: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return apps


def _link_here(request: HttpRequest, account: SocialAccount) -> HttpResponse:
    if not isinstance(request.user, User):
        return redirect("account_login")
    try:
        link_identity(
            request.user, provider=account.provider, subject=account.uid, by=request.user.person_id, at=timezone.now()
        )
    except IdentityRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Đã liên kết định danh."))
    return redirect("socialaccount_connections")


class StrictAdapter(OpenIDConnectOAuth2Adapter):
    """One conversation with a provider, checked at every step."""

    nonce = ""

    @property
    def issuer(self) -> str:
        """The issuer the operator named."""
        return str(self.get_provider().app.settings["issuer"])

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's own description; one that names another issuer is not this provider's."""
        config: dict[str, Any] = super().openid_config
        if config.get("issuer", "").rstrip("/") != self.issuer:
            raise OAuth2Error("discovery names another issuer")
        return config

    def check_answer(self, answer: dict[str, str]) -> None:
        """RFC 9207: the answer must come from the provider that was asked (mix-up)."""
        must = self.openid_config.get("authorization_response_iss_parameter_supported", False)
        if (must or "iss" in answer) and answer.get("iss", "").rstrip("/") != self.issuer:
            raise OAuth2Error("the answer is another provider's")

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """The subject and the level the provider vouches for; nothing else is kept of the person."""
        claims = self._id_token_claims(app, kwargs["response"].get("id_token", ""))
        field = app.settings["uid_field"]
        subject = claims.get(field) or self._userinfo(token.token, claims["sub"]).get(field)
        if not isinstance(subject, str) or not 0 < len(subject) <= 190:
            raise OAuth2Error(f"no {field} in what the provider says")
        level = app.settings["levels"].get(claims.get("acr"), LOWEST)
        request.session[_LEVEL] = {"uid": subject, "level": level}
        return self.get_provider().sociallogin_from_response(request, {field: subject})

    def _id_token_claims(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        if json.loads(_header(id_token)).get("alg") not in SIGNATURES:
            raise OAuth2Error("the token is not signed as it must be")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        if not self.nonce or not secrets.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("the token answers another question (nonce)")
        return claims

    def _userinfo(self, access_token: str, subject: str) -> dict[str, Any]:
        told: dict[str, Any] = self._fetch_user_info(access_token)
        if told.get("sub") != subject:
            raise OAuth2Error("userinfo is about somebody else")
        return told


class StrictCallback(OAuth2CallbackView):
    """The way back from the provider."""

    adapter: StrictAdapter

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, HttpResponse | None]:
        state, answer = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = state.get("nonce", "")
            try:
                self.adapter.check_answer(request.GET.dict())
            except OAuth2Error as error:
                return None, refused(request, str(error))
        return state, answer


def refused(request: HttpRequest, why: str) -> HttpResponse:
    """The provider's answer cannot be used. The reason goes to the journal's line, not to the page."""
    note_here(request, "identity_refused", person_id=_person_of(request), why=why[:200])
    return render(request, "socialaccount/authentication_error.html")


def _person_of(request: HttpRequest) -> int | None:
    return request.user.person_id if isinstance(request.user, User) else None


def _header(token: str) -> str:
    first = token.split(".", maxsplit=1)[0]
    try:
        return base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode()
    except ValueError:
        raise OAuth2Error("not a token") from None
