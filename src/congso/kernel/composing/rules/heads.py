"""The head: header, bodies, number and symbol, place and date, marks (05-HD/VPTW; 30/2020/NĐ-CP; 399-QĐ/TW)."""

import re
from collections.abc import Iterator
from datetime import date

from congso.kernel.composing.findings import Finding
from congso.kernel.composing.forms import Component
from congso.kernel.composing.paper import Para
from congso.kernel.composing.recognition import DRAFT, MOTTO, PLACE_DATE, SECRET, SYMBOL, letters_of
from congso.kernel.composing.rules.finding import Case
from congso.lib.document_types import canonical_abbreviation, document_type
from congso.lib.vietnamese import canonical_tones
from congso.lib.vietnamese_dates import paper_date

_SECRECY_SOURCE = "Luật Bảo vệ bí mật nhà nước 117/2025/QH15"
_NUMBERING_SOURCE = "36-HD/VPTW (số văn bản)"


def check_head(case: Case) -> Iterator[Finding]:
    """In the order of the paper."""
    yield from _header(case)
    yield from _bodies(case)
    yield from _symbol(case)
    yield from _place_and_date(case)
    yield from _marks(case)


def _header(case: Case) -> Iterator[Finding]:
    form = case.form
    header = case.paper.first(Component.HEADER)
    how = f"Ghi “{form.header}” ở đầu trang, bên phải, có đường kẻ bên dưới."
    if header is None:
        yield case.error("header.missing", f"Thiếu tiêu đề “{form.header}”.", how, repair=True)
        return
    if canonical_tones(header.line).upper() != canonical_tones(form.header):
        yield case.error(
            "header.text",
            f"Tiêu đề ghi “{header.line}”, thể thức này dùng “{form.header}”.",
            how,
            at=header,
            repair=True,
        )
    motto = case.paper.first(Component.MOTTO)
    if form.motto and motto is None:
        yield case.error(
            "motto.missing",
            f"Thiếu tiêu ngữ “{form.motto}”.",
            f"Ghi “{form.motto}” dưới Quốc hiệu.",
            at=header,
            repair=True,
        )
    elif form.motto and motto and motto.line != form.motto:
        yield case.error(
            "motto.text", f"Tiêu ngữ ghi “{motto.line}”.", f"Ghi đúng “{form.motto}”.", at=motto, repair=True
        )
    elif motto and not form.motto:
        yield case.error(
            "motto.extra", "Văn bản của Đảng không có tiêu ngữ.", f"Bỏ dòng “{motto.line}”.", at=motto, repair=True
        )
    if not case.paper.header_has_rule:
        yield case.error(
            "header.rule",
            "Thiếu đường kẻ dưới tiêu đề.",
            "Kẻ đường liền nét dài bằng dòng chữ.",
            at=header,
            repair=True,
        )


def _bodies(case: Case) -> Iterator[Finding]:
    paper, expected = case.paper, case.expected
    issuer, parent = paper.first(Component.ISSUER), paper.first(Component.PARENT)
    if issuer is None:
        yield case.error(
            "issuer.missing",
            "Thiếu tên cơ quan ban hành ở góc trái phía trên.",
            f"Ghi “{expected.issuer or 'tên cơ quan ban hành'}” ở đầu trang, bên trái.",
            repair=bool(expected.issuer),
        )
    elif expected.issuer and letters_of(paper.text_of(Component.ISSUER)) != letters_of(expected.issuer):
        yield case.error(
            "issuer.text",
            f"Cơ quan ban hành ghi “{paper.text_of(Component.ISSUER)}”, phải là “{expected.issuer}”.",
            f"Sửa thành “{expected.issuer}”.",
            at=issuer,
            repair=True,
        )
    if expected.parent and letters_of(paper.text_of(Component.PARENT)) != letters_of(expected.parent):
        written = paper.text_of(Component.PARENT)
        said = f"ghi “{written}”" if written else "chưa ghi"
        yield case.error(
            "parent.text",
            f"Cơ quan cấp trên {said}, phải là “{expected.parent}”.",
            f"Ghi “{expected.parent}” phía trên tên cơ quan ban hành.",
            at=parent or issuer,
            repair=issuer is not None,
        )
    if parent and issuer and parent.number > issuer.number:
        yield case.error(
            "parent.order",
            "Tên cơ quan cấp trên đứng dưới tên cơ quan ban hành.",
            "Đổi chỗ hai dòng.",
            at=parent,
            repair=True,
        )
    asterisk = paper.first(Component.ASTERISK)
    if case.form.has_asterisk and asterisk is None and issuer is not None and paper.is_word:
        yield case.error(
            "asterisk.missing",
            "Thiếu dấu sao (*) dưới tên cơ quan ban hành.",
            "Thêm dòng “*” ngay dưới tên cơ quan ban hành.",
            at=issuer,
            repair=True,
        )
    if asterisk and not case.form.has_asterisk:
        yield case.error(
            "asterisk.extra",
            "Thể thức hành chính không có dấu sao (*) dưới tên cơ quan.",
            "Bỏ dòng “*”.",
            at=asterisk,
            repair=True,
        )


