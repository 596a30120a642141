"""Judging a PDF's signatures with pyHanko. Runs in the guarded child only; tells codes and facts, no words.

ETSI EN 319 102-1 decides about time, chain and revocation (pyHanko's AdES validation). Our own rules are stricter
than many viewers: what a later increment does must have been allowed by the certification, to the letter.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from asn1crypto import crl, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed, AdESSubIndic
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.sign.validation.utils import extract_message_digest
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, FreshnessReqType, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from congso.kernel.signing.validation import facts
from congso.kernel.signing.validation.differences import DIFFERENCES
from congso.kernel.signing.validation.envelope import check_envelope
from congso.kernel.signing.validation.validating import TIMESTAMP_TYPE, Validated, validate
from congso.kernel.signing.validation.verdicts import Reason, Verdict, verdict_of, worst

SKEW = timedelta(minutes=5)  # how far two honest clocks may be apart
_MOST_SIGNATURES = 100
_PARTS_OF_A_RANGE = 4  # where each of the two signed parts begins and how long it is
_STAMP_TERM = timedelta(days=10 * 366)  # longer than any timestamping certificate's
_OVERTAKEN = frozenset({Reason.EXPIRED, Reason.NO_REVOCATION_DATA, Reason.WEAK})
_OF_SUBINDICATION: dict[AdESSubIndic, Reason] = {
    AdESFailure.FORMAT_FAILURE: Reason.MALFORMED,
    AdESFailure.HASH_FAILURE: Reason.CONTENT_CHANGED,
    AdESFailure.SIG_CRYPTO_FAILURE: Reason.SIGNATURE_BROKEN,
    AdESFailure.REVOKED: Reason.REVOKED,
    AdESFailure.NOT_YET_VALID: Reason.NOT_YET_VALID,
    AdESIndeterminate.SIG_CONSTRAINTS_FAILURE: Reason.WRONG_USE,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Reason.WRONG_USE,
    AdESIndeterminate.EXPIRED: Reason.SIGNED_AFTER_END,
    AdESIndeterminate.NOT_YET_VALID: Reason.NOT_YET_VALID,
    AdESIndeterminate.NO_SIGNING_CERTIFICATE_FOUND: Reason.MALFORMED,
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: Reason.UNKNOWN_AUTHORITY,
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: Reason.NO_REVOCATION_DATA,
    AdESIndeterminate.REVOKED_NO_POE: Reason.REVOKED_NO_TIME,
    AdESIndeterminate.REVOKED_CA_NO_POE: Reason.REVOKED_NO_TIME,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Reason.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Reason.EXPIRED,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: Reason.NO_REVOCATION_DATA,
    AdESIndeterminate.TRY_LATER: Reason.NO_REVOCATION_DATA,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Reason.WEAK,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Reason.WEAK,
    AdESIndeterminate.TIMESTAMP_ORDER_FAILURE: Reason.TIMESTAMP_DOUBTFUL,
}


_CHANGED = Validated(AdESFailure.HASH_FAILURE, None, None)


@dataclass(frozen=True)
class Trust:
    """Whom to trust: roots (the worthless ones named by fingerprint) and revocation lists the operator keeps."""

    anchors: Sequence[x509.Certificate]
    tests: frozenset[str] = frozenset()
    lists: Sequence[crl.CertificateList] = ()

    def specification(self) -> PdfSignatureValidationSpec:
        """pyHanko's policy: nothing is fetched; declared revocation must be answered."""
        chain = CertValidationPolicySpec(
            SimpleTrustManager.build(trust_roots=list(self.anchors)),
            CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("hard-fail")),
            time_tolerance=SKEW,
        )
        # Of an authority's own timestamp, revocation data of about its time is enough for as long as it is in term.
        stamps = replace(
            chain,
            revinfo_policy=CertRevTrustPolicy(
                RevocationCheckingPolicy.from_legacy("hard-fail"), freshness=_STAMP_TERM,
                freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
            ),
        )  # fmt: skip
        return PdfSignatureValidationSpec(
            SignatureValidationSpec(
                chain,
                RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY),
                ts_cert_validation_policy=stamps,
                local_knowledge=LocalKnowledge(known_crls=[CRLContainer(one) for one in self.lists]),
            ),
            diff_policy=DIFFERENCES,
        )


