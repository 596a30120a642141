"""The XML signature of a packet: one over the whole message, made and checked strictly (office 3.5).

Made: RSA or ECDSA with SHA-256, one reference to the whole document (URI "") without the signature itself, exclusive
canonical form. Checked: that and nothing else. Everything a reader takes from the packet stands outside the signature
and so under its one digest; a reference to a part, an XPath, an enclosed object, a second signature are refused before
anything is computed, which leaves nothing to wrap. Whose certificate it is, and whether it is trusted, others ask.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

DS = "http://www.w3.org/2000/09/xmldsig#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = f"{DS}enveloped-signature"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_ENC = "http://www.w3.org/2001/04/xmlenc#"
RSA_SHA256, ECDSA_SHA256, SHA256 = f"{_MORE}rsa-sha256", f"{_MORE}ecdsa-sha256", f"{_ENC}sha256"
_METHODS: dict[str, tuple[type, hashes.HashAlgorithm]] = {
    f"{DS}rsa-sha1": (rsa.RSAPublicKey, hashes.SHA1()),  # noqa: S303 - told as weak
    RSA_SHA256: (rsa.RSAPublicKey, hashes.SHA256()),
    f"{_MORE}rsa-sha384": (rsa.RSAPublicKey, hashes.SHA384()),
    f"{_MORE}rsa-sha512": (rsa.RSAPublicKey, hashes.SHA512()),
    ECDSA_SHA256: (ec.EllipticCurvePublicKey, hashes.SHA256()),
    f"{_MORE}ecdsa-sha384": (ec.EllipticCurvePublicKey, hashes.SHA384()),
}
_DIGESTS = {f"{DS}sha1": "sha1", SHA256: "sha256", f"{_MORE}sha384": "sha384", f"{_ENC}sha512": "sha512"}
_WEAK = {f"{DS}rsa-sha1", f"{DS}sha1"}
_LEAST_RSA, _LEAST_EC, _MOST_CERTIFICATES = 2048, 256, 8
# What may stand in a signature at all; no Object, no Manifest, no XPath, nothing of another namespace.
_ALLOWED = {
    "Signature", "SignedInfo", "CanonicalizationMethod", "SignatureMethod", "Reference", "Transforms", "Transform",
    "DigestMethod", "DigestValue", "SignatureValue", "KeyInfo", "KeyName", "KeyValue", "RSAKeyValue", "Modulus",
    "Exponent", "X509Data", "X509Certificate", "X509SubjectName", "X509IssuerSerial", "X509IssuerName",
    "X509SerialNumber", "X509SKI",
}  # fmt: skip
_SIGNED_INFO = ("CanonicalizationMethod", "SignatureMethod", "Reference")
_REFERENCE = ("Transforms", "DigestMethod", "DigestValue")
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class Found(StrEnum):
    """What the signature of a packet is, before anybody asks whose it is."""

    MISSING = "missing"
    UNREADABLE = "unreadable"  # not XML as the standard's parser reads it, or a damaged signature
    UNKNOWN_FORM = "unknown_form"  # of a form that is not checked here: parts, objects, other transforms
    NO_CERTIFICATE = "no_certificate"
    CHANGED = "changed"  # the message is not what was signed
    BROKEN = "broken"  # the signature does not fit the certificate's key
    INTACT = "intact"


@dataclass(frozen=True)
class Checked:
    """What was found; of an intact one the signer's certificate, the others enclosed, whether its means are weak."""

    found: Found
    certificate: x509.Certificate | None = None
    enclosed: tuple[x509.Certificate, ...] = ()
    is_weak: bool = False


class _Odd(Exception):
    """The signature is not of the one form."""

    def __init__(self, found: Found) -> None:
        super().__init__(found)
        self.found = found


