"""What the signature of an arrived packet is worth: intact, by a trusted certificate in term, and the sender's own.

Nothing is fetched: certificates come with the packet, roots and revocation lists are the operator's (as for papers).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from asn1crypto import crl
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator import errors as chain_errors

from congso.kernel.directory.models import Organization
from congso.kernel.exchange.models import Direction, Packet, PacketSignature, PeerCertificate
from congso.kernel.signing.trust import Trusted, trusted
from congso.lib.edxml.signatures import Checked, Found, check_packet
from congso.lib.vietnamese import fold


class Reason(StrEnum):
    """Why a signature is worth what it is."""

    MISSING = "missing"
    SIGNED_BEFORE = "signed_before"
    CHANGED = "changed"
    BROKEN = "broken"
    UNREADABLE = "unreadable"
    UNKNOWN_FORM = "unknown_form"
    NO_CERTIFICATE = "no_certificate"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    WRONG_USE = "wrong_use"
    NO_REVOCATION_DATA = "no_revocation_data"
    SELF_SIGNED = "self_signed"
    UNKNOWN_AUTHORITY = "unknown_authority"
    WEAK = "weak"
    FOREIGN = "foreign"
    OTHER_CERTIFICATE = "other_certificate"
    UNCONFIRMED = "unconfirmed"
    TEST_AUTHORITY = "test_authority"


WORDS: dict[str, str | Promise] = {
    Reason.MISSING: _("Gói tin không có chữ ký số nên không chứng minh được ai gửi và nội dung còn nguyên."),
    Reason.SIGNED_BEFORE: _("Trước đây nơi gửi này vẫn ký gói tin: hãy hỏi lại trước khi tiếp nhận."),
    Reason.CHANGED: _("Nội dung gói tin đã bị sửa sau khi ký."),
    Reason.BROKEN: _("Chữ ký không khớp với chứng thư kèm theo."),
    Reason.UNREADABLE: _("Phần chữ ký của gói tin bị hỏng."),
    Reason.UNKNOWN_FORM: _("Chữ ký không ký trọn gói tin theo mẫu đang dùng nên không được công nhận."),
    Reason.NO_CERTIFICATE: _("Chữ ký không kèm chứng thư nên không biết của ai."),
    Reason.EXPIRED: _("Chứng thư ký gói tin đã hết hạn."),
    Reason.NOT_YET_VALID: _("Chứng thư ký gói tin chưa đến thời hạn sử dụng."),
    Reason.REVOKED: _("Chứng thư ký gói tin đã bị thu hồi."),
    Reason.WRONG_USE: _("Chứng thư này không được cấp để ký."),
    Reason.NO_REVOCATION_DATA: _("Chưa có danh sách thu hồi để biết chứng thư còn hiệu lực hay không."),
    Reason.SELF_SIGNED: _("Chứng thư do chính nơi gửi tự tạo, không cơ quan nào xác nhận."),
    Reason.UNKNOWN_AUTHORITY: _("Cơ quan cấp chứng thư không có trong danh sách gốc tin cậy của hệ thống."),
    Reason.WEAK: _("Chữ ký dùng thuật toán hoặc khóa đã lỗi thời, có thể bị giả."),
    Reason.FOREIGN: _("Chứng thư là của cơ quan khác, không phải của nơi gửi ghi trong gói tin."),
    Reason.OTHER_CERTIFICATE: _("Nơi gửi này trước đây ký bằng chứng thư khác; chưa ai xác nhận chứng thư mới."),
    Reason.UNCONFIRMED: _("Chưa ai xác nhận chứng thư này đúng là của nơi gửi."),
    Reason.TEST_AUTHORITY: _("Chứng thư THỬ NGHIỆM: KHÔNG CÓ GIÁ TRỊ PHÁP LÝ."),
}
_OF_FOUND = {
    Found.CHANGED: Reason.CHANGED, Found.BROKEN: Reason.BROKEN, Found.UNREADABLE: Reason.UNREADABLE,
    Found.UNKNOWN_FORM: Reason.UNKNOWN_FORM, Found.NO_CERTIFICATE: Reason.NO_CERTIFICATE,
}  # fmt: skip
_INVALID = {*_OF_FOUND.values(), Reason.EXPIRED, Reason.NOT_YET_VALID, Reason.REVOKED, Reason.WRONG_USE, Reason.FOREIGN}
_UNTRUSTED = {Reason.SELF_SIGNED, Reason.UNKNOWN_AUTHORITY}
_UNKNOWN = {Reason.NO_REVOCATION_DATA, Reason.WEAK, Reason.OTHER_CERTIFICATE, Reason.UNCONFIRMED}
_OF_ERROR: tuple[tuple[type[Exception], Reason], ...] = (
    (chain_errors.RevokedError, Reason.REVOKED),
    (chain_errors.ExpiredError, Reason.EXPIRED),
    (chain_errors.NotYetValidError, Reason.NOT_YET_VALID),
    (chain_errors.InsufficientRevinfoError, Reason.NO_REVOCATION_DATA),
    (chain_errors.DisallowedAlgorithmError, Reason.WEAK),
    (chain_errors.InvalidCertificateError, Reason.WRONG_USE),
)
_CODE_ATTRIBUTES = (NameOID.ORGANIZATION_IDENTIFIER, NameOID.USER_ID, NameOID.SERIAL_NUMBER)
_NAME_ATTRIBUTES = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)


@dataclass(frozen=True)
class Judged:
    """The verdict, its reasons (the deciding ones first), and who signed."""

    verdict: PacketSignature
    reasons: tuple[Reason, ...]
    signer: str = ""
    fingerprint: str = ""

    @property
    def columns(self) -> dict[str, str]:
        """As a packet's row keeps it."""
        return {
            "signature": self.verdict.value, "signature_reasons": ",".join(self.reasons), "signer": self.signer,
            "signer_fingerprint": self.fingerprint,
        }  # fmt: skip


