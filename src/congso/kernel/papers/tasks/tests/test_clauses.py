"""Tasks in sentences: orders, duties by unit, labelled lines; and what is none."""

# ruff: noqa: E501 - sentences are easier to read whole

from datetime import date

import pytest

from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.papers.tasks import read_tasks
from congso.lib.layout import Box, Paragraph, Place

ISSUED = date(2025, 8, 11)


def read(*lines: str) -> list[TaskProposal]:
    """Lines as paragraphs; one that begins with * is bold."""
    blocks = [Paragraph(line.lstrip("*"), is_bold=line.startswith("*")) for line in lines]
    return read_tasks(blocks, issued_on=ISSUED)


@pytest.mark.parametrize(
    ("line", "lead", "supporting", "due"),
    [
        (
            "Giao Đảng ủy UBND tỉnh chủ trì, phối hợp với Ban Tổ chức Tỉnh ủy và Sở Nội vụ rà soát, xong trước ngày 30/9/2025.",
            "Đảng ủy UBND tỉnh", ("Ban Tổ chức Tỉnh ủy", "Sở Nội vụ"), "2025-09-30",
        ),
        ("Văn phòng Tỉnh ủy có trách nhiệm tổng hợp, báo cáo trong quý IV/2025.", "Văn phòng Tỉnh ủy", (), "2025-12-31"),
        ("Nâng cấp mạng nội bộ (Văn phòng Tỉnh ủy chủ trì, hoàn thành năm 2026).", "Văn phòng Tỉnh ủy", (), "2026"),
        ("Căn cứ Kế hoạch này, các đảng ủy xã, phường xây dựng kế hoạch trong tháng 8/2025.", "các đảng ủy xã, phường", (), "2025-08-31"),
        ("Ban Thường vụ Tỉnh ủy yêu cầu Ban Nội chính Tỉnh ủy báo cáo chậm nhất ngày 05/9/2025.", "Ban Nội chính Tỉnh ủy", (), "2025-09-05"),
        ("Ban Tổ chức Tỉnh ủy rà soát theo Quy định số 22-QĐ/TW, ngày 28/7/2021; xong trước 15/10.", "Ban Tổ chức Tỉnh ủy", (), "2025-10-15"),
    ],
)  # fmt: skip
def test_an_order_gives_who_with_whom_and_by_when(line: str, lead: str, supporting: tuple[str, ...], due: str) -> None:
    tasks = read("1. " + line)
    assert [(task.clause, task.lead, task.supporting, task.due) for task in tasks] == [("1", lead, supporting, due)]


def test_duties_below_a_heading_belong_to_its_unit() -> None:
    tasks = read(
        "*IV. TỔ CHỨC THỰC HIỆN",
        "*2. Văn phòng Tỉnh ủy",
        "- Theo dõi, đôn đốc việc thực hiện; định kỳ hằng tháng báo cáo.",
        "a) Chủ trì tập huấn sử dụng hệ thống",
    )
    assert [(task.clause, task.lead, task.recurrence) for task in tasks] == [
        ("IV.2", "Văn phòng Tỉnh ủy", "monthly"),
        ("IV.2.a", "Văn phòng Tỉnh ủy", None),
    ]


def test_a_unit_before_a_colon_has_the_duty_after_it() -> None:
    tasks = read("*IV. TỔ CHỨC THỰC HIỆN", "3. Đảng ủy UBND tỉnh: Lãnh đạo bố trí kinh phí.")
    assert [(task.clause, task.lead) for task in tasks] == [("IV.3", "Đảng ủy UBND tỉnh")]


