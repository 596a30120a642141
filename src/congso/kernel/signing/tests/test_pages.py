"""The screens: checking any PDF, one's certificates, a trial, a batch, the roots; on a phone and at a desk."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from playwright.sync_api import Page

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.files.models import Blob
from congso.kernel.signing.authorities.issuing import pem
from congso.kernel.signing.means import Level
from congso.kernel.signing.models import Credential
from congso.kernel.signing.testing import PIN, TOKEN, TrustWorld, paper, prepared
from congso.kernel.signing.tests.attacks import CASES
from congso.kernel.signing.tests.test_bulk import batch_of, run
from congso.kernel.signing.tests.test_pictures import written
from tests.browser import DESK, PHONE, assert_kind_to_everyone

CHECK = "/ky-so/kiem-tra/"


def upload(client: Client, pdf: bytes, address: str = CHECK) -> object:
    return client.post(address, {"file": SimpleUploadedFile("van-ban.pdf", pdf, "application/pdf")})


@pytest.mark.django_db
def test_any_member_of_staff_checks_any_pdf_and_nothing_is_kept(
    installed: Path, signed_in: Callable[[str], Client], trusted: TrustWorld, django_assert_max_num_queries: Callable
) -> None:
    client = signed_in("specialist")
    with django_assert_max_num_queries(25):
        answer = upload(client, trusted.signed(prepared(), level=Level.B_LT))
    assert b"Tr\xe1\xba\xa7n Th\xe1\xbb\xad Ch\xc3\xa1nh" in answer.content
    assert "Hợp lệ" in answer.content.decode()
    assert "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in answer.content.decode()
    forged = upload(client, CASES["certification, evil annotation: FreeText"](trusted)).content.decode()
    assert "Không hợp lệ" in forged
    assert "trả lại nơi gửi" in forged
    assert "Không có chữ ký số" in upload(client, paper()).content.decode()
    with acting_as(Actor.person(installed and 1)):
        assert not Blob.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"", b"MZ not a pdf", b"%PDF-1.7 /ByteRange [0 0 0 0]"])
def test_hostile_uploads_get_an_answer(installed: Path, signed_in: Callable[[str], Client], data: bytes) -> None:
    answer = upload(signed_in("clerk"), data)
    assert answer.status_code in {200, 422}
    assert "Hợp lệ" not in answer.content.decode()


@pytest.mark.django_db
def test_nobody_checks_without_signing_in(installed: Path) -> None:
    assert Client().get(CHECK).status_code == 302


@pytest.mark.django_db
def test_the_api_says_the_same(installed: Path, signed_in: Callable[[str], Client], trusted: TrustWorld) -> None:
    answer = upload(signed_in("clerk"), trusted.signed(prepared(), level=Level.B_LT), "/api/v1/signing/check")
    told = answer.json()
    assert (told["verdict"], told["signatures"][0]["level"]) == ("valid", "B-LT")


@pytest.mark.django_db
def test_a_certificate_is_taken_from_a_token_tried_and_stopped(
    world: World, installed: Path, token_key: object, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("chief")
    assert "chưa có chứng thư số" in client.get("/ky-so/chung-thu/").content.decode()
    wrong = client.post("/ky-so/chung-thu/them/token/", {"module": "SoftHSM", "token": "Khác"})
    assert "Không thấy thiết bị" in wrong.content.decode()
    assert client.post("/ky-so/chung-thu/them/token/", {"module": "SoftHSM", "token": TOKEN}).status_code == 302
    with acting_as(Actor.person(world.chief)):
        pk = Credential.objects.get().pk
    bad = client.post(f"/ky-so/chung-thu/{pk}/ky-thu/", {"pin": "999999"})
    assert (bad.status_code, b"999999" in bad.content) == (422, False)
    assert "Hợp lệ" in client.post(f"/ky-so/chung-thu/{pk}/ky-thu/", {"pin": PIN}).content.decode()
    assert signed_in("clerk").get(f"/ky-so/chung-thu/{pk}/ky-thu/").status_code == 404
    client.post(f"/ky-so/chung-thu/{pk}/ngung/", {"reason": "Chuyển công tác"})
    assert "Đã ngừng dùng" in client.get("/ky-so/chung-thu/").content.decode()
    other = signed_in("specialist").post("/ky-so/chung-thu/them/token/", {"module": "SoftHSM", "token": TOKEN})
    assert "không phải tên của bạn" in other.content.decode()


@pytest.mark.django_db
def test_roots_are_the_administrators_to_keep(
    installed: Path, signed_in: Callable[[str], Client], trusted: TrustWorld
) -> None:
    assert signed_in("clerk").get("/ky-so/goc-tin-cay/").status_code == 403
    client = signed_in("administrator")
    root = SimpleUploadedFile("goc.pem", pem(trusted.authorities.root.certificate))
    assert client.post("/ky-so/goc-tin-cay/", {"file": root, "reason": "Thử", "is_test": "on"}).status_code == 302
    assert "Gốc chứng thực THỬ NGHIỆM" in client.get("/ky-so/goc-tin-cay/").content.decode()
    nothing = SimpleUploadedFile("goc.pem", b"xin chao")
    assert client.post("/ky-so/goc-tin-cay/", {"file": nothing, "reason": "Thử"}).status_code == 422


def shoot(page: Page, name: str) -> None:
    """A picture for whoever looks at the screens by hand (SHOTS=folder)."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_screens_are_kind_to_everyone(  # noqa: PLR0917 - fixtures
    opened: Callable[..., Page], installed: Path, trusted: TrustWorld, software_credential: object,
    tmp_path: Path, size: dict[str, int],
) -> None:  # fmt: skip
    name = "phone" if size is PHONE else "desk"

    def make() -> int:
        batch = batch_of(trusted, software_credential("chief"), [prepared(), b"%PDF-1.7 broken", prepared("Khac")])
        run(batch, "", trusted)
        poisoned = CASES["certification: a number filled before the seal is replaced after it"](trusted)
        (tmp_path / "van-ban.pdf").write_bytes(poisoned)
        connection.close()
        return batch.pk

    with ThreadPoolExecutor(1) as apart:  # this thread runs the browser's event loop
        batch = apart.submit(make).result()
    page = opened("chief", CHECK, size)
    page.set_input_files("input[type=file]", tmp_path / "van-ban.pdf")
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    page.get_by_text("điền lại sau khi ký").first.wait_for()
    for address, shot in (("", "check"), ("/ky-so/chung-thu/", "credentials"), (f"/ky-so/lo/{batch}/", "batch")):
        if address:
            page.goto(address)
        assert_kind_to_everyone(page)
        shoot(page, f"{shot}-{name}")
    (tmp_path / "chu-ky.png").write_bytes(written())
    page.goto("/ky-so/hinh/")
    page.set_input_files("input[type=file]", tmp_path / "chu-ky.png")
    page.get_by_role("button", name="Lưu ảnh").click()
    page.get_by_role("img", name="Ảnh chữ ký").wait_for()
    assert_kind_to_everyone(page)
    shoot(page, f"pictures-{name}")
    page.goto("/ky-so/chung-thu/")
    page.get_by_role("link", name="Ký thử bằng").click()
    page.get_by_label("Mã PIN").fill(" ")
    page.get_by_role("button", name="Ký thử", exact=True).click()
    page.locator("#report-verdict, .field-errors").first.wait_for()
    assert_kind_to_everyone(page)
    shoot(page, f"trial-{name}")