def _symbol(case: Case) -> Iterator[Finding]:
    written, expected = case.paper.first(Component.SYMBOL), case.expected
    wanted = symbol_line(case)
    can = bool(expected.symbol)
    how = f"Ghi “{wanted}”." if can else "Ghi số, ký hiệu theo mẫu của thể thức, ví dụ “Số 05-KH/TU”."
    if written is None:
        yield case.error("symbol.missing", "Thiếu số, ký hiệu văn bản.", how, repair=can and _has_place(case))
        return
    found = SYMBOL.fullmatch(written.line)
    if found is None:
        yield case.error(
            "symbol.grammar", f"Số, ký hiệu ghi “{written.line}” không đúng mẫu.", how, at=written, repair=can
        )
        return
    yield from _symbol_parts(case, written, found, how)


def _symbol_parts(case: Case, written: Para, found: re.Match[str], how: str) -> Iterator[Finding]:
    expected, form = case.expected, case.form
    has_colon = ":" in written.line.split(found["joint"])[0]
    joint = "-" if form.has_asterisk else "/"
    number, rest = found["number"], found["rest"]
    if has_colon == form.has_asterisk:
        said = "Sau chữ “Số” không có dấu hai chấm." if has_colon else "Sau chữ “Số” thiếu dấu hai chấm."
        yield case.error("symbol.colon", said, how, at=written, repair=True)
    if found["joint"] != joint or (form.has_asterisk and "/" not in rest):
        yield case.error(
            "symbol.form",
            f"Ký hiệu “{written.line}” không theo mẫu của thể thức này"
            f" ({'số-loại/cơ quan' if form.has_asterisk else 'số/loại-cơ quan'}).",
            how,
            at=written,
            repair=bool(expected.symbol),
        )
        return
    digits = re.match(r"\d*", number)
    if digits and digits[0] and (len(digits[0]) < 2 or digits[0] != f"{int(digits[0]):02d}"):
        yield case.error(
            "symbol.padding",
            f"Số “{number}” ghi chưa đúng: số nhỏ hơn 10 thêm số 0 phía trước, không thêm ở số khác.",
            how,
            at=written,
            repair=True,
        )
    if expected.symbol and _plain(rest) != _plain(expected.symbol):
        yield case.error(
            "symbol.text", f"Ký hiệu ghi “{rest}”, phải là “{expected.symbol}”.", how, at=written, repair=True
        )
    elif not expected.symbol and expected.doc_type:
        yield from _type_in_symbol(case, written, rest, how)
    if expected.number is not None and digits and digits[0] and int(digits[0]) != expected.number:
        yield case.error(
            "symbol.number",
            f"Số ghi “{number}”, sổ đăng ký cấp số {expected.number:02d}.",
            how,
            at=written,
            repair=can_rewrite(case),
        )
    if expected.number is None and digits and digits[0]:
        yield case.warning(
            "symbol.early",
            f"Đã ghi số “{number}” trong khi văn thư chưa cấp số.",
            "Để trống chỗ ghi số; số được cấp khi phát hành.",
            at=written,
            source=_NUMBERING_SOURCE,
        )


def can_rewrite(case: Case) -> bool:
    """Whether the whole line can be written anew."""
    return bool(case.expected.symbol)


def _type_in_symbol(case: Case, written: Para, rest: str, how: str) -> Iterator[Finding]:
    wanted = document_type(case.expected.doc_type).abbreviation
    first = re.split(r"[/\-–]", rest)[0]
    is_letter_of_state = case.expected.doc_type == "letter" and not case.form.has_asterisk
    if wanted and not is_letter_of_state and canonical_abbreviation(first) != wanted:
        yield case.error(
            "symbol.type",
            f"Ký hiệu ghi loại “{first}”, loại văn bản này viết tắt là “{wanted}”.",
            how,
            at=written,
            source="399-QĐ/TW" if case.form.has_asterisk else "",
        )


def symbol_line(case: Case) -> str:
    """The line as it must be, the number's place left open when there is none yet."""
    joint = "-" if case.form.has_asterisk else "/"
    number = "" if case.expected.number is None else f"{case.expected.number:02d}"
    return f"{case.form.number_label} {number}{joint}{case.expected.symbol or '…'}"


def _plain(symbol: str) -> str:
    return re.sub(r"[\u2010-\u2015\s]", lambda found: "-" if found[0].strip() else "", symbol)


def _has_place(case: Case) -> bool:
    return case.paper.first(Component.ISSUER) is not None


