"""Credentials, and signing with them: sign, keep the bytes, tell the journal, hand them to whom they are for."""

from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from django.db import IntegrityError, transaction

from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization, Person
from congso.kernel.files.configuration import store
from congso.kernel.files.models import Blob
from congso.kernel.signing import configuration, refusals
from congso.kernel.signing.appearance import Look
from congso.kernel.signing.journaling import note
from congso.kernel.signing.keeping import provable_until, store_signed
from congso.kernel.signing.keys.opened import OpenKey
from congso.kernel.signing.keys.remote import RemoteKey, RemoteService
from congso.kernel.signing.keys.software import SoftwareKey
from congso.kernel.signing.keys.token import TokenKey
from congso.kernel.signing.means import Level, Means
from congso.kernel.signing.models import Credential, SignedFile
from congso.kernel.signing.pades import sign
from congso.kernel.signing.places import Place
from congso.kernel.signing.purposes import handler_for
from congso.kernel.signing.validation.report import Certified
from congso.lib.vietnamese import fold

Key = TokenKey | RemoteKey | SoftwareKey


class CredentialRefused(Exception):
    """A certificate that cannot be this owner's; the message tells why, in Vietnamese."""


def register_credential(
    certificate: x509.Certificate,
    *,
    provider: str,
    details: dict[str, str],
    person: Person | None = None,
    organization: Organization | None = None,
    by: Actor,
    at: datetime,
) -> Credential:
    """A person's own certificate, or an organization's by one of its clerks; journaled. Raises CredentialRefused.

    A personal certificate must bear the person's name: signatures are read by it.
    """
    told = certificate.subject.native
    name = str(told.get("common_name") or certificate.subject.human_friendly)
    if person is not None and fold(name).casefold() != fold(person.full_name).casefold():
        raise CredentialRefused(f"Chứng thư mang tên “{name}”, không phải tên của bạn. Hãy kiểm tra thiết bị.")
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise CredentialRefused("Chứng thư không còn (hoặc chưa đến) thời hạn sử dụng.")
    try:
        with transaction.atomic():
            made = Credential.objects.create(
                person=person, organization=organization, provider=provider, details=details,
                certificate=pem.armor("CERTIFICATE", certificate.dump()).decode(), subject=name[:300],
                issuer=str(certificate.issuer.native.get("common_name", ""))[:300],
                serial=format(certificate.serial_number, "x"), fingerprint=certificate.sha256.hex(),
                valid_from=certificate.not_valid_before, valid_to=certificate.not_valid_after,
                added_by_id=by.id, added_at=at,
            )  # fmt: skip
            note("credential_added", by=by, at=at, organization_id=made.organization_id, subject=name,
                 fingerprint=made.fingerprint, provider=provider)  # fmt: skip
    except IntegrityError as error:
        raise CredentialRefused("Chứng thư này đã được đăng ký.") from error
    return made


@transaction.atomic
def stop_credential(credential: Credential, *, reason: str, by: Actor, at: datetime) -> None:
    """Use it no more (left, lost, revoked, renewed); journaled. What it signed keeps its proof."""
    stopped = Credential.objects.filter(pk=credential.pk, status=Credential.Status.ACTIVE)
    if stopped.update(status=Credential.Status.STOPPED, status_reason=reason.strip()[:300]):
        note("credential_stopped", by=by, at=at, organization_id=credential.organization_id,
             fingerprint=credential.fingerprint, reason=reason[:300])  # fmt: skip


def key_of(credential: Credential, *, description: str = "") -> Key:
    """Where the credential's key is, to be opened with a PIN. Raises SigningRefused when it is out of use.

    `description` is what a remote service shows the person beside the hash.
    """
    if credential.status != Credential.Status.ACTIVE:
        raise refusals.key_missing()
    certificate = x509.Certificate.load(pem.unarmor(credential.certificate.encode())[2])
    details: dict[str, Any] = credential.details
    match credential.provider:
        case Credential.Provider.TOKEN:
            module = configuration.modules().get(details["module"])
            if module is None:
                raise refusals.module_missing(details["module"])
            return TokenKey(module, details["token"], details["key"], certificate, _known_authorities())
        case Credential.Provider.REMOTE:
            address = configuration.remote_services().get(details["service"])
            if address is None:
                raise refusals.service_away()
            return RemoteKey(RemoteService(*address), details["credential"], description)
    path = configuration.demonstration_folder() / f"{Path(details['name']).name}.key"
    if not path.is_file():
        raise refusals.key_missing()
    return SoftwareKey(certificate, path.read_bytes(), _known_authorities())


def sign_blob(
    blob: Blob,
    *,
    key: OpenKey,
    credential: Credential,
    place: Place,
    look: Look,
    reason: str,
    purpose: str,
    reference: str,
    means: Means,
    by: Actor,
    at: datetime,
    level: Level | None = None,
) -> SignedFile:
    """Sign stored bytes, keep the result and hand it to the purpose's handler, in one transaction; journaled.

    The signature itself is made before the transaction's first write. Raises SigningRefused; then nothing is kept.
    """
    pdf = store().read(blob.sha256)
    signed = sign(pdf, key=key, place=place, reason=reason, by=look, at=at, means=means, level=level)
    return keep_signed(signed, blob, key=key, credential=credential, place=place.name, purpose=purpose,
                       reference=reference, by=by, at=at)  # fmt: skip


@transaction.atomic
def keep_signed(
    signed: bytes, source: Blob, *, key: OpenKey, credential: Credential, place: str, purpose: str, reference: str,
    by: Actor, at: datetime,
) -> SignedFile:  # fmt: skip
    """Keep signed bytes and hand them over; the second half of `sign_blob`, for who signs elsewhere."""
    made = SignedFile.objects.create(
        blob=store_signed(signed, by=by, at=at), credential=credential,
        organization_id=credential.organization_id, signed_by_id=by.person_id, signed_at=at, purpose=purpose,
        reference=reference, provable_until=provable_until(signed),
    )  # fmt: skip
    handler_for(purpose)(made, by, at)
    note(
        "signed", by=by, at=at, organization_id=credential.organization_id, of=source.sha256, made=made.blob_id,
        certificate=key.fingerprint, place=place, purpose=purpose, reference=reference,
        demonstration=key.is_demonstration,
    )  # fmt: skip
    return made


@transaction.atomic
def keep_signed_outside(
    signed: bytes, source: Blob, *, certificate: Certified, organization: Organization | None, place: str, purpose: str,
    reference: str, by: Actor, at: datetime,
) -> SignedFile:  # fmt: skip
    """Keep bytes that were signed elsewhere and judged (`outside.take_signed`); journaled. No handler is told: who took
    them in moves the record.
    """
    made = SignedFile.objects.create(
        blob=store_signed(signed, by=by, at=at), organization=organization, signed_by_id=by.person_id, signed_at=at,
        purpose=purpose, reference=reference, provable_until=provable_until(signed),
    )  # fmt: skip
    note(
        "taken_signed", by=by, at=at, organization_id=organization.pk if organization else None, of=source.sha256,
        made=made.blob_id, certificate=certificate.fingerprint, subject=certificate.name, place=place, purpose=purpose,
        reference=reference,
    )  # fmt: skip
    return made


def _known_authorities() -> tuple[x509.Certificate, ...]:
    """Certificates of authorities between a signer and the root, from the operator's folder `chain/`."""
    folder = configuration.trust_folder() / "chain"
    paths = sorted(folder.glob("*.pem")) if folder.is_dir() else []
    return tuple(x509.Certificate.load(pem.unarmor(path.read_bytes())[2]) for path in paths)
