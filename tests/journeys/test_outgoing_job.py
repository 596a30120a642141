"""The life of an outgoing document in a real browser: drafted, discussed, checked and mended, approved three times,
signed with a key in a SoftHSM token on a phone, numbered, sealed, issued; another office registers it, and its answer
comes back.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from congso.apps.outgoing.models import DraftVersion, OutgoingDocument
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.composing.tests.faults import FAULTS
from congso.kernel.composing.tests.opened import edited
from congso.kernel.directory.testing import World
from congso.kernel.exchange.inside import carry_inside
from congso.kernel.files.configuration import store
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import run_job
from congso.kernel.signing.authorities.issuing import pem, save_holder
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.testing import MODULE, PIN, TOKEN, TrustWorld, key_in_token, trust_world
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"
SIGNER = "Lê Mẫu Bí Thư"
PLANTED = ("margins.left", "font.other", "header.rule", "page_number.missing", "authority.prefix")
BODY = """- Căn cứ Quy định số 399-QĐ/TW, ngày 09/01/2026 của Bộ Chính trị;
I- MỤC ĐÍCH, YÊU CẦU
Nâng cao chất lượng tham mưu, phục vụ của các cơ quan đảng trên môi trường số.
II- NHIỆM VỤ
Các ban đảng, đảng ủy trực thuộc tổ chức thực hiện Kế hoạch này, báo cáo kết quả trước ngày 15 tháng 12."""


@pytest.fixture(scope="module")
def trusted() -> Iterator[TrustWorld]:
    with trust_world() as made:
        yield made


@pytest.fixture
def office(
    world: World, trusted: TrustWorld, tmp_path_factory: pytest.TempPathFactory, settings: Any, db: None
) -> World:
    """A term, the signer's key in a token, the office's seal as a software key; all trusted as tests."""
    from congso.apps.outgoing.tests import factories
    from congso.kernel.directory.models import Organization, Person
    from congso.kernel.signing.models import Credential
    from congso.kernel.signing.services import register_credential

    folder = tmp_path_factory.mktemp("signing")
    for part in ("trust/test", "trust/chain", "secrets/test-authorities"):
        (folder / part).mkdir(parents=True)
    (folder / "trust/test/root.pem").write_bytes(pem(trusted.authorities.root.certificate))
    (folder / "trust/chain/issuing.pem").write_bytes(pem(trusted.authorities.issuing.certificate))
    settings.TRUST_DIR, settings.DATA_DIR = folder / "trust", folder
    settings.TIMESTAMP_URL = f"{trusted.authorities.address}/tsa"
    settings.PKCS11_MODULES = {"SoftHSM": str(MODULE)}
    factories.open_term(world)
    token = key_in_token(trusted, SIGNER)
    secretary, clerk, now = Actor.person(world.secretary), Actor.person(world.clerk), datetime.now(UTC)
    with acting_as(secretary):
        register_credential(
            token.certificate, provider=Credential.Provider.TOKEN,
            details={"module": "SoftHSM", "token": TOKEN, "key": token.key_label},
            person=Person.objects.get(pk=world.secretary), by=secretary, at=now,
        )  # fmt: skip
    with acting_as(clerk):
        seal = Organization.objects.get(pk=world.organizations["VPTU"])
        holder = trusted.authorities.issue(seal.name, organization=seal.name, at=trusted.born)
        save_holder(holder, folder / "secrets/test-authorities", "con-dau")
        register_credential(
            as_asn1(holder.certificate), provider=Credential.Provider.SOFTWARE, details={"name": "con-dau"},
            organization=seal, by=clerk, at=now,
        )  # fmt: skip
    return world


def in_thread(work: Any) -> None:
    """Django's calls beside Playwright's loop."""
    problems: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            problems.append(error)
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    if problems:
        raise problems[0]


def work_off(person_id: int) -> None:
    """What the worker does with a person's waiting jobs, and with what those queue."""

    def run() -> None:
        actor = Actor.person(person_id)
        for _round in range(3):
            with acting_as(actor):
                waiting = list(Job.objects.filter(state=Job.State.WAITING).order_by("pk").values_list("pk", flat=True))
            for job_id in waiting:
                run_job(job_id, actor)

    in_thread(run)


