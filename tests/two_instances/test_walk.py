"""One paper's whole way in a real browser, between two portals: drafted, discussed, checked and mended, approved three
times, signed with a key in a SoftHSM token on a phone, numbered, sealed, issued over the axis; received, judged,
registered and answered there at every step; recalled and replaced; in both portals' dossiers; archived, its package
taken out, the dossier wiped, and put back the same.

Web, worker and axis are processes under the product's supervisor; what a worker does is waited for, never done here.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from congso.apps.dossiers.tests.test_packages import wipe
from congso.kernel.signing.testing import trust_world
from tests.browser import DESK, PHONE, doors, picture, press, send
from tests.journeys.archiving import close, hand_over
from tests.journeys.archiving import receive as take_into_archive
from tests.two_instances import issuing, receiving
from tests.two_instances.instances import Portals, inside, two_portals
from tests.two_instances.names import OFFICE, SIGNER
from tests.two_instances.walking import Enter, until_told

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portals]:
    with trust_world() as trusted, two_portals(tmp_path_factory.mktemp("portals"), trusted) as both:
        yield both


@pytest.fixture
def enter(portals: Portals, browser: Browser) -> Iterator[tuple[Enter, Enter]]:
    """`first("clerk", "/", PHONE)`, `second(…)`: a page of one of the cast in the one or the other portal."""
    with doors(browser) as door:

        def of(portal: str, who: str, address: str, size: dict[str, int] = DESK) -> Page:
            office = getattr(portals, portal)
            return door(f"http://localhost:{office.port}", office.people["sessions"][who], address, size)

        yield partial(of, "first"), partial(of, "second")


def test_a_paper_goes_from_its_draft_into_both_archives_and_back_out_of_a_package(
    portals: Portals, enter: tuple[Enter, Enter], tmp_path: Path
) -> None:
    first, second = enter
    address = drafted(first, portals, tmp_path)
    clerk, there = first("clerk", address), second("clerk", receiving.PACKETS)
    issuing.issue(clerk, "01-KH/TU", is_first=True)
    document, paper = received_and_answered(clerk, there, second, portals, tmp_path)
    newer = replaced(address, clerk, there, first, portals)
    there.goto(document)
    issuing.stands(there, "Đã thu hồi")
    refused_and_recalled(clerk, there, portals)
    for page in (first("head", portals.dossier), second("clerk", portals.dossier)):
        expect(page.locator(".entry")).to_have_count(2)
        expect(page.locator(".entries")).to_contain_text("01-KH/TU")
        expect(page.locator(".entries")).to_contain_text("02-KH/TU")
    clerk.goto("/van-ban-di/so/")
    expect(clerk.locator("main").get_by_text("02-KH/TU").first).to_be_visible()
    picture(clerk, "outgoing-book")
    archived(first, portals)
    restored(clerk, portals, paper, tmp_path)
    clerk.goto(newer)
    issuing.stands(clerk, "Đã phát hành")


def drafted(first: Enter, portals: Portals, folder: Path) -> str:
    """The first portal's paper, ready for its number; returns its address."""
    specialist = first("specialist", "/van-ban-di/soan/")
    address = issuing.draft(specialist, portals.first.people["people"]["secretary"])
    issuing.opinions(specialist, first, address)
    issuing.plant_faults(specialist, address, folder)
    issuing.mend(specialist, address)
    issuing.approvals(specialist, first, address)
    phone = first("secretary", address + "doc-ky/", PHONE)
    issuing.note(phone)
    issuing.sign(phone)
    return address


def received_and_answered(clerk: Page, there: Page, second: Enter, portals: Portals, folder: Path) -> tuple[str, bytes]:
    """Through the second portal's register to its end, each step told to the first.

    Returns the document's address there and the paper as it came.
    """
    clerk.goto(clerk.url + "noi-nhan/")
    receiving.accept(there, "Văn bản mới 01-KH/TU", portals)
    until_told(clerk, "01 Đã đến", portals)
    document = receiving.register(there, "01-KH/TU", 1)
    until_told(clerk, "03 Đã tiếp nhận", portals)
    paper = receiving.validate(there, document, (SIGNER, OFFICE), folder)
    assert hashlib.sha256(paper).hexdigest() == issued_digest(portals, "01-KH/TU")
    there.goto(document)
    receiving.present(there)
    receiving.direct(second("secretary", document, PHONE))
    until_told(clerk, "04 Phân công", portals)
    head = second("head", document)
    until_told(clerk, "05 Đang xử lý", portals)
    receiving.complete(head)
    until_told(clerk, "06 Hoàn thành", portals)
    picture(clerk, "outgoing-recipients")
    return document, paper


