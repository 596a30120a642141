"""Files over HTTP: to who sees the record, safely named, never run by the browser, asked again each time."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.files.models import Attachment, QuarantineItem, Upload
from congso.kernel.files.tests import papers
from congso.kernel.files.tests.uploading import Send, again, work
from congso.kernel.journal.models import Entry
from congso.kernel.records.models import Record
from congso.kernel.records.types import RecordType, register_type

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[str], Client]


@pytest.fixture
def attachment(world: World, send: Send) -> Attachment:
    register_type(RecordType("thử", "Hồ sơ thử", Record, "web:home", "file"))
    upload = send(papers.pdf(pages=2), 'Kế hoạch "16".pdf')
    work(upload)
    with acting_as(Actor.person(world.clerk)):
        return Attachment.objects.select_related("blob").get()


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_who_sees_the_record_downloads_the_file(attachment: Attachment, signed_in: SignIn) -> None:
    response = signed_in("clerk").get(reverse("files:download", args=[attachment.pk]))
    assert body(response).startswith(b"%PDF")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("who", ["stranger", "agency_clerk", "administrator", "secrecy_officer"])
@pytest.mark.parametrize("address", ["download", "view", "page"])
def test_others_find_nothing(attachment: Attachment, signed_in: SignIn, who: str, address: str) -> None:
    more = [1, 800] if address == "page" else []
    assert signed_in(who).get(reverse(f"files:{address}", args=[attachment.pk, *more])).status_code == 404


def test_the_anonymous_are_sent_to_sign_in(attachment: Attachment, client: Client) -> None:
    assert client.get(reverse("files:download", args=[attachment.pk])).status_code == 302


def test_a_known_tag_is_answered_without_bytes_but_not_without_permission(
    attachment: Attachment, signed_in: SignIn
) -> None:
    address = reverse("files:download", args=[attachment.pk])
    tag = signed_in("clerk").get(address)["ETag"]
    assert signed_in("clerk").get(address, headers={"If-None-Match": tag}).status_code == 304
    assert signed_in("stranger").get(address, headers={"If-None-Match": tag}).status_code == 404


def test_a_pdf_opens_in_the_browser_under_its_own_policy(attachment: Attachment, signed_in: SignIn) -> None:
    response = signed_in("clerk").get(reverse("files:view", args=[attachment.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_pages_are_shown_as_pictures_and_kept(attachment: Attachment, signed_in: SignIn) -> None:
    client = signed_in("clerk")
    address = reverse("files:page", args=[attachment.pk, 2, 700])
    first, second = client.get(address), client.get(address)
    assert first["Content-Type"] == "image/webp"
    assert body(first) == body(second) != b""
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(reverse("files:page", args=[attachment.pk, 3, 700])).status_code == 404


def test_progress_is_told_to_the_uploader_and_the_clerks_only(world: World, send: Send, signed_in: SignIn) -> None:
    upload = send(b"", who="head")
    work(upload)
    address = reverse("files:progress", args=[upload.pk])
    for who in ("head", "clerk"):
        said = signed_in(who).get(address).json()
        assert (said["state"], "rỗng" in said["message"]) == ("refused", True)
    assert signed_in("stranger").get(address).status_code == 404


def test_what_cannot_be_read_again_says_so(send: Send, signed_in: SignIn) -> None:
    upload = send(b"")
    work(upload)
    response = signed_in("clerk").post(reverse("files:retry", args=[upload.pk]))
    assert (response.status_code, "Không nhận" in response.json()["message"]) == (409, True)
    assert again(upload).state == Upload.State.REFUSED


def test_the_quarantine_opens_to_the_officer_alone(world: World, send: Send, signed_in: SignIn) -> None:
    upload = send(papers.pdf("MẬT"))
    work(upload)
    with acting_as(Actor.person(world.secrecy_officer)):
        address = reverse("files:quarantined", args=[QuarantineItem.objects.get().pk])
    for who in ("clerk", "chief", "administrator", "reader"):
        assert signed_in(who).get(address).status_code == 404
    response = signed_in("secrecy_officer").get(address)
    assert body(response).startswith(b"%PDF")
    assert response["Cache-Control"] == "no-store"
    with acting_as(Actor.person(world.secrecy_officer)):
        assert Entry.objects.filter(act="files.quarantine_opened").count() == 1
