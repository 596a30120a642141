"""Is a signature's own envelope exactly what it should be? A signature does not cover the bytes that hold it.

Whoever changes a byte there (padding, an enclosed certificate, an unsigned attribute) must be found too: the hole in
the byte range holds one hexadecimal string of one letter case, padded with zeros; the CMS in it is DER; each enclosed
certificate is really signed by an enclosed or trusted one; the signer is named by her certificate's own bytes, not by a
name that compares as equal; algorithms agree with each other; nothing unsigned stands in it but timestamps, which are
checked the same way. What remains nobody can find and means nothing: the one name of RSA for the other, and a
certificate that nobody asked for from an authority nobody knows.
"""

import re
from collections.abc import Sequence

from asn1crypto import cms, core, x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from congso.kernel.signing.validation.der import NotDer, check_der, encoded_size

_HEXADECIMAL = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")
_TIMESTAMP = "signature_time_stamp_token"
_VERSIONS = {"data": "v1", "tst_info": "v3"}
_NO_PARAMETERS = frozenset({b"", b"\x05\x00"})


class Odd(Exception):
    """The envelope is not what its signer can have written."""


def check_envelope(signature: EmbeddedPdfSignature, whole: bytes, trusted: Sequence[x509.Certificate]) -> None:
    """Raises Odd for an envelope in which some byte is not accounted for."""
    _start, length, second, _rest = (int(part) for part in signature.byte_range)
    hole = whole[length:second]
    if not _HEXADECIMAL.fullmatch(hole):
        raise Odd("hole")
    content = bytes.fromhex(hole[1:-1].decode("ascii"))
    _check_message(strict(content), trusted)


def strict(content: bytes) -> cms.ContentInfo:
    """The structure, if its bytes are DER to the letter and only zeros follow. Raises Odd."""
    try:
        # The length stands in the structure itself; zeros at its end may be its own.
        size = encoded_size(content)
        if content[size:].strip(b"\0"):
            raise Odd("padding")
        check_der(content[:size])
        return cms.ContentInfo.load(content[:size], strict=True)
    except (NotDer, ValueError, TypeError, KeyError) as error:
        raise Odd(str(error)) from error


def _check_message(message: cms.ContentInfo, trusted: Sequence[x509.Certificate]) -> None:
    if message["content_type"].native != "signed_data":
        raise Odd("content type")
    check_signed_data(message["content"], trusted)


def check_signed_data(signed: cms.SignedData, trusted: Sequence[x509.Certificate]) -> None:
    """Versions, algorithms, certificates and unsigned attributes. Raises Odd."""
    (signer,) = signed["signer_infos"]
    digests = {one["algorithm"].native for one in signed["digest_algorithms"]}
    if digests != {signer["digest_algorithm"]["algorithm"].native} or len(signed["digest_algorithms"]) != 1:
        raise Odd("digest algorithms")
    expected = _VERSIONS.get(signed["encap_content_info"]["content_type"].native)
    if expected is None or signed["version"].native != expected:
        raise Odd("version")
    if signed["crls"].native:
        raise Odd("revocation lists inside")
    _check_algorithms(signed, signer)
    _check_certificates(signed, trusted)
    _check_name_of(signer, signed)
    for attribute in signer["unsigned_attrs"] or ():
        if attribute["type"].native != _TIMESTAMP:
            raise Odd("unsigned attribute")
        for token in attribute["values"]:
            _check_message(token, trusted)


def _check_algorithms(signed: cms.SignedData, signer: cms.SignerInfo) -> None:
    """Parameters are absent or NULL, those of PSS say one hash; the hash of the signature is the signed one."""
    digest, signature = signer["digest_algorithm"], signer["signature_algorithm"]
    plain = [*signed["digest_algorithms"], digest]
    if signature["algorithm"].native == "rsassa_pss":
        told = signature["parameters"]
        mask = told["mask_gen_algorithm"]
        if mask["algorithm"].native != "mgf1" or told["trailer_field"].native != "trailer_field_bc":
            raise Odd("parameters")
        plain += [told["hash_algorithm"], mask["parameters"]]
    else:
        plain.append(signature)
    if any(one["parameters"].dump() not in _NO_PARAMETERS for one in plain):
        raise Odd("parameters")
    name = signature["algorithm"].native
    if "_" in name and name.rpartition("_")[0] not in {digest["algorithm"].native, "rsassa"}:
        raise Odd("another hash")


def _check_name_of(signer: cms.SignerInfo, signed: cms.SignedData) -> None:
    """The signer is named by exactly what stands in an enclosed certificate."""
    told = signer["sid"]
    if told.name == "issuer_and_serial_number":
        is_named, version = _issuer_and_serial, "v1"
    else:
        is_named, version = _key_identifier, "v3"
    enclosed = [one.chosen for one in signed["certificates"]]
    if signer["version"].native != version or not any(is_named(one, told.chosen) for one in enclosed):
        raise Odd("the signer's name")


def _issuer_and_serial(certificate: x509.Certificate, told: cms.IssuerAndSerialNumber) -> bool:
    number = certificate["tbs_certificate"]["serial_number"]
    return bool(told["issuer"].dump() == certificate.issuer.dump() and told["serial_number"].dump() == number.dump())


def _key_identifier(certificate: x509.Certificate, told: core.OctetString) -> bool:
    return bool(told.native == certificate.key_identifier)


def _check_certificates(signed: cms.SignedData, trusted: Sequence[x509.Certificate]) -> None:
    """Each enclosed certificate is itself signed by one we have; one whose issuer is unknown must stand alone."""
    enclosed = [one.chosen for one in signed["certificates"]]
    if not all(isinstance(one, x509.Certificate) for one in enclosed):
        raise Odd("certificates")
    issuers = [*enclosed, *trusted]
    for certificate in enclosed:
        if certificate["signature_value"].contents[:1] != b"\0":
            raise Odd("bits left over in a signature")
        above = [one for one in issuers if _names(certificate, one)]
        if not above and any(_pretends(certificate, one) for one in trusted):
            raise Odd("a root was changed")
        if above and not any(_is_signed_by(certificate, one) for one in above):
            raise Odd("a certificate was changed")


def _names(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the certificate says, by name or by key, that the other issued it: a change hits one of the two."""
    by_key = certificate.authority_key_identifier
    return bool(
        issuer.subject.dump() == certificate.issuer.dump() or (by_key is not None and by_key == issuer.key_identifier)
    )


def _pretends(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    """Whether it has the root's name or key, and is not the root."""
    is_alike = certificate.subject.dump() == root.subject.dump() or (
        certificate.public_key.dump() == root.public_key.dump()
    )
    return bool(is_alike and certificate.dump() != root.dump())


def _is_signed_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(
            load_der_x509_certificate(issuer.dump())
        )
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
