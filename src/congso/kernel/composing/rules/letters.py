"""Fonts, sizes, bold, italic, capitals, alignment of each component; the body's lines and gaps.

One finding for each component and fault, with the first place and how many paragraphs.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from congso.kernel.composing.findings import Finding
from congso.kernel.composing.forms import FONT, SAME_LETTERS, Component, TextRule
from congso.kernel.composing.paper import Para
from congso.kernel.composing.rules.finding import Case
from congso.lib.legacy_fonts import detect_legacy_encoding

_NEAR = 0.26
_SYMBOL_FONTS = {"symbol", "wingdings", "wingdings 2", "wingdings 3", "opensymbol", "cambria math", "mt extra", ""}
_OLD = re.compile(r"\.?vn[a-z]|vni[-_ ]", re.IGNORECASE)
_ALIGNED = {"left": "căn trái", "center": "căn giữa", "both": "căn đều hai bên"}
_RUNNING = frozenset({Component.BODY, Component.BASIS, Component.ARTICLE})


@dataclass(frozen=True)
class _Fault:
    """One way a paragraph may differ from its rule. `is_wrong` answers False when nothing is known."""

    code: str
    is_wrong: Callable[[Para, TextRule], bool]
    says: Callable[[Para, TextRule], str]
    mending: Callable[[TextRule], str]


def _wrong_size(one: Para, rule: TextRule) -> bool:
    size = one.look.size
    return size is not None and not rule.sizes[0] - _NEAR <= size <= rule.sizes[2] + _NEAR


def _wrong_flag(*, value: bool | None, wanted: bool | None, is_known: bool) -> bool:
    return wanted is not None and is_known and value is not wanted


def _wrong_case(one: Para, rule: TextRule) -> bool:
    return rule.is_upper and not one.is_upper_by_look and one.line != one.line.upper()


def _wrong_align(one: Para, rule: TextRule) -> bool:
    known = one.look.align
    if known is None or rule.align is None:
        return False
    return known is not rule.align


_FAULTS = (
    _Fault(
        "size", _wrong_size,
        lambda one, rule: f"cỡ chữ {one.look.size:g}, quy định {_range(rule)}",
        lambda rule: f"đặt cỡ chữ {rule.sizes[1]:g}",
    ),
    _Fault(
        "bold", lambda one, rule: _wrong_flag(value=one.look.is_bold, wanted=rule.is_bold, is_known=one.look.is_known),
        lambda _one, rule: "chưa in đậm" if rule.is_bold else "in đậm trong khi quy định chữ thường",
        lambda rule: "in đậm cả dòng" if rule.is_bold else "bỏ in đậm",
    ),
    _Fault(
        "italic",
        lambda one, rule: _wrong_flag(value=one.look.is_italic, wanted=rule.is_italic, is_known=one.look.is_known),
        lambda _one, rule: "chưa in nghiêng" if rule.is_italic else "in nghiêng trong khi quy định chữ đứng",
        lambda rule: "in nghiêng cả dòng" if rule.is_italic else "bỏ in nghiêng",
    ),
    _Fault(
        "underline", lambda one, rule: rule.is_underlined and one.look.is_underlined is False,
        lambda _one, _rule: "chưa gạch chân", lambda _rule: "gạch chân",
    ),
    _Fault("upper", _wrong_case, lambda _one, _rule: "chưa viết in hoa", lambda _rule: "viết in hoa cả dòng"),
    _Fault(
        "align", _wrong_align,
        lambda one, _rule: f"đang {_ALIGNED[one.look.align.value]}" if one.look.align else "",
        lambda rule: _ALIGNED[rule.align.value] if rule.align else "",
    ),
)  # fmt: skip


def check_letters(case: Case) -> Iterator[Finding]:
    """Every component against its rule."""
    yield from _fonts(case)
    for component, rule in case.form.texts.items():
        if component is Component.CONTACT:
            continue
        paragraphs = [one for one in case.paper.of(component) if one.line]
        for fault in _FAULTS:
            wrong = [one for one in paragraphs if fault.is_wrong(one, rule)]
            if wrong:
                many = f" ({len(wrong)} đoạn)" if len(wrong) > 1 else ""
                yield case.error(
                    f"{fault.code}.{component}",
                    f"{rule.label}: {fault.says(wrong[0], rule)}{many}.",
                    f"{rule.label}: {fault.mending(rule)}.",
                    at=wrong[0],
                    repair=True,
                )
    yield from _lines(case)


def _fonts(case: Case) -> Iterator[Finding]:
    others: dict[str, list[Para]] = {}
    for one in case.paper.paragraphs:
        for font in one.fonts:
            if font.lower() not in SAME_LETTERS | _SYMBOL_FONTS:
                others.setdefault(font, []).append(one)
    for font, paragraphs in others.items():
        if _OLD.match(font):
            yield case.error(
                "font.legacy",
                f"{len(paragraphs)} đoạn dùng phông cũ “{font}” (TCVN3/VNI), không phải Unicode.",
                "Chuyển mã sang Unicode bằng công cụ chuyển mã của bộ gõ rồi đặt phông Times New Roman.",
                at=paragraphs[0],
                source="TCVN 6909:2001",
            )
        else:
            yield case.error(
                "font.other",
                f"{len(paragraphs)} đoạn dùng phông “{font}”, quy định {FONT}.",
                f"Chọn các đoạn đó (hoặc cả văn bản) và đặt phông {FONT}.",
                at=paragraphs[0],
                repair=True,
            )
    if detect_legacy_encoding("\n".join(one.text for one in case.paper.paragraphs)):
        yield case.error(
            "font.encoding",
            "Chữ trong tệp theo bảng mã cũ (TCVN3/VNI), không phải Unicode.",
            "Chuyển mã sang Unicode bằng công cụ chuyển mã của bộ gõ.",
            source="TCVN 6909:2001",
        )
    coloured = [one for one in case.paper.paragraphs if one.has_colour]
    if coloured:
        yield case.error(
            "font.colour",
            f"{len(coloured)} đoạn có chữ màu, quy định chữ đen.",
            "Đặt màu chữ về tự động (đen).",
            at=coloured[0],
            repair=True,
        )
    marked = [one for one in case.paper.paragraphs if one.has_highlight]
    if marked:
        yield case.final(
            "font.highlight",
            f"{len(marked)} đoạn còn tô nền đánh dấu.",
            "Bỏ tô nền (Text Highlight Color → No Color).",
            at=marked[0],
            repair=True,
        )


def _lines(case: Case) -> Iterator[Finding]:
    running = [one for one in case.paper.of(*_RUNNING) if one.line]
    form = case.form
    wrong = [one for one in running if not _is_line_right(case, one)]
    if wrong:
        wanted = f"chính xác {form.line[0]:g}–{form.line[1]:g} pt" if form.multiple is None else "từ 1 đến 1,5 dòng"
        yield case.error(
            "lines.height",
            f"Giãn dòng của {len(wrong)} đoạn nội dung không đúng, quy định {wanted}.",
            "Chọn nội dung, đặt Line spacing trong Paragraph.",
            at=wrong[0],
            repair=True,
        )
    close = [one for one in running if one.look.gap is not None and one.look.gap < form.gap - _NEAR]
    if close:
        yield case.error(
            "lines.gap",
            f"{len(close)} đoạn cách nhau chưa đủ {form.gap:g} pt.",
            f"Đặt khoảng cách sau đoạn (Spacing After) {form.gap:g} pt.",
            at=close[0],
            repair=True,
        )
    least, made, most = form.first_line
    flat = [
        one for one in running
        if one.look.first_line is not None and not one.is_listed and (one.look.left or 0) < 1
        and not least - 0.6 <= one.look.first_line <= most + 0.6
    ]  # fmt: skip
    if flat:
        yield case.error(
            "lines.indent",
            f"{len(flat)} đoạn nội dung chưa lùi đầu dòng khoảng {made:g} mm.",
            f"Đặt First line {made / 10:g} cm trong Paragraph.",
            at=flat[0],
            repair=True,
        )


def _is_line_right(case: Case, one: Para) -> bool:
    look, form = one.look, case.form
    if look.line is None or look.line_rule is None:
        return True
    if look.line_rule == "auto":
        return form.multiple is not None and form.multiple[0] - 0.01 <= look.line <= form.multiple[1] + 0.01
    is_exact = look.line_rule == "exact" or form.multiple is not None
    return is_exact and form.line[0] - _NEAR <= look.line <= form.line[1] + _NEAR


def _range(rule: TextRule) -> str:
    least, _made, most = rule.sizes
    return f"{least:g}" if least == most else f"{least:g}–{most:g}"
