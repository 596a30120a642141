"""Between two libraries of certificates: cryptography makes them, pyHanko speaks asn1crypto."""

from asn1crypto import x509
from cryptography import x509 as made_x509
from cryptography.hazmat.primitives.serialization import Encoding


def as_asn1(certificate: made_x509.Certificate) -> x509.Certificate:
    """The same certificate for pyHanko."""
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))
