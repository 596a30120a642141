"""The nightly renewal of archive timestamps."""

from datetime import timedelta

import pytest

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.files.configuration import store
from congso.kernel.journal.models import Entry
from congso.kernel.signing.models import SignedFile
from congso.kernel.signing.renewing import renew_ageing
from congso.kernel.signing.testing import TrustWorld, prepared
from congso.kernel.signing.tests.test_bulk import batch_of, run
from congso.kernel.signing.trust import check_file
from congso.kernel.signing.validation.verdicts import Verdict

pytestmark = pytest.mark.django_db


def test_what_nears_its_end_is_stamped_once_more_and_once(
    world: World, trusted: TrustWorld, software_credential: object, settings: object
) -> None:
    run(batch_of(trusted, software_credential("chief"), [prepared()]), "", trusted)
    assert renew_ageing(at=trusted.now()) == (0, 0)  # years are left
    nearly = trusted.now() + timedelta(days=3 * 365 - 30)
    address, settings.TIMESTAMP_URL = settings.TIMESTAMP_URL, "http://127.0.0.1:9/tsa"
    assert renew_ageing(at=nearly) == (0, 1)  # nothing is lost while the authority is away
    settings.TIMESTAMP_URL = address
    assert renew_ageing(at=nearly) == (1, 0)
    with acting_as(Actor.system(System.REMINDERS)):
        old, new = SignedFile.objects.order_by("id")
        assert old.replaced_by == new
        before, after = (store().path(one.blob_id).read_bytes() for one in (old, new))
        report = check_file(store().path(new.blob_id), at=trusted.now())
    assert after.startswith(before)
    assert (report.verdict, [one.is_timestamp for one in report.signatures]) == (Verdict.VALID, [False, True, True])
    with acting_as(Actor.person(world.auditor)):
        assert Entry.objects.filter(act="signing.renewed").count() == 1
