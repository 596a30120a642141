"""A key that is ready to sign, whatever holds it."""

from dataclasses import dataclass

from asn1crypto import x509
from pyhanko.sign.signers.pdf_cms import Signer


@dataclass(frozen=True)
class OpenKey:
    """A key opened with its secret; good inside the `with` that gave it. `is_demonstration`: worth nothing in law."""

    signer: Signer
    certificate: x509.Certificate
    is_demonstration: bool = False

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hex: what the journal keeps."""
        return str(self.certificate.sha256.hex())
