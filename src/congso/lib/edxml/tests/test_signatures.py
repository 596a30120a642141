"""The signature over a packet: whatever is changed is found, and nothing but the one form is believed."""

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from congso.lib.edxml.packets import Attachment, DocumentPacket, Hop, Organ
from congso.lib.edxml.reading import read_packet
from congso.lib.edxml.refusals import Refusal
from congso.lib.edxml.signatures import DS, Found, PrivateKey, check_packet, sign_packet
from congso.lib.edxml.tests.strategies import packets
from congso.lib.edxml.writing import write_packet

_MADE = datetime(2026, 11, 1, 7, tzinfo=UTC)


def certificate(key: PrivateKey, name: str = "Sở Mẫu") -> x509.Certificate:
    """Whose it is and who issued it is not this module's question."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(_MADE).not_valid_after(_MADE + timedelta(days=90))
    return made.sign(key, hashes.SHA256())


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def signed() -> tuple[bytes, DocumentPacket]:
    """A signed document with a file, and what it says."""
    said = DocumentPacket(
        sender=Organ("H38.02", "Sở Mẫu"), receivers=(Organ("A38.01", "Tỉnh ủy Mẫu"),), number="16", notation="CV/SM",
        issued_on=date(2026, 11, 20), type_name="Công văn", type_code=18, subject="Kế hoạch thử & mẫu",
        signer="Lê Thí Dụ", document_id="H38.02,2026/11/20,16/CV/SM", hops=(Hop("H38.02", _MADE),),
        attachments=(Attachment("u1", "16.pdf", b"%PDF-1.4 invented"),),
    )  # fmt: skip
    return sign_packet(write_packet(said), rsa_key(), [certificate(rsa_key())]), said


@settings(max_examples=15, deadline=None)
@given(packets)
def test_every_packet_is_signed_read_the_same_and_found_intact(packet):
    raw = write_packet(packet)
    for key in (rsa_key(), ec.generate_private_key(ec.SECP256R1())):
        made = sign_packet(raw, key, [certificate(key)])
        assert read_packet(made) == read_packet(raw)
        checked = check_packet(made)
        assert (checked.found, checked.is_weak) == (Found.INTACT, False)
        assert checked.certificate == certificate(key) or isinstance(key, ec.EllipticCurvePrivateKey)


def test_without_a_signature_nothing_is_claimed():
    raw = write_packet(signed()[1])
    assert check_packet(raw).found is Found.MISSING
    empty = raw.replace(b"</edXML:edXMLHeader>", b"<edXML:DigitalSignature/></edXML:edXMLHeader>")
    assert check_packet(empty).found is Found.MISSING
    with pytest.raises(ValueError, match="unsigned"):
        sign_packet(signed()[0], rsa_key(), [certificate(rsa_key())])


@settings(max_examples=60, deadline=None)
@given(place=some.floats(0, 1, exclude_max=True), bits=some.integers(1, 255))
def test_a_changed_byte_never_changes_what_an_intact_packet_says(place, bits):
    raw, said = signed()
    at = int(place * len(raw))
    changed = raw[:at] + bytes([raw[at] ^ bits]) + raw[at + 1 :]
    if check_packet(changed).found is not Found.INTACT:
        return
    assert read_packet(changed) == said  # a space in the signature, a name of the certificate: not the message


def test_each_letter_of_the_message_counts():
    raw, _said = signed()
    end = raw.index(b"<ds:Signature")
    for at in range(raw.index(b"<edXML:MessageHeader"), end, 37):
        if chr(raw[at]).isalnum():
            changed = raw[:at] + (b"0" if raw[at : at + 1] != b"0" else b"1") + raw[at + 1 :]
            assert check_packet(changed).found in {Found.CHANGED, Found.UNREADABLE}, at


def _tree(raw: bytes) -> etree._Element:
    return etree.fromstring(raw, etree.XMLParser(huge_tree=True))


def _find(root: etree._Element, name: str) -> etree._Element:
    found = root.find(f".//{{*}}{name}")
    assert found is not None
    return found


def _second_header(root: etree._Element) -> None:
    header = _find(root, "MessageHeader")
    header.addprevious(etree.fromstring(etree.tostring(header).replace(b"DocumentId", b"DocumentId")))


def _header_into_an_object(root: etree._Element) -> None:
    header = _find(root, "MessageHeader")
    copy = etree.fromstring(etree.tostring(header))
    held = etree.SubElement(_find(root, "Signature"), f"{{{DS}}}Object")
    header.addprevious(copy)
    held.append(header)
    _find(copy, "Subject").text = "Nội dung giả"


def _part_alone(root: etree._Element) -> None:
    _find(root, "Signature").find(f".//{{{DS}}}Reference").set("URI", "#body")


def _other_transform(root: etree._Element) -> None:
    step = _find(root, "Transforms")[0]
    step.set("Algorithm", "http://www.w3.org/TR/1999/REC-xpath-19991116")
    etree.SubElement(step, f"{{{DS}}}XPath").text = "not(ancestor-or-self::*[local-name()='Subject'])"


def _second_reference(root: etree._Element) -> None:
    one = _find(root, "Signature").find(f".//{{{DS}}}Reference")
    one.addnext(etree.fromstring(etree.tostring(one)))


def _second_signature(root: etree._Element) -> None:
    one = _find(root, "Signature")
    one.addnext(etree.fromstring(etree.tostring(one)))


def _message_in_the_key(root: etree._Element) -> None:
    _find(root, "KeyInfo").append(etree.fromstring(etree.tostring(_find(root, "MessageHeader"))))


def _no_certificate(root: etree._Element) -> None:
    info = _find(root, "KeyInfo")
    info.getparent().remove(info)


def _no_signature_method(root: etree._Element) -> None:
    _find(root, "SignatureMethod").set("Algorithm", f"{DS}hmac-sha1")


@pytest.mark.parametrize(
    ("attack", "found"),
    [
        (_second_header, Found.CHANGED),
        (_header_into_an_object, Found.UNKNOWN_FORM),
        (_part_alone, Found.UNKNOWN_FORM),
        (_other_transform, Found.UNKNOWN_FORM),
        (_second_reference, Found.UNKNOWN_FORM),
        (_second_signature, Found.UNKNOWN_FORM),
        (_message_in_the_key, Found.UNKNOWN_FORM),
        (_no_certificate, Found.NO_CERTIFICATE),
        (_no_signature_method, Found.UNKNOWN_FORM),
    ],
)
def test_wrapping_and_other_forms_are_not_believed(attack: Callable[[etree._Element], None], found: Found):
    root = _tree(signed()[0])
    attack(root)
    raw = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    assert check_packet(raw).found is found


def test_what_stands_in_a_signature_is_never_read_as_the_message():
    root = _tree(signed()[0])
    header = _find(root, "MessageHeader")
    _find(root, "KeyInfo").append(header)  # moved, not copied
    with pytest.raises(Refusal):
        read_packet(etree.tostring(root))


def test_another_key_does_not_fit_the_certificate():
    raw, said = signed()
    other = rsa.generate_private_key(65537, 2048)
    forged = sign_packet(write_packet(said), other, [certificate(other)])
    stolen = base64.b64encode(_der(certificate(rsa_key())))
    assert check_packet(forged.replace(base64.b64encode(_der(certificate(other))), stolen)).found is Found.BROKEN
    with pytest.raises(ValueError, match="key"):
        sign_packet(write_packet(said), other, [certificate(rsa_key())])
    assert check_packet(raw).found is Found.INTACT


def test_comments_change_neither_what_is_signed_nor_what_is_read():
    raw, said = signed()
    assert "Kế hoạch".encode() in raw
    split = raw.replace("Kế hoạch".encode(), "Kế ho<!-- x -->ạch".encode())
    assert check_packet(split).found is Found.INTACT
    assert read_packet(split) == said


def test_a_short_key_is_weak():
    key = rsa.generate_private_key(65537, 1024)  # noqa: S505
    made = sign_packet(write_packet(signed()[1]), key, [certificate(key)])
    assert check_packet(made).is_weak


def _der(one: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return one.public_bytes(Encoding.DER)
