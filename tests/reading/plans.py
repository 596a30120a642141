"""Eleven invented plans of very different make, with the tasks a careful reader takes from them.

The first restates the province's own plan in our words; all others, and every signer, are invented. The last
three were written after the reader was finished and are reported apart (`held_out`).
"""

# ruff: noqa: E501 - the rows of a table are easier to check whole

from tests.reading.plan_parts import Break, Grid, P, Part, Plan, Task, foot, head
from tests.reading.plans_held_out import HELD_OUT_PLANS
from tests.reading.plans_of_clauses import CLAUSE_PLANS
from tests.reading.plans_of_tables import TABLE_PLANS


def _annex_plan() -> Plan:
    rows = [
        ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện"],
        ["I", "Hoạt động của Ban Chỉ đạo", "<", "<", "<"],
        ["1", "Chuẩn bị các cuộc họp Ban Chỉ đạo hằng tháng và họp Tổ giúp việc", "Văn phòng Tỉnh ủy", "Các cơ quan đảng, Mặt trận Tổ quốc tỉnh", "Hằng tháng"],
        ["2", "Tham mưu trình ban hành các văn bản của Ban Chỉ đạo", "^", "^", "Hằng tháng"],
        ["3", "Theo dõi, đôn đốc xây dựng Trung tâm dữ liệu tỉnh, ứng dụng Lào Cai S, IOC, SOC và những việc khác được giao", "^", "^", "Hằng tháng"],
        ["II", "Các hệ thống thông tin do Trung ương chuyển giao", "<", "<", "<"],
        ["1", "Kết nối, chia sẻ dữ liệu với Trung ương qua trục tích hợp của Đảng", "Văn phòng Tỉnh ủy", "", "Theo tiến độ của Trung ương"],
        ["2", "Triển khai Hệ thống thu thập, tổng hợp thông tin trên Internet", "Văn phòng Tỉnh ủy", "Các cơ quan liên quan", "Năm 2025"],
        ["3", "Triển khai hệ thống thi đua khen thưởng, văn kiện, mục lục hồ sơ, thư viện điện tử, đào tạo trực tuyến", "Văn phòng Tỉnh ủy", "Các cơ quan đảng", "2025-2028"],
        ["4", "Liên thông, đồng bộ dữ liệu trên mạng truyền số liệu chuyên dùng", "Văn phòng Tỉnh ủy", "", "Theo hướng dẫn"],
        ["5", "Triển khai Sổ tay đảng viên điện tử", "Ban Tổ chức Tỉnh ủy", "Các đảng bộ, chi bộ, đảng viên", "Năm 2025"],
        ["6", "Trợ lý ảo phục vụ đại hội đảng bộ các cấp", "Ban Tổ chức Tỉnh ủy", "", "Năm 2025"],
        ["7", "Hệ thống chuyên ngành Tổ chức xây dựng Đảng", "Ban Tổ chức Tỉnh ủy", "Văn phòng Tỉnh ủy", "2025-2026"],
        ["8", "Hệ thống thông tin lĩnh vực Tuyên giáo, Dân vận", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "", "2026-2028"],
        ["9", "Ứng dụng, cơ sở dữ liệu kiểm tra, giám sát, thi hành kỷ luật", "Ủy ban Kiểm tra Tỉnh ủy", "", "2026"],
        ["10", "Cơ sở dữ liệu tình hình nhân dân, phong trào, giám sát, phản biện của Mặt trận", "Mặt trận Tổ quốc Việt Nam tỉnh", "Văn phòng Tỉnh ủy", "2025-2028"],
        ["III", "Các hệ thống do tỉnh xây dựng, thuê dịch vụ", "<", "<", "<"],
        ["1", "Nâng cấp hệ thống quản lý tài liệu số hóa dùng chung", "Văn phòng Tỉnh ủy", "Sở Khoa học và Công nghệ", "2026"],
        ["2", "Thuê dịch vụ xếp lịch, phòng họp không giấy, xin ý kiến, biểu quyết", "Văn phòng Tỉnh ủy", "", "2025-2028"],
        ["IV", "Dữ liệu và các hệ thống chuyên ngành", "<", "<", "<"],
        ["1", "Số hóa tài liệu của toàn khối: 30% năm 2025, 100% năm 2026", "Văn phòng Tỉnh ủy", "Các cơ quan đảng", "2025-2026"],
        ["2", "Quản lý nghiệp vụ ngành kiểm tra: kê khai, xác minh tài sản, thu nhập", "Ủy ban Kiểm tra Tỉnh ủy", "Văn phòng Tỉnh ủy; các cấp ủy", "2026"],
    ]  # fmt: skip
    vp, bt = "Văn phòng Tỉnh ủy", "Ban Tổ chức Tỉnh ủy"
    first = ("Các cơ quan đảng", "Mặt trận Tổ quốc tỉnh")
    ubkt = "Ủy ban Kiểm tra Tỉnh ủy"
    said: list[tuple[str, str, tuple[str, ...], str, str, str | None]] = [
        ("I.1", vp, first, "", "", "monthly"), ("I.2", vp, first, "", "", "monthly"), ("I.3", vp, first, "", "", "monthly"),
        ("II.1", vp, (), "", "", None), ("II.2", vp, ("Các cơ quan liên quan",), "", "2025", None),
        ("II.3", vp, ("Các cơ quan đảng",), "2025", "2028", None), ("II.4", vp, (), "", "", None),
        ("II.5", bt, ("Các đảng bộ, chi bộ, đảng viên",), "", "2025", None), ("II.6", bt, (), "", "2025", None),
        ("II.7", bt, (vp,), "2025", "2026", None), ("II.8", "Ban Tuyên giáo và Dân vận Tỉnh ủy", (), "2026", "2028", None),
        ("II.9", ubkt, (), "", "2026", None), ("II.10", "Mặt trận Tổ quốc Việt Nam tỉnh", (vp,), "2025", "2028", None),
        ("III.1", vp, ("Sở Khoa học và Công nghệ",), "", "2026", None), ("III.2", vp, (), "2025", "2028", None),
        ("IV.1", vp, ("Các cơ quan đảng",), "2025", "2026", None), ("IV.2", ubkt, (vp, "các cấp ủy"), "", "2026", None),
    ]  # fmt: skip
    contents = [row[1] for row in rows[1:] if row[2] != "<"]
    tasks = [
        Task(f"Phụ lục {clause}", text, lead, supporting, start, due, rec)
        for (clause, lead, supporting, start, due, rec), text in zip(said, contents, strict=True)
    ]
    duties = [
        ("Ban Chỉ đạo: Chỉ đạo, đôn đốc, điều phối, kiểm tra việc thực hiện Kế hoạch; đề xuất khen thưởng, phê bình.", "Ban Chỉ đạo", None),
        ("Văn phòng Tỉnh ủy: Chủ trì tiếp nhận, triển khai các hệ thống; theo dõi, tổng hợp, định kỳ hằng tháng báo cáo Ban Chỉ đạo.", vp, "monthly"),
        ("Đảng ủy UBND tỉnh: Lãnh đạo việc thẩm định, bố trí kinh phí thực hiện Kế hoạch; chia sẻ dữ liệu của chính quyền.", "Đảng ủy UBND tỉnh", None),
        ("Đảng ủy các xã, phường: Xây dựng kế hoạch, dự toán hằng năm; khai thác các hệ thống dùng chung; số hóa tài liệu của mình.", "Đảng ủy các xã, phường", "yearly"),
    ]  # fmt: skip
    tasks = [
        Task(f"IV.{number}", text, lead, (), "", "", rec) for number, (text, lead, rec) in enumerate(duties, 1)
    ] + tasks
    parts: list[Part] = [
        *head("TỈNH ỦY", "ĐẢNG BỘ TỈNH LÀO CAI", "96-KH/TU", "Lào Cai, ngày 11 tháng 8 năm 2025", "KẾ HOẠCH", "chuyển đổi số trong các cơ quan đảng, giai đoạn 2025-2028"),
        P("Thực hiện Quyết định số 204-QĐ/TW, ngày 29/11/2024 của Ban Bí thư, Ban Thường vụ Tỉnh ủy ban hành Kế hoạch như sau:"),
        P("I. MỤC ĐÍCH, YÊU CẦU", bold=True),
        P("1. Các cấp ủy, tổ chức đảng xác định chuyển đổi số là nhiệm vụ trọng tâm, hoàn thành trước năm 2028."),
        P("2. Bảo đảm an toàn, bí mật thông tin trong quá trình chuyển đổi số."),
        P("II. MỤC TIÊU", bold=True),
        P("- 100% cơ quan đảng từ tỉnh đến cơ sở có đủ thiết bị hiện đại, đồng bộ."),
        P("- 100% cán bộ có thẩm quyền ký được cấp chữ ký số trong năm 2025."),
        P("III. NHIỆM VỤ", bold=True),
        P("1. Xây dựng hạ tầng dùng chung", bold=True),
        P("- Xây dựng lại hạ tầng theo tiêu chuẩn; đường truyền từ Trung ương đến cơ sở ổn định, an toàn."),
        P("2. Phát triển dữ liệu", bold=True),
        P("- Số hóa hồ sơ, tài liệu không mật; chuẩn hóa dữ liệu đảng viên, cán bộ."),
        P("(Danh mục nhiệm vụ cụ thể tại Phụ lục kèm theo)", italic=True),
        P("IV. TỔ CHỨC THỰC HIỆN", bold=True),
        *(P(f"{number}. {text}") for number, (text, _, _) in enumerate(duties, 1)),
        P("Trong quá trình thực hiện, nếu có vướng mắc, các cơ quan phản ánh về Văn phòng Tỉnh ủy để tổng hợp."),
        *foot(["Văn phòng Trung ương Đảng", "Các đảng ủy trực thuộc Tỉnh ủy", "Thành viên Ban Chỉ đạo"], "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ", "Lò Thị Giả Định"),
        Break(),
        P("PHỤ LỤC", bold=True, centred=True),
        P("CÁC NHIỆM VỤ CHUYỂN ĐỔI SỐ TRONG CÁC CƠ QUAN ĐẢNG", bold=True, centred=True),
        P("(Kèm theo Kế hoạch số 96-KH/TU, ngày 11/8/2025 của Tỉnh ủy)", italic=True, centred=True),
        Grid((0.06, 0.42, 0.18, 0.18, 0.16), rows),
    ]  # fmt: skip
    return Plan("party_annex", parts, tasks)


PLANS: tuple[Plan, ...] = (_annex_plan(), *TABLE_PLANS, *CLAUSE_PLANS, *HELD_OUT_PLANS)
