"""A key held by a remote signing service: Cloud Signature Consortium API v2, JSON over HTTPS.

credentials/list and credentials/info tell what there is; credentials/authorize turns the person's PIN or one-time
code into signature activation data (SAD) for so many signatures; signatures/signHash signs. The service shows the
person the description and the hashes on her own device.
"""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
from asn1crypto import algos, x509
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from congso.kernel.signing import refusals
from congso.kernel.signing.keys.opened import OpenKey

_SECONDS = 30
_LARGEST_SIGNATURE = 512
_OF_THE_PERSON = frozenset({"invalid_pin", "invalid_otp", "invalid_auth_data"})


@dataclass(frozen=True)
class RemoteService:
    """A service by its base address, before `/csc/v2/…`; `token` is the portal's or the person's bearer token."""

    address: str
    token: str = ""

    def ask(self, what: str, **told: Any) -> dict[str, Any]:
        """One call. Raises SigningRefused when the service is away or refuses."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            answer = requests.post(f"{self.address}/csc/v2/{what}", json=told, headers=headers, timeout=_SECONDS)
            said = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise refusals.service_away() from error
        if not isinstance(said, dict) or answer.status_code >= 500:
            raise refusals.service_away()
        if answer.status_code >= 400:
            if said.get("error") in _OF_THE_PERSON:
                raise refusals.wrong_pin()
            raise refusals.service_refused(str(said.get("error_description") or said.get("error") or ""))
        return said

    def credentials(self) -> list[str]:
        """The credentials the token's owner may use."""
        return [str(one) for one in self.ask("credentials/list").get("credentialIDs", [])]

    def info(self, credential: str) -> "RemoteCredential":
        """One credential with its certificates. Raises SigningRefused for an answer that makes no sense."""
        told = self.ask("credentials/info", credentialID=credential, certificates="chain", certInfo=False)
        try:
            chain = [x509.Certificate.load(base64.b64decode(one)) for one in told["cert"]["certificates"]]
            return RemoteCredential(
                credential, chain[0], tuple(chain[1:]), algorithms=frozenset(told["key"]["algo"]),
                binds_hashes=str(told.get("SCAL", "1")) == "2", most=int(told.get("multisign", 1)),
            )  # fmt: skip
        except (KeyError, ValueError, TypeError, IndexError) as error:
            raise refusals.service_away() from error


@dataclass(frozen=True)
class RemoteCredential:
    """What a service says of one credential; `binds_hashes`: each activation names the hashes it is for (SCAL 2)."""

    identifier: str
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    algorithms: frozenset[str]
    binds_hashes: bool
    most: int


@dataclass(frozen=True)
class RemoteKey:
    """A credential of a service; `description` is what the person reads on her device while she confirms."""

    service: RemoteService
    identifier: str
    description: str = ""

    @contextmanager
    def opened(self, secret: str, *, signatures: int = 1) -> Iterator[OpenKey]:
        """Activated for so many signatures; a service that binds hashes is asked for each. Raises SigningRefused."""
        held = self.service.info(self.identifier)
        signer = _RemoteSigner(self, held, secret, signatures)
        yield OpenKey(signer, held.certificate)


class _RemoteSigner(Signer):
    """pyHanko's signer over the service. One activation covers many signatures where the service lets it."""

    def __init__(self, key: RemoteKey, held: RemoteCredential, secret: str, signatures: int) -> None:
        known = SimpleCertificateStore()
        known.register_multiple(held.chain)
        super().__init__(signing_cert=held.certificate, cert_registry=known)
        self._key, self._held, self._secret, self._wanted = key, held, secret, signatures
        self._activation, self._left = "", 0

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 - pyHanko's
        """The signature of one document's attributes; only their hash travels."""
        if dry_run:
            return bytes(_LARGEST_SIGNATURE)
        digest = base64.b64encode(hashlib.new(digest_algorithm, data).digest()).decode()
        named = {
            "credentialID": self._held.identifier,
            "hashAlgorithmOID": algos.DigestAlgorithmId(digest_algorithm).dotted,
        }
        if self._left == 0:
            self._activate(digest, named)
        self._left -= 1
        mechanism = self.get_signature_mechanism_for_digest(digest_algorithm)
        said = self._key.service.ask(
            "signatures/signHash", **named, SAD=self._activation, hashes=[digest],
            signAlgo=mechanism["algorithm"].dotted,
        )  # fmt: skip
        try:
            (signature,) = said["signatures"]
            return base64.b64decode(signature, validate=True)
        except (KeyError, ValueError, TypeError) as error:
            raise refusals.service_away() from error

    def _activate(self, digest: str, named: dict[str, str]) -> None:
        wanted = 1 if self._held.binds_hashes else min(self._wanted, self._held.most)
        said = self._key.service.ask(
            "credentials/authorize", **named, numSignatures=wanted, description=self._key.description,
            hashes=[digest] if self._held.binds_hashes else [],
            authData=[{"id": "PIN", "value": self._secret}],
        )  # fmt: skip
        self._activation, self._left = str(said.get("SAD", "")), wanted
