"""Three plans written after the reader was finished, in manners of real papers it had not seen; all invented."""

# ruff: noqa: E501 - the rows of a table are easier to check whole

from tests.reading.plan_parts import Break, Grid, P, Part, Plan, Task, foot, head


def _ward_letter() -> Plan:
    """Units numbered without bold or a part on duties; “phối hợp” without “với”; hours beside the day."""
    one = "Phòng Văn hóa - Xã hội chủ trì, phối hợp Trung tâm Dịch vụ công và các đơn vị có liên quan, tham mưu UBND phường hướng dẫn trang trí, cổ động trực quan; hoàn thành trước ngày 25/11/2025."
    two = "Tăng thời lượng tin, bài về kết quả xây dựng phường trên hệ thống truyền thanh."
    three = "Tổ chức giải chạy chào mừng; báo cáo UBND phường trước 16 giờ ngày 10/12/2025."
    four = "Phòng Kinh tế, Hạ tầng và Đô thị: Xây dựng phương án chỉnh trang đô thị, vệ sinh môi trường trong tháng 11/2025."
    five = "Đề nghị Ủy ban MTTQ Việt Nam phường và các tổ chức chính trị - xã hội vận động Nhân dân treo cờ Tổ quốc từ ngày 15/12/2025 đến ngày 20/12/2025."
    parts: list[Part] = [
        *head(
            "ỦY BAN NHÂN DÂN PHƯỜNG SA PA",
            "",
            "949/KH-UBND",
            "Sa Pa, ngày 10 tháng 11 năm 2025",
            "KẾ HOẠCH",
            "Tuyên truyền kỷ niệm ngày thành lập phường",
            party=False,
        ),
        P(
            "Thực hiện Hướng dẫn số 15-HD/ĐU, ngày 05/11/2025 của Đảng ủy phường về tuyên truyền kỷ niệm, Ủy ban nhân dân phường yêu cầu các cơ quan, đơn vị thực hiện một số nội dung sau:"
        ),
        P(f"1. {one}"),
        P("2. Trung tâm Dịch vụ công"),
        P(f"- {two}"),
        P(f"- {three}"),
        P(f"3. {four}"),
        P(f"4. {five}"),
        *foot(["Đảng ủy phường", "Các tổ dân phố"], "TM. ỦY BAN NHÂN DÂN\nPHÓ CHỦ TỊCH", "Thào Thị Giả Dụ"),
    ]
    tasks = [
        Task(
            "1", one, "Phòng Văn hóa - Xã hội", ("Trung tâm Dịch vụ công", "các đơn vị có liên quan"), "", "2025-11-25"
        ),
        Task("2", two, "Trung tâm Dịch vụ công"),
        Task("2", three, "Trung tâm Dịch vụ công", (), "", "2025-12-10"),
        Task("3", four, "Phòng Kinh tế, Hạ tầng và Đô thị", (), "", "2025-11-30"),
        Task(
            "4", five, "Ủy ban MTTQ Việt Nam phường và các tổ chức chính trị - xã hội", (), "2025-12-15", "2025-12-20"
        ),
    ]
    return Plan("held_ward", parts, tasks, held_out=True)


