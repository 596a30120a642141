"""Tables of tasks in all the shapes offices and scans give them."""

from collections.abc import Sequence

from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.papers.tasks import read_tasks
from congso.lib.layout import Block, Box, Cell, Paragraph, Place, Table

HEAD = ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"]
ANNEX = Paragraph("PHỤ LỤC", is_bold=True)
UP, LEFT = "^", "<"


def table(*rows: Sequence[str], page: int | None = None) -> Table:
    """Rows of texts; UP and LEFT merge a cell with the one above or on its left."""
    cells = []
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text in (UP, LEFT):
                continue
            down = right = 1
            while number + down < len(rows) and rows[number + down][column] == UP:
                down += 1
            while column + right < len(row) and row[column + right] == LEFT:
                right += 1
            box = Box(60 * column, 20 * number, 60 * (column + right), 20 * (number + down))
            cells.append(Cell(number, column, text, down, right, Place(page, box) if page else None))
    return Table(len(rows), len(rows[0]), tuple(cells))


def read(*blocks: Block) -> list[TaskProposal]:
    return read_tasks([ANNEX, *blocks])


def clauses(tasks: Sequence[TaskProposal]) -> list[str]:
    return [task.clause for task in tasks]


def test_sections_give_the_clause_and_the_chapter() -> None:
    tasks = read(
        table(
            HEAD,
            ["I", "Hạ tầng", LEFT, LEFT, LEFT],
            ["1", "Xây phòng máy", "VPTU", "", "2025"],
            ["II", "Dữ liệu", LEFT, LEFT, LEFT],
            ["1", "Số hóa hồ sơ", "VPTU", "", "2026"],
        )
    )
    assert [(task.clause, task.chapter) for task in tasks] == [("Phụ lục I.1", "Hạ tầng"), ("Phụ lục II.1", "Dữ liệu")]


def test_a_numbered_annex_stands_before_the_row() -> None:
    tasks = read_tasks([Paragraph("PHỤ LỤC 02", is_bold=True), table(HEAD, ["5", "Số hóa hồ sơ", "VPTU", "", "2026"])])
    assert clauses(tasks) == ["Phụ lục 2.5"]


def test_a_row_broken_over_two_pages_is_one_task_and_says_so() -> None:
    tasks = read(
        table(HEAD, ["1", "Rà soát, bổ sung quy chế làm", "Văn phòng", "", "Quý"], page=1),
        table(HEAD, ["", "việc của cấp ủy.", "Tỉnh ủy", "", "IV/2025"], page=2),
    )
    assert [(task.text, task.lead, task.due) for task in tasks] == [
        ("Rà soát, bổ sung quy chế làm việc của cấp ủy.", "Văn phòng Tỉnh ủy", "2025-12-31")
    ]
    assert {place.page for place in tasks[0].places} == {1, 2}
    assert "nối qua hai trang" in tasks[0].doubt


def test_a_page_without_header_is_read_by_the_one_before() -> None:
    tasks = read(
        table(HEAD, ["1", "Xây phòng máy", "VPTU", "", "2025"]), table(["2", "Số hóa hồ sơ", "Ban Tổ chức", "", "2026"])
    )
    assert [(task.clause, task.lead) for task in tasks] == [("Phụ lục 1", "VPTU"), ("Phụ lục 2", "Ban Tổ chức")]


def test_one_lead_for_several_rows_is_the_lead_of_each() -> None:
    tasks = read(table(HEAD, ["1", "Việc một", "VPTU", "", "2025"], ["2", "Việc hai", UP, "", UP]))
    assert [(task.lead, task.due) for task in tasks] == [("VPTU", "2025"), ("VPTU", "2025")]


def test_ditto_marks_repeat_the_row_above() -> None:
    tasks = read(
        table(HEAD, ["1", "Việc một", "VPTU", "Sở Tài chính", "2025"], ["2", "Việc hai", "nt", "Như trên", '"'])
    )
    assert (tasks[1].lead, tasks[1].supporting, tasks[1].due) == ("VPTU", ("Sở Tài chính",), "2025")


def test_a_group_is_no_task_but_its_sub_rows_are() -> None:
    tasks = read(
        table(
            HEAD, ["1", "Nhân sự", "", "", ""], ["1.1", "Rà soát quy hoạch", "Ban Tổ chức", "", "2025"],
            ["2", "Hậu cần", "", "", ""], ["a", "Hội trường", "VPTU", "", "2025"], ["b", "Nơi ở", "VPTU", "", "2025"],
        )
    )  # fmt: skip
    assert clauses(tasks) == ["Phụ lục 1.1", "Phụ lục 2.a", "Phụ lục 2.b"]


def test_sub_rows_without_a_unit_of_their_own_are_details() -> None:
    tasks = read(
        table(HEAD, ["1", "Hậu cần", "VPTU", "", "2025"], ["", "- Hội trường", "", "", ""], ["2", "X", "VPTU", "", ""])
    )
    assert [task.text for task in tasks] == ["Hậu cần - Hội trường", "X"]


