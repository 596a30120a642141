"""The body: bases, articles, the papers it changes, its end. Its words are for people; nothing here is repaired."""

import re
from collections.abc import Iterator

from congso.kernel.composing.findings import Finding
from congso.kernel.composing.forms import Component
from congso.kernel.composing.paper import BODY_COMPONENTS
from congso.kernel.composing.rules.finding import Case
from congso.lib.symbols import find_symbols, normalise_symbol
from congso.lib.vietnamese_dates import paper_date, screen_date

_ARTICLE = re.compile(r"Điều\s+(\d+)\s*[.:]")
_CHANGES = re.compile(
    r"(?:sửa đổi(?:, bổ sung)?|bổ sung|thay thế|bãi bỏ|hủy bỏ)\s+(?:một số \S+ (?:của )?)?"
    r"(?P<kind>Nghị quyết|Quyết định|Chỉ thị|Kết luận|Quy chế|Quy định|Hướng dẫn|Kế hoạch|Thông báo|Chương trình)"
    r"(?P<after>.{0,80})"
)
_SAID_HERE = re.compile(r"\s*(?:này|nêu trên|trên|kèm theo)")
_DOTS = re.compile(r"(?:\.{5,}|…{2,}|_{4,}|\[\s*\.*\s*\]|xxx+)", re.IGNORECASE)
_BROKEN = re.compile(r"(?:Error! |Lỗi! ?)(?:Reference|Bookmark|Không tìm thấy)", re.IGNORECASE)
_CHANGING_SOURCE = "399-QĐ/TW (sửa đổi, thay thế văn bản)"


def check_body(case: Case) -> Iterator[Finding]:
    """In the order of the paper."""
    yield from _bases(case)
    yield from _articles(case)
    yield from _changed_papers(case)
    yield from _left_open(case)
    yield from _end(case)


def _bases(case: Case) -> Iterator[Finding]:
    bases = case.paper.of(Component.BASIS)
    for one in bases:
        if case.form.has_asterisk and not one.line.startswith(("-", "–")):
            yield case.warning(
                "basis.hyphen", "Căn cứ phải bắt đầu bằng “- Căn cứ”.", "Thêm gạch đầu dòng trước căn cứ.", at=one
            )
        is_last = one is bases[-1]
        if not one.line.endswith((";", ",", ".") if is_last else (";",)):
            yield case.warning(
                "basis.end", "Mỗi căn cứ kết thúc bằng dấu chấm phẩy.", "Đặt dấu “;” cuối căn cứ.", at=one
            )


def _articles(case: Case) -> Iterator[Finding]:
    last = 0
    for one in case.paper.of(Component.ARTICLE):
        found = _ARTICLE.match(one.line)
        if found is None:
            continue
        number = int(found[1])
        if number not in (last + 1, 1):
            yield case.warning(
                "article.order", f"Điều {number} đứng sau Điều {last}.", "Đánh lại số điều cho liền mạch.", at=one
            )
        last = number


def _changed_papers(case: Case) -> Iterator[Finding]:
    text = "\n".join(one.line for one in case.paper.body())
    named = {normalise_symbol(text[begin:end]) for _symbol, begin, end in find_symbols(text)}
    named_title = case.paper.text_of(Component.TITLE, Component.LETTER_TITLE)
    named |= {normalise_symbol(named_title[begin:end]) for _symbol, begin, end in find_symbols(named_title)}
    for changed in case.expected.amends:
        if normalise_symbol(changed.symbol) not in named:
            yield case.error(
                "amends.symbol",
                f"Nội dung chưa ghi số, ký hiệu văn bản bị sửa đổi, thay thế “{changed.symbol}”.",
                f"Ghi đầy đủ tên loại, số {changed.symbol}, ngày, cơ quan ban hành và trích yếu.",
                source=_CHANGING_SOURCE,
            )
        elif changed.issued_on and not any(
            written in text
            for written in (
                screen_date(changed.issued_on),
                f"{changed.issued_on:%d/%m/%Y}",
                paper_date(changed.issued_on),
            )
        ):
            yield case.warning(
                "amends.date",
                f"Chưa ghi ngày ban hành ({screen_date(changed.issued_on)}) của văn bản “{changed.symbol}”.",
                f"Ghi “ngày {screen_date(changed.issued_on)}” sau số, ký hiệu.",
                source=_CHANGING_SOURCE,
            )
    for one in case.paper.body():
        found = _CHANGES.search(one.line)
        if found and not _SAID_HERE.match(found["after"]) and not any(True for _ in find_symbols(found["after"])):
            yield case.warning(
                "amends.vague",
                f"Nêu việc sửa đổi, thay thế “{found['kind']}” nhưng không ghi số, ký hiệu văn bản đó.",
                "Ghi chính xác số, ký hiệu, ngày, cơ quan ban hành và phần bị sửa đổi.",
                at=one,
                source=_CHANGING_SOURCE,
            )


def _left_open(case: Case) -> Iterator[Finding]:
    for one in case.paper.body():
        if _BROKEN.search(one.line):
            yield case.error(
                "body.broken_reference",
                "Có tham chiếu hỏng (Error! Reference…).",
                "Cập nhật hoặc gõ lại chỗ tham chiếu.",
                at=one,
            )
        elif _DOTS.search(one.line) and case.expected.is_final:
            yield case.warning(
                "body.left_open", "Còn chỗ để trống trong nội dung.", "Điền nội dung hoặc bỏ chỗ trống.", at=one
            )


def _end(case: Case) -> Iterator[Finding]:
    tail = min(
        (
            one.number
            for one in case.paper.paragraphs
            if one.component in (Component.AUTHORITY, Component.RECIPIENTS_LABEL, Component.POST)
        ),
        default=0,
    )
    before = [
        one
        for one in case.paper.paragraphs
        if one.component in BODY_COMPONENTS - {Component.TABLE} and one.number < tail and one.line
    ]
    if not before:
        if tail and not any(one.component is Component.TABLE for one in case.paper.paragraphs):
            yield case.error("body.missing", "Văn bản chưa có nội dung.", "Soạn nội dung giữa trích yếu và phần ký.")
        return
    last = before[-1]
    if last.line.endswith("./.") and case.form.has_asterisk:
        yield case.warning(
            "body.end",
            "Văn bản của Đảng kết thúc bằng dấu chấm, không dùng “./.”.",
            "Thay “./.” bằng dấu chấm.",
            at=last,
        )
    elif not last.line.endswith((".", "!", "?", "…", "”", ")", "-----")):
        yield case.warning(
            "body.end", "Câu cuối của nội dung không có dấu chấm.", "Đặt dấu chấm cuối nội dung.", at=last
        )
