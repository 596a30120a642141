"""Is a signature's own envelope exactly what it should be? A signature does not cover the bytes that hold it.

Whoever changes a byte there (padding, an enclosed certificate, an unsigned attribute) must be found too: the hole in
the byte range holds one hexadecimal string of one letter case, padded with zeros; the CMS in it is strict DER; each
enclosed certificate is really signed by an enclosed or trusted one; nothing unsigned stands in it but timestamps,
which are checked the same way.
"""

import re
from collections.abc import Sequence

from asn1crypto import cms, core, x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_HEXADECIMAL = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")
_TIMESTAMP = "signature_time_stamp_token"
_VERSIONS = {"data": "v1", "tst_info": "v3"}


class Odd(Exception):
    """The envelope is not what its signer can have written."""


def check_envelope(signature: EmbeddedPdfSignature, whole: bytes, trusted: Sequence[x509.Certificate]) -> None:
    """Raises Odd for an envelope in which some byte is not accounted for."""
    _start, length, second, _rest = (int(part) for part in signature.byte_range)
    hole = whole[length:second]
    if not _HEXADECIMAL.fullmatch(hole):
        raise Odd("hole")
    content = bytes.fromhex(hole[1:-1].decode("ascii"))
    message = strict(cms.ContentInfo, content.rstrip(b"\0"), content)
    check_signed_data(message["content"], trusted)


def strict(kind: type[core.Asn1Value], stripped: bytes, padded: bytes) -> core.Asn1Value:
    """The structure, if its bytes are DER to the letter and only zeros follow. Raises Odd."""
    try:
        # The length stands in the structure itself; what was stripped may have been its own last zeros.
        value = kind.load(padded, strict=False)
        size = len(value.dump())
        if padded[size:].strip(b"\0") or size < len(stripped):
            raise Odd("padding")
        again = kind.load(padded[:size], strict=True)
        if again.copy().dump(force=True) != padded[:size]:
            raise Odd("not DER")
    except (ValueError, TypeError, KeyError) as error:
        raise Odd(str(error)) from error
    return again


def check_signed_data(signed: cms.SignedData, trusted: Sequence[x509.Certificate]) -> None:
    """Versions, algorithms, certificates and unsigned attributes. Raises Odd."""
    (signer,) = signed["signer_infos"]
    digests = {one["algorithm"].native for one in signed["digest_algorithms"]}
    if digests != {signer["digest_algorithm"]["algorithm"].native} or len(signed["digest_algorithms"]) != 1:
        raise Odd("digest algorithms")
    expected = _VERSIONS.get(signed["encap_content_info"]["content_type"].native)
    if expected is None or signed["version"].native != expected or signer["version"].native not in {"v1", "v3"}:
        raise Odd("version")
    if signed["crls"].native:
        raise Odd("revocation lists inside")
    _check_algorithm(signer)
    _check_certificates(signed, trusted)
    for attribute in signer["unsigned_attrs"] or ():
        if attribute["type"].native != _TIMESTAMP:
            raise Odd("unsigned attribute")
        for token in attribute["values"]:
            check_signed_data(token["content"], trusted)


def _check_algorithm(signer: cms.SignerInfo) -> None:
    """The parameters of plain algorithms are absent or NULL: anything else is a changed byte."""
    for told in (signer["digest_algorithm"], signer["signature_algorithm"]):
        parameters = told["parameters"]
        is_pss = told["algorithm"].native == "rsassa_pss"
        if not is_pss and parameters.contents not in {None, b""}:
            raise Odd("parameters")


def _check_certificates(signed: cms.SignedData, trusted: Sequence[x509.Certificate]) -> None:
    """Each enclosed certificate is itself signed by one we have; one whose issuer is unknown must stand alone."""
    enclosed = [one.chosen for one in signed["certificates"]]
    if not all(isinstance(one, x509.Certificate) for one in enclosed):
        raise Odd("certificates")
    issuers = [*enclosed, *trusted]
    for certificate in enclosed:
        above = [one for one in issuers if _names(certificate, one)]
        if above and not any(_is_signed_by(certificate, one) for one in above):
            raise Odd("a certificate was changed")


def _names(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the certificate says, by name or by key, that the other issued it: a change hits one of the two."""
    by_key = certificate.authority_key_identifier
    return bool(
        issuer.subject.dump() == certificate.issuer.dump() or (by_key is not None and by_key == issuer.key_identifier)
    )


def _is_signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(
            load_der_x509_certificate(issuer.dump())
        )
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
