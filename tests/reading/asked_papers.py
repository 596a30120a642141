"""A hundred invented papers that resemble each other, and sixty questions as people ask them.

Twenty subjects, each in a plan, a report, a notice and a letter with their own place, figure and day; twenty long
monthly reports that touch a dozen subjects each. All share the phrases every paper has. A question says the subject
in other words, leaves some out and adds its own.
"""

from dataclasses import dataclass

from congso.lib.vietnamese import fold

_SUBJECTS = """
trồng quế hữu cơ | vùng nguyên liệu quế không dùng phân hóa học | hecta | diện tích quế hữu cơ
sửa chữa cầu treo dân sinh | cầu treo đã xuống cấp ở các thôn | cây cầu | cầu treo dân sinh cần sửa
phòng cháy, chữa cháy rừng | trực gác cháy rừng trong mùa khô hanh | chòi canh | chòi canh lửa và phòng cháy rừng
tiêm phòng lở mồm long móng cho gia súc | vắc xin cho đàn trâu, bò | con gia súc | tiêm vắc xin cho trâu bò
xóa nhà tạm, nhà dột nát | hỗ trợ hộ nghèo làm nhà ở kiên cố | ngôi nhà | xóa nhà tạm cho hộ nghèo
bảo tồn lễ hội Gầu tào | gìn giữ di sản của đồng bào Mông | nghệ nhân | nghệ nhân giữ lễ hội Gầu tào
số hóa tài liệu lưu trữ | quét và lập chỉ mục hồ sơ phông cấp ủy | mét giá | số hóa hồ sơ lưu trữ
kỹ năng số cho đảng viên cao tuổi | hướng dẫn người lớn tuổi dùng sổ tay | lớp | lớp kỹ năng số cho đảng viên già
kê khai tài sản, thu nhập | xác minh tính trung thực của bản kê khai | người | xác minh kê khai tài sản
nước sạch nông thôn | công trình cấp nước tự chảy | công trình | công trình nước sạch
du lịch cộng đồng | mô hình homestay tại bản làng | cơ sở homestay | homestay làm du lịch cộng đồng
phòng, chống thiên tai, sạt lở đất | di dời hộ dân khỏi nơi nguy cơ sạt lở | hộ | di dời hộ dân vùng sạt lở
cai nghiện ma túy tại cộng đồng | quản lý người sau cai | người nghiện | cai nghiện ở cộng đồng
kết nạp đảng viên trong trường học | tạo nguồn trong học sinh, giáo viên | quần chúng | kết nạp đảng viên là giáo viên
cải cách thủ tục hành chính của Đảng | rút ngắn việc chuyển sinh hoạt đảng | thủ tục | thủ tục đảng được rút ngắn
hòa giải ở cơ sở | tổ hòa giải giải quyết mâu thuẫn đất đai | tổ hòa giải | tổ hòa giải xử lý tranh chấp
hiến máu tình nguyện | vận động cán bộ tham gia hiến máu | đơn vị máu | hiến máu
trồng dược liệu dưới tán rừng | phát triển cây sa nhân, thảo quả | hecta | cây dược liệu dưới tán rừng
cửa khẩu số Kim Thành | thông quan hàng hóa bằng nền tảng số | lượt xe | thông quan ở cửa khẩu Kim Thành
phổ cập giáo dục mầm non cho trẻ năm tuổi | huy động trẻ đến lớp ở vùng cao | trẻ | trẻ năm tuổi ra lớp mầm non
tiếp công dân của Bí thư cấp ủy | đối thoại trực tiếp, xử lý kiến nghị của nhân dân | buổi | Bí thư tiếp công dân
an toàn thực phẩm bếp ăn tập thể | kiểm tra nguồn gốc thực phẩm ở trường bán trú | bếp ăn | kiểm tra bếp ăn tập thể
xử lý rác thải sinh hoạt | phân loại rác tại hộ gia đình | tấn rác | phân loại rác thải
bình đẳng giới và phòng, chống tảo hôn | tuyên truyền xóa tập tục kết hôn sớm | buổi tuyên truyền | phòng chống tảo hôn
bảo hiểm y tế toàn dân | vận động người dân mua thẻ bảo hiểm | thẻ | người dân mua thẻ bảo hiểm y tế
"""
_PLACES = (
    "Bát Xát", "Y Tý", "Mường Hum", "Trịnh Tường", "Bắc Hà", "Si Ma Cai", "Mường Khương", "Bảo Thắng", "Tằng Loỏng",
    "Bảo Yên", "Nghĩa Đô", "Văn Bàn", "Võ Lao", "Lục Yên", "Mậu A", "Mù Cang Chải", "Trạm Tấu", "Văn Chấn",
    "Yên Bình", "Thác Bà", "Cốc San", "Tả Phìn", "Gia Phú", "Xuân Quang", "Bảo Hà",
)  # fmt: skip
_KINDS = (
    ("Kế hoạch", "KH", "Tỉnh ủy Lào Cai", "Kế hoạch thực hiện {subject} năm {year}"),
    ("Báo cáo", "BC", "Đảng ủy xã {place}", "Báo cáo kết quả {subject} tại xã {place}"),
    ("Thông báo", "TB", "Văn phòng Tỉnh ủy", "Thông báo kết luận tại buổi làm việc với xã {place}"),
    ("Công văn", "CV", "Ban Tổ chức Tỉnh ủy", "Về việc đôn đốc thực hiện nhiệm vụ tại xã {place}"),
)  # fmt: skip
_SHARED = """Thực hiện Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ I, nhiệm kỳ 2025 - 2030, các cấp ủy, tổ chức
đảng, chính quyền, Mặt trận Tổ quốc và các tổ chức chính trị - xã hội đã tập trung lãnh đạo, chỉ đạo, tạo chuyển biến
rõ nét. Công tác tuyên truyền được tăng cường; trách nhiệm của người đứng đầu được nâng lên; việc kiểm tra, giám sát
được thực hiện thường xuyên. Tuy nhiên, một số địa phương còn chậm, số liệu báo cáo chưa đầy đủ, kinh phí còn khó khăn.
Các cơ quan, đơn vị tiếp tục rà soát, xây dựng kế hoạch cụ thể, phân công rõ người, rõ việc, rõ thời hạn; định kỳ báo
cáo về Văn phòng Tỉnh ủy để tổng hợp, báo cáo Ban Thường vụ Tỉnh ủy xem xét, cho ý kiến chỉ đạo."""
_FACTS = """
Phấn đấu trong năm {year} hoàn thành {count} {unit} trên địa bàn tỉnh, trong đó xã {place} làm điểm.
Nội dung trọng tâm là {other}; kinh phí {money} triệu đồng từ ngân sách tỉnh.

Đến nay toàn xã {place} đã thực hiện được {count} {unit}, đạt {share}% kế hoạch giao.
Việc {other} được các thôn đồng tình; còn {left} {unit} chưa xong do thiếu vốn.

Thường trực Tỉnh ủy yêu cầu xã {place} tập trung {subject}, hoàn thành {count} {unit} trước ngày {day}.
Giao Ủy ban Kiểm tra giám sát việc {other}.

Đề nghị Đảng ủy xã {place} khẩn trương triển khai {subject}; gửi danh sách {count} {unit} về Ban Tổ chức
trước ngày {day}. Lưu ý việc {other}.
""".strip().split("\n\n")
_QUESTIONS = (
    "Năm {year} tỉnh dự kiến chi bao nhiêu tiền cho {asked} và lấy xã nào làm điểm?",
    "Cho hỏi xã {place} đã làm được bao nhiêu {unit} về {asked}, còn vướng gì?",
    "Thường trực Tỉnh ủy kết luận thế nào với xã {place} về {asked}, giao ai giám sát?",
    "Xã {place} phải gửi danh sách liên quan đến {asked} cho cơ quan nào, hạn đến bao giờ?",
)
_LEADS = (
    "",
    "Tôi đang cần tra cứu để tham mưu cho lãnh đạo: ",
    "",
    "Nhờ văn thư tìm giúp văn bản trả lời câu này, ",
    "Anh chị cho em hỏi với ạ, ",
)
_ASKED = 60
_SUBJECTS_ASKED = 20


