"""Invented plans whose tasks stand in tables."""

# ruff: noqa: E501 - the rows of a table are easier to check whole

from congso.lib.layout import Block, Cell, Paragraph, Table
from tests.reading.plan_parts import LEFT, Break, Grid, P, Part, Plan, Task, foot, head

_ROWS_ON_A_PAGE = 5


def _state_plan() -> Plan:
    """Six columns, an annex with a number, products, items with dashes inside a cell, a budget that is no task."""
    rows = [
        ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm"],
        ["1", "Xây dựng kế hoạch rà soát, cắt giảm thủ tục hành chính", "Văn phòng UBND tỉnh", "Các sở, ban, ngành; UBND các xã, phường", "Trước ngày 15/9/2025", "Kế hoạch của UBND tỉnh"],
        ["2", "Tái cấu trúc quy trình giải quyết thủ tục:\n- Rà soát thành phần hồ sơ;\n- Rút ngắn thời gian giải quyết;\n- Công khai trên cổng dịch vụ công.", "Sở Tư pháp", "Sở Nội vụ, Sở Khoa học và Công nghệ", "Quý IV/2025", "Quyết định phê duyệt"],
        ["3", "Tập huấn kỹ năng số cho công chức cấp xã", "Sở Nội vụ", "Trường Chính trị tỉnh và UBND các xã, phường", "Tháng 10/2025", "Lớp tập huấn"],
        ["4", "Đánh giá mức độ hài lòng của người dân", "Sở Nội vụ", "Ủy ban MTTQ Việt Nam tỉnh", "Hằng quý", "Báo cáo"],
        ["5", "Nâng cấp hệ thống thông tin giải quyết thủ tục hành chính", "Sở Khoa học và Công nghệ", "Sở Tài chính", "Từ tháng 9/2025 đến tháng 12/2025", "Hệ thống được nâng cấp"],
        ["6", "Kiểm tra công vụ tại các xã, phường", "Thanh tra tỉnh", "Sở Nội vụ", "6 tháng đầu năm 2026", "Kết luận kiểm tra"],
        ["7", "Tổng hợp, báo cáo kết quả thực hiện Kế hoạch", "Văn phòng UBND tỉnh", "Các sở, ban, ngành", "Trước ngày 15/12 hằng năm", "Báo cáo"],
    ]  # fmt: skip
    budget = [
        ["STT", "Nội dung chi", "Đơn vị tính", "Số lượng", "Đơn giá", "Thành tiền"],
        ["1", "Tập huấn", "Lớp", "10", "12.000.000", "120.000.000"],
        ["2", "Nâng cấp hệ thống", "Gói", "1", "900.000.000", "900.000.000"],
    ]
    said = [
        ("Văn phòng UBND tỉnh", ("Các sở, ban, ngành", "UBND các xã, phường"), "", "2025-09-15", None),
        ("Sở Tư pháp", ("Sở Nội vụ", "Sở Khoa học và Công nghệ"), "", "2025-12-31", None),
        ("Sở Nội vụ", ("Trường Chính trị tỉnh", "UBND các xã, phường"), "", "2025-10-31", None),
        ("Sở Nội vụ", ("Ủy ban MTTQ Việt Nam tỉnh",), "", "", "quarterly"),
        ("Sở Khoa học và Công nghệ", ("Sở Tài chính",), "2025-09-01", "2025-12-31", None),
        ("Thanh tra tỉnh", ("Sở Nội vụ",), "", "2026-06-30", None),
        ("Văn phòng UBND tỉnh", ("Các sở, ban, ngành",), "", "", "yearly"),
    ]
    tasks = [
        Task(f"Phụ lục 2.{row[0]}", row[1].replace("\n", " "), *rest) for row, rest in zip(rows[1:], said, strict=True)
    ]
    parts: list[Part] = [
        *head("ỦY BAN NHÂN DÂN TỈNH LÀO CAI", "", "977/KH-UBND", "Lào Cai, ngày 20 tháng 8 năm 2025", "KẾ HOẠCH", "Cải cách hành chính những tháng cuối năm 2025 và năm 2026", party=False),
        P("I. MỤC ĐÍCH, YÊU CẦU", bold=True),
        P("1. Mục đích", bold=True),
        P("Nâng cao hiệu lực, hiệu quả hoạt động của bộ máy hành chính các cấp."),
        P("II. NHIỆM VỤ", bold=True),
        P("Các nhiệm vụ cụ thể tại Phụ lục 2 kèm theo Kế hoạch này."),
        P("III. KINH PHÍ", bold=True),
        P("Kinh phí bố trí từ ngân sách theo phân cấp; dự toán tại Phụ lục 1."),
        *foot(["Như trên", "Các sở, ban, ngành"], "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "Giàng Văn Mẫu"),
        Break(),
        P("PHỤ LỤC 1", bold=True, centred=True),
        P("DỰ TOÁN KINH PHÍ", bold=True, centred=True),
        Grid((0.07, 0.33, 0.15, 0.13, 0.16, 0.16), budget),
        Break(landscape=True),
        P("PHỤ LỤC 2", bold=True, centred=True),
        P("PHÂN CÔNG NHIỆM VỤ", bold=True, centred=True),
        P("(Kèm theo Kế hoạch số 977/KH-UBND ngày 20/8/2025 của UBND tỉnh)", italic=True, centred=True),
        Grid((0.05, 0.33, 0.16, 0.2, 0.13, 0.13), rows),
    ]  # fmt: skip
    return Plan("state_six_columns", parts, tasks)


def _two_row_header() -> Plan:
    """A header of two rows, leads merged over rows, start and end apart; a Front plan."""
    rows = [
        ["TT", "Nội dung công việc", "Phân công thực hiện", "<", "Thời gian", "<", "Ghi chú"],
        ["^", "^", "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc", "^"],
        ["1", "Ban hành hướng dẫn tổ chức Ngày hội Đại đoàn kết toàn dân tộc", "Ban Công tác xã hội", "Văn phòng", "01/9/2025", "15/9/2025", ""],
        ["2", "Chọn khu dân cư tổ chức điểm", "^", "Ủy ban MTTQ các xã, phường", "15/9/2025", "30/9/2025", ""],
        ["3", "Mời đại biểu dự Ngày hội", "^", "Văn phòng", "10/2025", "10/2025", ""],
        ["4", "Tổ chức Ngày hội tại các khu dân cư", "Ủy ban MTTQ các xã, phường", "Các tổ chức thành viên", "01/11/2025", "18/11/2025", ""],
        ["5", "Tuyên truyền trên trang thông tin điện tử", "Văn phòng", "Ban Công tác xã hội", "9/2025", "11/2025", "Cả đợt"],
        ["6", "Tổng hợp, báo cáo kết quả", "Văn phòng", "như trên", "", "25/11/2025", ""],
    ]  # fmt: skip
    social, office, wards = "Ban Công tác xã hội", "Văn phòng", "Ủy ban MTTQ các xã, phường"
    said = [
        (social, (office,), "2025-09-01", "2025-09-15"), (social, (wards,), "2025-09-15", "2025-09-30"),
        (social, (office,), "2025-10-01", "2025-10-31"), (wards, ("Các tổ chức thành viên",), "2025-11-01", "2025-11-18"),
        (office, (social,), "2025-09-01", "2025-11-30"), (office, (social,), "", "2025-11-25"),
    ]  # fmt: skip
    tasks = [Task(f"II.{row[0]}", row[1], *rest) for row, rest in zip(rows[2:], said, strict=True)]
    parts: list[Part] = [
        *head("ỦY BAN MTTQ VIỆT NAM TỈNH LÀO CAI", "", "955/KH-MTTQ-BTT", "Lào Cai, ngày 25 tháng 8 năm 2025", "KẾ HOẠCH", "Tổ chức Ngày hội Đại đoàn kết toàn dân tộc năm 2025", party=False),
        P("I. MỤC ĐÍCH, YÊU CẦU", bold=True),
        P("1. Phát huy truyền thống đoàn kết của các dân tộc."),
        P("2. Tổ chức trang trọng, tiết kiệm, phù hợp tình hình địa phương."),
        P("II. TIẾN ĐỘ THỰC HIỆN", bold=True),
        Grid((0.06, 0.3, 0.16, 0.18, 0.11, 0.11, 0.08), rows, header_rows=2),
        *foot(["Ban Thường trực", "Ủy ban MTTQ các xã, phường"], "TM. BAN THƯỜNG TRỰC\nPHÓ CHỦ TỊCH", "Sùng Thị Ví Dụ"),
    ]  # fmt: skip
    return Plan("two_row_header", parts, tasks)


def _merged_leads() -> Plan:
    """Two annexes with roman numbers; leads and times merged over rows; groups with sub-rows; one cell for both roles."""
    first = [
        ["TT", "Công việc", "Đơn vị thực hiện", "Tiến độ"],
        ["1", "Công tác chuẩn bị đại hội", "", ""],
        ["1.1", "Thành lập các tiểu ban", "Ban Tổ chức Tỉnh ủy", "Tháng 9/2025"],
        ["1.2", "Xây dựng đề cương báo cáo chính trị", "Văn phòng Tỉnh ủy", "^"],
        ["2", "Công tác nhân sự", "", ""],
        ["2.1", "Rà soát quy hoạch cấp ủy", "Ban Tổ chức Tỉnh ủy", "Quý III/2025"],
        ["2.2", "Thẩm định lý lịch, tiêu chuẩn", "^", "Quý IV/2025"],
        ["3", "Tuyên truyền đại hội", "Ban Tuyên giáo và Dân vận Tỉnh ủy chủ trì; phối hợp: Báo và Đài Phát thanh, Truyền hình Lào Cai", "Thường xuyên"],
    ]  # fmt: skip
    second = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"],
        ["1", "Bảo đảm an ninh, trật tự", "Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "Theo tiến độ đại hội"],
        ["2", "Chuẩn bị cơ sở vật chất", "Văn phòng Tỉnh ủy", "Sở Tài chính, Sở Xây dựng", "Chậm nhất ngày 10 tháng 9 năm 2025"],
        ["a", "Hội trường, trang trí", "^", "^", "^"],
        ["b", "Nơi ăn, nghỉ của đại biểu", "^", "^", "^"],
        ["3", "Chăm sóc sức khỏe đại biểu", "Sở Y tế", "nt", "Trong thời gian đại hội"],
    ]  # fmt: skip
    org, office = "Ban Tổ chức Tỉnh ủy", "Văn phòng Tỉnh ủy"
    tasks = [
        Task("Phụ lục I.1.1", "Thành lập các tiểu ban", org, (), "", "2025-09-30"),
        Task("Phụ lục I.1.2", "Xây dựng đề cương báo cáo chính trị", office, (), "", "2025-09-30"),
        Task("Phụ lục I.2.1", "Rà soát quy hoạch cấp ủy", org, (), "", "2025-09-30"),
        Task("Phụ lục I.2.2", "Thẩm định lý lịch, tiêu chuẩn", org, (), "", "2025-12-31"),
        Task("Phụ lục I.3", "Tuyên truyền đại hội", "Ban Tuyên giáo và Dân vận Tỉnh ủy", ("Báo và Đài Phát thanh, Truyền hình Lào Cai",)),
        Task("Phụ lục II.1", "Bảo đảm an ninh, trật tự", "Công an tỉnh", ("Bộ Chỉ huy Quân sự tỉnh",)),
        Task("Phụ lục II.2", "Chuẩn bị cơ sở vật chất a) Hội trường, trang trí b) Nơi ăn, nghỉ của đại biểu", office, ("Sở Tài chính", "Sở Xây dựng"), "", "2025-09-10"),
        Task("Phụ lục II.3", "Chăm sóc sức khỏe đại biểu", "Sở Y tế", ("Sở Tài chính", "Sở Xây dựng")),
    ]  # fmt: skip
    parts: list[Part] = [
        *head("TỈNH ỦY", "ĐẢNG BỘ TỈNH LÀO CAI", "93-KH/TU", "Lào Cai, ngày 20 tháng 8 năm 2025", "KẾ HOẠCH", "tổ chức Đại hội đại biểu Đảng bộ tỉnh"),
        P("I- MỤC ĐÍCH, YÊU CẦU", bold=True),
        P("1- Tổ chức đại hội trang trọng, thiết thực, hiệu quả, an toàn."),
        P("II- NỘI DUNG", bold=True),
        P("Các công việc cụ thể nêu tại Phụ lục I, Phụ lục II kèm theo."),
        *foot(["Các đồng chí Tỉnh ủy viên"], "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ", "Lý A Tưởng Tượng"),
        Break(),
        P("PHỤ LỤC I", bold=True, centred=True),
        P("CÔNG TÁC CHUẨN BỊ ĐẠI HỘI", bold=True, centred=True),
        Grid((0.08, 0.44, 0.3, 0.18), first),
        Break(),
        P("PHỤ LỤC II", bold=True, centred=True),
        P("CÔNG TÁC PHỤC VỤ ĐẠI HỘI", bold=True, centred=True),
        Grid((0.07, 0.35, 0.2, 0.2, 0.18), second),
    ]  # fmt: skip
    return Plan("merged_leads", parts, tasks)


_SUBJECTS = (
    "Rà soát, bổ sung quy chế làm việc của cấp ủy, bảo đảm rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ sản phẩm và rõ thẩm quyền trong từng khâu công tác",
    "Kiểm tra việc thực hiện nghị quyết tại các chi bộ trực thuộc và kết luận, chỉ rõ ưu điểm, khuyết điểm, nguyên nhân, trách nhiệm của tập thể và cá nhân có liên quan",
    "Bồi dưỡng lý luận chính trị cho đảng viên mới và cấp ủy viên cơ sở",
    "Số hóa hồ sơ đảng viên, đối chiếu với cơ sở dữ liệu quốc gia về dân cư, bổ sung thông tin còn thiếu và lưu trữ theo quy định",
    "Tuyên truyền kết quả thực hiện nghị quyết đại hội",
    "Khảo sát tình hình sinh hoạt chi bộ ở thôn, bản, tổ dân phố; đề xuất giải pháp nâng cao chất lượng sinh hoạt, nhất là ở nơi đảng viên đi làm ăn xa",
)
_WARDS = ("Bát Xát", "Sa Pa", "Văn Bàn", "Mường Khương", "Bảo Yên", "Lục Yên", "Trạm Tấu", "Yên Bình")
_LEADS = ("Văn phòng Đảng ủy", "Ban Xây dựng Đảng", "Ủy ban Kiểm tra Đảng ủy", "Trung tâm Chính trị")
_DUES = (
    ("Tháng 3/2026", "2026-03-31"),
    ("Quý II/2026", "2026-06-30"),
    ("30/9/2026", "2026-09-30"),
    ("Hết năm 2026", "2026"),
    ("Trước 15/11/2026", "2026-11-15"),
)


def many_rows(sections: int = 4, rows_each: int = 11) -> tuple[list[list[str]], list[Task]]:
    """The rows and tasks of a long table: sections with roman numbers, rows that break over pages."""
    romans = [
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
        "VII",
        "VIII",
        "IX",
        "X",
        "XI",
        "XII",
        "XIII",
        "XIV",
        "XV",
        "XVI",
        "XVII",
        "XVIII",
        "XIX",
        "XX",
    ]
    rows, tasks, count = [["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"]], [], 0
    for section in range(sections):
        rows.append([romans[section], f"Nhóm công tác thứ {section + 1}", "<", "<", "<"])
        for number in range(1, rows_each + 1):
            text = f"{_SUBJECTS[count % len(_SUBJECTS)]} năm 2026 tại {_WARDS[count % len(_WARDS)]} (đợt {number})"
            lead, other = _LEADS[count % len(_LEADS)], _LEADS[(count + 1) % len(_LEADS)]
            when, due = _DUES[count % len(_DUES)]
            rows.append([str(number), text, lead, f"{other}; các chi bộ trực thuộc", when])
            tasks.append(
                Task(f"Phụ lục {romans[section]}.{number}", text, lead, (other, "các chi bộ trực thuộc"), "", due)
            )
            count += 1
    return rows, tasks


def long_blocks(sections: int) -> tuple[list[Block], int]:
    """An annex of thirty tasks a section, printed page by page with its header repeated."""
    rows, tasks = many_rows(sections, 30)
    blocks: list[Block] = [Paragraph("PHỤ LỤC", is_bold=True)]
    for begin in range(1, len(rows), _ROWS_ON_A_PAGE):
        page = [rows[0], *rows[begin : begin + _ROWS_ON_A_PAGE]]
        cells = [
            Cell(number, column, text, 1, 4 if LEFT in row and column == 1 else 1)
            for number, row in enumerate(page)
            for column, text in enumerate(row)
            if text != LEFT
        ]
        blocks.append(Table(len(page), 5, tuple(cells)))
    return blocks, len(tasks)


def _long_table() -> Plan:
    rows, tasks = many_rows()
    parts: list[Part] = [
        *head("ĐẢNG ỦY XÃ BÁT XÁT", "ĐẢNG BỘ TỈNH LÀO CAI", "91-CTr/ĐU", "Bát Xát, ngày 15 tháng 01 năm 2026", "CHƯƠNG TRÌNH", "công tác năm 2026 của Ban Chấp hành Đảng bộ xã"),
        P("Ban Chấp hành Đảng bộ xã ban hành Chương trình công tác năm 2026 (Phụ lục kèm theo)."),
        *foot(["Ban Thường vụ Tỉnh ủy", "Các chi bộ trực thuộc"], "T/M BAN CHẤP HÀNH\nBÍ THƯ", "Vàng Thị Thí Dụ"),
        Break(),
        P("PHỤ LỤC", bold=True, centred=True),
        P("DANH MỤC NHIỆM VỤ NĂM 2026", bold=True, centred=True),
        Grid((0.07, 0.43, 0.18, 0.18, 0.14), rows),
    ]  # fmt: skip
    return Plan("long_table", parts, tasks)


TABLE_PLANS = (_state_plan(), _two_row_header(), _merged_leads(), _long_table())
