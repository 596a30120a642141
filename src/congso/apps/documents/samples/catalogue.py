"""Invented papers of the common types. The seed decides everything; nothing here was ever issued."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from congso.apps.documents.samples.paper import Block, Heading, Layout, PageBreak, Paper, Paragraph, Table
from congso.apps.documents.samples.phrases import ACTIONS, GOALS, PLACES, SIGNERS, SUBJECTS, sentence_case
from congso.apps.documents.samples.seeded import chance

_CHAPTERS = (
    ("I", "Tình hình"),
    ("II", "Mục tiêu"),
    ("III", "Nhiệm vụ, giải pháp"),
    ("IV", "Tổ chức thực hiện"),
)
_FIRST_DAY = date(2025, 7, 1)
_DAYS = 500


def directive(seed: int) -> Paper:
    """A directive of the provincial standing committee."""
    random = chance("directive", seed)
    subject = random.choice(SUBJECTS)
    return Paper(
        layout=Layout.PARTY,
        superior="",
        issuer="TỈNH ỦY LÀO CAI",
        number=random.randint(1, 40),
        type_code="CT",
        issuer_code="TU",
        place="Lào Cai",
        day=_day(random),
        type_name="CHỈ THỊ",
        abstract=f"về tăng cường sự lãnh đạo của Đảng đối với công tác {subject}",
        body=(*_opening(random, subject), *_numbered(random, subject, 6)),
        authority="T/M BAN THƯỜNG VỤ",
        position="PHÓ BÍ THƯ",
        signer=random.choice(SIGNERS),
        recipients=_party_recipients("Lưu Văn phòng Tỉnh ủy."),
    )


def resolution(seed: int) -> Paper:
    """A resolution of a commune Party committee, in chapters."""
    random = chance("resolution", seed)
    subject, place = random.choice(SUBJECTS), random.choice(PLACES)
    body: list[Block] = [*_opening(random, subject)]
    for roman, title in _CHAPTERS:
        body.append(Heading(f"{roman}. {title.upper()}"))
        body += _numbered(random, subject, random.randint(2, 5))
    return Paper(
        layout=Layout.PARTY,
        superior="ĐẢNG BỘ TỈNH LÀO CAI",
        issuer=f"ĐẢNG ỦY {place.upper()}",
        number=random.randint(1, 60),
        type_code="NQ",
        issuer_code="ĐU",
        place=_bare(place),
        day=_day(random),
        type_name="NGHỊ QUYẾT",
        abstract=f"về {subject} trên địa bàn {place} giai đoạn 2025 - 2030",
        body=tuple(body),
        authority="T/M BAN CHẤP HÀNH",
        position="BÍ THƯ",
        signer=random.choice(SIGNERS),
        recipients=("Ban Thường vụ Tỉnh ủy,", "Các chi bộ trực thuộc,", "Lưu Văn phòng Đảng ủy."),
    )


def state_decision(seed: int) -> Paper:
    """A decision of the provincial People's Committee in the state form, with articles and an annex."""
    random = chance("decision", seed)
    subject = random.choice(SUBJECTS)
    rows = tuple(
        (str(n), sentence_case(place), f"{random.randint(20, 900)}.000", random.choice(("Quý III", "Quý IV")))
        for n, place in enumerate(random.sample(PLACES, 8), start=1)
    )
    body = (
        Paragraph(f"Điều 1. Phê duyệt kế hoạch kinh phí {subject} năm 2026, chi tiết theo Phụ lục kèm theo."),
        Paragraph("Điều 2. Giao Sở Tài chính chủ trì hướng dẫn thực hiện."),
        Paragraph("Điều 3. Quyết định này có hiệu lực kể từ ngày ký."),
        PageBreak(),
        Heading("PHỤ LỤC. PHÂN BỔ KINH PHÍ (MINH HỌA)"),
        Table(("TT", "Đơn vị", "Kinh phí (nghìn đồng)", "Thời gian"), rows, (8, 42, 28, 22)),
    )
    return Paper(
        layout=Layout.STATE,
        superior="",
        issuer="ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI",
        number=random.randint(100, 2500),
        type_code="QĐ",
        issuer_code="UBND",
        place="Lào Cai",
        day=_day(random),
        type_name="QUYẾT ĐỊNH",
        abstract=f"Về việc phê duyệt kế hoạch kinh phí {subject}",
        body=body,
        bases=(
            "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;",
            "Theo đề nghị của Giám đốc Sở Tài chính.",
        ),
        authority="TM. ỦY BAN NHÂN DÂN",
        position="CHỦ TỊCH",
        signer=random.choice(SIGNERS),
        recipients=("Như Điều 2;", "Thường trực Tỉnh ủy (để báo cáo);", "Lưu: VT, TH."),
    )