def _programme_plan() -> Plan:
    """A table in the body: product and time before the units, parts A and B, chapters below, rows that count on."""
    rows = [
        ["TT", "Nội dung nhiệm vụ", "Sản phẩm", "Thời hạn hoàn thành", "Cơ quan chủ trì", "Cơ quan phối hợp"],
        ["A", "NHIỆM VỤ CỤ THỂ", "<", "<", "<", "<"],
        ["I", "Hoàn thiện cơ chế, chính sách", "<", "<", "<", "<"],
        ["1", "Rà soát, trình ban hành Nghị quyết về phân cấp quản lý Chương trình", "Nghị quyết của HĐND tỉnh", "Tháng 3/2026", "Sở Nông nghiệp và Môi trường", "Sở Tài chính; Sở Tư pháp"],
        ["2", "Xây dựng quy định về lồng ghép nguồn vốn", "Quyết định của UBND tỉnh", "Quý II/2026", "Sở Tài chính", "Các sở: Nông nghiệp và Môi trường, Dân tộc và Tôn giáo"],
        ["II", "Tuyên truyền", "<", "<", "<", "<"],
        ["3", "Quán triệt, phổ biến nội dung Nghị quyết đến các cấp, các ngành", "Hội nghị; tin, bài", "Thường xuyên", "Sở Văn hóa, Thể thao và Du lịch", "Báo và Đài Phát thanh, Truyền hình tỉnh; UBND các xã, phường"],
        ["B", "NHIỆM VỤ THƯỜNG XUYÊN", "<", "<", "<", "<"],
        ["1", "Giám sát, đánh giá kết quả thực hiện Chương trình", "Báo cáo", "Trước ngày 20 tháng 12 hằng năm", "Sở Nông nghiệp và Môi trường", "Chi cục Thống kê tỉnh"],
        ["2", "Giải ngân vốn đầu tư công", "Báo cáo giải ngân", "Định kỳ hằng tháng", "UBND các xã, phường", "Kho bạc Nhà nước khu vực"],
    ]  # fmt: skip
    targets = [
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2026", "Năm 2030", "Cơ quan theo dõi"],
        ["1", "Tỷ lệ hộ dùng nước sạch", "%", "75", "95", "Sở Nông nghiệp và Môi trường"],
        ["2", "Số xã đạt chuẩn", "xã", "40", "70", "Sở Nông nghiệp và Môi trường"],
    ]
    env = "Sở Nông nghiệp và Môi trường"
    tasks = [
        Task("III.A.I.1", rows[3][1], env, ("Sở Tài chính", "Sở Tư pháp"), "", "2026-03-31"),
        Task(
            "III.A.I.2",
            rows[4][1],
            "Sở Tài chính",
            ("Các sở: Nông nghiệp và Môi trường, Dân tộc và Tôn giáo",),
            "",
            "2026-06-30",
        ),
        Task(
            "III.A.II.3",
            rows[6][1],
            "Sở Văn hóa, Thể thao và Du lịch",
            ("Báo và Đài Phát thanh, Truyền hình tỉnh", "UBND các xã, phường"),
        ),
        Task("III.B.1", rows[8][1], env, ("Chi cục Thống kê tỉnh",), "", "", "yearly"),
        Task("III.B.2", rows[9][1], "UBND các xã, phường", ("Kho bạc Nhà nước khu vực",), "", "", "monthly"),
        Task(
            "IV.1",
            f"{env} là cơ quan thường trực, theo dõi, đôn đốc việc thực hiện Kế hoạch; tham mưu UBND tỉnh sơ kết vào quý III/2028.",
            env,
            (),
            "",
            "2028-09-30",
        ),
        Task(
            "IV.2",
            "Các sở, ban, ngành; UBND các xã, phường xây dựng kế hoạch chi tiết, gửi Sở Nông nghiệp và Môi trường chậm nhất ngày 15 tháng 02 năm 2026.",
            "Các sở, ban, ngành; UBND các xã, phường",
            (),
            "",
            "2026-02-15",
        ),
    ]
    parts: list[Part] = [
        *head(
            "ỦY BAN NHÂN DÂN TỈNH LÀO CAI",
            "",
            "924/KH-UBND",
            "Lào Cai, ngày 15 tháng 01 năm 2026",
            "KẾ HOẠCH",
            "Triển khai Chương trình mục tiêu quốc gia giai đoạn 2026-2030",
            party=False,
        ),
        P("I. MỤC ĐÍCH, YÊU CẦU", bold=True),
        P("1. Xác định rõ nhiệm vụ, thời hạn, sản phẩm, trách nhiệm của từng cơ quan."),
        P("II. CHỈ TIÊU", bold=True),
        Grid((0.06, 0.34, 0.12, 0.12, 0.12, 0.24), targets),
        P("III. NỘI DUNG, NHIỆM VỤ", bold=True),
        P("Các cơ quan thực hiện theo bảng sau:"),
        Grid((0.06, 0.26, 0.15, 0.15, 0.18, 0.2), rows),
        P("IV. TỔ CHỨC THỰC HIỆN", bold=True),
        P(f"1. {tasks[5].text}"),
        P(f"2. {tasks[6].text}"),
        *foot(
            ["Bộ Nông nghiệp và Môi trường", "Các sở, ban, ngành"], "TM. ỦY BAN NHÂN DÂN\nPHÓ CHỦ TỊCH", "Đặng Hư Cấu"
        ),
    ]
    return Plan("held_programme", parts, tasks, held_out=True)