def judge(pdf: bytes, trust: Trust, *, at: datetime) -> dict[str, Any]:
    """Verdict, reasons and the facts of every signature, as plain values."""
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=True)
        if reader.encrypted:
            return _whole([], [Reason.NOT_DECIDED])
        filled = [value for _name, value, _field in enumerate_sig_fields(reader) if value is not None]
        found = sorted(reader.embedded_signatures, key=lambda one: one.signed_revision)
    except RecursionError:
        return _whole([], [Reason.MALFORMED])
    except Exception:
        # pyHanko promises no list of what broken bytes raise (a number that is none: decimal.InvalidOperation).
        # A file without a signature is no case for us.
        return _whole([], [Reason.MALFORMED] if b"/ByteRange" in pdf or b"/Sig" in pdf else [])
    if not found and b"/ByteRange" in pdf:
        return _whole([], [Reason.MALFORMED])  # a signature the form no longer leads to
    if len(filled) != len(found) or len(found) > _MOST_SIGNATURES:
        return _whole([], [Reason.UNKNOWN_FORMAT])
    told = [_signature(one, found, pdf, trust, at=at) for one in found]
    return _whole(told, _of_the_file(told, found, pdf))


def _whole(signatures: list[dict[str, Any]], reasons: list[Reason]) -> dict[str, Any]:
    verdicts = [Verdict(one["verdict"]) for one in signatures]
    if reasons:
        verdicts.append(verdict_of(reasons))
    verdict = worst(verdicts) if verdicts else Verdict.UNSIGNED
    return {"verdict": verdict, "reasons": reasons, "signatures": signatures}


def _of_the_file(told: list[dict[str, Any]], found: list[EmbeddedPdfSignature], pdf: bytes) -> list[Reason]:
    """What no single signature answers for: signatures that share a hole, bytes at the end that nothing explains."""
    if not found or any(Reason.MALFORMED in one["reasons"] for one in told):
        return []
    if any(len(one.byte_range) != _PARTS_OF_A_RANGE for one in found):
        return [Reason.MALFORMED]
    holes = {tuple(int(part) for part in one.byte_range) for one in found}
    if len({one["field"] for one in told}) < len(told) or len(holes) < len(told):
        return [Reason.MALFORMED]
    last = found[-1]
    rest = pdf[int(last.byte_range[2]) + int(last.byte_range[3]) :]
    increments = last.reader.xrefs.total_revisions - 1 - last.signed_revision
    # Some viewers find objects in bytes that no table mentions: none may follow the last increment.
    is_explained = rest.count(b"startxref") == increments and rest.rpartition(b"%%EOF")[2].strip() == b""
    return [] if is_explained and bool(increments) == bool(rest.strip()) else [Reason.NOT_COVERED]


def _signature(
    one: EmbeddedPdfSignature, every: list[EmbeddedPdfSignature], pdf: bytes, trust: Trust, *, at: datetime
) -> dict[str, Any]:
    try:
        if not _is_intact(one):
            return facts.describe(one, every, _CHANGED, trust.tests, [Reason.CONTENT_CHANGED])
        check_envelope(one, pdf, trust.anchors)
        one.compute_integrity_info(DIFFERENCES)
        is_archived = facts.is_stamped_again(one, every)
        result = asyncio.run(validate(one, trust.specification(), at=at, is_archived=is_archived))
        reasons = [*_of_changes(one, every), *_of_result(one, every, result, at=at)]
        return facts.describe(one, every, result, trust.tests, reasons)
    except Exception:  # as above; what cannot be read is never valid
        return facts.unreadable(one.fq_name)


def _is_intact(one: EmbeddedPdfSignature) -> bool:
    """Whether the signed bytes have the signed digest; asked first, so that a changed file costs little."""
    content = one.signed_data["encap_content_info"]
    if content["content_type"].native == "tst_info":
        return bool(content["content"].parsed["message_imprint"]["hashed_message"].native == one.compute_digest())
    return bool(extract_message_digest(one.signer_info) == one.compute_digest())


