"""A spreadsheet as units send it with a report."""

import re
import zipfile
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from congso.apps.documents.samples.frozen import add_frozen
from congso.apps.documents.samples.phrases import PLACES, SUBJECTS, sentence_case
from congso.apps.documents.samples.seeded import chance

_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def xlsx(seed: int = 0, rows: int = 20) -> bytes:
    """A progress table: title, header row, figures, a sum formula, a second sheet with notes."""
    random = chance("sheet", seed)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Tổng hợp"
    sheet.append(["BIỂU TỔNG HỢP TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ (SỐ LIỆU MINH HỌA)"])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append(["TT", "Đơn vị", "Nội dung", "Được giao", "Hoàn thành", "Quá hạn"])
    for cell in sheet[2]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
    for number in range(1, rows + 1):
        given = random.randint(5, 40)
        done = random.randint(0, given)
        place, subject = random.choice(PLACES), random.choice(SUBJECTS)
        late = random.randint(0, given - done)
        sheet.append([number, sentence_case(place), sentence_case(subject), given, done, late])
    last = rows + 2
    sheet.append(["", "Tổng cộng", "", *(f"=SUM({column}3:{column}{last})" for column in "DEF")])
    book.create_sheet("Ghi chú").append(["Số liệu minh họa, không phải số liệu thật."])
    stored = BytesIO()
    book.save(stored)
    return _undated(stored.getvalue())


def _undated(data: bytes) -> bytes:
    """The library writes the moment of saving into the properties; a sample has none."""
    stored = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(stored, "w") as target:
        for entry in source.infolist():
            undated = _WRITTEN.sub(rb"\g<1>2025-07-01T00:00:00Z", source.read(entry))
            add_frozen(target, entry.filename, undated)
    return stored.getvalue()