def front_report(seed: int) -> Paper:
    """A monthly report of the provincial Front, in the state form with the Front's symbol."""
    random = chance("report", seed)
    day = _day(random)
    rows = tuple(
        (str(n), sentence_case(goal), str(random.randint(3, 99)), str(random.randint(40, 100)))
        for n, goal in enumerate(random.sample(GOALS, 5), start=1)
    )
    body: tuple[Block, ...] = (
        Heading("I. KẾT QUẢ NỔI BẬT"),
        *_numbered(random, "giám sát và phản biện xã hội", 4),
        Table(("TT", "Nội dung", "Số cuộc", "Tỷ lệ (%)"), rows, (8, 56, 18, 18)),
        Heading("II. NHIỆM VỤ THÁNG SAU"),
        *_numbered(random, random.choice(SUBJECTS), 3),
    )
    return Paper(
        layout=Layout.STATE,
        superior="MẶT TRẬN TỔ QUỐC VIỆT NAM",
        issuer="ỦY BAN MTTQ VIỆT NAM\nTỈNH LÀO CAI",
        number=random.randint(1, 300),
        type_code="BC",
        issuer_code="MTTQ-BTT",
        place="Lào Cai",
        day=day,
        type_name="BÁO CÁO",
        abstract=f"Kết quả công tác Mặt trận tháng {day.month} năm {day.year}",
        body=body,
        authority="TM. BAN THƯỜNG TRỰC",
        position="PHÓ CHỦ TỊCH",
        signer=random.choice(SIGNERS),
        recipients=("Thường trực Tỉnh ủy;", "Văn phòng Tỉnh ủy;", "Lưu: VT."),
    )


def letter(seed: int) -> Paper:
    """An official letter of the Party office: no type name, abstract under the symbol, “Kính gửi”."""
    random = chance("letter", seed)
    subject = random.choice(SUBJECTS)
    due = _day(random) + timedelta(days=20)
    body = (
        Paragraph(f"Thực hiện ý kiến chỉ đạo của Thường trực Tỉnh ủy về {subject}, Văn phòng Tỉnh ủy đề nghị:"),
        *_numbered(random, subject, 2),
        Paragraph(f"Báo cáo gửi về Văn phòng Tỉnh ủy trước ngày {due:%d/%m/%Y} để tổng hợp."),
    )
    return Paper(
        layout=Layout.PARTY,
        superior="TỈNH ỦY LÀO CAI",
        issuer="VĂN PHÒNG",
        number=random.randint(1, 900),
        type_code="CV",
        issuer_code="VPTU",
        place="Lào Cai",
        day=due - timedelta(days=20),
        type_name="",
        abstract=f"về việc báo cáo kết quả {subject}",
        body=body,
        addressed_to=f"Đảng ủy {random.choice(PLACES)}",
        urgency=random.choice(("", "", "KHẨN")),
        authority="K/T CHÁNH VĂN PHÒNG",
        position="PHÓ CHÁNH VĂN PHÒNG",
        signer=random.choice(SIGNERS),
        recipients=("Như trên,", "Lưu Văn phòng Tỉnh ủy."),
    )


KINDS: tuple[Callable[[int], Paper], ...] = (letter, directive, resolution, state_decision, front_report)


def any_paper(seed: int) -> Paper:
    """One of the types, chosen by the seed: for batches and benchmarks."""
    return KINDS[seed % len(KINDS)](seed)


def _day(random: Random) -> date:
    return _FIRST_DAY + timedelta(days=random.randrange(_DAYS))


def _bare(place: str) -> str:
    return place.removeprefix("xã ").removeprefix("phường ")


def _sentence(random: Random, subject: str) -> str:
    action = random.choice(ACTIONS)
    return action.format(subject=subject, place=random.choice(PLACES), goal=random.choice(GOALS)) + "."


def _opening(random: Random, subject: str) -> tuple[Paragraph, ...]:
    said = " ".join(_sentence(random, subject) for _ in range(2))
    return (Paragraph(f"Thời gian qua, công tác {subject} đã đạt được những kết quả bước đầu. {said}"),)


def _numbered(random: Random, subject: str, count: int) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(f"{n}. " + " ".join(_sentence(random, subject) for _ in range(random.randint(2, 3))))
        for n in range(1, count + 1)
    )


def _party_recipients(last: str) -> tuple[str, ...]:
    above = "Văn phòng Trung ương Đảng (để báo cáo),"
    return (above, "Các đảng ủy trực thuộc Tỉnh ủy,", "Các ban đảng Tỉnh ủy,", last)