def _of_changes(one: EmbeddedPdfSignature, every: list[EmbeddedPdfSignature]) -> list[Reason]:
    """What came after this signature, and whether it was allowed."""
    coverage: Any = one.coverage  # pyHanko's types know only the value before the check
    if coverage in {SignatureCoverageLevel.UNCLEAR, SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START}:
        return [Reason.NOT_COVERED]
    changes: Any = one.diff_result
    allowed = one.docmdp_level
    if not isinstance(changes, DiffResult) or changes.modification_level is ModificationLevel.OTHER:
        return [Reason.CHANGED_AFTER]
    if allowed is not None and changes.modification_level.value > allowed.value:
        return [Reason.CHANGED_AFTER]
    return [*_of_fields(one, every, changes), *_of_later(one, every, changes)]


def _of_fields(one: EmbeddedPdfSignature, every: list[EmbeddedPdfSignature], changes: DiffResult) -> list[Reason]:
    """Blanks filled and places added since: once, and only by a certification that said so before."""
    certified = next((sig.docmdp_level for sig in every if sig.docmdp_level is not None), None)
    signed_later = {sig.fq_name for sig in every if sig.signed_revision > one.signed_revision}
    filled = changes.changed_form_fields - signed_later
    reasons = []
    if filled:
        is_allowed = certified is not None and filled.isdisjoint(facts.filled_before(one))
        reasons.append(Reason.FILLED_AS_ALLOWED if is_allowed else Reason.FILLED_AFTER)
    if one.docmdp_level is not None and facts.added_places(one):
        reasons.append(Reason.PLACE_ADDED_AFTER)
    return reasons


def _of_later(one: EmbeddedPdfSignature, every: list[EmbeddedPdfSignature], changes: DiffResult) -> list[Reason]:
    later = [sig for sig in every if sig.signed_revision > one.signed_revision]
    if any(sig.sig_object_type != TIMESTAMP_TYPE for sig in later):
        return [Reason.SIGNED_LATER]
    return [Reason.VALIDATION_DATA_ADDED] if changes.modification_level is ModificationLevel.LTA_UPDATES else []


def _of_result(
    one: EmbeddedPdfSignature, every: list[EmbeddedPdfSignature], result: Validated, *, at: datetime
) -> list[Reason]:
    """Chain, revocation and time."""
    found = _decided(one, result)
    is_stamp = one.sig_object_type == TIMESTAMP_TYPE
    if is_stamp and found in _OVERTAKEN and facts.is_stamped_again(one, every):
        return []  # a later archive timestamp vouches for this one; that is what it is for
    claimed, trusted = one.self_reported_timestamp, result.stamped_at
    if found in {None, Reason.UNKNOWN_AUTHORITY, Reason.NO_REVOCATION_DATA} and not trusted:
        if claimed and claimed > at + SKEW:
            return [reason for reason in (found, Reason.CLOCK_AHEAD) if reason]
        return [reason for reason in (found, Reason.CLAIMED_TIME) if reason]
    if claimed and trusted and abs(claimed - trusted) > SKEW:
        return [reason for reason in (found, Reason.CLOCK_DIFFERS) if reason]
    return [found] if found else []


def _decided(one: EmbeddedPdfSignature, result: Validated) -> Reason | None:
    indication = result.indication
    status = result.status
    if status is not None and not status.intact:
        return Reason.CONTENT_CHANGED
    if status is not None and not status.valid:
        return Reason.SIGNATURE_BROKEN
    if indication is AdESPassed.OK:
        return Reason.TIMESTAMP_DOUBTFUL if facts.has_bad_timestamp(one, result.stamped_at) else None
    signer = one.signer_cert
    reason = _OF_SUBINDICATION.get(indication, Reason.NOT_DECIDED)
    if signer.subject.dump() == signer.issuer.dump() and reason in {
        Reason.UNKNOWN_AUTHORITY, Reason.NO_REVOCATION_DATA, Reason.NOT_DECIDED, Reason.WRONG_USE,
    }:  # fmt: skip
        return Reason.SELF_SIGNED
    trusted = result.stamped_at
    if reason is Reason.EXPIRED and trusted and trusted > signer.not_valid_after:
        return Reason.SIGNED_AFTER_END
    return reason
