"""What is told of one signature: who, when, how lasting, what stands above. Runs in the guarded child only."""

from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from congso.kernel.signing.means import Level
from congso.kernel.signing.validation.validating import TIMESTAMP_TYPE, Validated
from congso.kernel.signing.validation.verdicts import VERDICT_OF, WORST_FIRST, Reason, Verdict, verdict_of

_LONGEST = 200
_DEEPEST = 20


def describe(
    one: EmbeddedPdfSignature,
    every: list[EmbeddedPdfSignature],
    result: Validated,
    tests: frozenset[str],
    reasons: list[Reason],
) -> dict[str, Any]:
    """Plain values of one signature, with the verdict its reasons come to."""
    path = result.status.validation_path if result.status else None
    chain = list(path.iter_certs(include_root=True)) if path else []
    chain = chain[::-1] if chain else [one.signer_cert]
    if chain and chain[-1].sha256.hex() in tests:
        reasons = [*reasons, Reason.TEST_AUTHORITY]
    changes = one.diff_result
    filled: list[str] = sorted(changes.changed_form_fields) if isinstance(changes, DiffResult) else []
    later = {sig.fq_name for sig in every if sig.signed_revision > one.signed_revision}
    return {
        "field": _cut(one.fq_name),
        "is_timestamp": one.sig_object_type == TIMESTAMP_TYPE,
        "signer": person(one.signer_cert),
        "chain": [person(certificate) for certificate in chain],
        "claimed_at": _moment(one.self_reported_timestamp),
        "trusted_at": _moment(result.stamped_at),
        "said_reason": _cut(str(one.sig_object.get("/Reason", ""))),
        "level": level_of(one, every),
        "certifies": one.docmdp_level is not None,
        "filled": [_cut(name) for name in filled if name not in later],
        "signed_later": sorted(_cut(name) for name in later),
        "reasons": sorted(reasons, key=_weight),
        "verdict": verdict_of(reasons),
    }


def _weight(reason: Reason) -> int:
    """What decides stands first, the worst before the others."""
    verdict = VERDICT_OF.get(reason)
    return WORST_FIRST.index(verdict) if verdict else len(WORST_FIRST)


def unreadable(field: str) -> dict[str, Any]:
    """A signature whose structure is not one."""
    return {
        "field": _cut(field), "is_timestamp": False, "signer": None, "chain": [], "claimed_at": None,
        "trusted_at": None, "said_reason": "", "level": "", "certifies": False, "filled": [], "signed_later": [],
        "reasons": [Reason.MALFORMED], "verdict": Verdict.INVALID,
    }  # fmt: skip


def person(certificate: x509.Certificate) -> dict[str, Any]:
    """Who a certificate says it is."""
    told = certificate.subject.native
    return {
        "name": _cut(_text(told.get("common_name")) or certificate.subject.human_friendly),
        "organization": _cut(_text(told.get("organization_name"))),
        "issuer": _cut(_text(certificate.issuer.native.get("common_name")) or certificate.issuer.human_friendly),
        "serial": format(certificate.serial_number, "x")[:80],
        "valid_from": _moment(certificate.not_valid_before),
        "valid_to": _moment(certificate.not_valid_after),
        "fingerprint": certificate.sha256.hex(),
    }


def has_bad_timestamp(one: EmbeddedPdfSignature, stamped_at: datetime | None) -> bool:
    """Whether the signature carries a timestamp although no authority vouches for a time."""
    return stamped_at is None and any(True for _ in extract_tst_data_iter(one.signer_info, signed=False))


def level_of(one: EmbeddedPdfSignature, every: list[EmbeddedPdfSignature]) -> str:
    """The baseline level its parts make, whatever they are worth."""
    if one.sig_object_type == TIMESTAMP_TYPE:
        return ""
    if not any(True for _ in extract_tst_data_iter(one.signer_info, signed=False)):
        return Level.B_B
    try:
        DocumentSecurityStore.read_dss(one.reader)
    except (PdfError, ValueError, KeyError):
        return Level.B_T
    return Level.B_LTA if is_stamped_again(one, every) else Level.B_LT


def is_stamped_again(one: EmbeddedPdfSignature, every: list[EmbeddedPdfSignature]) -> bool:
    """Whether an archive timestamp came after it."""
    stamps = (sig for sig in every if sig.sig_object_type == TIMESTAMP_TYPE)
    return any(sig.signed_revision > one.signed_revision for sig in stamps)


def added_places(one: EmbeddedPdfSignature) -> list[str]:
    """Visible places for signatures that were not there when this one was made."""
    then = one.reader.get_historical_resolver(one.signed_revision)
    before = {name for name, _value, _field in enumerate_sig_fields(then)}
    now = ((name, field.get_object()) for name, _value, field in enumerate_sig_fields(one.reader))
    return [name for name, field in now if name not in before and _is_visible(field)]


def filled_before(one: EmbeddedPdfSignature) -> set[str]:
    """Blanks that had a value already when this signature was made."""
    then = one.reader.get_historical_resolver(one.signed_revision)
    found: set[str] = set()
    _collect_filled(then.root["/AcroForm"]["/Fields"], "", found, depth=0)
    return found


def _collect_filled(fields: Any, above: str, found: set[str], *, depth: int) -> None:
    if depth > _DEEPEST:
        raise PdfError("a form nested too deeply")
    for one in fields:
        field = one.get_object()
        name = f"{above}.{field['/T']}" if above and "/T" in field else str(field.get("/T", above))
        if "/V" in field:
            found.add(name)
        _collect_filled(field.get("/Kids", ()), name, found, depth=depth + 1)


def _is_visible(field: Any) -> bool:
    widgets = [kid.get_object() for kid in field.get("/Kids", ())] or [field]
    for widget in widgets:
        sides = [float(side) for side in widget.get("/Rect", ())]
        if len(sides) == 4 and abs(sides[2] - sides[0]) > 1 and abs(sides[3] - sides[1]) > 1:
            return True
    return False


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _cut(words: Any) -> str:
    """Text of the file, whatever it is there, as something to show."""
    return "".join(letter for letter in str(words) if letter.isprintable())[:_LONGEST]
