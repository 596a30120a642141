"""A key in a file: for demonstrations and tests alone, and marked so wherever it signs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from asn1crypto import keys, x509
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from congso.kernel.signing import refusals
from congso.kernel.signing.keys.opened import OpenKey


@dataclass(frozen=True)
class SoftwareKey:
    """A certificate and its key in PEM or DER; `encrypted` keys open with their passphrase."""

    certificate: x509.Certificate
    key: bytes
    chain: Sequence[x509.Certificate] = ()

    @contextmanager
    def opened(self, secret: str = "", *, signatures: int = 1) -> Iterator[OpenKey]:
        """Ready to sign any number of documents. Raises SigningRefused (wrong passphrase)."""
        try:
            private: keys.PrivateKeyInfo = load_private_key_from_pemder_data(
                self.key, passphrase=secret.encode() if secret else None
            )
        except (ValueError, TypeError) as error:
            raise refusals.wrong_pin() from error
        known = SimpleCertificateStore()
        known.register_multiple(self.chain)
        signer = SimpleSigner(signing_cert=self.certificate, signing_key=private, cert_registry=known)
        yield OpenKey(signer, self.certificate, is_demonstration=True)
