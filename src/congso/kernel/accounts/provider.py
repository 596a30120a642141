"""The portal as identity provider (OpenID Connect) for other systems: what it says of whom, signed with which key.

Keys are files `oidc-keys/<first moment, UTC>.pem` beside the installation's other keys. A new one is published
at once and signs from its moment on; the older one is published until what it signed has expired. Without a
key the portal is no provider.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.internal.private_keys import filter_keys
from allauth.idp.oidc.models import Client, PrivateKey, Token
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from congso.kernel.accounts.models import User
from congso.kernel.directory.queries import assignments_of

_NAME = "%Y%m%dT%H%M%SZ"
KEPT_AFTER = timedelta(hours=1)  # an ID token lives five minutes; clients cache the key set for an hour
SCOPES = {
    "openid": "Biết đó là bạn (mã tài khoản)",
    "profile": "Họ tên, tên đăng nhập",
    "posts": "Chức vụ và cơ quan hiện nay",
}


class OfficeProviderAdapter(DefaultOIDCAdapter):
    """allauth's hooks: our keys, our claims, only what we offer in the description."""

    scope_display = SCOPES

    def list_private_keys(self, **only: Any) -> list[PrivateKey]:
        """The keys of the folder, each until an hour after its successor took over."""
        keys = list(filter_keys(signing_keys(), **only))
        if not keys:
            raise ImproperlyConfigured("no key to sign with: ./congso oidc new-key")
        return keys

    def get_claims(
        self, purpose: str, user: User, client: Client, scopes: Iterable[str], **more: Any
    ) -> dict[str, Any]:
        """Who it is; with `profile` her name, with `posts` where she works today. Never an e-mail address."""
        claims: dict[str, Any] = {"sub": self.get_user_sub(client, user)}
        if "profile" in scopes:
            claims |= {"name": user.person.full_name, "preferred_username": user.username}
        if "posts" in scopes:
            claims["posts"] = posts_of(user)
        return claims

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        data.pop("device_authorization_endpoint")
        data |= {
            "scopes_supported": list(SCOPES),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nonce", "name", "preferred_username", "posts"],
            "authorization_response_iss_parameter_supported": True,
        }


def posts_of(user: User) -> list[dict[str, Any]]:
    """The posts the person holds today, as other systems are told them."""
    return [
        {
            "post": held.post.name,
            "functions": sorted(held.post.functions),
            "organization": held.post.organization.name,
            "organization_code": held.post.organization.code,
            "acting": held.kind == held.Kind.ACTING,
        }
        for held in assignments_of(user.person_id, timezone.localdate())
    ]


def signing_keys() -> list[PrivateKey]:
    """Every key of the folder, the oldest first."""
    files = sorted(Path(settings.IDP_OIDC_KEY_DIR).glob("*.pem"))
    starts = [datetime.strptime(file.stem, _NAME).replace(tzinfo=UTC) for file in files]
    ends = [*(start + KEPT_AFTER for start in starts[1:]), None][: len(starts)]
    return [
        PrivateKey(pem=file.read_text(), not_before=start, issued_at=start, expires_at=end)
        for file, start, end in zip(files, starts, ends, strict=True)
    ]


def make_key(*, at: datetime) -> Path:
    """A new key that signs from the moment on; publish it an hour before, so that clients know it by then."""
    folder = Path(settings.IDP_OIDC_KEY_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{at.astimezone(UTC).strftime(_NAME)}.pem"
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


def register_client(
    *, client_id: str, name: str, redirect_uris: list[str], scopes: list[str], is_public: bool, after_sign_out: str = ""
) -> tuple[Client, str]:
    """Another system may ask who is signed in; returns it and its secret (once; empty for a public one).

    Code with PKCE and refresh tokens only; addresses are compared whole, without patterns.
    """
    client = Client(id=client_id, name=name, type=Client.Type.PUBLIC if is_public else Client.Type.CONFIDENTIAL)
    client.set_redirect_uris(redirect_uris)
    client.set_scopes(scopes)
    client.set_default_scopes(["openid"])
    client.set_grant_types([Client.GrantType.AUTHORIZATION_CODE, Client.GrantType.REFRESH_TOKEN])
    client.set_response_types([Client.ResponseType.CODE])
    if after_sign_out:
        client.set_post_logout_redirect_uris([after_sign_out])
    secret = "" if is_public else OfficeProviderAdapter().generate_client_secret()
    if secret:
        client.set_secret(secret)
    client.save(force_insert=True)
    return client, secret


def systems_told_of(user: User) -> list[Client]:
    """The systems that can still ask about the person without asking her."""
    held = Token.objects.valid().filter(user=user).values("client_id")
    return list(Client.objects.filter(pk__in=held).order_by("name"))


def forget_client(user: User, client_id: str) -> int:
    """End what a system holds of the person; returns how many tokens."""
    return int(Token.objects.filter(user=user, client_id=client_id).delete()[0])


def forget_old_tokens() -> int:
    """Remove tokens that are over; returns how many."""
    return int(Token.objects.expired().delete()[0])
