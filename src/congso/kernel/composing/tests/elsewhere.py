"""A letter as an office types it without our template."""

from io import BytesIO

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from congso.kernel.composing.contents import Authority, Layout, Signature
from congso.kernel.composing.findings import Expected

_CENTRE, _BOTH, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT
_LINE = (
    f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
    '<w:pict><v:line from="0,0" to="200pt,0"/></w:pict></w:r>'
)
_EXPECTED = Expected(
    Layout.PARTY, "ĐẢNG ỦY XÃ BẢO THẮNG", "ĐẢNG BỘ TỈNH LÀO CAI", "CV/ĐU", place="Bảo Thắng", doc_type="letter",
    title="tăng cường công tác phòng cháy, chữa cháy", recipients=("Như trên", "Lưu VPĐU"),
    signatures=(Signature("Hoàng Văn Tư", "PHÓ BÍ THƯ THƯỜNG TRỰC", Authority.ON_BEHALF, "BAN THƯỜNG VỤ"),),
    addressees=("Các chi bộ, đảng bộ trực thuộc",),
)  # fmt: skip


def typed_elsewhere() -> tuple[bytes, Expected]:
    """The file, and what the register knows of it."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = page.right_margin = Mm(20)
    page.left_margin = Mm(30)
    left, right = document.add_table(1, 2).rows[0].cells
    _type(left.paragraphs[0], "ĐẢNG BỘ TỈNH LÀO CAI")
    _type(left.add_paragraph(), "ĐẢNG ỦY XÃ BẢO THẮNG", bold=True)
    _type(left.add_paragraph(), "*")
    _type(left.add_paragraph(), "Số       -CV/ĐU")
    _type(left.add_paragraph(), "V/v tăng cường công tác ", size=12, italic=True)
    _type(left.add_paragraph(), "phòng cháy, chữa cháy", size=12, italic=True)
    header = _type(right.paragraphs[0], "ĐẢNG CỘNG SẢN VIỆT NAM", size=15, bold=True)
    header._p.append(parse_xml(_LINE))
    _type(right.add_paragraph(), "")
    _type(right.add_paragraph(), "Bảo Thắng, ngày      tháng 11 năm 2026", italic=True)
    document.add_paragraph()
    _type(document.add_paragraph(), "Kính gửi:", align=_LEFT)
    _type(document.add_paragraph(), "- Các chi bộ, đảng bộ trực thuộc;", align=_LEFT)
    _type(document.add_paragraph(), "- Mặt trận Tổ quốc và các đoàn thể xã.", align=_LEFT)
    for _ in range(3):
        words = "\tThực hiện Công văn số 123-CV/TU, Đảng ủy xã yêu cầu các chi bộ thực hiện tốt một số nội dung."
        _type(document.add_paragraph(), words, align=_BOTH)
    _type(document.add_paragraph(), "Yêu cầu các đơn vị nghiêm túc thực hiện./.", align=_BOTH)
    left, right = document.add_table(1, 2).rows[0].cells
    _type(left.paragraphs[0], "Nơi nhận:", align=_LEFT).runs[0].underline = True
    for line in ("- Như trên;", "- Thường trực Đảng ủy (b/c);", "- Lưu VPĐU."):
        _type(left.add_paragraph(), line, size=12, align=_LEFT)
    _type(right.paragraphs[0], "T/M BAN THƯỜNG VỤ", bold=True)
    _type(right.add_paragraph(), "PHÓ BÍ THƯ THƯỜNG TRỰC")
    for _ in range(4):
        right.add_paragraph()
    _type(right.add_paragraph(), "HOÀNG VĂN TƯ", bold=True)
    made = BytesIO()
    document.save(made)
    return made.getvalue(), _EXPECTED


def _type(
    paragraph: Paragraph,
    words: str,
    *,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = _CENTRE,
) -> Paragraph:
    run = paragraph.add_run(words)
    run.font.name, run.font.size, run.bold, run.italic = "Times New Roman", Pt(size), bold, italic
    paragraph.alignment = align
    return paragraph
