"""Invented papers for the tests of this package."""

from dataclasses import replace
from datetime import date

from congso.kernel.composing.contents import (
    Authority,
    Block,
    Grid,
    Layout,
    Level,
    Marks,
    PaperContent,
    Passage,
    Signature,
    Urgency,
)

_LONG = (
    "Các cấp ủy, tổ chức đảng, cơ quan, đơn vị tổ chức thực hiện nghiêm việc xử lý văn bản điện tử không mật trên hệ"
    " thống; thường xuyên kiểm tra, đôn đốc, kịp thời báo cáo khó khăn, vướng mắc trước ngày 25 hằng tháng."
)


_ROWS = (("TT", "Nhiệm vụ", "Thời hạn"), ("1", "Số hóa hồ sơ", "31/12/2026"), ("2", "Tập huấn", "30/6/2026"))


def body(paragraphs: int = 3) -> tuple[Block, ...]:
    """A usual body with sections and a table."""
    return (
        Passage("I- MỤC ĐÍCH, YÊU CẦU", Level.SECTION),
        Passage("1. Mục đích", Level.HEADING),
        *[Passage(_LONG)] * paragraphs,
        Passage("II- NHIỆM VỤ", Level.SECTION),
        Grid(_ROWS, 1, (1, 6, 3)),
        *[Passage(_LONG)] * paragraphs,
    )  # fmt: skip


PLAN = PaperContent(
    Layout.PARTY, "TỈNH ỦY LÀO CAI", "KH/TU", "Lào Cai", "plan",
    "thực hiện chuyển đổi số trong các cơ quan đảng, Mặt trận Tổ quốc tỉnh Lào Cai giai đoạn 2025 - 2028",
    (
        Passage("- Căn cứ Quy chế làm việc của Ban Chấp hành Đảng bộ tỉnh khóa I, nhiệm kỳ 2025 - 2030;", Level.BASIS),
        Passage("Ban Thường vụ Tỉnh ủy ban hành Kế hoạch như sau:"),
        *body(),
    ),
    (Signature("Nguyễn Văn An", "PHÓ BÍ THƯ", Authority.ON_BEHALF, "BAN THƯỜNG VỤ"),),
    ("Văn phòng Trung ương Đảng (để báo cáo)", "Các đảng ủy xã, phường", "Lưu Văn phòng Tỉnh ủy"),
    parent="ĐẢNG BỘ TỈNH LÀO CAI", typist="NVA-25",
)  # fmt: skip
DECISION = replace(
    PLAN, doc_type="decision", symbol="QĐ/TU", title="ban hành Quy chế quản lý văn bản điện tử",
    body=(
        Passage("- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;", Level.BASIS),
        Passage("- Xét đề nghị của Văn phòng Tỉnh ủy;", Level.BASIS),
        Passage("BAN THƯỜNG VỤ QUYẾT ĐỊNH", Level.ENACTING),
        Passage("Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý văn bản điện tử.", Level.ARTICLE),
        Passage("Điều 2. Quyết định này có hiệu lực kể từ ngày ký.", Level.ARTICLE),
        Passage("Điều 3. Văn phòng Tỉnh ủy chịu trách nhiệm thi hành Quyết định này.", Level.ARTICLE),
    ),
    recipients=("Như Điều 3", "Lưu Văn phòng Tỉnh ủy"),
)  # fmt: skip
LETTER = replace(
    PLAN, doc_type="letter", issuer="VĂN PHÒNG", parent="TỈNH ỦY LÀO CAI", symbol="CV/VPTU",
    title="đôn đốc báo cáo kết quả xử lý văn bản", body=(Passage(_LONG), Passage(_LONG)),
    addressees=("Các đảng ủy xã, phường",), recipients=("Như trên", "Lưu Văn phòng Tỉnh ủy"),
    signatures=(Signature("Lê Văn Cường", "PHÓ CHÁNH VĂN PHÒNG", Authority.DEPUTY, "CHÁNH VĂN PHÒNG"),),
    marks=Marks(Urgency.VERY_URGENT),
)  # fmt: skip
FRONT_LETTER = PaperContent(
    Layout.STATE, "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH LÀO CAI", "MTTQ-BTT", "Lào Cai", "letter",
    "đôn đốc báo cáo kết quả vận động Quỹ “Vì người nghèo” năm 2026", (Passage(_LONG), Passage(_LONG)),
    (Signature("Trần Thị Bình", "PHÓ CHỦ TỊCH", Authority.ON_BEHALF, "BAN THƯỜNG TRỰC"),),
    ("Như trên", "Lưu: VT, BTT"),
    addressees=("Ủy ban Mặt trận Tổ quốc Việt Nam các xã, phường", "Các tổ chức thành viên"),
    marks=Marks(Urgency.URGENT), contact="Số 1, đường Trần Hưng Đạo, phường Lào Cai, tỉnh Lào Cai",
)  # fmt: skip
FRONT_REPORT = replace(
    FRONT_LETTER, doc_type="report", symbol="BC-MTTQ-BTT", title="kết quả công tác Mặt trận năm 2026", body=body(),
    addressees=(), recipients=("Ban Thường trực Ủy ban Trung ương", "Lưu: VT"), marks=Marks(), contact="",
)  # fmt: skip
MINUTES = replace(
    PLAN, doc_type="minutes", symbol="BB/TU", title="hội nghị Ban Thường vụ Tỉnh ủy tháng 11/2026",
    recipients=("Lưu Văn phòng Tỉnh ủy",),
    signatures=(
        Signature("Phạm Thị Dung", "NGƯỜI GHI BIÊN BẢN", has_seal=False, key="1"),
        Signature("Nguyễn Văn An", "CHỦ TRÌ HỘI NGHỊ", key="2"),
    ),
)  # fmt: skip
ALL = {
    "plan": PLAN, "decision": DECISION, "letter": LETTER, "front letter": FRONT_LETTER, "front report": FRONT_REPORT,
    "minutes": MINUTES, "issued": replace(PLAN, number=16, issued_on=date(2026, 2, 5)),
}  # fmt: skip


def passages(*texts: str) -> tuple[Block, ...]:
    """Plain paragraphs."""
    return tuple(Passage(text) for text in texts)
