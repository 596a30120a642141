"""The body's signature on archive files: one PIN, top right of page one, kept with the copy."""

from collections.abc import Iterator
from typing import Any

import pytest

from congso.apps.digitization.models import DigitalCopy
from congso.apps.digitization.services import sign_copies
from congso.apps.digitization.tests import factories
from congso.apps.digitization.tests.factories import by, copy_in
from congso.kernel.access.services import acting_as
from congso.kernel.files.configuration import store
from congso.kernel.files.models import Attachment
from congso.kernel.jobs.services import run_job
from congso.kernel.signing.authorities.issuing import pem, save_holder
from congso.kernel.signing.bulk import hold_secret
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.models import Credential
from congso.kernel.signing.services import register_credential
from congso.kernel.signing.testing import TrustWorld, trust_world
from congso.kernel.workflow.services import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def trusted() -> Iterator[TrustWorld]:
    with trust_world() as world:
        yield world


def _seal(world: Any, trusted: TrustWorld, folder: Any, settings: Any) -> Credential:
    """The office's key in its clerk's hands, who keeps the archive too."""
    trust = folder / "trust"
    (trust / "test").mkdir(parents=True)
    (trust / "chain").mkdir()
    (trust / "test" / "root.pem").write_bytes(pem(trusted.authorities.root.certificate))
    (trust / "chain" / "issuing.pem").write_bytes(pem(trusted.authorities.issuing.certificate))
    settings.TRUST_DIR, settings.DATA_DIR = trust, folder
    settings.TIMESTAMP_URL = f"{trusted.authorities.address}/tsa"
    keys = folder / "secrets" / "test-authorities"
    keys.mkdir(parents=True)
    actor = by(world, "clerk")
    with acting_as(actor):
        office = world.organization("VPTU")
        holder = trusted.authorities.issue(office.name, organization=office.name, at=trusted.born)
        save_holder(holder, keys, "dau")
        return register_credential(
            as_asn1(holder.certificate), provider=Credential.Provider.SOFTWARE, details={"name": "dau"},
            organization=office, by=actor, at=trusted.now(),
        )  # fmt: skip


def test_accepted_copies_are_signed_once_with_one_pin(world, trusted, tmp_path, settings):
    seal = _seal(world, trusted, tmp_path, settings)
    batch = factories.accepted(world)
    actor = by(world, "clerk")
    with acting_as(actor):
        lot = sign_copies(batch, credential=seal, by=actor, at=trusted.now())
        job = hold_secret(lot, "", by=actor, at=trusted.now())
    run_job(job.pk, actor)
    copy = copy_in(world, batch)
    assert copy.signed_at is not None
    with acting_as(actor):
        file = Attachment.objects.select_related("blob").get(record_id=copy.pk, role=Attachment.Role.ISSUED)
        assert (file.name, file.blob.pages) == ("01-SH-2026.001.pdf", 2)
        assert b"/ByteRange" in store().read(file.blob_id)
        with pytest.raises(Refused, match="chờ ký"):
            sign_copies(batch, credential=seal, by=actor, at=trusted.now())
        assert DigitalCopy.objects.filter(batch=batch, signed_at__isnull=True).count() == 0