def test_targets_money_people_and_agendas_are_no_tasks() -> None:
    tasks = read(
        table(["TT", "Chỉ tiêu", "Đơn vị tính", "2025"], ["1", "Tỷ lệ số hóa", "%", "30"]),
        Paragraph("Kinh phí"),
        table(["TT", "Nội dung chi", "Đơn giá", "Thành tiền"], ["1", "Tập huấn", "5", "10"]),
        Paragraph("Danh sách"),
        table(["TT", "Họ và tên", "Chức vụ", "Đơn vị"], ["1", "Lò Giả Định", "Tổ trưởng", "VPTU"]),
        Paragraph("Chương trình"),
        table(["Thời gian", "Nội dung", "Người thực hiện"], ["8h00 - 8h30", "Đón đại biểu", "Ban Tổ chức"]),
    )
    assert tasks == []


def test_numbers_a_scan_lost_are_counted_on_with_a_doubt() -> None:
    tasks = read(
        table(
            HEAD,
            ["", "Xây phòng máy", "VPTU", "", "2025"],
            ["", "Số hóa hồ sơ", "VPTU", "", "2026"],
            ["ý", "Đào tạo", "Ban Tổ chức", "", "2026"],
            ["4", "Tổng kết", "VPTU", "", "2028"],
            page=3,
        )
    )
    assert clauses(tasks) == ["Phụ lục 1", "Phụ lục 2", "Phụ lục 3", "Phụ lục 4"]
    assert ["suy đoán" in task.doubt for task in tasks] == [True, True, True, False]


def test_a_header_a_scan_ran_together_still_names_the_columns() -> None:
    tasks = read(
        table(
            ["TT", "Nội dung Cơ quan chủ trì Cơ quan phối hợp Thời gian", LEFT, LEFT, LEFT],
            ["1", "Số hóa hồ sơ", "VPTU", "Sở Nội vụ", "2026"],
            page=1,
        )
    )
    assert [(task.lead, task.supporting, task.due) for task in tasks] == [("VPTU", ("Sở Nội vụ",), "2026")]


def test_a_cell_with_both_roles_is_taken_apart() -> None:
    head = ["TT", "Nội dung", "Phân công thực hiện", "Tiến độ"]
    tasks = read(table(head, ["1", "Số hóa hồ sơ", "Chủ trì: VPTU\nPhối hợp: Ban Tổ chức, UBKT", "Hằng quý"]))
    assert (tasks[0].lead, tasks[0].supporting, tasks[0].recurrence) == ("VPTU", ("Ban Tổ chức", "UBKT"), "quarterly")


def test_several_units_in_the_lead_column_stay_as_written_with_a_doubt() -> None:
    tasks = read(table(HEAD, ["1", "Số hóa hồ sơ", "Ban Tổ chức, Ban Nội chính", "", "2026"]))
    assert tasks[0].lead == "Ban Tổ chức, Ban Nội chính"
    assert "Nhiều đơn vị cùng chủ trì" in tasks[0].doubt


def test_a_missing_lead_is_told() -> None:
    tasks = read(table(HEAD, ["1", "Số hóa hồ sơ", "", "", "2026"]))
    assert tasks[0].lead == ""
    assert "Không thấy cơ quan chủ trì" in tasks[0].doubt
    assert tasks[0].confidence < 0.9


def test_months_marked_with_x_give_start_and_due() -> None:
    months = table(
        ["TT", "Nội dung", "Chủ trì", "Năm 2026 (tháng)", LEFT, LEFT],
        [UP, UP, UP, "3", "4", "5"],
        ["1", "Giám sát thu chi", "Hội Nông dân", "x", "x", ""],
    )
    tasks = read(months)
    assert (tasks[0].start, tasks[0].due) == ("2026-03-01", "2026-04-30")


def test_a_table_below_a_heading_takes_the_clause_of_the_heading() -> None:
    tasks = read_tasks([Paragraph("II. NHIỆM VỤ", is_bold=True), table(HEAD, ["3", "Số hóa", "VPTU", "", "2026"])])
    assert clauses(tasks) == ["II.3"]


def test_a_number_lost_between_two_others_is_known_though_the_lead_is_merged() -> None:
    tasks = read(
        table(
            HEAD,
            ["1", "Chuẩn bị họp Ban Chỉ đạo", "VPTU", "", "Hằng tháng"],
            ["", "Trình ban hành văn bản", UP, UP, UP],
            ["3", "Theo dõi, đôn đốc", UP, UP, UP],
            page=2,
        )
    )
    assert clauses(tasks) == ["Phụ lục 1", "Phụ lục 2", "Phụ lục 3"]
    assert {task.lead for task in tasks} == {"VPTU"}


def test_a_dash_inside_a_name_that_the_cell_wraps_begins_no_other_name() -> None:
    (task,) = read(table(HEAD, ["1", "Rà soát", "VPTU", "Ban Nội chính, các tổ chức chính trị\n- xã hội", "2026"]))
    assert task.supporting == ("Ban Nội chính", "các tổ chức chính trị - xã hội")


def test_names_in_capitals_are_not_cut_at_an_accent() -> None:
    (task,) = read(table(HEAD, ["1", "Rà soát", "BƯU ĐIỆN TỈNH", "CÔNG TY ĐIỆN LỰC", "2026"]))
    assert (task.lead, task.supporting) == ("BƯU ĐIỆN TỈNH", ("CÔNG TY ĐIỆN LỰC",))
