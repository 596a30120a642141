"""Faults as people make them in Word, planted into a good paper."""

from copy import deepcopy

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from congso.kernel.composing.making.xml import element
from congso.kernel.composing.tests.opened import Fault


def every(document: Document) -> list[Paragraph]:
    return [Paragraph(one, document) for one in document.element.body.iter(qn("w:p"))]


def styled(document: Document, style: str) -> list[Paragraph]:
    return [one for one in every(document) if one.style.style_id == style]


def text(style: str, new: str):  # type: ignore[no-untyped-def]
    """Type other words into the first paragraph of the style."""

    def plant(document: Document) -> None:
        paragraph = styled(document, style)[0]
        runs = paragraph.runs
        for run in runs:
            run.text = ""
        runs[0].text = new

    return plant


def gone(style: str):  # type: ignore[no-untyped-def]
    def plant(document: Document) -> None:
        for paragraph in styled(document, style):
            parent = paragraph._p.getparent()
            if len(parent.findall(qn("w:p"))) == 1:
                for run in paragraph.runs:
                    run.text = ""
            else:
                parent.remove(paragraph._p)

    return plant


def runs(style: str, **look: object):  # type: ignore[no-untyped-def]
    def plant(document: Document) -> None:
        for paragraph in styled(document, style):
            for run in paragraph.runs:
                for name, value in look.items():
                    setattr(run.font, name, value)

    return plant


def shape(style: str, **look: object):  # type: ignore[no-untyped-def]
    def plant(document: Document) -> None:
        for paragraph in styled(document, style):
            for name, value in look.items():
                setattr(paragraph.paragraph_format, name, value)

    return plant


def margin(side: str, size: float):  # type: ignore[no-untyped-def]
    return lambda document: setattr(document.sections[0], f"{side}_margin", Mm(size))


def _small_paper(document: Document) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(216), Mm(279)


def _no_number(document: Document) -> None:
    header = document.sections[0].header.paragraphs[0]
    for run in header.runs:
        header._p.remove(run._r)


def _number_on_page_one(document: Document) -> None:
    document.sections[0].different_first_page_header_footer = False


def _coloured(document: Document) -> None:
    styled(document, "vbBody")[0].runs[0].font.color.rgb = RGBColor(200, 0, 0)


def _marked(document: Document) -> None:
    styled(document, "vbBody")[0].runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW


def _hidden(document: Document) -> None:
    styled(document, "vbBody")[0].add_run("ghi chú nội bộ").font.hidden = True


def _tracked(document: Document) -> None:
    paragraph = styled(document, "vbBody")[0]
    inserted = element("w:ins", id=77, author="An", date="2026-01-01T00:00:00Z")
    run = deepcopy(paragraph.runs[0]._r)
    inserted.append(run)
    paragraph._p.append(inserted)


def _commented(document: Document) -> None:
    document.add_comment(styled(document, "vbBody")[0].runs[0], "Xem lại", author="An", initials="A")


def _named(document: Document) -> None:
    document.core_properties.author = "may-tinh-van-thu"


def _old_font(document: Document) -> None:
    for run in styled(document, "vbBody")[0].runs:
        run.font.name = ".VnTime"


def _kept_first(document: Document) -> None:
    lines = styled(document, "vbRecipient")
    lines[0]._p.addprevious(lines[-1]._p)


def _no_stop(document: Document) -> None:
    styled(document, "vbRecipient")[-1].runs[0].text = "- Lưu Văn phòng Tỉnh ủy"