def test_labelled_lines_make_the_paragraph_above_a_task() -> None:
    tasks = read(
        "*III. NHIỆM VỤ",
        "1. Xây dựng quy chế",
        "- Cơ quan chủ trì: Ban Tổ chức Tỉnh ủy.",
        "- Cơ quan phối hợp: Văn phòng Tỉnh ủy; UBKT Tỉnh ủy.",
        "- Thời gian hoàn thành: Quý III/2025.",
        "- Sản phẩm: Quy chế.",
    )
    assert [(task.clause, task.text, task.lead, task.due, task.product) for task in tasks] == [
        ("III.1", "Xây dựng quy chế", "Ban Tổ chức Tỉnh ủy", "2025-09-30", "Quy chế")
    ]
    assert tasks[0].supporting == ("Văn phòng Tỉnh ủy", "UBKT Tỉnh ủy")


def test_purposes_targets_bases_and_intentions_are_no_tasks() -> None:
    assert (
        read(
            "Căn cứ Quyết định số 204-QĐ/TW, ngày 29/11/2024 của Ban Bí thư;",
            "Ban Thường vụ Tỉnh ủy ban hành Kế hoạch như sau:",
            "*I. MỤC ĐÍCH, YÊU CẦU",
            "1. Các cấp ủy xác định rõ trách nhiệm, hoàn thành trước năm 2028.",
            "*II. MỤC TIÊU",
            "- 100% cơ quan đảng được trang bị thiết bị trong năm 2025.",
            "*III. NHIỆM VỤ",
            "1. Đẩy mạnh tuyên truyền, nâng cao nhận thức về chuyển đổi số.",
            "2. Các cấp ủy, tổ chức đảng tiếp tục quán triệt nghị quyết.",
            "*IV. TỔ CHỨC THỰC HIỆN",
            "Trong quá trình thực hiện, nếu có vướng mắc, các cơ quan phản ánh về Văn phòng Tỉnh ủy.",
            "Kế hoạch này được phổ biến đến chi bộ.",
            "Nơi nhận:",
            "- Ban Tổ chức Trung ương: theo dõi, chỉ đạo,",
        )
        == []
    )


def test_a_misread_roman_number_is_put_right_by_the_order() -> None:
    tasks = read("I. MỤC ĐÍCH", "lI. NHIỆM VỤ", "1. Giao Văn phòng Tỉnh ủy chủ trì số hóa tài liệu trong năm 2026.")
    assert [task.clause for task in tasks] == ["II.1"]


def test_a_sentence_that_a_page_cut_is_read_whole() -> None:
    place = Place(1, Box(0, 0, 100, 10))
    tasks = read_tasks(
        [
            Paragraph("1. Văn phòng Tỉnh ủy tổng hợp, báo cáo", place=place),
            Paragraph("chậm nhất ngày 20/10/2025.", place=place),
        ],
        issued_on=ISSUED,
    )
    assert [task.due for task in tasks] == ["2025-10-20"]
    assert tasks[0].places


def test_the_day_at_the_head_gives_the_year() -> None:
    tasks = read_tasks(
        [
            Paragraph("Lào Cai, ngày 11 tháng 8 năm 2025"),
            Paragraph("1. Giao Văn phòng Tỉnh ủy tổng hợp, báo cáo trước ngày 15/9."),
        ]
    )
    assert [task.due for task in tasks] == ["2025-09-15"]


@pytest.mark.parametrize("line", ["Giao " * 3000, "1." * 5000, "(" * 5000, "Văn phòng " * 2000, "phối hợp với " * 2000])
def test_hostile_text_ends_quickly(line: str) -> None:
    assert len(read("*IV. TỔ CHỨC THỰC HIỆN", line, "1. " + line)) <= 4


def test_a_sentence_that_begins_with_a_capital_bearing_accents_does_not_go_on_from_a_heading() -> None:
    lines = [
        "Ban Thường vụ kết luận như sau:",
        "1. Về công tác dân vận",
        "Ủy ban MTTQ Việt Nam xã chủ trì tổ chức Ngày hội tại các thôn, xong trước ngày 18/11/2026.",
    ]
    place = Place(1, Box(85, 100, 550, 118))
    (task,) = read_tasks([Paragraph(line, place, confidence=0.95) for line in lines])
    assert (task.clause, task.lead, task.due) == ("1", "Ủy ban MTTQ Việt Nam xã", "2026-11-18")
