"""Chain, revocation and time of one signature by ETSI EN 319 102-1. Runs in the guarded child only."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from asn1crypto.crl import CertificateList
from asn1crypto.ocsp import OCSPResponse
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.sign.ades.report import AdESPassed, AdESSubIndic
from pyhanko.sign.validation.ades import (
    ades_basic_validation,
    ades_lta_validation,
    ades_timestamp_validation,
    ades_with_time_validation,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter, message_imprint_checker
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import LocalKnowledge, PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko.sign.validation.status import DocumentTimestampStatus, PdfSignatureStatus
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from congso.kernel.signing.validation.differences import DIFFERENCES

TIMESTAMP_TYPE = "/DocTimeStamp"


@dataclass(frozen=True)
class Validated:
    """The standard's indication, pyHanko's status, and when an authority saw the signature (None: nobody did)."""

    indication: AdESSubIndic
    status: Any
    stamped_at: datetime | None


async def validate(
    one: EmbeddedPdfSignature, specification: PdfSignatureValidationSpec, *, at: datetime, is_archived: bool
) -> Validated:
    """Validate a signature, or an archive timestamp, with what the file encloses and the operator knows."""
    timing = ValidationTimingInfo(validation_time=at, best_signature_time=at, point_in_time_validation=False)
    if one.sig_object_type == TIMESTAMP_TYPE:
        return await _archive_timestamp(one, specification.signature_validation_spec, timing)
    if is_archived and _has_stamp(one):
        lasting = await ades_lta_validation(one, specification, timing)
        stamp = lasting.signature_timestamp_status
        stamped = stamp.api_status.timestamp if stamp and stamp.api_status else None
        return Validated(lasting.ades_subindic, lasting.api_status, stamped or lasting.oldest_evidence_record_timestamp)
    inner = _with_enclosed(one, specification.signature_validation_spec)
    now = await _plain(one, inner, timing)
    stamped_at = now.stamped_at or await _stamp_time(one, inner, timing)
    if is_archived:  # no timestamp of its own: the document's says as well that it was there (EN 319 142-1, B-T)
        stamped_at = await _archived_at(one, specification.signature_validation_spec, timing)
    if now.indication is AdESPassed.OK or stamped_at is None:
        return replace(now, stamped_at=stamped_at)
    # An authority saw the signature at that moment: what the file encloses may prove it was good then.
    then = ValidationTimingInfo(
        validation_time=stamped_at, best_signature_time=stamped_at, point_in_time_validation=True
    )
    past = await _plain(one, inner, then)
    return past if past.indication is AdESPassed.OK else replace(now, stamped_at=stamped_at)


def _has_stamp(one: EmbeddedPdfSignature) -> bool:
    return any(True for _ in extract_tst_data_iter(one.signer_info, signed=False))


async def _archived_at(
    one: EmbeddedPdfSignature, specification: SignatureValidationSpec, timing: ValidationTimingInfo
) -> datetime | None:
    """The time of the first archive timestamp over the signature that holds today by itself."""
    stamps = [each for each in one.reader.embedded_timestamp_signatures if each.signed_revision > one.signed_revision]
    for stamp in sorted(stamps, key=lambda each: each.signed_revision):
        stamp.compute_integrity_info(DIFFERENCES)
        told = await _archive_timestamp(stamp, specification, timing)
        if told.indication is AdESPassed.OK:
            return told.stamped_at
    return None


async def _stamp_time(
    one: EmbeddedPdfSignature, specification: SignatureValidationSpec, timing: ValidationTimingInfo
) -> datetime | None:
    """The time of the signature's own timestamp, if that holds today by itself."""
    for token in extract_tst_data_iter(one.signer_info, signed=False):
        told = await ades_timestamp_validation(
            token, specification, message_imprint_checker(one.signer_info), timing_info=timing
        )
        if told.ades_subindic is AdESPassed.OK and told.api_status is not None:
            seen_at: datetime = told.api_status.timestamp
            return seen_at
    return None


async def _plain(
    one: EmbeddedPdfSignature, specification: SignatureValidationSpec, timing: ValidationTimingInfo
) -> Validated:
    """As of one moment, without the standard's past validation, which has nothing to go by before an archive stamp."""
    digest = one.compute_digest()
    told: Any
    if _has_stamp(one):
        told = await ades_with_time_validation(
            one.signed_data, specification, timing_info=timing, raw_digest=digest, status_cls=PdfSignatureStatus,
            extra_status_kwargs=one.summarise_integrity_info(),
        )  # fmt: skip
    else:
        told = await ades_basic_validation(one.signed_data, specification, timing_info=timing, raw_digest=digest)
    stamp = told.api_status.timestamp_validity if told.api_status else None
    seen_at = stamp.timestamp if stamp is not None and stamp.valid and stamp.trusted else None
    return Validated(told.ades_subindic, told.api_status, seen_at)


async def _archive_timestamp(
    one: EmbeddedPdfSignature, specification: SignatureValidationSpec, timing: ValidationTimingInfo
) -> Validated:
    told = await ades_timestamp_validation(
        one.signed_data, _with_enclosed(one, specification), one.compute_digest, timing_info=timing,
        status_cls=DocumentTimestampStatus,
        extra_status_kwargs={"coverage": one.coverage, "diff_result": one.diff_result, "docmdp_ok": True},
    )  # fmt: skip
    moment = one.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    return Validated(told.ades_subindic, told.api_status, moment)


def _with_enclosed(one: EmbeddedPdfSignature, specification: SignatureValidationSpec) -> SignatureValidationSpec:
    """With the validation data the file brings; pyHanko adds it by itself only in the past validation."""
    known = specification.local_knowledge
    try:
        store = DocumentSecurityStore.read_dss(one.reader)
    except NoDSSFoundError:
        return specification
    answers = (OCSPResponse.load(part.get_object().read_data(DecodePurpose.OCSP_RESPONSE)) for part in store.ocsps)
    lists = (CertificateList.load(part.get_object().read_data(DecodePurpose.CRL)) for part in store.crls)
    knowledge = LocalKnowledge(
        known_ocsps=[*known.known_ocsps, *(part for one in answers for part in OCSPContainer.load_multi(one))],
        known_crls=[*known.known_crls, *(CRLContainer(one) for one in lists)],
        known_certs=[*known.known_certs, *store.load_certs()],
    )
    return replace(specification, local_knowledge=knowledge)
