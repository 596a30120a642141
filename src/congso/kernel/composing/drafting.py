"""Bodies to begin with: what somebody typed as passages, and the usual skeleton of each type."""

import re
from collections.abc import Iterator

from congso.kernel.composing.contents import Block, Grid, Layout, Level, Passage

_BASIS = re.compile(r"[-–]?\s*(?:Căn cứ|Xét đề nghị|Theo đề nghị)\b")
_ENACTING = re.compile(r"(?:.{0,60}\s)?(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|KẾT LUẬN|CHỈ THỊ)\s*:?$")
_ARTICLE = re.compile(r"Điều\s+\d+[a-zđ]?\s*[.:]")
_PART = re.compile(r"(?:PHẦN|CHƯƠNG|Phần thứ|Chương)\s+\S+")
_SECTION = re.compile(r"[IVX]{1,5}\s*[-.–]\s*\S")
_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.\s*\S")
_SHORT = 90
_ROW = "|"


def body_from_text(text: str) -> tuple[Block, ...]:
    """One passage a line; lines of cells between “|” become a table, the first of them its header.

    The level is told by how the line begins (“I-”, “1.”, “Điều 2.”, “- Căn cứ”); a short numbered line without a full
    stop is a heading.
    """
    return tuple(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for line in [*text.splitlines(), ""]:
        plain = " ".join(line.split())
        if plain.startswith(_ROW) and plain.endswith(_ROW) and len(plain) > 1:
            rows.append(tuple(cell.strip() for cell in plain.strip(_ROW).split(_ROW)))
            continue
        if rows:
            yield Grid(tuple(rows), header_rows=1 if len(rows) > 1 else 0)
            rows = []
        if plain:
            yield Passage(plain, level_of(plain))


def level_of(line: str) -> Level:
    """What a line of the body is."""
    if _BASIS.match(line):
        return Level.BASIS
    if _ARTICLE.match(line):
        return Level.ARTICLE
    if _PART.match(line) and len(line) < _SHORT:
        return Level.PART
    if _SECTION.match(line):
        return Level.SECTION
    if _ENACTING.fullmatch(line):
        return Level.ENACTING
    if _HEADING.match(line) and len(line) < _SHORT and not line.endswith((".", ";", ":", ",")):
        return Level.HEADING
    return Level.PARAGRAPH


_DECIDING = """- Căn cứ Quy chế làm việc của …;
- Xét đề nghị của …;
{body} QUYẾT ĐỊNH
Điều 1. …
Điều 2. …
Điều 3. … chịu trách nhiệm thi hành Quyết định này."""
_PLANNING = """- Căn cứ …;
{body} ban hành {name} như sau:
I- MỤC ĐÍCH, YÊU CẦU
1. Mục đích
…
2. Yêu cầu
…
II- NỘI DUNG
1. Nhiệm vụ
| TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |
| 1 | … | … | … |
III- TỔ CHỨC THỰC HIỆN
1. …
2. …"""
_SKELETONS = {
    "decision": _DECIDING,
    "regulation": _DECIDING.replace("QUYẾT ĐỊNH\n", "QUYẾT ĐỊNH\nChương I. QUY ĐỊNH CHUNG\n").replace("Quyết định này", "Quy định này"),
    "working_regulation": "Chương I. QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi, đối tượng\n…\nChương II. NỘI DUNG\nĐiều 2. …\n"
    "Chương III. ĐIỀU KHOẢN THI HÀNH\nĐiều 3. Hiệu lực thi hành\n…",
    "resolution": "- Căn cứ …;\nI- TÌNH HÌNH\n…\nII- QUAN ĐIỂM, MỤC TIÊU\n1. Quan điểm\n…\n2. Mục tiêu\n…\nIII- NHIỆM VỤ, GIẢI PHÁP\n"
    "1. …\nIV- TỔ CHỨC THỰC HIỆN\n1. …",
    "directive": "…\nĐể …, {body} yêu cầu các cấp ủy, tổ chức đảng thực hiện tốt các nhiệm vụ sau:\n1. …\n2. …\n3. …",
    "conclusion": "Tại hội nghị ngày …, sau khi nghe …, {body} thảo luận và kết luận như sau:\n1. …\n2. …\n3. …",
    "plan": _PLANNING,
    "programme": _PLANNING,
    "scheme": _PLANNING,
    "option_paper": _PLANNING,
    "guidance": "- Căn cứ …;\n{body} hướng dẫn thực hiện như sau:\nI- …\n1. …\nII- TỔ CHỨC THỰC HIỆN\n1. …",
    "notice": "Ngày …, {body} họp để …. Sau khi thảo luận, {body} thông báo kết luận như sau:\n1. …\n2. …",
    "report": "Thực hiện …, {body} báo cáo kết quả như sau:\nI- KẾT QUẢ THỰC HIỆN\n1. …\nII- HẠN CHẾ, NGUYÊN NHÂN\n1. …\n"
    "III- PHƯƠNG HƯỚNG, NHIỆM VỤ\n1. …\nIV- KIẾN NGHỊ, ĐỀ XUẤT\n1. …",
    "submission": "Thực hiện …, {body} trình … xem xét, quyết định những nội dung sau:\n1. Sự cần thiết\n…\n2. Nội dung\n…\n"
    "3. Đề xuất, kiến nghị\n…\n(Có hồ sơ kèm theo).",
    "letter": "Thực hiện …, {body} đề nghị …:\n1. …\n2. …\n{body} trân trọng đề nghị … quan tâm thực hiện.",
    "minutes": "Thời gian: … giờ …, ngày ….\nĐịa điểm: ….\nI- THÀNH PHẦN\n1. Chủ trì: ….\n2. Thành phần dự: ….\n3. Người ghi biên bản: ….\n"
    "II- NỘI DUNG\n1. …\nIII- KẾT LUẬN\n1. …\nHội nghị kết thúc lúc … giờ … cùng ngày.",
    "invitation": "{body} trân trọng kính mời: ….\nDự: ….\nThời gian: … giờ …, ngày ….\nĐịa điểm: ….\nĐề nghị … dự đúng thời gian, thành phần.",
    "transfer_slip": "{body} nhận được … của …, đề ngày ….\nSau khi xem xét, {body} chuyển … đến … để giải quyết theo thẩm quyền.",
    "sending_slip": "{body} gửi kèm Phiếu này các văn bản sau:\n| TT | Văn bản | Số lượng |\n| 1 | … | … |\nSau khi nhận, đề nghị gửi lại Phiếu này.",
    "introduction": "{body} trân trọng giới thiệu: ….\nChức vụ: ….\nĐược cử đến: ….\nVề việc: ….\nGiấy này có giá trị đến hết ngày ….",
    "travel_permit": "Cấp cho: ….\nChức vụ: ….\nĐược cử đi công tác tại: ….\nTừ ngày … đến ngày ….",
    "leave_permit": "Xét đơn của …, {body} cho phép: ….\nNghỉ phép từ ngày … đến ngày … tại ….",
    "certificate": "{body} chứng nhận: ….\nSinh ngày: ….\n….",
    "official_letter": "Kính thưa …,\n….\nTrân trọng.",
}  # fmt: skip
_OTHER = "…\n1. …\n2. …"


def skeleton(doc_type: str, layout: Layout, *, body: str, name: str = "") -> tuple[Block, ...]:
    """The usual parts of the type, “…” where the drafter writes. `body`: who issues, as a sentence names it."""
    text = _SKELETONS.get(doc_type, _OTHER).format(body=body, name=name or "văn bản này")
    if layout is Layout.STATE:
        text = re.sub(r"^- (?=Căn cứ|Xét đề nghị)", "", text, flags=re.MULTILINE)
    return body_from_text(text)
