"""Searching documents: typed filters; in a real browser from a question to the page of the paper that answers."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.services.papers import receive_upload_as_document
from congso.apps.documents.services.registry import register_document
from congso.apps.documents.tests import factories
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.services import store_file
from congso.kernel.files.tests.papers import pdf
from congso.kernel.search.queries import search
from tests.browser import DESK, PHONE, assert_kind_to_everyone

TEXTS = (
    "QUYẾT ĐỊNH\nĐiều 1. Thành lập Tổ công tác sửa chữa cầu treo.",
    "Điều 2. Đồng chí Nguyễn Văn Thí Dụ làm Tổ trưởng; Phòng Tổng hợp là cơ quan thường trực.",
    "Điều 3. Kinh phí do ngân sách xã bảo đảm.",
)


def paper(world: Any) -> IncomingDocument:
    """A registered paper of three pages with their texts."""
    with factories.by(world.clerk) as clerk, TemporaryDirectory() as folder:
        path = Path(folder, "paper.pdf")
        path.write_bytes(pdf(pages=3))
        kept = store_file(path, media_type="application/pdf", pages=3, by=clerk, at=factories.NOW)
        upload = Upload(name="quyet-dinh.pdf", organization=world.organization("VPTU"), uploaded_at=factories.NOW)
        read = ReadUpload(upload, kept, None, TEXTS, (), factories.findings())
        document = receive_upload_as_document(read, clerk, factories.NOW)
        return register_document(document, entry=factories.entry(), by=clerk, at=factories.NOW, is_another=True)


@pytest.mark.django_db
def test_filters_know_kind_issuer_and_signer(world: Any) -> None:
    factories.registered(world, issuer_name="Ban Tổ chức Tỉnh ủy Mẫu", signer_name="Lê Văn Thừ", doc_type="notice")
    factories.registered(world, issuer_name="Sở Mẫu", signer_name="Trần Thị Khác", doc_type="plan")
    with acting_as(Actor.person(world.clerk)):
        for typed, count in (
            ("loại: thông báo", 1), ("loại: TB", 1), ("loại: kế hoạch", 1), ('người ký: "Lê Văn Thừ"', 1),
            ("người ký: thu", 1), ("người ký: Lê", 1), ("cơ quan: ban to chuc tinh uy mau", 1),
            ("loại: văn bản đến", 2),
            ("loại: thông báo người ký: Trần Thị Khác", 0), ("loại: thông báo cơ quan: Ban Tổ chức Tỉnh ủy Mẫu", 1),
        ):  # fmt: skip
            assert search(typed).total == count, typed


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_from_a_question_to_the_page_that_answers(world: Any, opened: Any) -> None:
    document = paper(world)
    with acting_as(Actor.person(world.clerk)):
        file = Attachment.objects.get(record_id=document.pk, role="original").pk
    page = opened("clerk", f"{reverse('web:search')}?q=ai+làm+tổ+trưởng+sửa+cầu+treo,+cơ+quan+thường+trực", DESK)
    assert_kind_to_everyone(page)
    answer = page.get_by_role("link", name=re.compile("Điều 2, trang 2"))
    expect(answer.locator("mark").first).to_be_visible()
    answer.click()
    expect(page).to_have_url(re.compile(rf"\?tep={file}#trang-2$"))
    expect(page.locator("#trang-2")).to_be_in_viewport()
    page.go_back()
    page.get_by_role("button", name="Lưu và báo khi có hồ sơ mới").click()
    expect(page.get_by_role("button", name="Thôi báo mỗi sáng")).to_be_visible()
    page.set_viewport_size(PHONE)
    assert_kind_to_everyone(page)
    page.set_viewport_size(DESK)
    page.get_by_text("Tìm kỹ hơn").click()
    page.get_by_label("Từ ngày").fill("1/1/2031")
    page.get_by_label("Từ ngày").press("Enter")
    expect(page.get_by_text("Không tìm thấy trong phạm vi bạn được xem")).to_be_visible()
    page.get_by_role("button", name="Bỏ câu tìm này").click()
    expect(page.get_by_text("Câu tìm đã lưu")).to_have_count(0)
