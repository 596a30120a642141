"""Taking a certificate from a token or a remote service as a person's credential."""

from datetime import date, datetime
from typing import Any

from asn1crypto import x509

from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization, Person, valid_on
from congso.kernel.signing import configuration, refusals
from congso.kernel.signing.keys.remote import RemoteService
from congso.kernel.signing.keys.token import certificates_on
from congso.kernel.signing.models import Credential
from congso.kernel.signing.services import CredentialRefused, register_credential
from congso.lib.vietnamese import fold

SOON_DAYS = 60  # an ending certificate is warned of so long before: renewal by form takes weeks


def sealed_for(held: frozenset[int], day: date) -> list[Organization]:
    """The organizations whose seal the person keeps: the offices she is clerk of and the committees they serve."""
    ids = {
        place for kind, place, function in map(describe, held)
        if kind is Kind.OFFICE and function == Function.CLERKS
    }  # fmt: skip
    if not ids:
        return []
    offices = Organization.objects.filter(valid_on(day), pk__in=ids).select_related("serves").order_by("name_key", "id")
    return list(dict.fromkeys(one for office in offices for one in (office, office.serves) if one))


def adopt_seal(
    provider: str, told: dict[str, Any], organization: Organization, *, by: Actor, at: datetime
) -> Credential:
    """Register the one certificate there that bears the organization's name. Raises as `adopt`."""
    found = _on_token(told) if provider == Credential.Provider.TOKEN else _at_service(told)
    wanted = fold(organization.name).casefold()
    for details, certificate in found:
        subject = certificate.subject.native
        names = [str(subject.get(part) or "") for part in ("common_name", "organization_name")]
        if any(wanted in fold(name).casefold() for name in names):
            return register_credential(
                certificate, provider=provider, details=details, organization=organization, by=by, at=at
            )
    raise CredentialRefused(f"Thiết bị không có chứng thư nào mang tên “{organization.name}”.")


def adopt(provider: str, told: dict[str, Any], person: Person, *, by: Actor, at: datetime) -> Credential:
    """Register the one certificate there that bears the person's name. Raises SigningRefused, CredentialRefused."""
    found = _on_token(told) if provider == Credential.Provider.TOKEN else _at_service(told)
    problem = CredentialRefused("Thiết bị không có chứng thư nào.")
    for details, certificate in found:
        try:
            return register_credential(certificate, provider=provider, details=details, person=person, by=by, at=at)
        except CredentialRefused as refused:
            problem = refused
    raise problem


def _on_token(told: dict[str, Any]) -> list[tuple[dict[str, str], x509.Certificate]]:
    module = configuration.modules().get(told["module"])
    if module is None:
        raise refusals.module_missing(str(told["module"]))
    return [
        ({"module": told["module"], "token": told["token"], "key": label}, certificate)
        for label, certificate in certificates_on(module, told["token"])
        if not certificate.ca
    ]


def _at_service(told: dict[str, Any]) -> list[tuple[dict[str, str], x509.Certificate]]:
    service = configuration.remote_services().get(told["service"])
    if service is None:
        raise refusals.service_away()
    held = RemoteService(*service).info(told["credential"])
    return [({"service": told["service"], "credential": told["credential"]}, held.certificate)]
