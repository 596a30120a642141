"""A remote signing service for tests and demonstrations: Cloud Signature Consortium API v2 over HTTP, JSON.

It keeps the rules a real one keeps: a PIN turns into activation data for so many signatures of one credential, used
up one by one; with SCAL 2 it is good only for the hashes it names. Three wrong PINs lock a credential.
"""

import base64
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from cryptography.hazmat.primitives.serialization import Encoding

from congso.kernel.signing.authorities.issuing import Holder

_MOST = 10 * 2**20
_SHA256 = "2.16.840.1.101.3.4.2.1"
_ALGORITHMS = {"ec": ["1.2.840.10045.4.3.2"], "rsa": ["1.2.840.113549.1.1.11", "1.2.840.113549.1.1.1"]}
_WRONG_PINS = 3


class Refusal(Exception):
    """An error answer of the API: its code and description."""


@dataclass
class Account:
    """One credential: key, chain, PIN, and what the service was asked to show its owner."""

    holder: Holder
    chain: Sequence[x509.Certificate]
    pin: str
    binds_hashes: bool = False
    most: int = 100
    wrong: int = 0
    shown: list[str] = field(default_factory=list)


@dataclass
class Activation:
    """Activation data: for whom, how many signatures are left, and for which hashes (empty: any)."""

    credential: str
    left: int
    hashes: frozenset[str]


@dataclass
class RemoteSimulator:
    """The service's whole memory. `fail_after`: it goes away after so many signatures (None: never)."""

    token: str
    accounts: dict[str, Account] = field(default_factory=dict)
    activations: dict[str, Activation] = field(default_factory=dict)
    signed: int = 0
    fail_after: int | None = None

    def answer(self, what: str, told: dict[str, Any]) -> dict[str, Any]:
        """One call. Raises Refusal."""
        calls = {
            "credentials/list": self._list, "credentials/info": self._info,
            "credentials/authorize": self._authorize, "signatures/signHash": self._sign,
        }  # fmt: skip
        if what not in calls:
            raise Refusal("invalid_request", "no such method")
        return calls[what](told)

    def _account(self, told: dict[str, Any]) -> Account:
        found = self.accounts.get(str(told.get("credentialID")))
        if found is None:
            raise Refusal("invalid_request", "Invalid parameter credentialID")
        return found

    def _list(self, _told: dict[str, Any]) -> dict[str, Any]:
        return {"credentialIDs": sorted(self.accounts)}

    def _info(self, told: dict[str, Any]) -> dict[str, Any]:
        account = self._account(told)
        kind = "ec" if isinstance(account.holder.key, ec.EllipticCurvePrivateKey) else "rsa"
        chain = [account.holder.certificate, *account.chain]
        encoded = [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in chain]
        return {
            "key": {"status": "enabled", "algo": _ALGORITHMS[kind]}, "multisign": account.most,
            "cert": {"status": "valid", "certificates": encoded}, "SCAL": "2" if account.binds_hashes else "1",
            "auth": {"mode": "explicit"},
        }  # fmt: skip

    def _authorize(self, told: dict[str, Any]) -> dict[str, Any]:
        account = self._account(told)
        if account.wrong >= _WRONG_PINS:
            raise Refusal("locked", "Credential is locked")
        given = {one.get("id"): one.get("value") for one in told.get("authData", [])}
        if not secrets.compare_digest(str(given.get("PIN", "")), account.pin):
            account.wrong += 1
            raise Refusal("invalid_pin", "The PIN is invalid")
        account.wrong = 0
        wanted, named = int(told.get("numSignatures", 1)), frozenset(told.get("hashes", []))
        if wanted > account.most or (account.binds_hashes and len(named) != wanted):
            raise Refusal("invalid_request", "numSignatures")
        account.shown.append(str(told.get("description", "")))
        sad = secrets.token_urlsafe(24)
        self.activations[sad] = Activation(
            str(told["credentialID"]), wanted, named if account.binds_hashes else frozenset()
        )
        return {"SAD": sad, "expiresIn": 300}

    def _sign(self, told: dict[str, Any]) -> dict[str, Any]:
        account, wanted = self._account(told), list(told.get("hashes", []))
        held = self.activations.get(str(told.get("SAD")))
        is_good = held is not None and held.credential == told["credentialID"] and held.left >= len(wanted) > 0
        if held is None or not is_good or (held.hashes and not set(wanted) <= held.hashes):
            raise Refusal("invalid_sad", "The SAD is invalid")
        if told.get("hashAlgorithmOID") != _SHA256:
            raise Refusal("invalid_request", "hashAlgorithmOID")
        held.left -= len(wanted)
        self.signed += len(wanted)
        return {"signatures": [_signature(account.holder, base64.b64decode(one)) for one in wanted]}


def _signature(holder: Holder, digest: bytes) -> str:
    known = utils.Prehashed(hashes.SHA256())
    if isinstance(holder.key, ec.EllipticCurvePrivateKey):
        made = holder.key.sign(digest, ec.ECDSA(known))
    else:
        made = holder.key.sign(digest, padding.PKCS1v15(), known)
    return base64.b64encode(made).decode()


class _Calls(BaseHTTPRequestHandler):
    """One call over HTTP."""

    simulator: RemoteSimulator

    def do_POST(self) -> None:
        """`/csc/v2/<method>` with a bearer token and JSON."""
        service = self.simulator
        told = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _MOST))
        if service.fail_after is not None and service.signed >= service.fail_after:
            return self._answer(503, {"error": "temporarily_unavailable"})
        if self.headers.get("Authorization") != f"Bearer {service.token}":
            return self._answer(401, {"error": "invalid_token"})
        try:
            asked = json.loads(told)
            return self._answer(200, service.answer(self.path.removeprefix("/csc/v2/"), asked))
        except Refusal as refusal:
            code, words = refusal.args
            return self._answer(400, {"error": code, "error_description": words})
        except (ValueError, TypeError, KeyError, AttributeError):
            return self._answer(400, {"error": "invalid_request"})

    def _answer(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: a PIN must not reach a log by accident."""


def remote_server(simulator: RemoteSimulator, *, host: str = "127.0.0.1", port: int = 0) -> ThreadingHTTPServer:
    """A server ready to serve the simulator (`responding.serving` runs it)."""
    return ThreadingHTTPServer((host, port), type("Calls", (_Calls,), {"simulator": simulator}))
