"""Where messages to browsers may go: the browser names the address, so it is a stranger's (SSRF)."""

from urllib.parse import urlsplit

from django.conf import settings

from congso.kernel.accounts.outgoing import AddressRefused, check_address

LONGEST = 1000
__all__ = ["AddressRefused", "check_address", "check_endpoint"]


def check_endpoint(url: str) -> None:
    """Raise AddressRefused unless it is https, at the usual port, of a host the operator named. Asks no name server."""
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise AddressRefused("not an address of a push service")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused("not an address of a push service") from error
    if parts.scheme != "https" or parts.username is not None or port not in {None, 443} or "@" in parts.netloc:
        raise AddressRefused("only https at its usual port")
    if not is_named(parts.hostname or ""):
        raise AddressRefused("a push service the operator did not name")


def is_named(host: str) -> bool:
    """Whether the operator named the host itself, or (`*.example.com`) the names below its own."""
    return any(
        host.endswith(name[1:]) and len(host) > len(name) - 1 if name.startswith("*.") else host == name
        for name in settings.WEB_PUSH_HOSTS
    )
