"""Many papers, one PIN; the token is pulled out in the middle. What is signed stays signed, nothing is signed twice."""

import pytest
from django.db import connection

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.configuration import store
from congso.kernel.files.models import Blob
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import run_job
from congso.kernel.signing import bulk
from congso.kernel.signing.bulk import Paper, hold_secret, make_batch
from congso.kernel.signing.keeping import store_signed
from congso.kernel.signing.models import Batch, BatchItem, Credential, SignedFile
from congso.kernel.signing.purposes import TRIAL
from congso.kernel.signing.testing import PERSONAL, PIN, TrustWorld, paper, prepared, pulled_out
from congso.kernel.signing.trust import check_file
from congso.kernel.signing.validation.verdicts import Verdict

pytestmark = pytest.mark.django_db

SIGNED, WAITING, REFUSED = BatchItem.State.SIGNED, BatchItem.State.WAITING, BatchItem.State.REFUSED


def batch_of(trusted: TrustWorld, credential: Credential, papers: list[bytes]) -> Batch:
    by, at = Actor.person(credential.person_id), trusted.now()
    with acting_as(by):
        blobs: list[Blob] = [store_signed(one, by=by, at=at) for one in papers]
        made = [Paper(blob, PERSONAL, TRIAL, str(n), f"Văn bản {n}") for n, blob in enumerate(blobs, 1)]
        return make_batch(made, credential=credential, by=by, at=at)


def run(batch: Batch, secret: str, trusted: TrustWorld) -> Job:
    by = Actor.person(batch.person_id)
    with acting_as(by):
        started = hold_secret(batch, secret, by=by, at=trusted.now())
    run_job(started.pk, by)
    with acting_as(by):
        return Job.objects.get(pk=started.pk)


def states(batch: Batch) -> list[str]:
    with acting_as(Actor.person(batch.person_id)):
        return list(batch.items.order_by("position").values_list("state", flat=True))


def test_the_token_is_pulled_out_in_the_middle_and_the_rest_is_gone_on_with(
    trusted: TrustWorld, token_credential: Credential, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = batch_of(trusted, token_credential, [prepared(f"So {n}") for n in range(4)])
    out = pulled_out()
    sign_one = bulk._sign_one

    def sign_and_pull(pk: int, *rest: object) -> None:
        if states(batch).count(SIGNED) == 2:
            out.__enter__()
        sign_one(pk, *rest)

    monkeypatch.setattr(bulk, "_sign_one", sign_and_pull)
    broken = run(batch, PIN, trusted)
    out.__exit__(None, None, None)
    assert broken.state == Job.State.FAILED
    assert broken.message.startswith("Đã ký 2/4 văn bản.")
    assert "Hãy cắm lại rồi ký tiếp" in broken.message
    assert states(batch) == [SIGNED, SIGNED, WAITING, WAITING]
    monkeypatch.setattr(bulk, "_sign_one", sign_one)
    chief = Actor.person(batch.person_id)
    with acting_as(chief):
        before = dict(batch.items.filter(state=SIGNED).values_list("id", "signed"))
    assert run(batch, PIN, trusted).state == Job.State.FINISHED
    assert states(batch) == [SIGNED] * 4
    with acting_as(chief):
        assert before.items() <= dict(batch.items.values_list("id", "signed")).items()
        assert SignedFile.objects.count() == 4
        last = SignedFile.objects.order_by("-id").first()
        assert check_file(store().path(last.blob_id), at=trusted.now()).verdict == Verdict.VALID
        assert last.provable_until is not None


def test_a_paper_that_cannot_be_signed_does_not_hold_up_the_others(
    trusted: TrustWorld, software_credential: object
) -> None:
    batch = batch_of(trusted, software_credential("chief"), [prepared(), b"%PDF-1.7 broken", prepared("Khac")])
    assert run(batch, "", trusted).state == Job.State.FINISHED
    assert states(batch) == [SIGNED, REFUSED, SIGNED]


def test_the_pin_is_nowhere_and_without_it_nothing_is_signed(
    trusted: TrustWorld, token_credential: Credential, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "9753108642"
    batch = batch_of(trusted, token_credential, [prepared()])
    assert run(batch, secret, trusted).state == Job.State.FAILED  # a wrong PIN
    assert states(batch) == [WAITING]
    again = Job.objects.none()
    by = Actor.person(batch.person_id)
    with acting_as(by):
        again = Batch.objects.get(pk=batch.pk).job
        Job.objects.filter(pk=again.pk).update(state=Job.State.WAITING)
    run_job(again.pk, by)  # as a worker would take it up
    with acting_as(by):
        assert "nhập lại mã PIN" in Job.objects.get(pk=again.pk).message
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            for (table,) in cursor.fetchall():
                cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
                if cursor.fetchone()[0]:
                    cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{secret}%"])
                    assert cursor.fetchone() == (0,), table
    assert secret not in caplog.text
    assert bulk._secrets == {}


def test_nothing_is_lost_when_the_papers_are_unsigned_pages(trusted: TrustWorld, software_credential: object) -> None:
    batch = batch_of(trusted, software_credential("chief"), [paper()])
    run(batch, "", trusted)
    assert states(batch) == [SIGNED]  # a place is made where none was prepared
