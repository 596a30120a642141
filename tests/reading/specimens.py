"""Forty invented papers after the habits of many offices; the rules were written beside them."""

from congso.kernel.papers.proposals import FieldName as F
from congso.kernel.papers.proposals import Form
from tests.reading.papers import Look, Medium, Signing, Specimen

PARTY, STATE, FRONT, YOUTH = Form.PARTY, Form.STATE, Form.FRONT, Form.YOUTH
CAPTION = (
    "Ký bởi: Nguyễn Văn Mẫu",
    "Email: mau@vidu.laocai.gov.vn",
    "Cơ quan: Văn phòng Tỉnh ủy",
    "Thời gian ký: 09.01.2024 16:20:11 +07:00",
)
STATE_CAPTION = ("Người ký: Ủy ban nhân dân", "tỉnh Lào Cai", "Ngày ký: 02/02/2022 08:15:59")


def truth(
    symbol: str, day: str, issuer: str, parent: str, kind: str, title: str, signer: str, **more: str
) -> dict[F, str]:
    """The fields of the command line; `more` by the names of fields."""
    found = {
        F.NUMBER_SYMBOL: symbol, F.ISSUED_DATE: day, F.ISSUING_AGENCY: issuer, F.PARENT_AGENCY: parent,
        F.DOC_TYPE: kind, F.TITLE: title, F.SIGNER: signer, F.URGENCY: "", F.SECRECY: "",
    }  # fmt: skip
    return {**found, **{F(name): value for name, value in more.items()}}


