"""Type, summary, addressees, and whether the body may issue the type (399-QĐ/TW; office 1.5, 1.6)."""

from collections.abc import Iterator

from congso.kernel.composing.findings import Finding
from congso.kernel.composing.forms import Component
from congso.kernel.composing.recognition import letters_of
from congso.kernel.composing.rules.finding import Case
from congso.lib.document_types import document_type

_TYPES_SOURCE = "399-QĐ/TW"
_WITHOUT_ADDRESSEE = {"report", "plan", "resolution", "decision", "directive", "conclusion", "programme", "scheme"}
_WITH_TITLE_OPTIONAL = {
    "minutes", "invitation", "transfer_slip", "sending_slip", "introduction", "travel_permit", "leave_permit",
    "certificate", "official_letter",
}  # fmt: skip


def check_title(case: Case) -> Iterator[Finding]:
    """In the order of the paper."""
    yield from _power(case)
    if case.expected.doc_type == "letter":
        yield from _letter(case)
    else:
        yield from _typed(case)
    yield from _addressees(case)


def _power(case: Case) -> Iterator[Finding]:
    allowed, kind = case.expected.allowed_types, case.expected.doc_type
    if allowed is not None and kind and kind not in allowed:
        name = case.expected.type_name or document_type(kind).name
        yield case.error(
            "power.type",
            f"Cơ quan ban hành không có thẩm quyền ban hành “{name}”.",
            "Chọn loại văn bản khác hoặc chuyển cơ quan có thẩm quyền. Bảng thẩm quyền sửa ở mục Tham số quy định.",
            source=_TYPES_SOURCE if case.form.has_asterisk else "",
        )


def _letter(case: Case) -> Iterator[Finding]:
    title = case.paper.first(Component.LETTER_TITLE)
    kind = case.paper.first(Component.TYPE)
    if kind and letters_of(kind.line) == "CONGVAN":
        yield case.error(
            "type.letter",
            "Công văn không ghi tên loại “CÔNG VĂN”.",
            "Bỏ dòng “CÔNG VĂN”.",
            at=kind,
            source=_TYPES_SOURCE,
        )
    wanted = f"{case.form.letter_prefix} {case.expected.title}"
    if title is None:
        yield case.error(
            "title.missing",
            "Thiếu trích yếu công văn dưới số, ký hiệu.",
            f"Ghi “{wanted}” dưới số, ký hiệu.",
            repair=bool(case.expected.title) and case.paper.first(Component.SYMBOL) is not None,
        )
        return
    if not title.line.startswith(case.form.letter_prefix):
        yield case.error(
            "title.prefix",
            f"Trích yếu công văn phải bắt đầu bằng “{case.form.letter_prefix}”.",
            f"Ghi “{wanted}”.",
            at=title,
            repair=True,
        )
    written = letters_of(case.paper.text_of(Component.LETTER_TITLE))
    yield from _compared(case, written.removeprefix("VEVIEC").removeprefix("VV"), letters_of(case.expected.title))


def _typed(case: Case) -> Iterator[Finding]:
    paper, expected = case.paper, case.expected
    kind, title = paper.first(Component.TYPE), paper.first(Component.TITLE)
    name = (expected.type_name or document_type(expected.doc_type).name).upper() if expected.doc_type else ""
    if kind is None:
        yield case.error(
            "type.missing",
            f"Không thấy tên loại văn bản{f' “{name}”' if name else ''}.",
            "Ghi tên loại in hoa, đậm, giữa trang.",
        )
    elif name and letters_of(kind.line) != letters_of(name):
        yield case.error(
            "type.other",
            f"Tên loại ghi “{kind.line}”, văn bản được trình là “{name}”.",
            f"Ghi “{name}” hoặc sửa loại khi trình.",
            at=kind,
        )
    if title is None:
        if expected.doc_type not in _WITH_TITLE_OPTIONAL:
            yield case.error(
                "title.missing",
                "Không thấy trích yếu dưới tên loại.",
                "Ghi trích yếu chữ thường, đậm, ngay dưới tên loại.",
                at=kind,
            )
        return
    yield from _compared(case, letters_of(paper.text_of(Component.TITLE)), letters_of(expected.title))
    if case.form.has_asterisk and paper.first(Component.DASHES) is None and paper.is_word:
        yield case.error(
            "title.dashes",
            "Thiếu năm gạch nối (-----) dưới trích yếu.",
            "Thêm dòng “-----” dưới trích yếu.",
            at=title,
            repair=True,
        )


def _compared(case: Case, written: str, wanted: str) -> Iterator[Finding]:
    if wanted and written != wanted:
        yield case.warning(
            "title.other",
            "Trích yếu trong tệp khác trích yếu đã đăng ký.",
            f"Đối chiếu với “{case.expected.title}”; sửa một trong hai cho khớp.",
            at=case.paper.first(Component.TITLE) or case.paper.first(Component.LETTER_TITLE),
        )


def _addressees(case: Case) -> Iterator[Finding]:
    written, kind = case.paper.first(Component.ADDRESSEE), case.expected.doc_type
    if written is None and kind == "letter":
        yield case.error("addressee.missing", "Công văn thiếu “Kính gửi”.", "Ghi “Kính gửi: …” trước nội dung.")
    elif written is None and kind == "submission":
        yield case.error("addressee.missing", "Tờ trình thiếu “Kính trình”.", "Ghi “Kính trình: …” trước nội dung.")
    elif written and kind in _WITHOUT_ADDRESSEE:
        yield case.warning(
            "addressee.extra",
            f"{document_type(kind).name} không ghi “{written.line.split(':')[0]}”.",
            "Bỏ dòng này; nơi gửi ghi ở “Nơi nhận”.",
            at=written,
        )
    if written and case.expected.addressees:
        there = letters_of(case.paper.text_of(Component.ADDRESSEE))
        for name in case.expected.addressees:
            if letters_of(name) not in there:
                yield case.warning(
                    "addressee.other",
                    f"“Kính gửi” chưa ghi “{name}”.",
                    "Bổ sung hoặc sửa danh sách khi trình.",
                    at=written,
                )
    first = case.paper.first(Component.RECIPIENT)
    if written and first and letters_of(first.line) != "NHUTREN":
        yield case.warning(
            "recipients.as_above",
            "Văn bản có “Kính gửi”, “Kính trình” thì “Nơi nhận” bắt đầu bằng “Như trên”.",
            "Thêm dòng “- Như trên” đầu danh sách nơi nhận.",
            at=first,
            repair=True,
        )
