"""Small invented papers for the tests of this package: born digital, scanned, photographed, typed, broken."""

import io
import zipfile

import docx
import img2pdf
import openpyxl
import pikepdf
import pypdfium2
from PIL import Image
from weasyprint import HTML

_STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm } body { font-family: Tinos; font-size: 14pt }
table { width: 100% } td { text-align: center; vertical-align: top; width: 50% }
.mark { color: #c8141e; border: 1mm solid #c8141e; display: inline-block; padding: 1mm 4mm; margin-top: 2mm;
  font-weight: bold; font-size: 16pt; white-space: nowrap }
"""
BODY = (
    "<p>Các cơ quan, đơn vị thực hiện nghiêm việc bảo vệ bí mật nhà nước; phối hợp với Ủy ban Mặt trận Tổ quốc;"
    " hoàn thành trước ngày 31 tháng 12 năm 2026, báo cáo Ban Thường vụ Tỉnh ủy.</p>"
)


def pdf(mark: str = "", pages: int = 1, heading: str = "bảo vệ bí mật nhà nước trên môi trường mạng") -> bytes:
    """A plan of an invented office; `mark` is stamped in red under the symbol."""
    stamp = f"<div class=mark>{mark}</div>" if mark else ""
    more = "<p style='page-break-before: always'>Trang sau có nội dung phụ lục kèm theo.</p>" * (pages - 1)
    page = (
        f"<style>{_STYLE}</style><table><tr><td>ĐẢNG BỘ TỈNH MẪU<br><b>VĂN PHÒNG</b><br>*<br>Số 16-KH/TU"
        f"<br>{stamp}</td>"
        "<td><b>ĐẢNG CỘNG SẢN VIỆT NAM</b><br><i>Mẫu, ngày 11 tháng 8 năm 2025</i></td></tr></table>"
        f"<h3 style='text-align: center'>KẾ HOẠCH<br>{heading}</h3>{BODY * 6}{more}"
    )
    made: bytes = HTML(string=page).write_pdf()
    return made


def pictures(data: bytes, dpi: int = 150, mode: str = "RGB") -> list[Image.Image]:
    """The pages of a PDF as a scanner would see them."""
    document = pypdfium2.PdfDocument(data)
    return [page.render(scale=dpi / 72).to_pil().convert(mode) for page in document]


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def scan(data: bytes, dpi: int = 150, mode: str = "RGB") -> bytes:
    """A PDF of pictures without a text layer."""
    made: bytes = img2pdf.convert(
        [encoded(page, "JPEG", quality=85, dpi=(dpi, dpi)) for page in pictures(data, dpi, mode)]
    )
    return made


def word(*lines: str, cell: str = "") -> bytes:
    document = docx.Document()
    if cell:
        document.add_table(1, 2).rows[0].cells[0].text = cell
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="khoa", user="khoa"))
    return out.getvalue()


def many_pages(pages: int) -> bytes:
    """Very many blank pages in few bytes, written by hand: a library would take seconds."""
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    kids = " ".join(f"{number} 0 R" for number in range(3, pages + 3))
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {pages}/Kids[{kids}]>>", *[page] * pages]
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj{content}endobj\n".encode())
    start = out.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def bomb(entry: str, unpacked: int) -> bytes:
    """A container whose one entry unpacks to so many blanks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("[Content_Types].xml", "<Types/>")
        with container.open(entry, "w") as written:
            for _ in range(unpacked // 2**20):
                written.write(b" " * 2**20)
    return out.getvalue()