SPECIMENS: tuple[Specimen, ...] = (
    Specimen(
        "tinh-uy-ke-hoach", PARTY, (), ("TỈNH ỦY LÀO CAI",), "Số 21-KH/TU", "Lào Cai, ngày 05 tháng 02 năm 2026",
        ("KẾ HOẠCH",),
        "thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, "
        "đổi mới sáng tạo và chuyển đổi số quốc gia trên địa bàn tỉnh",
        (Signing(("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), "Nguyễn Văn Mẫu", CAPTION),),
        ("Các đảng ủy trực thuộc Tỉnh ủy,", "Các đồng chí Ủy viên Ban Chấp hành Đảng bộ tỉnh,", "Lưu Văn phòng Tỉnh ủy."),
        truth(
            "21-KH/TU", "2026-02-05", "Tỉnh ủy Lào Cai", "", "Kế hoạch",
            "thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, đổi mới sáng "
            "tạo và chuyển đổi số quốc gia trên địa bàn tỉnh", "Nguyễn Văn Mẫu",
        ),
    ),
    Specimen(
        "vptu-cong-van-khan", PARTY, ("TỈNH ỦY LÀO CAI",), ("VĂN PHÒNG",), "Số 1205-CV/VPTU",
        "Lào Cai, ngày 14 tháng 8 năm 2025", (),
        "về việc đăng ký máy trạm\nvà chứng thư số cho cán bộ\nvăn phòng cấp ủy",
        (Signing(("K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"), "Hoàng Thị Minh Họa"),),
        ("Như trên,", "Lưu Văn phòng Tỉnh ủy."),
        truth(
            "1205-CV/VPTU", "2025-08-14", "Văn phòng", "Tỉnh ủy Lào Cai", "Công văn",
            "về việc đăng ký máy trạm và chứng thư số cho cán bộ văn phòng cấp ủy", "Hoàng Thị Minh Họa", urgency="Khẩn",
        ),
        addressed=("Các đảng ủy xã, phường",), marks=("KHẨN",),
    ),
    Specimen(
        "ubnd-tinh-quyet-dinh", STATE, (), ("ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI"), "Số: 2194/QĐ-UBND",
        "Lào Cai, ngày 11 tháng 11 năm 2025", ("QUYẾT ĐỊNH",),
        "Về việc phê duyệt Đề án phát triển cây quế hữu cơ\ngiai đoạn 2026 - 2030, định hướng đến năm 2035",
        (Signing(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần Thị Thí Dụ", STATE_CAPTION),),
        ("Như Điều 3;", "Thường trực Tỉnh ủy (b/c);", "Chủ tịch, các Phó Chủ tịch UBND tỉnh;", "Lưu: VT, TH1, NLN2."),
        truth(
            "2194/QĐ-UBND", "2025-11-11", "Ủy ban nhân dân tỉnh Lào Cai", "", "Quyết định",
            "Về việc phê duyệt Đề án phát triển cây quế hữu cơ giai đoạn 2026 - 2030, định hướng đến năm 2035",
            "Trần Thị Thí Dụ",
        ),
        bases=("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;", "Theo đề nghị của Giám đốc Sở Tài chính."),
        decider="ỦY BAN NHÂN DÂN TỈNH LÀO CAI", look=Look(has_annex=True, has_seal=True, is_grey=False),
    ),
    Specimen(
        "so-noi-vu-cong-van", STATE, ("UBND TỈNH LÀO CAI",), ("SỞ NỘI VỤ",), "Số: 1877 /SNV-TCBC",
        "Lào Cai, ngày 03 tháng 10 năm 2025", (),
        "V/v rà soát biên chế, vị trí việc làm của các\ncơ quan chuyên môn cấp xã năm 2026",
        (Signing(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Vũ Văn Mô Phỏng"),), ("Như trên;", "Lưu: VT, TCBC."),
        truth(
            "1877/SNV-TCBC", "2025-10-03", "Sở Nội vụ", "UBND tỉnh Lào Cai", "Công văn",
            "V/v rà soát biên chế, vị trí việc làm của các cơ quan chuyên môn cấp xã năm 2026", "Vũ Văn Mô Phỏng",
        ),
        addressed=("Các sở, ban, ngành tỉnh;", "Ủy ban nhân dân các xã, phường."), look=Look(has_arrival_stamp=True),
    ),
    Specimen(
        "dang-uy-xa-nghi-quyet", PARTY, ("ĐẢNG BỘ TỈNH LÀO CAI",), ("ĐẢNG ỦY XÃ Y TÝ",), "Số 08-NQ/ĐU",
        "Y Tý, ngày 30 tháng 9 năm 2025", ("NGHỊ QUYẾT",),
        "về phát triển du lịch cộng đồng gắn với giữ gìn bản sắc văn hóa\ngiai đoạn 2025 - 2030",
        (Signing(("T/M BAN CHẤP HÀNH", "BÍ THƯ"), "Giàng A Thí"),), ("Ban Thường vụ Tỉnh ủy,", "Các chi bộ trực thuộc,", "Lưu Văn phòng Đảng ủy."),
        truth(
            "08-NQ/ĐU", "2025-09-30", "Đảng ủy xã Y Tý", "Đảng bộ tỉnh Lào Cai", "Nghị quyết",
            "về phát triển du lịch cộng đồng gắn với giữ gìn bản sắc văn hóa giai đoạn 2025 - 2030", "Giàng A Thí",
        ),
        look=Look(has_seal=True, is_grey=False),
    ),
    Specimen(
        "mttq-tinh-huong-dan", FRONT, (), ("ỦY BAN MTTQ VIỆT NAM", "TỈNH LÀO CAI", ), "Số: 17/HD-MTTQ-BTT",
        "Lào Cai, ngày 22 tháng 8 năm 2025", ("HƯỚNG DẪN",),
        "Tổ chức Ngày hội Đại đoàn kết toàn dân tộc ở khu dân cư năm 2025",
        (Signing(("TM. BAN THƯỜNG TRỰC", "PHÓ CHỦ TỊCH"), "Lê Hư Cấu"),),
        ("Ban Thường trực UBTW MTTQ Việt Nam (b/c);", "Thường trực Tỉnh ủy (b/c);", "Ủy ban MTTQ Việt Nam các xã, phường;", "Lưu: VT, BPT."),
        truth(
            "17/HD-MTTQ-BTT", "2025-08-22", "Ủy ban MTTQ Việt Nam tỉnh Lào Cai", "", "Hướng dẫn",
            "Tổ chức Ngày hội Đại đoàn kết toàn dân tộc ở khu dân cư năm 2025", "Lê Hư Cấu",
        ),
    ),
    Specimen(
        "tinh-doan-ke-hoach", YOUTH, ("BCH ĐOÀN TNCS HỒ CHÍ MINH",), ("TỈNH ĐOÀN LÀO CAI",), "Số: 45-KH/TĐTN-BPT",
        "Lào Cai, ngày 12 tháng 6 năm 2025", ("KẾ HOẠCH",), "Tổ chức chiến dịch Thanh niên tình nguyện hè năm 2025",
        (Signing(("TM. BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), "Phạm Giả Định"),), ("Ban Bí thư Trung ương Đoàn;", "Lưu VP, BPT."),
        truth(
            "45-KH/TĐTN-BPT", "2025-06-12", "Tỉnh đoàn Lào Cai", "BCH Đoàn TNCS Hồ Chí Minh", "Kế hoạch",
            "Tổ chức chiến dịch Thanh niên tình nguyện hè năm 2025", "Phạm Giả Định",
        ),
        look=Look(rule="_________"),
    ),
    Specimen(
        "btc-tinh-uy-thong-bao", PARTY, ("TỈNH ỦY LÀO CAI",), ("BAN TỔ CHỨC",), "Số 33-TB/BTCTU",
        "Lào Cai, ngày 28 tháng 7 năm 2025", ("THÔNG BÁO",),
        "kết luận của đồng chí Trưởng ban tại hội nghị giao ban công tác tổ chức xây dựng Đảng quý II",
        (Signing(("T/L TRƯỞNG BAN", "CHÁNH VĂN PHÒNG"), "Sùng Seo Mẫu"),), ("Lãnh đạo Ban,", "Các phòng thuộc Ban,", "Lưu Văn phòng Ban."),
        truth(
            "33-TB/BTCTU", "2025-07-28", "Ban Tổ chức", "Tỉnh ủy Lào Cai", "Thông báo",
            "kết luận của đồng chí Trưởng ban tại hội nghị giao ban công tác tổ chức xây dựng Đảng quý II", "Sùng Seo Mẫu",
        ),
    ),
    Specimen(
        "bo-noi-vu-cong-van", STATE, (), ("BỘ NỘI VỤ",), "Số: 4591/BNV-CCVC", "Hà Nội, ngày 17 tháng 7 năm 2025", (),
        "V/v hướng dẫn thực hiện chế độ, chính sách đối với cán bộ,\ncông chức, viên chức khi sắp xếp tổ chức bộ máy",
        (Signing(("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), "Đỗ Thị Ví Dụ"),), ("Như trên;", "Bộ trưởng (để b/c);", "Lưu: VT, CCVC."),
        truth(
            "4591/BNV-CCVC", "2025-07-17", "Bộ Nội vụ", "", "Công văn",
            "V/v hướng dẫn thực hiện chế độ, chính sách đối với cán bộ, công chức, viên chức khi sắp xếp tổ chức bộ máy",
            "Đỗ Thị Ví Dụ",
        ),
        addressed=("Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ;", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương."),
        look=Look(left_share=42),
    ),
    Specimen(
        "ubnd-tinh-cong-dien", STATE, (), ("CHỦ TỊCH ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI"), "Số: 06/CĐ-CTUBND",
        "Lào Cai, ngày 21 tháng 7 năm 2025", ("CÔNG ĐIỆN",), "Về việc tập trung ứng phó với hoàn lưu bão số 3 và mưa lớn diện rộng",
        (Signing(("CHỦ TỊCH",), "Nguyễn Văn Mẫu"),), ("Thủ tướng Chính phủ (b/c);", "Các cơ quan tại công điện;", "Lưu: VT, NLN1."),
        truth(
            "06/CĐ-CTUBND", "2025-07-21", "Chủ tịch Ủy ban nhân dân tỉnh Lào Cai", "", "Công điện",
            "Về việc tập trung ứng phó với hoàn lưu bão số 3 và mưa lớn diện rộng", "Nguyễn Văn Mẫu", urgency="Hỏa tốc",
        ),
        marks=("HỎA TỐC",), look=Look(has_seal=True, is_grey=False),
    ),
    Specimen(
        "btv-ket-luan", PARTY, (), ("TỈNH ỦY LÀO CAI",), "Số 112-KL/TU", "Lào Cai, ngày 19 tháng 12 năm 2025",
        ("KẾT LUẬN", "CỦA BAN THƯỜNG VỤ TỈNH ỦY"), "về tình hình thực hiện nhiệm vụ năm 2025,\nphương hướng, nhiệm vụ năm 2026",
        (Signing(("T/M BAN THƯỜNG VỤ", "BÍ THƯ"), "Trịnh Văn Giả Thiết"),), ("Các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy,", "Lưu Văn phòng Tỉnh ủy."),
        truth(
            "112-KL/TU", "2025-12-19", "Tỉnh ủy Lào Cai", "", "Kết luận",
            "về tình hình thực hiện nhiệm vụ năm 2025, phương hướng, nhiệm vụ năm 2026", "Trịnh Văn Giả Thiết",
        ),
        look=Look(rule="-----"),
    ),
    Specimen(
        "ubnd-xa-bao-cao", STATE, (), ("ỦY BAN NHÂN DÂN", "XÃ BẢO THẮNG"), "Số: 215/BC-UBND", "Bảo Thắng, ngày 20 tháng 10 năm 2025",
        ("BÁO CÁO",), "Kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội, quốc phòng - an ninh\n9 tháng đầu năm; phương hướng, nhiệm vụ 3 tháng cuối năm 2025",
        (Signing(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Bùi Thị Mô Hình"),), ("UBND tỉnh;", "TT Đảng ủy, HĐND xã;", "Lưu: VT."),
        truth(
            "215/BC-UBND", "2025-10-20", "Ủy ban nhân dân xã Bảo Thắng", "", "Báo cáo",
            "Kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội, quốc phòng - an ninh 9 tháng đầu năm; phương hướng, "
            "nhiệm vụ 3 tháng cuối năm 2025", "Bùi Thị Mô Hình",
        ),
        look=Look(is_tight=True, has_seal=True, is_grey=False),
    ),
    Specimen(
        "hdnd-nghi-quyet", STATE, (), ("HỘI ĐỒNG NHÂN DÂN", "TỈNH LÀO CAI"), "Số: 28/2025/NQ-HĐND", "Lào Cai, ngày 09 tháng 12 năm 2025",
        ("NGHỊ QUYẾT",), "Quy định chính sách hỗ trợ xóa nhà tạm, nhà dột nát trên địa bàn tỉnh Lào Cai",
        (Signing(("CHỦ TỊCH",), "Phan Thị Minh Chứng"),), ("Ủy ban Thường vụ Quốc hội;", "Chính phủ;", "Lưu: VT, CTHĐ."),
        truth(
            "28/2025/NQ-HĐND", "2025-12-09", "Hội đồng nhân dân tỉnh Lào Cai", "", "Nghị quyết",
            "Quy định chính sách hỗ trợ xóa nhà tạm, nhà dột nát trên địa bàn tỉnh Lào Cai", "Phan Thị Minh Chứng",
        ),
        bases=("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;",), decider="HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI KHÓA XVI, KỲ HỌP THỨ 5",
    ),
    Specimen(
        "chi-bo-bien-ban", PARTY, ("ĐẢNG BỘ XÃ BÁT XÁT",), ("CHI BỘ THÔN BẢN MẠC",), "Số 07-BB/CB", "Bát Xát, ngày 04 tháng 11 năm 2025",
        ("BIÊN BẢN",), "Hội nghị chi bộ thường kỳ tháng 11 năm 2025",
        (Signing(("THƯ KÝ",), "Vàng Thị Ghi"), Signing(("CHỦ TRÌ",), "Tẩn A Điều")), (),
        truth(
            "07-BB/CB", "2025-11-04", "Chi bộ thôn Bản Mạc", "Đảng bộ xã Bát Xát", "Biên bản",
            "Hội nghị chi bộ thường kỳ tháng 11 năm 2025", "Tẩn A Điều",
        ),
    ),
    Specimen(
        "lien-nganh-ke-hoach", STATE, (), ("SỞ TÀI CHÍNH - SỞ XÂY DỰNG",), "Số: 31/KHLN-STC-SXD", "Lào Cai, ngày 15 tháng 9 năm 2025",
        ("KẾ HOẠCH LIÊN NGÀNH",), "Phối hợp kiểm tra việc sử dụng trụ sở dôi dư sau sắp xếp",
        (
            Signing(("GIÁM ĐỐC", "SỞ XÂY DỰNG"), "Đinh Văn Phỏng Đoán"),
            Signing(("GIÁM ĐỐC", "SỞ TÀI CHÍNH"), "Lý Thị Tính Toán"),
        ),
        ("UBND tỉnh (b/c);", "Lưu: VT."),
        truth(
            "31/KHLN-STC-SXD", "2025-09-15", "Sở Tài chính - Sở Xây dựng", "", "Kế hoạch",
            "Phối hợp kiểm tra việc sử dụng trụ sở dôi dư sau sắp xếp", "Lý Thị Tính Toán",
        ),
        look=Look(left_share=50),
    ),
    Specimen(
        "bch-quan-su-xa-thong-bao", STATE, ("UBND XÃ Y TÝ",), ("BAN CHỈ HUY QUÂN SỰ",), "Số: 12/TB-BCH", "Y Tý, ngày 06 tháng 01 năm 2026",
        ("THÔNG BÁO",), "Về việc khám sức khỏe nghĩa vụ quân sự năm 2026",
        (Signing(("CHỈ HUY TRƯỞNG",), "Thiếu tá Lò Văn Huấn"),), ("Các thôn;", "Lưu: VT."),
        truth(
            "12/TB-BCH", "2026-01-06", "Ban Chỉ huy Quân sự", "UBND xã Y Tý", "Thông báo",
            "Về việc khám sức khỏe nghĩa vụ quân sự năm 2026", "Lò Văn Huấn",
        ),
    ),
    Specimen(
        "ubnd-tinh-giay-moi", STATE, (), ("ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI"), "Số: 318/GM-UBND", "Lào Cai, ngày 25 tháng 8 năm 2025",
        ("GIẤY MỜI",), "Họp Ban Chỉ đạo chuyển đổi số tỉnh",
        (Signing(("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"), "Hà Thị Thử Nghiệm"),), ("Như thành phần;", "Lưu: VT, KSTT."),
        truth(
            "318/GM-UBND", "2025-08-25", "Ủy ban nhân dân tỉnh Lào Cai", "", "Giấy mời", "Họp Ban Chỉ đạo chuyển đổi số tỉnh",
            "Hà Thị Thử Nghiệm",
        ),
        look=Look(is_post_bold=True, has_seal=True, is_grey=False),
    ),
    Specimen(
        "ldld-cong-van", FRONT, ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",), ("LIÊN ĐOÀN LAO ĐỘNG", "TỈNH LÀO CAI"), "Số: 402/LĐLĐ-CSPL",
        "Lào Cai, ngày 18 tháng 11 năm 2025", (), "V/v tổ chức Tết Sum vầy - Xuân ơn Đảng\nnăm 2026",
        (Signing(("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"), "Ngô Văn Ví"),), ("Như trên;", "Lưu: VP, CSPL."),
        truth(
            "402/LĐLĐ-CSPL", "2025-11-18", "Liên đoàn Lao động tỉnh Lào Cai", "Tổng Liên đoàn Lao động Việt Nam", "Công văn",
            "V/v tổ chức Tết Sum vầy - Xuân ơn Đảng năm 2026", "Ngô Văn Ví",
        ),
        addressed=("Công đoàn các xã, phường, đơn vị trực thuộc",),
    ),
    Specimen(
        "so-vhttdl-to-trinh", STATE, ("UBND TỈNH LÀO CAI",), ("SỞ VĂN HÓA, THỂ THAO", "VÀ DU LỊCH"), "Số: 96/TTr-SVHTTDL",
        "Lào Cai, ngày 08 tháng 5 năm 2026", ("TỜ TRÌNH",), "Về việc xếp hạng di tích cấp tỉnh đối với Đền Mẫu Thí Dụ, xã Bảo Hà",
        (Signing(("GIÁM ĐỐC",), "TS. Dương Thị Khảo Cứu"),), ("Như trên;", "Lãnh đạo Sở;", "Lưu: VT, QLVH."),
        truth(
            "96/TTr-SVHTTDL", "2026-05-08", "Sở Văn hóa, Thể thao và Du lịch", "UBND tỉnh Lào Cai", "Tờ trình",
            "Về việc xếp hạng di tích cấp tỉnh đối với Đền Mẫu Thí Dụ, xã Bảo Hà", "Dương Thị Khảo Cứu",
        ),
        addressed=("Ủy ban nhân dân tỉnh Lào Cai",),
    ),
    Specimen(
        "ubnd-chua-ghi-so", STATE, (), ("ỦY BAN NHÂN DÂN", "PHƯỜNG SA PA"), "Số:          /KH-UBND", "Sa Pa, ngày       tháng 8 năm 2025",
        ("KẾ HOẠCH",), "Chỉnh trang đô thị, giữ gìn vệ sinh môi trường dịp Quốc khánh 2/9",
        (Signing(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Má A Sắp Đặt"),), ("Đảng ủy phường;", "Lưu: VT."),
        truth(
            "/KH-UBND", "", "Ủy ban nhân dân phường Sa Pa", "", "Kế hoạch",
            "Chỉnh trang đô thị, giữ gìn vệ sinh môi trường dịp Quốc khánh 2/9", "Má A Sắp Đặt",
        ),
        top_marks=("DỰ THẢO LẦN 2",),
    ),
    Specimen(
        "ubkt-quyet-dinh", PARTY, ("TỈNH ỦY LÀO CAI",), ("ỦY BAN KIỂM TRA",), "Số 41-QĐ/UBKTTU", "Lào Cai, ngày 10 tháng 3 năm 2026",
        ("QUYẾT ĐỊNH",), "kiểm tra việc lãnh đạo, chỉ đạo thực hiện chuyển đổi số",
        (Signing(("T/M ỦY BAN KIỂM TRA", "PHÓ CHỦ NHIỆM"), "Cao Văn Thẩm Định"),), ("Đảng ủy được kiểm tra,", "Lưu Ủy ban Kiểm tra Tỉnh ủy."),
        truth(
            "41-QĐ/UBKTTU", "2026-03-10", "Ủy ban Kiểm tra", "Tỉnh ủy Lào Cai", "Quyết định",
            "kiểm tra việc lãnh đạo, chỉ đạo thực hiện chuyển đổi số", "Cao Văn Thẩm Định",
        ),
        bases=("- Căn cứ Quy định số 21-QĐ/TW của Ban Chấp hành Trung ương;",), decider="ỦY BAN KIỂM TRA TỈNH ỦY",
    ),
    Specimen(
        "so-gddt-huong-dan", STATE, ("ỦY BAN NHÂN DÂN TỈNH LÀO CAI",), ("SỞ GIÁO DỤC VÀ ĐÀO TẠO",), "Số: 1533/HD-SGDĐT",
        "Lào Cai, ngày 29 tháng 8 năm 2025", ("HƯỚNG DẪN",), "Thực hiện nhiệm vụ giáo dục tiểu học năm học 2025 - 2026",
        (Signing(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Tống Thị Minh Họa"),), ("Bộ GDĐT (b/c);", "UBND các xã, phường;", "Lưu: VT, GDTH."),
        truth(
            "1533/HD-SGDĐT", "2025-08-29", "Sở Giáo dục và Đào tạo", "Ủy ban nhân dân tỉnh Lào Cai", "Hướng dẫn",
            "Thực hiện nhiệm vụ giáo dục tiểu học năm học 2025 - 2026", "Tống Thị Minh Họa",
        ),
        look=Look(font="DejaVu Serif", size=12, left_share=48),
    ),
    Specimen(
        "bcd-cds-ke-hoach", STATE, ("ỦY BAN NHÂN DÂN TỈNH LÀO CAI",), ("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ",), "Số: 02/KH-BCĐ",
        "Lào Cai, ngày 07 tháng 02 năm 2026", ("KẾ HOẠCH",), "Hoạt động của Ban Chỉ đạo Chuyển đổi số tỉnh năm 2026",
        (Signing(("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC"), "Mai Văn Giả Lập"), ), ("Thành viên BCĐ;", "Lưu: VT."),
        truth(
            "02/KH-BCĐ", "2026-02-07", "Ban Chỉ đạo Chuyển đổi số", "Ủy ban nhân dân tỉnh Lào Cai", "Kế hoạch",
            "Hoạt động của Ban Chỉ đạo Chuyển đổi số tỉnh năm 2026", "Mai Văn Giả Lập",
        ),
    ),
    Specimen(
        "tw-doan-quyet-dinh", YOUTH, (), ("BAN CHẤP HÀNH TRUNG ƯƠNG",), "Số: 219 - QĐ/TWĐTN-VP", "Hà Nội, ngày 26 tháng 3 năm 2025",
        ("QUYẾT ĐỊNH",), "Về việc ban hành Quy chế quản lý văn bản điện tử trong hệ thống Đoàn",
        (Signing(("TM. BAN BÍ THƯ TRUNG ƯƠNG ĐOÀN", "BÍ THƯ THƯỜNG TRỰC"), "Khổng Minh Dụ"),), ("Như Điều 3;", "Lưu VP."),
        truth(
            "219-QĐ/TWĐTN-VP", "2025-03-26", "Ban Chấp hành Trung ương", "", "Quyết định",
            "Về việc ban hành Quy chế quản lý văn bản điện tử trong hệ thống Đoàn", "Khổng Minh Dụ",
        ),
        decider="BAN BÍ THƯ TRUNG ƯƠNG ĐOÀN", look=Look(rule="---------"),
    ),
    Specimen(
        "hoi-nong-dan-bao-cao", FRONT, ("HỘI NÔNG DÂN VIỆT NAM",), ("HỘI NÔNG DÂN TỈNH LÀO CAI",), "Số: 118-BC/HNDT", "Lào Cai, ngày 15 tháng 6 năm 2025",
        ("BÁO CÁO",), "Kết quả công tác Hội và phong trào nông dân 6 tháng đầu năm 2025",
        (Signing(("T/M BAN THƯỜNG VỤ", "CHỦ TỊCH"), "Lục Văn Cày"),), ("TW Hội NDVN;", "Lưu VT."),
        truth(
            "118-BC/HNDT", "2025-06-15", "Hội Nông dân tỉnh Lào Cai", "Hội Nông dân Việt Nam", "Báo cáo",
            "Kết quả công tác Hội và phong trào nông dân 6 tháng đầu năm 2025", "Lục Văn Cày",
        ),
    ),
    Specimen(
        "dang-uy-co-quan-chuong-trinh", PARTY, ("TỈNH ỦY LÀO CAI",), ("ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH",), "Số 05-CTr/ĐU", "Lào Cai, ngày 31 tháng 10 năm 2025",
        ("CHƯƠNG TRÌNH",), "kiểm tra, giám sát năm 2026 của Ban Thường vụ Đảng ủy",
        (Signing(("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC"), "Hứa Thị Chương"),), ("Ủy ban Kiểm tra Tỉnh ủy,", "Lưu Văn phòng Đảng ủy."),
        truth(
            "05-CTr/ĐU", "2025-10-31", "Đảng ủy các cơ quan Đảng tỉnh", "Tỉnh ủy Lào Cai", "Chương trình",
            "kiểm tra, giám sát năm 2026 của Ban Thường vụ Đảng ủy", "Hứa Thị Chương",
        ),
    ),
    Specimen(
        "vpcp-cong-van", STATE, (), ("VĂN PHÒNG CHÍNH PHỦ",), "Số: 7021/VPCP-KSTT", "Hà Nội, ngày 01 tháng 8 năm 2025", (),
        "V/v đẩy mạnh tái cấu trúc\nthủ tục hành chính",
        (Signing(("KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"), "Nguyễn Thị Giả Sử", ("Ký bởi: Cổng Thông tin điện tử", "Thời gian ký: 01/08/2025 17:01:40")),), ("Như trên;", "TTgCP, các PTTg (để b/c);", "Lưu: VT, KSTT (2)."),
        truth(
            "7021/VPCP-KSTT", "2025-08-01", "Văn phòng Chính phủ", "", "Công văn", "V/v đẩy mạnh tái cấu trúc thủ tục hành chính", "Nguyễn Thị Giả Sử",
            urgency="Thượng khẩn",
        ),
        addressed=("Các bộ, cơ quan ngang bộ;", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương."), marks=("THƯỢNG KHẨN",),
    ),
    Specimen(
        "cong-an-tinh-cong-van", STATE, ("BỘ CÔNG AN",), ("CÔNG AN TỈNH LÀO CAI",), "Số: 3308/CAT-PA05", "Lào Cai, ngày 12 tháng 9 năm 2025", (),
        "V/v phối hợp bảo đảm an ninh mạng\ntrong thời gian diễn ra Đại hội",
        (Signing(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Đại tá Bùi Văn Mẫu Đơn"),), ("Như trên;", "Lưu: VT, PA05."),
        truth(
            "3308/CAT-PA05", "2025-09-12", "Công an tỉnh Lào Cai", "Bộ Công an", "Công văn",
            "V/v phối hợp bảo đảm an ninh mạng trong thời gian diễn ra Đại hội", "Bùi Văn Mẫu Đơn",
        ),
        addressed=("Văn phòng Tỉnh ủy",), look=Look(has_seal=True, is_grey=False),
    ),
    Specimen(
        "van-phong-dang-uy-giay-moi", PARTY, ("ĐẢNG ỦY PHƯỜNG CAM ĐƯỜNG",), ("VĂN PHÒNG",), "Số 19-GM/VPĐU", "Cam Đường, ngày 23 tháng 10 năm 2025",
        ("GIẤY MỜI",), "dự hội nghị sơ kết quý III",
        (Signing(("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"), "Chu Thị Kính Mời"),), ("Như trên,", "Lưu Văn phòng Đảng ủy."),
        truth(
            "19-GM/VPĐU", "2025-10-23", "Văn phòng", "Đảng ủy phường Cam Đường", "Giấy mời", "dự hội nghị sơ kết quý III", "Chu Thị Kính Mời",
        ),
        addressed=("Các đồng chí Ủy viên Ban Chấp hành Đảng bộ phường",), look=Look(rule="-----"),
    ),
    Specimen(
        "tinh-uy-quy-dinh-tai-lieu", PARTY, (), ("TỈNH ỦY LÀO CAI",), "Số 09-QĐ/TU", "Lào Cai, ngày 20 tháng 01 năm 2026",
        ("QUY ĐỊNH",), "về chức năng, nhiệm vụ, quyền hạn, tổ chức bộ máy\ncủa Văn phòng Tỉnh ủy",
        (Signing(("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC"), "Hoàng Văn Quy Ước"),), ("Các ban đảng Tỉnh ủy,", "Lưu Văn phòng Tỉnh ủy."),
        truth(
            "09-QĐ/TU", "2026-01-20", "Tỉnh ủy Lào Cai", "", "Quy định",
            "về chức năng, nhiệm vụ, quyền hạn, tổ chức bộ máy của Văn phòng Tỉnh ủy", "Hoàng Văn Quy Ước",
        ),
        top_marks=("TÀI LIỆU HỘI NGHỊ",), bases=("- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;",),
    ),
    Specimen(
        "mttq-xa-nhom", FRONT, ("ỦY BAN MTTQ VIỆT NAM XÃ VĂN BÀN",), ("BAN THƯỜNG TRỰC",), "Số: 27/KH-MTTQ-BTT", "Văn Bàn, ngày 16 tháng 9 năm 2025",
        ("KẾ HOẠCH",), "Giám sát việc thực hiện dân chủ ở cơ sở năm 2025",
        (Signing(("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"), "Lự Thị Giám Sát"),), ("Đảng ủy xã;", "Lưu: VT."),
        truth(
            "27/KH-MTTQ-BTT", "2025-09-16", "Ban Thường trực", "Ủy ban MTTQ Việt Nam xã Văn Bàn", "Kế hoạch",
            "Giám sát việc thực hiện dân chủ ở cơ sở năm 2025", "Lự Thị Giám Sát",
        ),
    ),
    Specimen(
        "so-tai-chinh-bao-cao", STATE, ("UBND TỈNH LÀO CAI",), ("SỞ TÀI CHÍNH",), "Số: 640/BC-STC", "Lào Cai, ngày 10 tháng 12 năm 2025",
        ("BÁO CÁO",), "CÔNG KHAI TÌNH HÌNH THỰC HIỆN DỰ TOÁN NGÂN SÁCH\nTỈNH LÀO CAI NĂM 2025",
        (Signing(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "NGUYỄN THỊ DỰ TOÁN"),), ("UBND tỉnh;", "Lưu: VT, QLNS."),
        truth(
            "640/BC-STC", "2025-12-10", "Sở Tài chính", "UBND tỉnh Lào Cai", "Báo cáo",
            "Công khai tình hình thực hiện dự toán ngân sách tỉnh Lào Cai năm 2025", "Nguyễn Thị Dự Toán",
        ),
    ),
    Specimen(
        "dang-uy-phuong-bao-cao", PARTY, ("ĐẢNG BỘ TỈNH LÀO CAI",), ("ĐẢNG ỦY PHƯỜNG NGHĨA LỘ",), "Số 77-BC/ĐU", "Nghĩa Lộ, ngày 02 tháng 12 năm 2025",
        ("BÁO CÁO",), "sơ kết 01 năm thực hiện Chỉ thị số 14-CT/TU của Ban Thường vụ Tỉnh ủy về tăng cường phòng cháy, chữa cháy rừng",
        (Signing(("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), "Cầm Thị Xuân Mẫu"),), ("Ban Thường vụ Tỉnh ủy,", "Lưu Văn phòng Đảng ủy."),
        truth(
            "77-BC/ĐU", "2025-12-02", "Đảng ủy phường Nghĩa Lộ", "Đảng bộ tỉnh Lào Cai", "Báo cáo",
            "sơ kết 01 năm thực hiện Chỉ thị số 14-CT/TU của Ban Thường vụ Tỉnh ủy về tăng cường phòng cháy, chữa cháy rừng",
            "Cầm Thị Xuân Mẫu",
        ),
    ),
    Specimen(
        "bgdvtu-huong-dan", PARTY, ("TỈNH ỦY LÀO CAI",), ("BAN TUYÊN GIÁO VÀ DÂN VẬN",), "Số 64-HD/BTGDVTU", "Lào Cai, ngày 27 tháng 11 năm 2025",
        ("HƯỚNG DẪN",), "tuyên truyền kỷ niệm 96 năm Ngày thành lập\nĐảng Cộng sản Việt Nam (03/02/1930 - 03/02/2026)",
        (Signing(("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC"), "Thào A Ví"),), ("Các đảng ủy trực thuộc Tỉnh ủy,", "Lưu Văn phòng Ban."),
        truth(
            "64-HD/BTGDVTU", "2025-11-27", "Ban Tuyên giáo và Dân vận", "Tỉnh ủy Lào Cai", "Hướng dẫn",
            "tuyên truyền kỷ niệm 96 năm Ngày thành lập Đảng Cộng sản Việt Nam (03/02/1930 - 03/02/2026)", "Thào A Ví",
        ),
    ),
    Specimen(
        "thu-tuong-quyet-dinh", STATE, (), ("THỦ TƯỚNG CHÍNH PHỦ",), "Số: 1562/QĐ-TTg", "Hà Nội, ngày 24 tháng 7 năm 2025",
        ("QUYẾT ĐỊNH",), "Phê duyệt Chương trình hỗ trợ chuyển đổi số vùng cao\ngiai đoạn 2025 - 2030",
        (Signing(("KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"), "Trương Văn Ước Lệ"),), ("Ban Bí thư Trung ương Đảng;", "Lưu: VT, KTTH."),
        truth(
            "1562/QĐ-TTg", "2025-07-24", "Thủ tướng Chính phủ", "", "Quyết định",
            "Phê duyệt Chương trình hỗ trợ chuyển đổi số vùng cao giai đoạn 2025 - 2030", "Trương Văn Ước Lệ",
        ),
        bases=("Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;",), decider="THỦ TƯỚNG CHÍNH PHỦ",
    ),
    Specimen(
        "phong-vhxh-cong-van", STATE, ("UBND PHƯỜNG LÀO CAI",), ("PHÒNG VĂN HÓA - XÃ HỘI",), "Số: 55/VHXH", "Lào Cai, ngày 09 tháng 10 năm 2025", (),
        "V/v thống kê hộ nghèo, hộ cận nghèo",
        (Signing(("TRƯỞNG PHÒNG",), "La Thị Thống Kê"),), ("Như trên;", "Lưu: VT."),
        truth(
            "55/VHXH", "2025-10-09", "Phòng Văn hóa - Xã hội", "UBND phường Lào Cai", "Công văn", "V/v thống kê hộ nghèo, hộ cận nghèo", "La Thị Thống Kê",
        ),
        addressed=("Các tổ dân phố",),
    ),
    Specimen(
        "tinh-uy-chi-thi-seal", PARTY, (), ("TỈNH ỦY YÊN BÁI",), "Số 30-CT/TU", "Yên Bái, ngày 18 tháng 4 năm 2025",
        ("CHỈ THỊ",), "của Ban Thường vụ Tỉnh ủy về lãnh đạo đại hội đảng bộ các cấp tiến tới Đại hội đại biểu Đảng bộ tỉnh",
        (Signing(("T/M BAN THƯỜNG VỤ", "BÍ THƯ"), "Đoàn Văn Chỉ Dẫn"),), ("Ban Bí thư Trung ương Đảng (để báo cáo),", "Lưu Văn phòng Tỉnh ủy."),
        truth(
            "30-CT/TU", "2025-04-18", "Tỉnh ủy Yên Bái", "", "Chỉ thị",
            "của Ban Thường vụ Tỉnh ủy về lãnh đạo đại hội đảng bộ các cấp tiến tới Đại hội đại biểu Đảng bộ tỉnh", "Đoàn Văn Chỉ Dẫn",
        ),
        look=Look(has_seal=True, is_grey=False),
    ),
    Specimen(
        "trung-tam-hcc-thong-bao", STATE, ("VĂN PHÒNG UBND TỈNH LÀO CAI",), ("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"), "Số: 83/TB-TTPVHCC", "Lào Cai, ngày 30 tháng 12 năm 2025",
        ("THÔNG BÁO",), "Lịch trực tiếp nhận hồ sơ trong dịp nghỉ Tết Dương lịch năm 2026",
        (Signing(("GIÁM ĐỐC",), "Triệu Thị Một Cửa"),), ("Văn phòng UBND tỉnh;", "Lưu: VT."),
        truth(
            "83/TB-TTPVHCC", "2025-12-30", "Trung tâm Phục vụ hành chính công", "Văn phòng UBND tỉnh Lào Cai", "Thông báo",
            "Lịch trực tiếp nhận hồ sơ trong dịp nghỉ Tết Dương lịch năm 2026", "Triệu Thị Một Cửa",
        ),
    ),
    Specimen(
        "xa-giay-uy-quyen", STATE, (), ("ỦY BAN NHÂN DÂN", "XÃ MÙ CANG CHẢI"), "Số: 03/GUQ-UBND", "Mù Cang Chải, ngày 14 tháng 11 năm 2025",
        ("GIẤY ỦY QUYỀN",), "Giải quyết công việc trong thời gian đi công tác",
        (Signing(("CHỦ TỊCH",), "Hảng A Thay"),), ("Như trên;", "Lưu: VT."),
        truth(
            "03/GUQ-UBND", "2025-11-14", "Ủy ban nhân dân xã Mù Cang Chải", "", "Giấy ủy quyền", "Giải quyết công việc trong thời gian đi công tác", "Hảng A Thay",
        ),
    ),
    Specimen(
        "phu-nu-cong-van", FRONT, ("HỘI LHPN VIỆT NAM",), ("HỘI LHPN TỈNH LÀO CAI",), "Số: 512/HPN-BTG", "Lào Cai, ngày 05 tháng 9 năm 2025", (),
        "V/v phát động cuộc thi viết về\nngười phụ nữ vùng cao",
        (Signing(("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"), "Vi Thị Bút Lục"),), ("Như trên;", "Lưu VT, BTG."),
        truth(
            "512/HPN-BTG", "2025-09-05", "Hội LHPN tỉnh Lào Cai", "Hội LHPN Việt Nam", "Công văn", "V/v phát động cuộc thi viết về người phụ nữ vùng cao", "Vi Thị Bút Lục",
        ),
        addressed=("Hội LHPN các xã, phường",),
    ),
)


def in_media() -> tuple[Specimen, ...]:
    """Each specimen in the medium that falls to it: a third born digital, a third each at 200 and 300 dpi."""
    order = (Medium.SCAN_200, Medium.PDF, Medium.SCAN_300, Medium.SCAN_200, Medium.PRINTED_DOCX, Medium.SCAN_300)
    fonts = ("Tinos", "Tinos", "Tinos", "Tinos", "DejaVu Serif", "Tinos", "Arimo")
    placed = []
    for at, specimen in enumerate(SPECIMENS):
        medium = Medium.DOCX if at % 13 == 10 else order[at % len(order)]
        look = {"skew": (0.3, 0.8, 1.3)[at % 3], "noise": (16, 28, 40)[at % 3], "quality": (60, 72, 82)[(at + 1) % 3]}
        font = fonts[at % 7]
        if font != "Tinos" and specimen.look.font == "Tinos":
            look |= {"font": font, "size": 12.5}
        placed.append(specimen.as_(medium, **look))
    return tuple(placed)
