"""Invented papers whose tasks stand in sentences, and one with a grid of months."""

# ruff: noqa: E501 - the rows of a table are easier to check whole

from tests.reading.plan_parts import Grid, P, Part, Plan, Task, foot, head


def _conclusion() -> Plan:
    """A notice of conclusions: orders inside paragraphs that also praise and agree."""
    one = "Giao Đảng ủy UBND tỉnh chủ trì, phối hợp với Ban Tổ chức Tỉnh ủy, Văn phòng Tỉnh ủy hoàn thiện Đề án sắp xếp các đơn vị sự nghiệp, trình Ban Thường vụ Tỉnh ủy trước ngày 30/9/2025."
    two = "Ban Tuyên giáo và Dân vận Tỉnh ủy khẩn trương tham mưu kế hoạch tuyên truyền kỷ niệm ngày thành lập tỉnh, hoàn thành trong tháng 9/2025."
    three = "yêu cầu Ủy ban Kiểm tra Tỉnh ủy rà soát, kết thúc các cuộc kiểm tra còn dở dang, báo cáo chậm nhất ngày 20/10/2025."
    four = "Văn phòng Tỉnh ủy theo dõi, đôn đốc, định kỳ hằng tháng báo cáo Thường trực Tỉnh ủy kết quả thực hiện Thông báo này."
    parts: list[Part] = [
        *head("TỈNH ỦY", "ĐẢNG BỘ TỈNH LÀO CAI", "92-TB/TU", "Lào Cai, ngày 05 tháng 9 năm 2025", "THÔNG BÁO", "kết luận của Ban Thường vụ Tỉnh ủy tại phiên họp ngày 04/9/2025"),
        P("Ngày 04/9/2025, Ban Thường vụ Tỉnh ủy họp phiên thường kỳ. Sau khi nghe các cơ quan báo cáo, Ban Thường vụ Tỉnh ủy kết luận như sau:"),
        P("1. Về sắp xếp đơn vị sự nghiệp: Ban Thường vụ Tỉnh ủy đánh giá cao sự chuẩn bị của Đảng ủy UBND tỉnh. " + one),
        P("2. Về công tác tuyên truyền: " + two),
        P("3. Về công tác kiểm tra: Ban Thường vụ Tỉnh ủy thống nhất với báo cáo của Ủy ban Kiểm tra Tỉnh ủy theo Quy định số 22-QĐ/TW, ngày 28/7/2021; " + three),
        P("4. " + four),
        *foot(["Các đồng chí Ủy viên Ban Thường vụ", "Đảng ủy UBND tỉnh"], "T/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG", "Hoàng Minh Họa"),
    ]  # fmt: skip
    tasks = [
        Task("1", one, "Đảng ủy UBND tỉnh", ("Ban Tổ chức Tỉnh ủy", "Văn phòng Tỉnh ủy"), "", "2025-09-30"),
        Task("2", two, "Ban Tuyên giáo và Dân vận Tỉnh ủy", (), "", "2025-09-30"),
        Task("3", three, "Ủy ban Kiểm tra Tỉnh ủy", (), "", "2025-10-20"),
        Task("4", four, "Văn phòng Tỉnh ủy", (), "", "", "monthly"),
    ]
    return Plan("conclusion", parts, tasks)


def _duties() -> Plan:
    """Multi-level automatic numbers; tasks with labelled lines; duties below headings that name the unit."""
    parts: list[Part] = [
        *head("ĐẢNG ỦY PHƯỜNG SA PA", "ĐẢNG BỘ TỈNH LÀO CAI", "94-KH/ĐU", "Sa Pa, ngày 10 tháng 10 năm 2025", "KẾ HOẠCH", "nâng cao chất lượng sinh hoạt chi bộ"),
        P("MỤC ĐÍCH, YÊU CẦU", bold=True, level=0),
        P("Nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng.", level=1),
        P("NHIỆM VỤ, GIẢI PHÁP", bold=True, level=0),
        P("Đổi mới nội dung sinh hoạt", bold=True, level=1),
        P("Xây dựng tài liệu sinh hoạt chuyên đề", level=2),
        P("- Cơ quan chủ trì: Ban Xây dựng Đảng."),
        P("- Cơ quan phối hợp: Văn phòng Đảng ủy, Trung tâm Chính trị."),
        P("- Thời gian hoàn thành: Quý IV năm 2025."),
        P("Tổ chức hội thi bí thư chi bộ giỏi", level=2),
        P("- Chủ trì: Trung tâm Chính trị."),
        P("- Thời gian: Tháng 5/2026."),
        P("Đẩy mạnh ứng dụng công nghệ thông tin trong sinh hoạt chi bộ, khắc phục tính hình thức.", level=1),
        P("TỔ CHỨC THỰC HIỆN", bold=True, level=0),
        P("Văn phòng Đảng ủy", bold=True, level=1),
        P("- Theo dõi, tổng hợp tình hình sinh hoạt chi bộ, báo cáo Ban Thường vụ Đảng ủy trước ngày 25 hằng tháng."),
        P("- Chủ trì, phối hợp với Ban Xây dựng Đảng tổ chức sơ kết việc thực hiện Kế hoạch trong tháng 6/2026."),
        P("Ủy ban Kiểm tra Đảng ủy xây dựng chương trình kiểm tra, giám sát việc sinh hoạt chi bộ, hoàn thành trước ngày 15/12/2025.", level=1),
        P("Các chi bộ trực thuộc căn cứ Kế hoạch này xây dựng kế hoạch của chi bộ, gửi Văn phòng Đảng ủy trước ngày 31/10/2025.", level=1),
        *foot(["Ban Thường vụ Tỉnh ủy", "Các chi bộ trực thuộc"], "T/M BAN THƯỜNG VỤ\nBÍ THƯ", "Má Văn Giả Sử"),
    ]  # fmt: skip
    office = "Văn phòng Đảng ủy"
    tasks = [
        Task("II.1.1", "Xây dựng tài liệu sinh hoạt chuyên đề", "Ban Xây dựng Đảng", (office, "Trung tâm Chính trị"), "", "2025-12-31"),
        Task("II.1.2", "Tổ chức hội thi bí thư chi bộ giỏi", "Trung tâm Chính trị", (), "", "2026-05-31"),
        Task("III.1", "Theo dõi, tổng hợp tình hình sinh hoạt chi bộ, báo cáo Ban Thường vụ Đảng ủy trước ngày 25 hằng tháng.", office, (), "", "", "monthly"),
        Task("III.1", "Chủ trì, phối hợp với Ban Xây dựng Đảng tổ chức sơ kết việc thực hiện Kế hoạch trong tháng 6/2026.", office, ("Ban Xây dựng Đảng",), "", "2026-06-30"),
        Task("III.2", "Ủy ban Kiểm tra Đảng ủy xây dựng chương trình kiểm tra, giám sát việc sinh hoạt chi bộ, hoàn thành trước ngày 15/12/2025.", "Ủy ban Kiểm tra Đảng ủy", (), "", "2025-12-15"),
        Task("III.3", "Các chi bộ trực thuộc căn cứ Kế hoạch này xây dựng kế hoạch của chi bộ, gửi Văn phòng Đảng ủy trước ngày 31/10/2025.", "Các chi bộ trực thuộc", (), "", "2025-10-31"),
    ]  # fmt: skip
    return Plan("numbered_duties", parts, tasks)


