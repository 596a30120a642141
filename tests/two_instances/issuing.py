"""What the first portal's people do with a paper, from its draft to its sending. Each step starts on the page named."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from congso.kernel.composing.tests.faults import FAULTS
from congso.kernel.composing.tests.opened import edited
from congso.kernel.signing.testing import PIN
from tests.browser import DESK, PHONE, picture, press, send
from tests.two_instances.names import THEIR_NAME, THEIRS
from tests.two_instances.walking import Enter, until

PLANTED = ("margins.left", "font.other", "header.rule", "page_number.missing", "authority.prefix")
BODY = """- Căn cứ Quy định số 399-QĐ/TW, ngày 09/01/2026 của Bộ Chính trị;
I- MỤC ĐÍCH, YÊU CẦU
Nâng cao chất lượng tham mưu, phục vụ của các cơ quan đảng trên môi trường số.
II- NHIỆM VỤ
Các ban đảng, đảng ủy trực thuộc tổ chức thực hiện Kế hoạch này, báo cáo kết quả trước ngày 15 tháng 12."""
CHAIN = (
    ("head", "Duyệt, chuyển văn phòng thẩm định", "Chờ văn phòng thẩm định"),
    ("chief", "Đạt thể thức, trình lãnh đạo", "Chờ lãnh đạo phê duyệt"),
    ("secretary", "Phê duyệt, chuyển ký", "Chờ ký số"),
)
_ADDRESS = re.compile(r"/van-ban-di/\d+/$")


def stands(page: Page, state: str) -> None:
    """The record on the page is in this state."""
    expect(page.locator(".record-head")).to_contain_text(state)


def draft(page: Page, signer: int) -> str:
    """The drafter, on the empty draft; returns the document's address once its first version is printed and checked."""
    page.get_by_label("Cơ quan ban hành").select_option(label="Tỉnh ủy Thử Nghiệm")
    page.locator("[name=doc_type]").select_option("plan")
    page.locator("[name=title]").fill("Thực hiện chuyển đổi số năm 2027")
    page.locator("[name=content]").fill(BODY)
    page.locator("[name=recipients_text]").fill("- Các ban đảng Tỉnh ủy,\n- Lưu Văn phòng Tỉnh ủy.")
    page.locator("[name=authority]").select_option("on_behalf")
    page.locator("[name=authority_over]").fill("Ban Thường vụ")
    page.locator("[name=signer]").select_option(str(signer))
    picture(page, "outgoing-draft")
    return kept(page)


def replacement(page: Page, replaced: str, number: str) -> str:
    """The drafter begins the paper that replaces an issued one: the reason, then the draft that names it."""
    page.goto(replaced)
    press(page, "Soạn văn bản thay thế")
    page.get_by_label("Lý do thay thế").fill("Điều chỉnh thời hạn báo cáo.")
    send(page.get_by_role("button", name="Soạn văn bản thay thế"))
    page.locator("[name=title]").fill("Thực hiện chuyển đổi số năm 2027 (điều chỉnh)")
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    named = f"số {number}, ngày {today:%d/%m/%Y} của Tỉnh ủy Thử Nghiệm về thực hiện chuyển đổi số năm 2027"
    page.locator("[name=content]").fill(f"{BODY}\nKế hoạch này thay thế Kế hoạch {named}.")
    return kept(page)


def kept(page: Page) -> str:
    """Keep the draft and wait for its version."""
    send(page.get_by_role("button", name="Lưu dự thảo"))
    expect(page).to_have_url(_ADDRESS)
    stands(page, "Đang soạn thảo")
    address = page.url
    page.goto(address + "kiem-tra/")
    checked(page, 1)
    expect(page.locator(".finding-item .tag-bad")).to_have_count(0)
    return address


def checked(page: Page, version: int) -> None:
    """On preflight: until this version is read, printed and checked."""
    head = page.locator(".page-head", has_text=f"dự thảo lần {version} ·")
    until(page, head)


def opinions(page: Page, enter: Enter, address: str) -> None:
    """One unit is asked and has a point, which the drafter accepts in the consolidated table."""
    page.goto(address)
    press(page, "Xin ý kiến")
    page.get_by_label("Phòng Chuyển đổi số - Cơ yếu").check()
    page.locator("[name=due_on]").fill("04/12/2030")
    send(page.get_by_role("button", name="Gửi xin ý kiến"))
    stands(page, "Đang lấy ý kiến")
    head = enter("other_head", address, PHONE)
    send(head.get_by_role("link", name="Cho ý kiến"))
    head.get_by_label("Nhất trí, có ý kiến bổ sung").check()
    head.locator("[name=clause_1]").fill("Mục II")
    head.locator("[name=point_1]").fill("Nêu rõ thời hạn báo cáo.")
    picture(head, "outgoing-opinion")
    send(head.get_by_role("button", name="Gửi ý kiến"))
    expect(head.get_by_role("link", name="Cho ý kiến")).to_have_count(0)
    page.goto(address)
    press(page, "Kết thúc lấy ý kiến")
    stands(page, "Đang soạn thảo")
    page.goto(address + "tong-hop/")
    page.locator("[name^=outcome_]").select_option("accepted")
    send(page.get_by_role("button", name="Lưu tiếp thu"))
    expect(page.locator("[name^=outcome_]")).to_have_value("accepted")
    picture(page, "outgoing-opinions")