def sign_packet(raw: bytes, key: PrivateKey, chain: Sequence[x509.Certificate]) -> bytes:
    """The packet with a signature at the end of its header. `chain`: the signer's certificate first.

    Raises ValueError for what is no packet, is signed already, or a key that does not fit the certificate.
    """
    if not chain or chain[0].public_key() != key.public_key():
        raise ValueError("the key is not the certificate's")
    root = _parsed(raw)
    header = root.find(".//{*}edXMLHeader")
    if header is None or next(root.iter(f"{{{DS}}}Signature"), None) is not None:
        raise ValueError("not an unsigned packet")
    method = RSA_SHA256 if isinstance(key, rsa.RSAPrivateKey) else ECDSA_SHA256
    digest = base64.b64encode(_digest_of(root, "sha256")).decode()
    signature = etree.SubElement(header, f"{{{DS}}}Signature", nsmap={"ds": DS})
    info = _signed_info(signature, method, digest)
    value = _signed(key, _canonical(info))
    etree.SubElement(signature, f"{{{DS}}}SignatureValue").text = base64.b64encode(value).decode()
    data = etree.SubElement(etree.SubElement(signature, f"{{{DS}}}KeyInfo"), f"{{{DS}}}X509Data")
    etree.SubElement(data, f"{{{DS}}}X509SubjectName").text = chain[0].subject.rfc4514_string()
    for one in chain:
        der = base64.b64encode(one.public_bytes(Encoding.DER)).decode()
        etree.SubElement(data, f"{{{DS}}}X509Certificate").text = der
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def check_packet(raw: bytes) -> Checked:
    """What the packet's signature is. Never raises for what the bytes hold. To be asked of packets a reader has taken:

    it has refused document types, entities, depth and size.
    """
    if DS.encode() not in raw:
        return Checked(Found.MISSING)
    try:
        root = _parsed(raw)
        signatures = list(root.iter(f"{{{DS}}}Signature"))
        if not signatures:
            return Checked(Found.MISSING)
        if len(signatures) > 1:
            return Checked(Found.UNKNOWN_FORM)
        return _check(root, signatures[0])
    except _Odd as odd:
        return Checked(odd.found)
    except (etree.LxmlError, ValueError, TypeError, binascii.Error, UnsupportedAlgorithm):
        return Checked(Found.UNREADABLE)


def _check(root: Any, signature: Any) -> Checked:
    told = _form_of(signature)
    certificates = _certificates_in(signature)
    if not certificates:
        return Checked(Found.NO_CERTIFICATE)
    signed = _canonical(told.info)
    leaf = next((one for one in certificates if _fits(one, told.method, told.value, signed)), None)
    if leaf is None:
        return Checked(Found.BROKEN)
    _take_out(signature)
    if not hmac.compare_digest(_digest_of(root, _DIGESTS[told.digest_method]), told.digest):
        return Checked(Found.CHANGED)
    is_weak = bool({told.method, told.digest_method} & _WEAK) or _is_short(leaf)
    return Checked(Found.INTACT, leaf, tuple(one for one in certificates if one is not leaf), is_weak)


@dataclass(frozen=True)
class _Form:
    info: Any
    method: str
    digest_method: str
    digest: bytes
    value: bytes


def _form_of(signature: Any) -> _Form:
    """The parts of a signature of the one form. Raises _Odd for any other."""
    for node in signature.iter():
        if not isinstance(node.tag, str) or etree.QName(node).namespace != DS:
            raise _Odd(Found.UNKNOWN_FORM)
        if etree.QName(node).localname not in _ALLOWED:
            raise _Odd(Found.UNKNOWN_FORM)
    names = [etree.QName(node).localname for node in signature]
    if names not in (["SignedInfo", "SignatureValue"], ["SignedInfo", "SignatureValue", "KeyInfo"]):
        raise _Odd(Found.UNKNOWN_FORM)
    info, value = signature[0], signature[1]
    form, method, reference = _exactly(info, _SIGNED_INFO)
    transforms, digest_method, digest = _exactly(reference, _REFERENCE)
    steps = [one.get("Algorithm") for one in transforms]
    bare = (form, method, digest_method, *transforms)
    if (
        form.get("Algorithm") != EXCLUSIVE
        or reference.get("URI") != ""
        or steps != [ENVELOPED, EXCLUSIVE]
        or method.get("Algorithm") not in _METHODS
        or digest_method.get("Algorithm") not in _DIGESTS
        or any(len(one) for one in (*bare, digest, value))
    ):
        raise _Odd(Found.UNKNOWN_FORM)
    return _Form(
        info, method.get("Algorithm"), digest_method.get("Algorithm"), _decoded(digest.text), _decoded(value.text)
    )