@dataclass(frozen=True)
class Paper:
    """One line of a migration file."""

    id: str
    number_symbol: str
    issued_date: str
    issuing_agency: str
    doc_type: str
    title: str
    signer: str
    text: str


@dataclass(frozen=True)
class Question:
    """What somebody asks and the one paper that answers."""

    query: str
    answer: str


def _facts(subject: int, kind: int) -> dict[str, str | int]:
    name, other, unit, asked = (part.strip() for part in _SUBJECTS.strip().splitlines()[subject].split("|"))
    mixed = subject * 7 + kind * 5
    return {
        "subject": name, "other": other, "unit": unit, "asked": asked,
        "place": _PLACES[mixed % len(_PLACES)], "year": 2025 + mixed % 2, "count": 11 + mixed * 3,
        "share": 40 + mixed % 60, "left": 2 + mixed % 9, "money": 500 + mixed * 35,
        "day": f"{1 + mixed % 28}/{3 + kind}/2026",
    }  # fmt: skip


def papers() -> list[Paper]:
    """The hundred papers, always the same."""
    return [_paper(subject, kind) for subject in range(_SUBJECTS_ASKED) for kind in range(4)] + [
        _monthly_report(number) for number in range(20)
    ]


def _paper(subject: int, kind: int) -> Paper:
    name, short, agency, title = _KINDS[kind]
    facts = _facts(subject, kind)
    return Paper(
        id=f"p{subject}-{kind}",
        number_symbol=f"{subject * 4 + kind + 1}-{short}/{'TU' if kind != 1 else 'ĐU'}",
        issued_date=f"2025-{1 + subject % 9:02d}-{1 + (subject * 3 + kind) % 28:02d}",
        issuing_agency=agency.format(**facts),
        doc_type=name,
        title=title.format(**facts),
        signer="Nguyễn Văn Thí Dụ",
        text=f"{_SHARED}\n{_FACTS[kind].format(**facts)}\n{_SHARED}",
    )


