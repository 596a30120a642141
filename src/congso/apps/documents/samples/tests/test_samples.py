import unicodedata
import zipfile
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from PIL import Image

from congso.apps.documents.samples import catalogue, hostile, plans, sheets
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.samples.scans import Scanner, photo, scanned_pdf
from congso.apps.documents.samples.word import docx

FAST = Scanner(dpi=72)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


@pytest.mark.parametrize("kind", catalogue.KINDS)
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(kind):
    for make in (pdf, docx, lambda paper: scanned_pdf(paper, 1, FAST)):
        assert make(kind(5)) == make(kind(5))
        assert make(kind(5)) != make(kind(6))


def test_spreadsheets_and_photos_repeat_too():
    assert sheets.xlsx(2) == sheets.xlsx(2)
    assert photo(catalogue.letter(2), 1) == photo(catalogue.letter(2), 1)


@given(st.integers(min_value=0, max_value=5000))
def test_every_paper_has_a_symbol_a_day_and_a_signer(seed):
    paper = catalogue.any_paper(seed)
    assert date(2025, 7, 1) <= paper.day
    assert paper.symbol in paper.text
    assert paper.signer in paper.text
    assert unicodedata.is_normalized("NFC", paper.text)


def test_the_plan_is_printed_on_six_to_eight_pages_with_every_clause_of_its_annex():
    paper = plans.plan16()
    assert paper.symbol == "16-KH/TU"
    assert paper.place_and_date == "Lào Cai, ngày 11 tháng 8 năm 2025"
    document = pypdfium2.PdfDocument(pdf(paper))
    assert 6 <= len(document) <= 8
    found = text_of(pdf(paper))
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 16-KH/TU", "T/M BAN THƯỜNG VỤ", "Sổ tay đảng viên điện tử"):
        assert words in found


def test_a_word_file_carries_the_whole_text():
    paper = catalogue.front_report(1)
    document = Document(BytesIO(docx(paper)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    found = "\n".join([*(line.text for line in document.paragraphs), *cells])
    assert paper.symbol_line in found
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in found
    assert paper.abstract in found


def test_a_scan_has_pictures_and_no_text():
    scan = scanned_pdf(catalogue.directive(1), 3, Scanner(dpi=72, is_stamped=True))
    assert text_of(scan) == ""
    with pikepdf.open(BytesIO(scan)) as document:
        assert all(len(page.get_images()) == 1 for page in document.pages)


def test_a_seal_is_red_and_a_plain_scan_is_grey():
    def first_picture(scanner: Scanner) -> Image.Image:
        scan = pypdfium2.PdfDocument(scanned_pdf(catalogue.letter(1), 3, scanner))
        return scan[len(scan) - 1].render(scale=1).to_pil().convert("RGB")

    def redness(picture: Image.Image) -> int:
        red, green, _ = picture.split()
        return sum(r - g > 60 for r, g in zip(red.tobytes(), green.tobytes(), strict=True))

    assert redness(first_picture(Scanner(dpi=72))) == 0
    assert redness(first_picture(Scanner(dpi=72, is_stamped=True))) > 300


def test_a_sideways_photo_says_so_only_in_its_exif():
    picture = Image.open(BytesIO(photo(catalogue.letter(1), 1, is_sideways=True)))
    assert picture.width > picture.height
    assert picture.getexif()[0x0112] == 6


def test_the_spreadsheet_sums_what_it_lists():
    book = load_workbook(BytesIO(sheets.xlsx(1, rows=5)))
    assert book["Tổng hợp"]["D8"].value == "=SUM(D3:D7)"


def test_a_truncated_pdf_looks_like_one_but_has_no_end():
    broken = hostile.truncated_pdf()
    assert broken.startswith(b"%PDF")
    assert b"%%EOF" not in broken


def test_a_locked_pdf_opens_only_with_its_password():
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(hostile.locked_pdf()))
    pikepdf.open(BytesIO(hostile.locked_pdf()), password=hostile.PASSWORD).close()
    assert hostile.locked_pdf() == hostile.locked_pdf()


@pytest.mark.parametrize("bomb", [hostile.bomb_docx, hostile.bomb_xlsx])
def test_a_bomb_is_small_outside_and_large_inside(bomb):
    data = bomb(64 * 2**20)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    assert len(data) < 2**19
    assert unpacked > 64 * 2**20


def test_ten_thousand_pages_fit_in_a_small_file():
    data = hostile.endless_pdf()
    assert len(data) < 2**19
    assert len(pypdfium2.PdfDocument(data)) == 10_000
    assert data == hostile.endless_pdf()


def test_a_secret_paper_shows_its_mark_in_the_text_and_only_in_the_picture_of_a_scan():
    assert "MẬT" in text_of(hostile.secret_pdf())
    assert text_of(hostile.secret_scan()) == ""


def test_decomposed_text_is_really_decomposed():
    lines = [line.text for line in Document(BytesIO(hostile.decomposed_docx())).paragraphs]
    assert any(line and not unicodedata.is_normalized("NFC", line) for line in lines)