def _place_and_date(case: Case) -> Iterator[Finding]:
    written, expected = case.paper.first(Component.PLACE_DATE), case.expected
    date_line = paper_date(expected.issued_on) if expected.issued_on else "ngày … tháng … năm …"
    how = f"Ghi “{expected.place or 'Địa danh'}, {date_line}”."
    if written is None:
        yield case.error(
            "date.missing",
            "Thiếu địa danh và ngày, tháng, năm ban hành.",
            how,
            repair=bool(expected.place) and case.paper.first(Component.HEADER) is not None,
        )
        return
    found = PLACE_DATE.fullmatch(written.line)
    if found is None:
        return
    if expected.place and letters_of(found["place"]) != letters_of(expected.place):
        yield case.error(
            "date.place",
            f"Địa danh ghi “{found['place'].strip()}”, phải là “{expected.place}”.",
            how,
            at=written,
            repair=True,
        )
    day = _date_of(found)
    has_digits = all(found[name] and found[name].isdigit() for name in ("day", "month"))
    if day is None and has_digits and found["year"].isdigit():
        yield case.error("date.wrong", f"Ngày ghi “{found['date']}” không có trong lịch.", how, at=written)
    elif day and " ".join(found["date"].split()) != paper_date(day):
        yield case.error(
            "date.padding",
            f"Ngày ghi “{found['date']}”: chỉ thêm số 0 trước ngày nhỏ hơn 10 và tháng 1, 2.",
            f"Ghi “{paper_date(day)}”.",
            at=written,
            repair=True,
        )
    if day and expected.issued_on and day != expected.issued_on:
        yield case.error(
            "date.other",
            f"Ngày ghi “{found['date']}”, ngày ban hành là {paper_date(expected.issued_on)}.",
            how,
            at=written,
            repair=True,
        )
    if day and expected.issued_on is None:
        yield case.warning(
            "date.early",
            "Đã ghi ngày ban hành trong khi văn bản chưa được phát hành.",
            "Để trống ngày, tháng; ngày được ghi khi phát hành.",
            at=written,
            source=_NUMBERING_SOURCE,
        )


def _date_of(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _marks(case: Case) -> Iterator[Finding]:
    paper, marks = case.paper, case.expected.marks
    head = [one for one in paper.paragraphs if one.component is not None][:40]
    for one in head:
        if SECRET.fullmatch(letters_of(one.line)) and len(one.line) < 16:
            yield case.error(
                "marks.secret",
                f"Văn bản đóng dấu “{one.line}”: văn bản mật không soạn, không lưu trên hệ thống này.",
                "Xóa tệp khỏi hệ thống, báo cán bộ bảo mật; nếu đóng dấu nhầm thì bỏ dấu.",
                at=one,
                source=_SECRECY_SOURCE,
            )
    urgency = paper.first(Component.URGENCY)
    written = letters_of(urgency.line) if urgency else ""
    if written != letters_of(marks.urgency.value):
        if marks.urgency:
            yield case.error(
                "marks.urgency",
                f"Văn bản được chọn mức “{marks.urgency.value}”, tệp ghi “{urgency.line if urgency else 'không có'}”.",
                f"Ghi “{marks.urgency.value}” dưới số, ký hiệu.",
                at=urgency,
                repair=paper.first(Component.SYMBOL) is not None,
            )
        else:
            yield case.warning(
                "marks.urgency",
                f"Tệp ghi mức “{urgency.line if urgency else ''}” nhưng văn bản không được chọn mức khẩn.",
                "Bỏ dấu khẩn trong tệp hoặc chọn mức khẩn khi trình.",
                at=urgency,
            )
    yield from _draft(case)
    circulation = paper.first(Component.CIRCULATION)
    if marks.circulation and (
        circulation is None or letters_of(marks.circulation) not in letters_of(paper.text_of(Component.CIRCULATION))
    ):
        yield case.error(
            "marks.circulation",
            f"Thiếu chỉ dẫn phạm vi lưu hành “{marks.circulation.upper()}”.",
            "Ghi chỉ dẫn dưới số, ký hiệu.",
            at=circulation,
            repair=paper.first(Component.SYMBOL) is not None,
        )


def _draft(case: Case) -> Iterator[Finding]:
    draft, marks = case.paper.first(Component.DRAFT), case.expected.marks
    if draft and case.expected.is_final:
        yield case.error(
            "marks.draft", f"Còn dòng “{draft.line}” trong bản trình ký.", "Bỏ dòng dự thảo.", at=draft, repair=True
        )
    elif draft and marks.draft:
        found = DRAFT.fullmatch(letters_of(draft.line))
        if found and found[1] and int(found[1]) != marks.draft:
            yield case.warning(
                "marks.draft_number",
                f"Tệp ghi “{draft.line}”, đây là dự thảo lần {marks.draft}.",
                f"Ghi “Dự thảo lần {marks.draft}”.",
                at=draft,
                repair=True,
            )


__all__ = ["MOTTO", "can_rewrite", "check_head", "symbol_line"]
