"""Adding one signature to a PDF: PAdES, by increment, at an official place.

    with key.opened(pin) as open_key:
        signed = sign(pdf, key=open_key, place=place, reason="…", by=Look(name, picture), at=now, means=means)

Pure of the database: who may sign what is the caller's question, `services.sign_blob` journals. The first signature
certifies the paper (DocMDP 2): from then on places and blanks prepared before (`places.prepare`) may be signed and
filled, nothing else may change.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO

import requests
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    PdfTimeStamper,
    TimestampDSSContentSettings,
)
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.validation import read_certification_data
from pyhanko_certvalidator import errors as chain_errors

from congso.kernel.signing import refusals
from congso.kernel.signing.appearance import Look, style_for
from congso.kernel.signing.keys.opened import OpenKey
from congso.kernel.signing.keys.token import token_errors
from congso.kernel.signing.means import Level, Means
from congso.kernel.signing.places import Place, PlaceKind
from congso.kernel.signing.refusals import SigningRefused

DIGEST = "sha256"
# Validation data of an archive timestamp goes before it, so that no byte of the paper is left uncovered.
_COVERED = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)


def sign(
    pdf: bytes,
    *,
    key: OpenKey,
    place: Place,
    reason: str,
    by: Look,
    at: datetime,
    means: Means,
    level: Level | None = None,
) -> bytes:
    """The paper with one more signature; the bytes before stay as they are. `level` lowers what the means allow.

    Raises SigningRefused, and then nothing was signed: certificate expired, revoked, untrusted or of unknown status,
    no timestamp, token gone, place taken or missing, a certification that forbids it, a damaged file.
    """
    check_term(key, at=at)
    wanted = _possible(level or means.level, means)
    lasting = wanted in {Level.B_LT, Level.B_LTA}
    with told(), token_errors():
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        is_first, is_new = _check_place(writer, place)
        signer = PdfSigner(
            PdfSignatureMetadata(
                field_name=place.name, md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES, name=by.name,
                reason=reason or None, certify=is_first, docmdp_permissions=MDPPerm.FILL_FORMS,
                embed_validation_info=lasting, use_pades_lta=wanted is Level.B_LTA,
                dss_settings=DSSContentSettings(next_ts_settings=_COVERED),
                validation_context=means.validation() if lasting else None,
            ),
            key.signer,
            timestamper=means.timestamper if wanted is not Level.B_B else None,
            stamp_style=style_for(place, by, at=at) if place.kind is not PlaceKind.HIDDEN else None,
            new_field_spec=place.as_field() if is_new else None,
        )  # fmt: skip
        return _bytes(signer.sign_pdf(writer, existing_fields_only=not is_new))


def add_archive_timestamp(pdf: bytes, *, means: Means) -> bytes:
    """The paper with fresh validation data and one more archive timestamp over everything. Raises SigningRefused."""
    if means.timestamper is None:
        raise refusals.no_timestamp()
    with told():
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        stamper = PdfTimeStamper(means.timestamper)
        return _bytes(stamper.timestamp_pdf(writer, DIGEST, means.validation(), dss_settings=_COVERED))


def check_term(key: OpenKey, *, at: datetime) -> None:
    """Raises SigningRefused when the certificate is not in its term at the moment."""
    if at < key.certificate.not_valid_before:
        raise refusals.not_yet_valid()
    if at > key.certificate.not_valid_after:
        raise refusals.expired()


def _possible(wanted: Level, means: Means) -> Level:
    return wanted if means.timestamper else Level.B_B


def _check_place(writer: IncrementalPdfFileWriter, place: Place) -> tuple[bool, bool]:
    """Whether this is the paper's first signature, and whether its place must be made."""
    filled = {name for name, value, _ in enumerate_sig_fields(writer) if value is not None}
    empty = {name for name, value, _ in enumerate_sig_fields(writer) if value is None}
    if place.name in filled:
        raise refusals.place_taken(place.title or place.name)
    certified = read_certification_data(writer.prev)
    if certified and certified.permission is MDPPerm.NO_CHANGES:
        raise refusals.not_allowed()
    if certified and place.name not in empty:
        raise refusals.place_missing(place.title or place.name)
    return not filled, place.name not in empty


@contextmanager
def told() -> Iterator[None]:
    """Turn what the libraries raise into what the person can do."""
    try:
        yield
    except (TimestampRequestError, requests.RequestException) as error:
        raise refusals.no_timestamp() from error
    except (chain_errors.RevokedError, chain_errors.ExpiredError, chain_errors.NotYetValidError) as error:
        raise _of_the_chain(error) from error
    except chain_errors.InsufficientRevinfoError as error:
        raise refusals.status_unknown() from error
    except (chain_errors.PathError, chain_errors.ValidationError) as error:
        raise refusals.untrusted() from error
    except SigningError as error:
        raise _of_signing(error) from error
    except (PdfError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise refusals.damaged() from error


def _of_the_chain(error: Exception) -> SigningRefused:
    if isinstance(error, chain_errors.RevokedError):
        return refusals.revoked()
    return refusals.expired() if isinstance(error, chain_errors.ExpiredError) else refusals.not_yet_valid()


def _of_signing(error: SigningError) -> SigningRefused:
    """pyHanko wraps what it finds about the signer's chain; the cause tells more."""
    cause = error.__cause__ or error.__context__
    if isinstance(cause, chain_errors.RevokedError | chain_errors.ExpiredError | chain_errors.NotYetValidError):
        return _of_the_chain(cause)
    if isinstance(cause, chain_errors.InsufficientRevinfoError):
        return refusals.status_unknown()
    if isinstance(cause, chain_errors.PathError | chain_errors.ValidationError):
        return refusals.untrusted()
    if isinstance(cause, requests.RequestException):
        return refusals.no_timestamp()
    return refusals.not_allowed() if "MDP" in str(error) or "locked" in str(error) else refusals.damaged()


def _bytes(made: object) -> bytes:
    made.seek(0)  # type: ignore[attr-defined]  # the stream pyHanko wrote to
    return bytes(made.read())  # type: ignore[attr-defined]