def _monthly_report(number: int) -> Paper:
    """A dozen subjects in one paper, each with a fact of another place."""
    touched = [(number * 5 + step * 3) % 25 for step in range(12)]
    facts = [
        _facts(subject, step % 4) | {"place": _PLACES[(number + step) % 25]} for step, subject in enumerate(touched)
    ]
    parts = [_SHARED + "\n" + _FACTS[(number + step) % 4].format(**each) for step, each in enumerate(facts)]
    place = _PLACES[number]
    return Paper(
        id=f"m{number}",
        number_symbol=f"{300 + number}-BC/ĐU",
        issued_date=f"2025-{1 + number % 9:02d}-28",
        issuing_agency=f"Đảng ủy xã {place}",
        doc_type="Báo cáo",
        title=f"Báo cáo công tác tháng {1 + number % 12} của Đảng ủy xã {place}",
        signer="Trần Thị Giả Định",
        text="\n".join(parts),
    )


def questions() -> list[Question]:
    """Sixty questions, every third without accents."""
    asked = []
    for place in range(_ASKED):
        subject, kind = place * 7 % _SUBJECTS_ASKED, (place + place // _SUBJECTS_ASKED) % 4
        facts = _facts(subject, kind)
        facts["asked"] = facts["other" if place % 2 else "asked"]
        typed = _LEADS[place % 5] + _QUESTIONS[kind].format(**facts)
        asked.append(Question(fold(typed) if place % 3 == 2 else typed, f"p{subject}-{kind}"))
    return asked