def newest(world: World) -> tuple[OutgoingDocument, DraftVersion]:
    with acting_as(Actor.person(world.specialist)):
        document = OutgoingDocument.objects.latest("pk")
        return document, document.last_version  # type: ignore[return-value]


def picture(page: Page, name: str) -> None:
    assert_kind_to_everyone(page)
    if os.environ.get("SCREENSHOTS"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)


def press(page: Page, name: str) -> None:
    """The document's act: an own page's link or a button that asks first, then its form."""
    bar = page.locator(".act-bar")
    found = bar.get_by_role("link", name=name).or_(bar.get_by_role("button", name=name))
    if not found.first.is_visible():
        bar.locator("summary").click()
    found.first.click()


def test_a_plan_is_drafted_checked_signed_issued_and_received(office: World, opened: Any, tmp_path: Path) -> None:
    specialist = opened("specialist", "/van-ban-di/soan/", DESK)
    address = draft(specialist, office)
    opinions(specialist, opened, address, office)
    plant_faults(specialist, address, office, tmp_path)
    mend(specialist, address, office)
    approvals(specialist, opened, address)
    sign(opened("secretary", address + "doc-ky/", PHONE))
    clerk = opened("clerk", address, DESK)
    issue(clerk)
    in_thread(lambda: carry_inside(at=datetime.now(UTC)))
    register(opened("agency_clerk", "/van-ban-den/tiep-nhan/", DESK))
    in_thread(lambda: carry_inside(at=datetime.now(UTC) + timedelta(seconds=5)))
    clerk.goto(address + "noi-nhan/")
    expect(clerk.get_by_text("03 Đã tiếp nhận")).to_be_visible()
    picture(clerk, "outgoing-recipients")
    clerk.goto("/van-ban-di/so/")
    expect(clerk.locator("main").get_by_text("01-KH/TU").first).to_be_visible()
    picture(clerk, "outgoing-book")


def draft(page: Page, world: World) -> str:
    page.get_by_label("Cơ quan ban hành").select_option(label="Tỉnh ủy Thử Nghiệm")
    page.locator("[name=doc_type]").select_option("plan")
    page.locator("[name=title]").fill("Thực hiện chuyển đổi số năm 2027")
    page.locator("[name=content]").fill(BODY)
    page.locator("[name=recipients_text]").fill("- Các ban đảng Tỉnh ủy,\n- Lưu Văn phòng Tỉnh ủy.")
    page.locator("[name=authority]").select_option("on_behalf")
    page.locator("[name=authority_over]").fill("Ban Thường vụ")
    page.locator("[name=signer]").select_option(str(world.secretary))
    picture(page, "outgoing-draft")
    page.get_by_role("button", name="Lưu dự thảo").click()
    expect(page.get_by_text("Đang soạn thảo").first).to_be_visible()
    work_off(world.specialist)
    page.reload()
    expect(page.get_by_text("Lần 1").first).to_be_visible()
    return page.url


def opinions(page: Page, opened: Any, address: str, world: World) -> None:
    press(page, "Xin ý kiến")
    page.get_by_label("Phòng Chuyển đổi số - Cơ yếu").check()
    page.locator("[name=due_on]").fill("04/12/2030")
    page.get_by_role("button", name="Gửi xin ý kiến").click()
    expect(page.get_by_text("Đang lấy ý kiến").first).to_be_visible()
    head = opened("other_head", address, PHONE)
    head.get_by_role("link", name="Cho ý kiến").click()
    head.get_by_label("Nhất trí, có ý kiến bổ sung").check()
    head.locator("[name=clause_1]").fill("Mục II")
    head.locator("[name=point_1]").fill("Nêu rõ thời hạn báo cáo.")
    picture(head, "outgoing-opinion")
    head.get_by_role("button", name="Gửi ý kiến").click()
    expect(head.get_by_text("Đã gửi ý kiến").first).to_be_visible()
    page.goto(address)
    press(page, "Kết thúc lấy ý kiến")
    expect(page.get_by_text("Đã thực hiện: Kết thúc lấy ý kiến").first).to_be_visible()
    page.goto(address + "tong-hop/")
    page.locator("[name^=outcome_]").select_option("accepted")
    page.get_by_role("button", name="Lưu tiếp thu").click()
    expect(page.get_by_text("Nêu rõ thời hạn báo cáo.")).to_be_visible()
    picture(page, "outgoing-opinions")


