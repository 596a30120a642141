"""Who sees and changes credentials, anchors, batches and signed files, tried with raw SQL."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.testing import World
from congso.kernel.journal.models import Entry
from congso.kernel.signing.authorities.issuing import pem
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.models import Credential, TrustAnchor
from congso.kernel.signing.services import CredentialRefused, register_credential, stop_credential
from congso.kernel.signing.testing import TrustWorld
from congso.kernel.signing.trust import NotAnAnchor, trust_anchor, withdraw_anchor
from congso.kernel.signing.trust import trusted as trusted_now

pytestmark = pytest.mark.django_db


def sql(who: int, statement: str, *values: object) -> int:
    with acting_as(Actor.person(who)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def test_a_personal_credential_is_seen_and_stopped_by_its_person_alone(
    world: World, token_credential: Credential
) -> None:
    for who, person in world.people().items():
        seen = sql(person, "SELECT 1 FROM signing_credential")
        assert seen == (1 if who in {"chief", "administrator", "second_administrator"} else 0), who
    for person in (world.clerk, world.secretary):
        assert sql(person, "UPDATE signing_credential SET status = 'stopped'") == 0
    for column in ("certificate", "details", "person_id"):
        with pytest.raises(Error):
            sql(world.chief, f"UPDATE signing_credential SET {column} = {column}")
    assert sql(world.chief, "UPDATE signing_credential SET status = 'stopped'") == 1
    assert sql(world.chief, "UPDATE signing_credential SET status = 'active'") == 0


def test_nobody_registers_a_credential_for_another(world: World, trusted: TrustWorld) -> None:
    told = "'token', '{}', '', 'x', 'y', '1', 'f', now(), now() + interval '1 day', 'active', '', %s, now()"
    columns = "provider, details, certificate, subject, issuer, serial, fingerprint, valid_from, valid_to"
    for person in (world.clerk, world.administrator):
        with pytest.raises(Error):
            sql(
                person,
                f"INSERT INTO signing_credential (person_id, {columns}, status, status_reason, added_by_id, added_at)"
                f" VALUES (%s, {told})",
                world.chief, person,
            )  # fmt: skip


def test_the_seal_is_in_the_clerks_hands(world: World, trusted: TrustWorld) -> None:
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        office = world.organization("VPTU")
        holder = trusted.authorities.issue(office.name, organization=office.name, at=trusted.born)
        register_credential(
            as_asn1(holder.certificate), provider="token", details={},
            organization=Organization.objects.get(pk=office.pk), by=clerk, at=trusted.now(),
        )  # fmt: skip
    assert sql(world.clerk, "SELECT 1 FROM signing_credential") == 1
    for person in (world.chief, world.agency_clerk, world.secretary):
        assert sql(person, "SELECT 1 FROM signing_credential") == 0


def test_a_certificate_of_another_name_or_term_is_refused(world: World, trusted: TrustWorld) -> None:
    chief, now = Actor.person(world.chief), trusted.now()
    with acting_as(chief):
        person = Person.objects.get(pk=world.chief)
        stranger = trusted.authorities.issue("Hồ Người Lạ", at=trusted.born)
        old = trusted.authorities.issue(person.full_name, at=now - timedelta(days=30), days=10)
        for holder, words in ((stranger, "không phải tên của bạn"), (old, "thời hạn")):
            with pytest.raises(CredentialRefused, match=words):
                register_credential(
                    as_asn1(holder.certificate), provider="token", details={}, person=person, by=chief, at=now
                )


def test_stopping_is_journaled_with_the_reason(world: World, token_credential: Credential, trusted: TrustWorld) -> None:
    chief = Actor.person(world.chief)
    with acting_as(chief):
        stop_credential(token_credential, reason="Mất thiết bị", by=chief, at=trusted.now())
    with acting_as(Actor.person(world.auditor)):
        acts = list(Entry.objects.filter(act__startswith="signing.").order_by("id").values_list("act", "facts__reason"))
    assert acts == [("signing.credential_added", None), ("signing.credential_stopped", "Mất thiết bị")]


def test_only_an_administrator_decides_whom_to_trust(world: World, trusted: TrustWorld) -> None:
    root, now = pem(trusted.authorities.root.certificate), trusted.now()
    clerk, administrator = Actor.person(world.clerk), Actor.person(world.administrator)
    with pytest.raises(Error), acting_as(clerk), transaction.atomic():
        trust_anchor(root, is_test=True, reason="Thử", by=clerk, at=now)
    with acting_as(administrator):
        for data, reason in ((b"nothing", "x"), (pem(trusted.authorities.issuing.certificate), "x"), (root, " ")):
            with pytest.raises(NotAnAnchor):
                trust_anchor(data, is_test=False, reason=reason, by=administrator, at=now)
        made = trust_anchor(root, is_test=True, reason="Thử nghiệm", by=administrator, at=now)
        assert made.fingerprint in trusted_now().tests
    assert sql(world.clerk, "UPDATE signing_trustanchor SET withdrawn_at = now()") == 0
    with acting_as(administrator):
        withdraw_anchor(TrustAnchor.objects.get(pk=made.pk), by=administrator, at=now)
        assert made.fingerprint not in trusted_now().tests
