"""Signing by remote key, and many papers with one PIN: each moves on as it is signed."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from congso.apps.outgoing import services
from congso.apps.outgoing.queries import outgoing_document
from congso.apps.outgoing.tests import factories as made
from congso.apps.outgoing.tests.factories import by
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Person
from congso.kernel.jobs.services import run_job
from congso.kernel.signing.authorities.remote_service import Account, RemoteSimulator, remote_server
from congso.kernel.signing.authorities.responding import serving
from congso.kernel.signing.bulk import hold_secret
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.models import BatchItem, Credential
from congso.kernel.signing.services import register_credential
from congso.kernel.signing.testing import TrustWorld
from congso.kernel.workflow.services import Refused

pytestmark = pytest.mark.django_db
NAME, PIN = "Lê Mẫu Bí Thư", "471100"


def test_a_leader_signs_by_remote_key_and_a_wrong_code_signs_nothing(
    world: Any, keys: Any, trusted: TrustWorld, settings: Any, tmp_path: Path
) -> None:
    holder = trusted.authorities.issue(NAME, at=trusted.born, is_rsa=True)
    simulator = RemoteSimulator("a token", {"bithu": Account(holder, trusted.authorities.chain[:1], PIN)})
    (tmp_path / "remote-signing-thu.token").write_text("a token")
    settings.SECRET_DIR = tmp_path
    document = made.to_sign(world)
    with serving(remote_server(simulator)) as address, by(world.secretary) as secretary:
        settings.REMOTE_SIGNING = {"thu": address}
        key = register_credential(
            as_asn1(holder.certificate), provider=Credential.Provider.REMOTE,
            details={"service": "thu", "credential": "bithu"}, person=Person.objects.get(pk=world.secretary),
            by=secretary, at=trusted.now(),
        )  # fmt: skip
        for secret, state in (("000000", "to_sign"), (PIN, "signed")):
            fresh = outgoing_document(document.pk)
            if state == "to_sign":
                with pytest.raises(Refused, match="PIN"):
                    services.sign_document(fresh, credential=key, secret=secret, by=secretary, at=timezone.now())
            else:
                services.sign_document(fresh, credential=key, secret=secret, by=secretary, at=timezone.now())
            assert outgoing_document(document.pk).state == state
    assert "chuyển đổi số" in simulator.accounts["bithu"].shown[0]


def test_many_papers_are_signed_with_one_pin_and_one_taken_back_is_left_out(world: Any, keys: Any) -> None:
    documents = [made.to_sign(world), made.to_sign(world, title="Thực hiện việc khác")]
    with by(world.secretary) as secretary:
        found = [outgoing_document(one.pk) for one in documents]
        batch = services.batch_of(found, credential=keys.secretary, by=secretary, at=timezone.now())
    with by(world.specialist) as specialist:
        services.take_back(outgoing_document(documents[1].pk), reason="Sửa số liệu", by=specialist, at=timezone.now())
    with by(world.secretary) as secretary:
        job = hold_secret(batch, "", by=secretary, at=timezone.now())
    run_job(job.pk, Actor.person(world.secretary))
    with by(world.secretary):
        told = list(batch.items.order_by("position").values_list("state", "message"))
        assert [state for state, _ in told] == [BatchItem.State.SIGNED, BatchItem.State.REFUSED]
        assert outgoing_document(documents[0].pk).state == "signed"
        assert "rút lại" in told[1][1]


def test_a_clerk_takes_up_the_seal_of_the_committee_her_office_serves(  # noqa: PLR0917 - fixtures
    world: Any, keys: Any, trusted: TrustWorld, settings: Any, tmp_path: Path, signed_in: Any
) -> None:
    name = "Tỉnh ủy Thử Nghiệm"
    holder = trusted.authorities.issue(name, organization=name, at=trusted.born, is_rsa=True)
    simulator = RemoteSimulator("a token", {"dau": Account(holder, trusted.authorities.chain[:1], PIN)})
    (tmp_path / "remote-signing-thu.token").write_text("a token")
    settings.SECRET_DIR = tmp_path
    address = "/ky-so/chung-thu/them/remote/"
    told = {"service": "thu", "credential": "dau", "owner": str(world.organizations["TU"])}
    with serving(remote_server(simulator)) as service:
        settings.REMOTE_SIGNING = {"thu": service}
        assert 'name="owner"' not in signed_in("specialist").get(address).content.decode()
        wrong = signed_in("clerk").post(address, told | {"owner": str(world.organizations["VPTU"])})
        assert wrong.status_code == 422
        answer = signed_in("clerk").post(address, told)
        assert answer.status_code == 302, answer.content.decode()[:2000]
    with by(world.clerk):
        assert Credential.objects.get(organization_id=world.organizations["TU"]).subject == name
    with by(world.chief):
        assert not Credential.objects.filter(organization_id=world.organizations["TU"]).exists()