def plant_faults(page: Page, address: str, folder: Path) -> None:
    """The drafter takes the file out, breaks the form in five places in Word, brings it back: all five are found."""
    page.goto(address)
    with page.expect_download() as taken:
        page.locator(".version-item").first.get_by_role("link", name="Tải").click()
    data = taken.value.path().read_bytes()
    known = {fault.code: fault for fault in FAULTS}
    for code in PLANTED:
        data = edited(data, known[code].plant)
    path = folder / "ke-hoach-sua.docx"
    path.write_bytes(data)
    page.goto(address + "tep/")
    page.get_by_label("Tệp dự thảo").set_input_files(path)
    page.locator("[name=reason]").fill("Sửa trong Word")
    send(page.get_by_role("button", name="Tải lên"))
    page.goto(address + "kiem-tra/")
    checked(page, 2)
    for code in PLANTED:
        expect(page.locator(f'[data-code="{code}"]').first).to_be_visible()
    picture(page, "outgoing-preflight")
    page.goto(address + "so-sanh/?tu=1&den=2")
    expect(page.get_by_role("heading", name="So sánh")).to_be_visible()


def mend(page: Page, address: str) -> None:
    """The drafter has the form mended: none of the five is left, nothing that keeps the paper from going on."""
    page.goto(address + "kiem-tra/")
    send(page.get_by_role("button", name="Sửa tự động"))
    page.goto(address + "kiem-tra/")
    checked(page, 3)
    for code in PLANTED:
        expect(page.locator(f'[data-code="{code}"]')).to_have_count(0)
    expect(page.locator(".finding-item .tag-bad")).to_have_count(0)


def approvals(page: Page, enter: Enter, address: str) -> None:
    """The drafter submits; the unit, the office and the leader each approve."""
    page.goto(address)
    press(page, "Trình lãnh đạo đơn vị")
    stands(page, "Chờ lãnh đạo đơn vị duyệt")
    for who, act, then in CHAIN:
        page = enter(who, address, PHONE if who == "secretary" else DESK)
        press(page, act)
        stands(page, then)


def note(page: Page) -> None:
    """The leader's phone, on reading and signing: a note at a place of the page."""
    page.get_by_text("Ghi chú tại chỗ").click()
    page.locator(".viewer-sheet").first.click(position={"x": 120, "y": 200})
    page.get_by_label("Ghi chú", exact=True).fill("Đồng ý nội dung.")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.locator("[data-note]")).to_have_count(1)
    picture(page, "outgoing-sign")


def sign(page: Page) -> None:
    """The same page: the token's PIN."""
    page.locator("[name=pin]").fill(PIN)
    send(page.locator("#ky").get_by_role("button", name="Ký số"))
    stands(page, "Đã ký, chờ cấp số")


def issue(page: Page, number: str, *, is_first: bool = False) -> None:
    """The clerk, on the document: number and date, seal, the other portal as recipient, out."""
    press(page, "Cấp số, ngày")
    step = page.locator(".issue-steps [aria-current=step]")
    send(page.get_by_role("button", name="Cấp số"))
    expect(step).to_contain_text("Đóng dấu số")
    expect(page.locator(".page-head")).to_contain_text(number)
    send(page.get_by_role("button", name="Đóng dấu"))
    expect(step).to_contain_text("Kiểm tra lần cuối")
    address = page.url
    send(page.get_by_role("link", name="Sửa nơi nhận"))
    page.locator("[name=channel]").select_option("axis")
    page.locator("[name=name]").fill(THEIR_NAME)
    page.locator("[name=address]").fill(THEIRS)
    send(page.get_by_role("button", name="Thêm"))
    expect(page.locator(".recipient-item")).to_contain_text(THEIRS)
    page.goto(address)
    expect(page.get_by_text("Hợp lệ").first).to_be_visible()
    if is_first:
        picture(page, "outgoing-issue")
    send(page.get_by_role("button", name="Phát hành", exact=True))
    stands(page, "Đã phát hành")
    if is_first:
        picture(page, "outgoing-document")
