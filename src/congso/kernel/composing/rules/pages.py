"""Paper size, margins, page numbers (05-HD/VPTW and 36-HD/VPTW; 30/2020/NĐ-CP annex I, part I)."""

from collections.abc import Iterator

from congso.kernel.composing.findings import Finding
from congso.kernel.composing.rules.finding import Case

_A4 = (210.0, 297.0)
_NEAR = 0.6  # millimetres: Word rounds to twips, people to tenths of a centimetre
_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}


def check_pages(case: Case) -> Iterator[Finding]:
    """One finding for each fault, however many sections have it."""
    sheets = case.paper.sheets
    if any(
        abs(side - wanted) > _NEAR
        for sheet in sheets
        for side, wanted in zip(sorted((sheet.width, sheet.height)), _A4, strict=True)
    ):
        yield case.error(
            "page.size",
            "Khổ giấy không phải A4 (210 × 297 mm).",
            "Đặt khổ giấy A4 trong Page Layout → Size.",
            repair=True,
        )
    upright = [sheet for sheet in sheets if not sheet.is_landscape]
    for side, margin in case.form.margins().items():
        wrong = [
            sheet.margins[side]
            for sheet in upright
            if side in sheet.margins and not margin.least - _NEAR <= sheet.margins[side] <= margin.most + _NEAR
        ]
        if wrong:
            yield case.error(
                f"margins.{side}",
                f"Lề {_SIDES[side]} là {wrong[0]:.0f} mm, quy định {_range(margin.least, margin.most)} mm.",
                f"Đặt lề {_SIDES[side]} {margin.made:.0f} mm trong Page Layout → Margins.",
                repair=True,
            )
    yield from _numbers(case)


def _numbers(case: Case) -> Iterator[Finding]:
    known = [sheet for sheet in case.paper.sheets if sheet.number_place is not None]
    if not known:
        return
    least, made, most = case.form.page_number
    how = "Chèn số trang ở giữa lề trên (Insert → Page Number → Top of Page), chọn “Different First Page”."
    if any(sheet.number_place != "header" for sheet in known):
        if case.paper.pages != 1:
            yield case.error("page_number.missing", "Văn bản không có số trang ở lề trên.", how, repair=True)
        return
    if known[0].hides_first_number is False:
        yield case.error("page_number.first", "Số trang hiện cả ở trang thứ nhất.", how, repair=True)
    if any(sheet.number_is_centred is False for sheet in known):
        yield case.error("page_number.place", "Số trang không ở giữa.", how, repair=True)
    size = next((sheet.number_size for sheet in known if sheet.number_size), None)
    if size and not least <= size <= most:
        yield case.error(
            "page_number.size",
            f"Số trang cỡ chữ {size:g}, quy định {_range(least, most)}.",
            f"Chọn số trang, đặt cỡ chữ {made:g}.",
            repair=True,
        )


def _range(least: float, most: float) -> str:
    return f"{least:g}" if least == most else f"{least:g}–{most:g}"