def issued_digest(portals: Portals, number: str) -> str:
    """SHA-256 of the paper the first portal issued."""
    query = (
        "SELECT paper_sha256 FROM outgoing_outgoingdocument d JOIN records_record r ON r.id = d.record_ptr_id"
        " WHERE r.number = %s"
    )
    return str(portals.first.rows(query, number)[0][0])


def replaced(address: str, clerk: Page, there: Page, first: Enter, portals: Portals) -> str:
    """A second paper replaces the first on both sides; returns its address."""
    specialist = first("specialist", address)
    newer = issuing.replacement(specialist, address, "01-KH/TU")
    issuing.approvals(specialist, first, newer)
    issuing.sign(first("secretary", newer + "doc-ky/", PHONE))
    clerk.goto(newer)
    issuing.issue(clerk, "02-KH/TU")
    receiving.accept(there, "Thay thế 02-KH/TU", portals)
    receiving.register(there, "02-KH/TU", 2)
    clerk.goto(address)
    issuing.stands(clerk, "Đã được thay thế")
    clerk.goto(address + "noi-nhan/")
    until_told(clerk, "15 Đồng ý lấy lại", portals)
    return newer


def refused_and_recalled(clerk: Page, there: Page, portals: Portals) -> None:
    """Of two more papers one is sent back by the second portal, the other recalled by the first."""
    unwanted, wrong = inside(portals.first, "notices")["issued"]
    receiving.refuse(there, "Văn bản mới 01-TB/TU", portals)
    clerk.goto(unwanted + "noi-nhan/")
    until_told(clerk, "02 Từ chối tiếp nhận", portals)
    taken = receiving.accept(there, "Văn bản mới 02-TB/TU", portals)
    clerk.goto(wrong)
    press(clerk, "Thu hồi văn bản")
    asked = clerk.get_by_role("dialog")
    asked.get_by_label("Lý do").fill("Số liệu chưa đúng.")
    send(asked.get_by_role("button", name="Thu hồi văn bản"))
    issuing.stands(clerk, "Đã thu hồi")
    receiving.agree(there, "Thu hồi 02-TB/TU", portals)
    there.goto(taken)
    issuing.stands(there, "Đã thu hồi")
    clerk.goto(wrong + "noi-nhan/")
    until_told(clerk, "15 Đồng ý lấy lại", portals)


def archived(first: Enter, portals: Portals) -> None:
    """The first portal's dossier, with both papers, closed, handed over and accepted."""
    close(first("head", portals.dossier), unseen)
    hand_over(first("specialist", portals.dossier), unseen)
    take_into_archive(first("clerk", "/ho-so/nop-luu/"), portals.title, unseen)


def unseen(_page: Page, _name: str) -> None:
    """The archive's own walk looks at these screens."""


def restored(clerk: Page, portals: Portals, paper: bytes, folder: Path) -> None:
    """Its package holds what was sent; wiped from rows and disk, the dossier comes back from it and packs the same."""
    clerk.goto(portals.dossier)
    before = package(clerk, folder / "before.zip")
    with zipfile.ZipFile(before) as book:
        digests = {hashlib.sha256(book.read(name)).hexdigest() for name in book.namelist() if "/rep1/data/" in name}
    assert {hashlib.sha256(paper).hexdigest(), issued_digest(portals, "02-KH/TU")} <= digests
    pk = int(portals.dossier.strip("/").rpartition("/")[2])
    of_dossier = (
        "SELECT sha256 FROM dossiers_archivedfile f JOIN dossiers_entry e ON e.id = f.entry_id WHERE e.dossier_id = %s"
    )
    kept = {digest for (digest,) in portals.first.rows(of_dossier, pk)}
    blobs = [portals.first.places.files / "blobs" / one[:2] / one[2:4] / one for one in kept]
    with psycopg.connect(portals.first.connections.owner_url) as owner:
        wipe(owner, pk)
    for blob in blobs:
        blob.unlink()
    response = clerk.goto(portals.dossier)
    assert response is not None
    assert response.status == 404
    clerk.goto("/ho-so/luu-tru/nhap-goi/")
    clerk.locator("main [type=file]").set_input_files(before)
    send(clerk.get_by_role("button", name="Kiểm tra và nhập"))
    issuing.stands(clerk, "Đã nộp (hiện hành)")
    expect(clerk.locator(".entry")).to_have_count(2)
    assert all(blob.is_file() for blob in blobs)
    assert package(clerk, folder / "after.zip").read_bytes() == before.read_bytes()


def package(page: Page, path: Path) -> Path:
    """The dossier's AIP."""
    with page.expect_download() as taken:
        page.get_by_role("link", name="Xuất gói AIP").click()
    taken.value.save_as(path)
    return path
