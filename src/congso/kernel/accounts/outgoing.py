"""Asking identity providers: the only addresses the portal calls. What a provider's description names may lead to
another machine on the Internet, never into the office's own network, unless the operator named that machine.
"""

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

SECONDS = 10


class AddressRefused(requests.RequestException):
    """An address inside the office's network, or of a kind we do not ask."""


class OutgoingSession(requests.Session):
    """Checks every address, each one a redirect leads to as well, and does not wait for ever."""

    def send(self, request: requests.PreparedRequest, **more: Any) -> requests.Response:
        """The answer. Raises AddressRefused before anything is sent."""
        check_address(request.url or "")
        more["timeout"] = more.get("timeout") or SECONDS
        return super().send(request, **more)


def check_address(url: str) -> None:
    """Raise AddressRefused unless the operator named its host as an issuer, or all its addresses are public.

    The name is looked up again to connect; who answers differently within that moment gets past, no further than a
    request that carries nothing of ours but the provider's own code or token.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise AddressRefused("not an address of the web")
    named = {
        urlsplit(told["settings"]["issuer"]) for told in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    }
    if (parts.scheme, parts.netloc) in {(one.scheme, one.netloc) for one in named}:
        return
    if parts.scheme != "https":
        raise AddressRefused("only https leads to a machine nobody named")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused("no such machine") from error
    for *_, where in found:
        if not ipaddress.ip_address(str(where[0]).partition("%")[0]).is_global:
            raise AddressRefused("an address inside the network")