FAULTS = (
    Fault("header.missing", gone("vbHeader")),
    Fault("header.text", text("vbHeader", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
    Fault("header.rule", gone("vbRule")),
    Fault("issuer.text", text("vbIssuer", "HUYỆN ỦY BẢO THẮNG")),
    Fault("parent.text", text("vbParent", "ĐẢNG BỘ TỈNH YÊN BÁI")),
    Fault("asterisk.missing", gone("vbAsterisk")),
    Fault("symbol.colon", text("vbSymbol", "Số: 05-KH/TU")),
    Fault("symbol.padding", text("vbSymbol", "Số 5-KH/TU")),
    Fault("symbol.form", text("vbSymbol", "Số 05/KH-TU")),
    Fault("symbol.text", text("vbSymbol", "Số 05-KL/TU")),
    Fault("symbol.early", text("vbSymbol", "Số 05-KH/TU"), is_repairable=False),
    Fault("date.padding", text("vbPlaceDate", "Lào Cai, ngày 5 tháng 03 năm 2026")),
    Fault("date.place", text("vbPlaceDate", "Hà Nội, ngày     tháng     năm 2026")),
    Fault("date.wrong", text("vbPlaceDate", "Lào Cai, ngày 31 tháng 02 năm 2026"), is_repairable=False),
    Fault("date.missing", gone("vbPlaceDate")),
    Fault("type.missing", gone("vbType"), is_repairable=False),
    Fault("type.other", text("vbType", "BÁO CÁO"), is_repairable=False),
    Fault("title.other", text("vbTitle", "thực hiện việc khác"), is_repairable=False),
    Fault("title.dashes", gone("vbDashes")),
    Fault("authority.prefix", text("vbAuthority", "TM. BAN THƯỜNG VỤ")),
    Fault("authority.deputy_of_collective", text("vbAuthority", "K/T BAN THƯỜNG VỤ"), is_repairable=False),
    Fault("authority.unknown", text("vbAuthority", "TUQ. BAN THƯỜNG VỤ"), is_repairable=False),
    Fault("authority.other", text("vbAuthority", "T/M BAN CHẤP HÀNH")),
    Fault("post.other", text("vbPost", "BÍ THƯ")),
    Fault("name.other", text("vbName", "Nguyễn Văn Em"), is_repairable=False),
    Fault("name.title", text("vbName", "TS. Nguyễn Văn An")),
    Fault("name.upper", text("vbName", "NGUYỄN VĂN AN")),
    Fault("recipients.order", _kept_first),
    Fault("recipients.end", _no_stop),
    Fault("recipients.missing", gone("vbRecipientsLabel"), is_repairable=False),
    Fault("page.size", _small_paper),
    Fault("margins.top", margin("top", 25)),
    Fault("margins.bottom", margin("bottom", 15)),
    Fault("margins.left", margin("left", 25)),
    Fault("margins.right", margin("right", 20)),
    Fault("page_number.missing", _no_number),
    Fault("page_number.first", _number_on_page_one),
    Fault("font.other", runs("vbBody", name="Arial")),
    Fault("font.legacy", _old_font, is_repairable=False),
    Fault("font.colour", _coloured),
    Fault("font.highlight", _marked),
    Fault("size.body", runs("vbBody", size=Pt(12))),
    Fault("size.issuer", runs("vbIssuer", size=Pt(12))),
    Fault("bold.header", runs("vbHeader", bold=False)),
    Fault("bold.post", runs("vbPost", bold=True)),
    Fault("italic.place_date", runs("vbPlaceDate", italic=False)),
    Fault("underline.recipients_label", runs("vbRecipientsLabel", underline=False)),
    Fault("align.body", shape("vbBody", alignment=WD_ALIGN_PARAGRAPH.LEFT)),
    Fault("lines.height", shape("vbBody", line_spacing=1.5)),
    Fault("lines.height", shape("vbBody", line_spacing_rule=WD_LINE_SPACING.EXACTLY, line_spacing=Pt(30))),
    Fault("lines.gap", shape("vbBody", space_after=Pt(0))),
    Fault("lines.indent", shape("vbBody", first_line_indent=Mm(0))),
    Fault("file.hidden", _hidden, is_repairable=False),
    Fault("file.tracked", _tracked, is_repairable=False),
    Fault("file.comments", _commented, is_repairable=False),
    Fault("file.properties", _named),
)