def judge(raw: bytes, *, organization: Organization, code: str, at: datetime) -> Judged:
    """Judge the signature of a packet that names the code as its sender. Never raises for what the bytes hold."""
    checked = check_packet(raw)
    if checked.found is Found.MISSING:
        more = (Reason.SIGNED_BEFORE,) if _signs(organization, code) else ()
        return Judged(PacketSignature.MISSING, (Reason.MISSING, *more))
    leaf = checked.certificate
    if leaf is None:
        return Judged(PacketSignature.INVALID, (_OF_FOUND[checked.found],))
    trust = trusted()
    fingerprint = leaf.fingerprint(hashes.SHA256()).hex()
    reasons = [
        *_of_chain(checked, trust, at),
        *([Reason.WEAK] if checked.is_weak else []),
        *_of_owner(leaf, fingerprint, organization, code),
    ]
    return Judged(verdict_of(reasons), tuple(reasons), _name_of(leaf), fingerprint)


def verdict_of(reasons: Sequence[Reason]) -> PacketSignature:
    """The worst of what the reasons decide."""
    for verdict, deciding in (
        (PacketSignature.INVALID, _INVALID),
        (PacketSignature.UNTRUSTED, _UNTRUSTED),
        (PacketSignature.UNKNOWN, _UNKNOWN),
    ):
        if deciding & set(reasons):
            return verdict
    return PacketSignature.VALID


def words_of(packet: Packet) -> list[str | Promise]:
    """The reasons that stand on a packet, in words."""
    return [WORDS[one] for one in packet.signature_reasons.split(",") if one in WORDS]


def _signs(organization: Organization, code: str) -> bool:
    """Whether the sender has signed validly before: then a packet without a signature is worth a question."""
    earlier = Packet.objects.filter(organization=organization, direction=Direction.IN, peer_code=code)
    return earlier.filter(signature=PacketSignature.VALID).exists()


def _of_chain(checked: Checked, trust: Trusted, at: datetime) -> list[Reason]:
    leaf = _asn1(checked.certificate)
    known = [_asn1(one) for one in checked.enclosed]
    anchors = [asn1.Certificate.load(one) for one in trust.anchors]
    context = ValidationContext(
        trust_roots=anchors, other_certs=known, crls=[crl.CertificateList.load(one) for one in trust.lists],
        allow_fetching=False, revocation_mode="hard-fail", moment=at,
    )  # fmt: skip
    validator = CertificateValidator(leaf, intermediate_certs=known, validation_context=context)
    try:
        path = asyncio.run(validator.async_validate_usage({"digital_signature"}))
    except (chain_errors.PathError, chain_errors.ValidationError, ValueError, TypeError, KeyError) as error:
        found = next((reason for kind, reason in _OF_ERROR if isinstance(error, kind)), Reason.UNKNOWN_AUTHORITY)
        is_own = leaf.subject.dump() == leaf.issuer.dump()
        return _of_term(leaf, at) or [Reason.SELF_SIGNED if is_own else found]
    return [Reason.TEST_AUTHORITY] if path.first.sha256.hex() in trust.tests else []


def _of_term(leaf: asn1.Certificate, at: datetime) -> list[Reason]:
    if at > leaf.not_valid_after:
        return [Reason.EXPIRED]
    return [Reason.NOT_YET_VALID] if at < leaf.not_valid_before else []


def _of_owner(leaf: x509.Certificate, fingerprint: str, organization: Organization, code: str) -> list[Reason]:
    """Whether the certificate is the sender's: it bears its code or the name our directory has for it, or a clerk has
    confirmed it.
    """
    confirmed = list(PeerCertificate.objects.filter(organization=organization).filter(code=code))
    if fingerprint in {one.fingerprint for one in confirmed}:
        return []
    codes, names = _told(leaf, _CODE_ATTRIBUTES), {_plain(one) for one in _told(leaf, _NAME_ATTRIBUTES)}
    if code in {part for told in codes for part in _parts(told)}:
        return []
    owners = [one for one in Organization.objects.exclude(official_code="") if _plain(one.name) in names]
    if any(one.official_code == code for one in owners):
        return []
    taken = PeerCertificate.objects.filter(organization=organization, fingerprint=fingerprint).exclude(code=code)
    if owners or taken.exists():
        return [Reason.FOREIGN]
    return [Reason.OTHER_CERTIFICATE if confirmed else Reason.UNCONFIRMED]


def _told(leaf: x509.Certificate, attributes: Sequence[x509.ObjectIdentifier]) -> list[str]:
    return [str(one.value) for name in attributes for one in leaf.subject.get_attributes_for_oid(name)]


def _parts(told: str) -> list[str]:
    """`MST:0123`, `VN-H38.02`: an identifier may stand behind its kind."""
    return [told, *told.replace("-", ":").split(":")]


def _plain(name: str) -> str:
    return " ".join(fold(name).casefold().split())


def _name_of(leaf: x509.Certificate) -> str:
    names = _told(leaf, _NAME_ATTRIBUTES)
    return ", ".join(dict.fromkeys(names))[:300] or leaf.subject.rfc4514_string()[:300]


def _asn1(certificate: x509.Certificate | None) -> asn1.Certificate:
    if certificate is None:
        raise ValueError("no certificate")
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
