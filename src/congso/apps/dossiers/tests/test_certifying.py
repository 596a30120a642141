"""Certified copies: marked, sealed with the archive's key in the background, the asker's until her days are over."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from congso.apps.dossiers.models import CertifiedCopy, ReadingLog, ReadingRequest
from congso.apps.dossiers.services.certifying import certify, files_to_certify
from congso.apps.dossiers.services.reading import grant_reading
from congso.apps.dossiers.tests import factories as made
from congso.apps.dossiers.tests.factories import by
from congso.kernel.access.services import Actor
from congso.kernel.files.configuration import store
from congso.kernel.jobs.services import run_job
from congso.kernel.notify.models import Notice
from congso.kernel.signing.authorities.issuing import pem, save_holder
from congso.kernel.signing.bulk import hold_secret
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.models import Batch, Credential
from congso.kernel.signing.services import register_credential
from congso.kernel.signing.testing import TrustWorld, trust_world
from congso.kernel.signing.trust import check_file
from congso.kernel.signing.validation.verdicts import Verdict
from congso.kernel.workflow.services import NotYours, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def trusted() -> Iterator[TrustWorld]:
    with trust_world() as world:
        yield world


@pytest.fixture
def seal(world: Any, trusted: TrustWorld, tmp_path: Any, settings: Any) -> Credential:
    """The office's key in its clerk's hands, who keeps the archive too."""
    trust = tmp_path / "trust"
    (trust / "test").mkdir(parents=True)
    (trust / "chain").mkdir()
    (trust / "test" / "root.pem").write_bytes(pem(trusted.authorities.root.certificate))
    (trust / "chain" / "issuing.pem").write_bytes(pem(trusted.authorities.issuing.certificate))
    settings.TRUST_DIR, settings.DATA_DIR = trust, tmp_path
    settings.TIMESTAMP_URL = f"{trusted.authorities.address}/tsa"
    keys = tmp_path / "secrets" / "test-authorities"
    keys.mkdir(parents=True)
    with by(world, "clerk") as actor:
        office = world.organization("VPTU")
        holder = trusted.authorities.issue(office.name, organization=office.name, at=trusted.born)
        save_holder(holder, keys, "dau")
        return register_credential(
            as_asn1(holder.certificate), provider=Credential.Provider.SOFTWARE, details={"name": "dau"},
            organization=office, by=actor, at=trusted.now(),
        )  # fmt: skip


@pytest.fixture
def wish(world: Any) -> ReadingRequest:
    """The head was granted certified copies of an open dossier."""
    dossier = made.archived(world, record=True)
    found = made.wished(world, dossier, who="head", way="certified")
    with by(world, "clerk") as actor:
        grant_reading(found, by=actor, at=timezone.now())
    return found


def current(wish: ReadingRequest) -> ReadingRequest:
    return ReadingRequest.objects.select_related("owner", "wanted").get(pk=wish.pk)


def run(world: Any, batch: Batch) -> None:
    with by(world, "clerk") as actor:
        job = hold_secret(batch, "", by=actor, at=timezone.now())
    run_job(job.pk, Actor.person(world.clerk))


def test_copies_are_sealed_valid_and_told_once(
    world: Any, seal: Credential, wish: ReadingRequest, tmp_path: Any
) -> None:
    with by(world, "clerk") as actor:
        missing = len(files_to_certify(current(wish)))
        batch = certify(current(wish), credential=seal, by=actor, at=timezone.now())
    assert missing > 0
    run(world, batch)
    with by(world, "clerk") as actor:
        copies = list(CertifiedCopy.objects.filter(reading=wish.pk))
        assert len(copies) == missing
        assert files_to_certify(current(wish)) == []
        with pytest.raises(Refused, match="Không còn tệp"):
            certify(current(wish), credential=seal, by=actor, at=timezone.now())
        data = store().read(copies[0].blob_id)
        path = tmp_path / "copy.pdf"
        path.write_bytes(data)
        report = check_file(path, at=timezone.now(), seconds=60)
    assert (report.verdict, len(report.people)) == (Verdict.VALID, 1)
    assert "BẢN SAO CÓ XÁC THỰC" in words_of(data)
    with by(world, "head"):
        assert Notice.objects.filter(record_id=wish.pk, text__startswith="Đã có bản sao xác thực").count() == 1


def test_only_the_archive_certifies_with_its_own_seal_what_was_asked_so(
    world: Any, seal: Credential, wish: ReadingRequest
) -> None:
    with by(world, "head") as actor, pytest.raises(NotYours):
        certify(current(wish), credential=seal, by=actor, at=timezone.now())
    with by(world, "clerk") as actor:
        seal.organization_id = world.organizations["BTC"]
        with pytest.raises(Refused, match="chứng thư số của"):
            certify(current(wish), credential=seal, by=actor, at=timezone.now())
    plain = made.wished(world, current_dossier(world, wish), who="specialist")
    with by(world, "clerk") as actor:
        grant_reading(plain, by=actor, at=timezone.now())
        seal.refresh_from_db()
        with pytest.raises(Refused, match="không xin bản sao có xác thực"):
            certify(current(plain), credential=seal, by=actor, at=timezone.now())


def test_the_screen_seals_and_gives_them_until_the_days_are_over(
    world: Any, seal: Credential, wish: ReadingRequest, signed_in: Any
) -> None:
    page, press = reverse("dossiers:reading", args=[wish.pk]), reverse("dossiers:certify", args=[wish.pk])
    clerk, asker = signed_in("clerk"), signed_in("head")
    assert "Lập bản sao và ký xác thực" in clerk.get(page).content.decode()
    assert "ký xác thực" not in asker.get(page).content.decode()
    assert asker.post(press, {"credential": seal.pk}).status_code == 404
    answer = clerk.post(press, {"credential": seal.pk})
    with by(world, "clerk"):
        batch = Batch.objects.get()
    assert answer["Location"] == reverse("signing:batch", args=[batch.pk])
    run(world, batch)
    with by(world, "clerk"):
        copy = CertifiedCopy.objects.first()
    address = reverse("dossiers:certified", args=[copy.pk])
    assert address in asker.get(page).content.decode()
    given = asker.get(address)
    assert (given.status_code, given["Cache-Control"]) == (200, "no-store")
    assert b"".join(given.streaming_content).startswith(b"%PDF")
    with by(world, "clerk"):
        assert ReadingLog.objects.filter(act="download", person_id=world.head).exists()
        ReadingRequest.objects.filter(pk=wish.pk).update(until=timezone.now() - timedelta(minutes=1))
    assert asker.get(address).status_code == 404
    assert signed_in("stranger").get(address).status_code == 404


def current_dossier(world: Any, wish: ReadingRequest) -> Any:
    with by(world, "clerk"):
        return current(wish).wanted


def words_of(pdf: bytes) -> str:
    import pypdfium2

    page = pypdfium2.PdfDocument(BytesIO(pdf))[0]
    return str(page.get_textpage().get_text_range())