def _action_programme() -> Plan:
    """Orders in brackets and in prose; an annex that does not call itself one; times of submission."""
    rows = [
        ["STT", "TÊN ĐỀ ÁN, VĂN BẢN", "CƠ QUAN THAM MƯU", "CẤP BAN HÀNH", "THỜI GIAN TRÌNH"],
        ["1", "Đề án phát triển nguồn nhân lực chất lượng cao", "Đảng ủy UBND tỉnh", "Ban Chấp hành", "Quý II/2026"],
        ["2", "Quy định về đánh giá cán bộ theo sản phẩm", "Ban Tổ chức Tỉnh ủy", "Ban Thường vụ", "Tháng 6/2026"],
        [
            "3",
            "Nghị quyết chuyên đề về công tác dân vận",
            "Ban Tuyên giáo và Dân vận Tỉnh ủy",
            "Ban Chấp hành",
            "6 tháng cuối năm 2026",
        ],
        [
            "4",
            "Chương trình kiểm tra, giám sát năm 2027",
            "Ủy ban Kiểm tra Tỉnh ủy",
            "Ban Thường vụ",
            "Trước 30/11/2026",
        ],
    ]
    one = "Xây dựng cơ sở dữ liệu dùng chung của các cơ quan đảng (Văn phòng Tỉnh ủy chủ trì, hoàn thành năm 2027)."
    two = (
        "Giao Đảng ủy UBND tỉnh lãnh đạo việc thu hút chuyên gia công nghệ, báo cáo kết quả trước ngày 15/12 hằng năm."
    )
    three = "Các cấp ủy, tổ chức đảng trực thuộc Tỉnh ủy tổ chức quán triệt, xây dựng kế hoạch thực hiện xong trong tháng 4/2026."
    four = "Ban Tuyên giáo và Dân vận Tỉnh ủy hướng dẫn việc học tập, tuyên truyền Chương trình hành động."
    five = "Văn phòng Tỉnh ủy chủ trì, phối hợp với Ban Tổ chức, Ban Nội chính và Ủy ban Kiểm tra Tỉnh ủy theo dõi, định kỳ 6 tháng báo cáo Ban Thường vụ Tỉnh ủy."
    tasks = [
        Task("II.1", one, "Văn phòng Tỉnh ủy", (), "", "2027"),
        Task("II.2", two, "Đảng ủy UBND tỉnh", (), "", "", "yearly"),
        Task("III.1", three, "Các cấp ủy, tổ chức đảng trực thuộc Tỉnh ủy", (), "", "2026-04-30"),
        Task("III.2", four, "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
        Task(
            "III.3",
            five,
            "Văn phòng Tỉnh ủy",
            ("Ban Tổ chức Tỉnh ủy", "Ban Nội chính Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy"),
            "",
            "",
            "half_yearly",
        ),
        Task("Phụ lục 1", rows[1][1], "Đảng ủy UBND tỉnh", (), "", "2026-06-30"),
        Task("Phụ lục 2", rows[2][1], "Ban Tổ chức Tỉnh ủy", (), "", "2026-06-30"),
        Task("Phụ lục 3", rows[3][1], "Ban Tuyên giáo và Dân vận Tỉnh ủy", (), "", "2026-12-31"),
        Task("Phụ lục 4", rows[4][1], "Ủy ban Kiểm tra Tỉnh ủy", (), "", "2026-11-30"),
    ]
    parts: list[Part] = [
        *head(
            "TỈNH ỦY",
            "ĐẢNG BỘ TỈNH LÀO CAI",
            "98-CTr/TU",
            "Lào Cai, ngày 20 tháng 3 năm 2026",
            "CHƯƠNG TRÌNH HÀNH ĐỘNG",
            "thực hiện Nghị quyết về phát triển khoa học, công nghệ",
        ),
        P(
            "Thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị, Ban Thường vụ Tỉnh ủy ban hành Chương trình hành động như sau:"
        ),
        P("I. MỤC TIÊU", bold=True),
        P("Đến năm 2030, tỉnh thuộc nhóm khá của vùng về chuyển đổi số; 100% cấp ủy có cán bộ chuyên trách."),
        P("II. NHIỆM VỤ, GIẢI PHÁP", bold=True),
        P(f"1. {one}"),
        P(f"2. {two}"),
        P("3. Đẩy mạnh nghiên cứu, ứng dụng; khơi dậy tinh thần đổi mới sáng tạo trong toàn xã hội."),
        P("III. TỔ CHỨC THỰC HIỆN", bold=True),
        P(f"1. {three}"),
        P(f"2. {four}"),
        P(f"3. {five}"),
        *foot(["Bộ Chính trị", "Các đảng ủy trực thuộc"], "T/M BAN THƯỜNG VỤ\nBÍ THƯ", "Hầu A Ví Dụ"),
        Break(landscape=True),
        P("DANH MỤC ĐỀ ÁN, VĂN BẢN THỰC HIỆN CHƯƠNG TRÌNH HÀNH ĐỘNG", bold=True, centred=True),
        P("(Kèm theo Chương trình hành động số 98-CTr/TU, ngày 20/3/2026 của Tỉnh ủy)", italic=True, centred=True),
        Grid((0.07, 0.4, 0.22, 0.15, 0.16), rows),
    ]
    return Plan("held_action", parts, tasks, held_out=True)


HELD_OUT_PLANS = (_ward_letter(), _programme_plan(), _action_programme())