def _exactly(node: Any, names: tuple[str, ...]) -> list[Any]:
    children = list(node)
    if tuple(etree.QName(one).localname for one in children) != names:
        raise _Odd(Found.UNKNOWN_FORM)
    return children


def _certificates_in(signature: Any) -> list[x509.Certificate]:
    written = list(signature.iter(f"{{{DS}}}X509Certificate"))
    if len(written) > _MOST_CERTIFICATES:
        raise _Odd(Found.UNKNOWN_FORM)
    return [x509.load_der_x509_certificate(_decoded(one.text)) for one in written]


def _decoded(text: str | None) -> bytes:
    return base64.b64decode("".join((text or "").split()), validate=True)


def _fits(certificate: x509.Certificate, method: str, value: bytes, signed: bytes) -> bool:
    kind, algorithm = _METHODS[method]
    public = certificate.public_key()
    if not isinstance(public, kind):
        return False
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(value, signed, padding.PKCS1v15(), algorithm)
        elif isinstance(public, ec.EllipticCurvePublicKey):
            half = (public.key_size + 7) // 8  # r and s, each of the curve's length (XML Signature 1.1, 6.4.3)
            if len(value) != 2 * half:
                return False
            parts = (int.from_bytes(value[:half]), int.from_bytes(value[half:]))
            public.verify(encode_dss_signature(*parts), signed, ec.ECDSA(algorithm))
    except InvalidSignature:
        return False
    return True


def _is_short(certificate: x509.Certificate) -> bool:
    public = certificate.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        return public.key_size < _LEAST_RSA
    return isinstance(public, ec.EllipticCurvePublicKey) and public.key_size < _LEAST_EC


def _signed(key: PrivateKey, data: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    half = (key.key_size + 7) // 8
    parts = decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
    return b"".join(part.to_bytes(half) for part in parts)


def _signed_info(signature: Any, method: str, digest: str) -> Any:
    def add(parent: Any, name: str, **attributes: str) -> Any:
        return etree.SubElement(parent, f"{{{DS}}}{name}", attributes)

    info = add(signature, "SignedInfo")
    add(info, "CanonicalizationMethod", Algorithm=EXCLUSIVE)
    add(info, "SignatureMethod", Algorithm=method)
    reference = add(info, "Reference", URI="")
    transforms = add(reference, "Transforms")
    add(transforms, "Transform", Algorithm=ENVELOPED)
    add(transforms, "Transform", Algorithm=EXCLUSIVE)
    add(reference, "DigestMethod", Algorithm=SHA256)
    add(reference, "DigestValue").text = digest
    return info


def _parsed(raw: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=True
    )
    root = etree.fromstring(raw, parser)
    info = root.getroottree().docinfo
    if info.doctype or (info.encoding or "UTF-8").upper() not in {"UTF-8", "US-ASCII"}:
        raise _Odd(Found.UNREADABLE)
    return root


def _take_out(signature: Any) -> None:
    """The signature alone goes: what is written behind it stays, as the transform says."""
    parent, tail = signature.getparent(), signature.tail
    if parent is None:
        raise _Odd(Found.UNKNOWN_FORM)
    before = signature.getprevious()
    parent.remove(signature)
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail


def _canonical(node: Any) -> bytes:
    return bytes(etree.tostring(node, method="c14n", exclusive=True, with_comments=False))


class _Sink:
    """Takes the canonical form piece by piece: a packet of 200 MB is not written out to be hashed."""

    def __init__(self, name: str) -> None:
        self.hash = hashlib.new(name)

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        return len(data)


def _digest_of(root: Any, name: str) -> bytes:
    sink = _Sink(name)
    root.getroottree().write_c14n(sink, exclusive=True, with_comments=False)
    return sink.hash.digest()