def plant_faults(page: Page, address: str, world: World, folder: Path) -> None:
    """Word edits that break the form in five places, brought back as a file."""
    _document, version = newest(world)
    data = store().path(version.attachment.blob_id).read_bytes()
    known = {fault.code: fault for fault in FAULTS}
    chosen = [known[code] for code in PLANTED if code in known]
    chosen += [one for one in FAULTS if one.is_repairable and one not in chosen][: 5 - len(chosen)]
    for fault in chosen:
        data = edited(data, fault.plant)
    path = folder / "ke-hoach-sua.docx"
    path.write_bytes(data)
    page.goto(address + "tep/")
    page.get_by_label("Tệp dự thảo").set_input_files(path)
    page.locator("[name=reason]").fill("Sửa trong Word")
    page.get_by_role("button", name="Tải lên").click()
    work_off(world.specialist)
    page.goto(address + "kiem-tra/")
    for fault in chosen:
        expect(page.locator(f'[data-code="{fault.code}"]').first).to_be_visible()
    picture(page, "outgoing-preflight")
    page.goto(address + "so-sanh/?tu=1&den=2")
    expect(page.get_by_role("heading", name="So sánh")).to_be_visible()


def mend(page: Page, address: str, world: World) -> None:
    page.goto(address + "kiem-tra/")
    page.get_by_role("button", name="Sửa tự động").click()
    work_off(world.specialist)
    page.goto(address + "kiem-tra/")
    _document, version = newest(world)
    assert version.place == 3
    assert version.errors == [], version.errors


def approvals(page: Page, opened: Any, address: str) -> None:
    page.goto(address)
    press(page, "Trình lãnh đạo đơn vị")
    expect(page.get_by_text("Đã thực hiện: Trình lãnh đạo đơn vị").first).to_be_visible()
    steps = (
        ("head", "Duyệt, chuyển văn phòng thẩm định"), ("chief", "Đạt thể thức, trình lãnh đạo"),
        ("secretary", "Phê duyệt, chuyển ký"),
    )  # fmt: skip
    for who, act in steps:
        page = opened(who, address, PHONE if who == "secretary" else DESK)
        press(page, act)
        expect(page.get_by_text(f"Đã thực hiện: {act}").first).to_be_visible()


def sign(page: Page) -> None:
    """A leader's phone: a note at a place, then the signature by the token's PIN."""
    page.get_by_text("Ghi chú tại chỗ").click()
    page.locator(".viewer-sheet").first.click(position={"x": 120, "y": 200})
    page.get_by_label("Ghi chú", exact=True).fill("Đồng ý nội dung.")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.locator("[data-note]")).to_have_count(1)
    picture(page, "outgoing-sign")
    page.locator("[name=pin]").fill(PIN)
    page.locator("#ky").get_by_role("button", name="Ký số").click()
    expect(page.get_by_text("Đã ký số").first).to_be_visible()


def issue(page: Page) -> None:
    press(page, "Cấp số, ngày")
    page.get_by_role("button", name="Cấp số").click()
    expect(page.get_by_text("01-KH/TU").first).to_be_visible()
    page.get_by_role("button", name="Đóng dấu").click()
    expect(page.get_by_text("Hợp lệ", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Sửa nơi nhận").click()
    page.get_by_label("Ban Tổ chức Tỉnh ủy Thử Nghiệm").check()
    page.get_by_role("button", name="Thêm").click()
    page.go_back()
    page.goto(page.url.replace("noi-nhan", "phat-hanh"))
    picture(page, "outgoing-issue")
    page.get_by_role("button", name="Phát hành").click()
    expect(page.get_by_text("Đã phát hành 01-KH/TU").first).to_be_visible()
    picture(page, "outgoing-document")


def register(page: Page) -> None:
    """The other office: it stands in the register by itself, with its fields filled."""
    page.locator("#waiting").get_by_role("link", name="01-KH/TU").click()
    expect(page.locator("[name=number]")).to_have_value("01-KH/TU")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("số đến 1", exact=False).first).to_be_visible()
