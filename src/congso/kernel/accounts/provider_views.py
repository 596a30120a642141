"""The provider's pages: consent in our shell, with PKCE and the issuer in every answer."""

from typing import Any
from urllib.parse import urlsplit

from allauth.core.internal.httpkit import add_query_params
from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Client
from allauth.idp.oidc.views import AuthorizationView, ConfigurationView, JwksView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from congso.kernel.accounts.journaling import note_here
from congso.kernel.accounts.provider import SCOPES, signing_keys


class OnlyWithKey:
    """Without a key to sign with the portal is no provider: nothing is there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not signing_keys():
            raise Http404
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class Description(OnlyWithKey, ConfigurationView):
    """What clients need to know (discovery)."""


class Keys(OnlyWithKey, JwksView):
    """The public keys, also the one that will sign next."""


class Authorize(OnlyWithKey, AuthorizationView):
    """Ask the person whether the other system may know who she is."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _named(super().dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is asked without a proof key (PKCE, S256) and an address registered to the letter.

        oauthlib asks only public clients for PKCE, and allauth forgives a query added to the address.
        """
        asked = request.GET
        is_proved = asked.get("code_challenge") and asked.get("code_challenge_method") == "S256"
        client = Client.objects.filter(pk=asked.get("client_id", "")).first()
        is_known = client is not None and asked.get("redirect_uri") in client.get_redirect_uris()
        if not is_proved or not is_known or asked.get("response_type") != "code":
            return render(request, "idp/oidc/error.html", status=400)
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        target = urlsplit(self._request_info["redirect_uri"])
        self.request.form_targets = [f"{target.scheme}://{target.netloc}"]
        asked = [(scope, SCOPES[scope]) for scope in self._scopes if scope in SCOPES]
        return {**context, "asked": asked, "host": target.netloc}

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        told = {"client": self._request_info["client_id"], "scopes": form.cleaned_data["scopes"]}
        note_here(self.request, "identity_given", person_id=self.request.user.person_id, **told)
        return answer


def _named(answer: HttpResponse) -> HttpResponse:
    """RFC 9207: an answer to another system says whose it is, so that answers of providers cannot be mixed up."""
    location = answer.headers.get("Location", "")
    is_answer = "code=" in location or "error=" in location
    if answer.status_code == 302 and is_answer and urlsplit(location).netloc:
        answer.headers["Location"] = add_query_params(location, {"iss": get_adapter().get_issuer()})
    return answer


class SignOut(OnlyWithKey, LogoutView):
    """Signing out that another system started (RP-initiated)."""


def not_offered(request: HttpRequest) -> HttpResponse:
    """What allauth's description wants an address for and we do not offer."""
    raise Http404
