"""Identity providers the portal accepts, from one file the operator keeps beside the keys (it holds secrets).

`oidc-providers.json` is a list; each entry names a provider as docs/operations.md describes.
"""

import json
from typing import Any

from config.environment import BadEnvironment, secret_folder

FILE = "oidc-providers.json"
_NEEDED = ("id", "name", "issuer", "client_id", "client_secret")
_OPTIONAL = {"subject": "sub", "scopes": ["openid"], "acr_values": "", "levels": {}, "token_auth_method": ""}


def identity_providers() -> list[dict[str, Any]]:
    """allauth's description of every provider in the file; none when there is no file."""
    path = secret_folder() / FILE
    if not path.is_file():
        return []
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadEnvironment(f"{path} is not JSON: {error}") from None
    found = [_provider(entry, place) for place, entry in enumerate(entries, 1)]
    if len({one["provider_id"] for one in found}) != len(found):
        raise BadEnvironment(f"{path}: two providers have the same id")
    return found


def _provider(entry: dict[str, Any], place: int) -> dict[str, Any]:
    missing = [name for name in _NEEDED if not entry.get(name)]
    unknown = entry.keys() - {*_NEEDED, *_OPTIONAL}
    if missing or unknown:
        raise BadEnvironment(f"{FILE}, entry {place}: missing {missing}, unknown {sorted(unknown)}")
    told = {**_OPTIONAL, **entry}
    return {
        "provider_id": told["id"],
        "name": told["name"],
        "client_id": told["client_id"],
        "secret": told["client_secret"],
        "settings": {
            "server_url": told["issuer"].rstrip("/"),
            "issuer": told["issuer"].rstrip("/"),
            "uid_field": told["subject"],
            "scope": told["scopes"],
            "auth_params": {"acr_values": told["acr_values"]} if told["acr_values"] else {},
            "levels": told["levels"],
            "oauth_pkce_enabled": True,
            **({"token_auth_method": told["token_auth_method"]} if told["token_auth_method"] else {}),
        },
    }