def _month_grid() -> Plan:
    """A programme with a column for each month, marked with x."""
    months = [f"{month}" for month in range(1, 13)]

    def marked(*at: int) -> list[str]:
        return ["x" if month in at else "" for month in range(1, 13)]

    rows = [
        ["TT", "Nội dung giám sát", "Đơn vị chủ trì", "Thời gian thực hiện (tháng)", *["<"] * 11],
        ["^", "^", "^", *months],
        ["1", "Giám sát việc thu, chi các quỹ", "Hội Nông dân tỉnh", *marked(3, 4)],
        ["2", "Giám sát chất lượng nước sinh hoạt", "Hội Liên hiệp Phụ nữ tỉnh", *marked(6)],
        ["3", "Phản biện dự thảo nghị quyết của HĐND", "Ủy ban MTTQ Việt Nam tỉnh", *marked(*range(1, 13))],
        ["4", "Giám sát chính sách với người có công", "Hội Cựu chiến binh tỉnh", *marked(7, 8, 9)],
    ]
    parts: list[Part] = [
        *head("ỦY BAN MTTQ VIỆT NAM TỈNH LÀO CAI", "", "956/KH-MTTQ-BTT", "Lào Cai, ngày 05 tháng 01 năm 2026", "KẾ HOẠCH", "Giám sát, phản biện xã hội năm 2026", party=False),
        P("I. MỤC ĐÍCH", bold=True),
        P("Phát huy vai trò đại diện của Mặt trận và các tổ chức chính trị - xã hội."),
        P("II. NỘI DUNG GIÁM SÁT NĂM 2026", bold=True),
        Grid((0.05, 0.28, 0.19, *[0.04] * 12), rows, header_rows=2),
        P("III. TỔ CHỨC THỰC HIỆN", bold=True),
        P("1. Ban Dân chủ - Giám sát - Phản biện xã hội chủ trì, phối hợp với Văn phòng tham mưu triển khai Kế hoạch; báo cáo kết quả trước ngày 15/12/2026."),
        *foot(["Ủy ban Trung ương MTTQ Việt Nam"], "TM. BAN THƯỜNG TRỰC\nCHỦ TỊCH", "Giàng Thị Hư Cấu"),
    ]  # fmt: skip
    tasks = [
        Task("II.1", rows[2][1], "Hội Nông dân tỉnh", (), "2026-03-01", "2026-04-30"),
        Task("II.2", rows[3][1], "Hội Liên hiệp Phụ nữ tỉnh", (), "", "2026-06-30"),
        Task("II.3", rows[4][1], "Ủy ban MTTQ Việt Nam tỉnh", (), "2026-01-01", "2026-12-31", "monthly"),
        Task("II.4", rows[5][1], "Hội Cựu chiến binh tỉnh", (), "2026-07-01", "2026-09-30"),
        Task("III.1", "Ban Dân chủ - Giám sát - Phản biện xã hội chủ trì, phối hợp với Văn phòng tham mưu triển khai Kế hoạch; báo cáo kết quả trước ngày 15/12/2026.", "Ban Dân chủ - Giám sát - Phản biện xã hội", ("Văn phòng",), "", "2026-12-15"),
    ]  # fmt: skip
    return Plan("month_grid", parts, tasks, landscape=True)


CLAUSE_PLANS = (_conclusion(), _duties(), _month_grid())
