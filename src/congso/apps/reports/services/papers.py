"""A report as a paper: one unit's, and the receiver's made of all of them, each figure with where it is from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from congso.apps.reports.flow import SENT
from congso.apps.reports.models import Form, Report
from congso.apps.reports.queries import Collected, Merged, board_of, collected, merged_texts, reports_of_period
from congso.apps.reports.rules import Schema, Section, show_number
from congso.kernel.composing.contents import Annex, Block, Grid, Layout, Level, PaperContent, Passage, Signature
from congso.kernel.composing.templates import make_docx
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import name_on
from congso.kernel.indicators.periods import Period

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
NOTHING = "–"


def report_paper(report: Report) -> bytes:
    """One unit's report as a Word file to be finished and signed."""
    return make_docx(
        _content(report.organization, paper_title(report.form, report.period), report_body(report), (), report.owner)
    )


def report_body(report: Report) -> tuple[Block, ...]:
    """What one unit's report says, part by part."""
    schema = Schema.parse(report.version_of_form.schema)
    board = board_of(report, schema)
    body: list[Block] = []
    for place, section in enumerate(schema.sections):
        body += _heading(place, section)
        if section.text is not None:
            body += _passages(board.texts[section.text.key])
        elif section.kind == "table":
            body.append(_grid(section, board.texts))
        elif section.numbers:
            rows = [
                (cell.title, cell.unit, board.texts[cell.key] or NOTHING, board.cells[cell.key].last_text or NOTHING)
                for cell in section.numbers
            ]
            head = ("Chỉ tiêu", "Đơn vị tính", "Kỳ này", "Kỳ trước")
            body.append(Grid((head, *rows), widths=(5, 2, 2, 2)))
    return tuple(body)


def gathered_paper(form: Form, schema: Schema, period: Period, *, root: Organization, chart_day: date) -> bytes:
    """The receiver's report of a period as a Word file: totals with comparisons, words by heading, who has sent.

    Its annex names for every figure how many units it was added up from, so the paper can be checked against the page.
    """
    body, annex = gathered_body(form, schema, period, root=root, chart_day=chart_day)
    return make_docx(_content(form.owner, paper_title(form, period), body, (annex,), None))


def paper_title(form: Form, period: Period) -> str:
    """The abstract below the word BÁO CÁO: “Báo cáo công tác tháng” of “tháng 11/2026” says neither word twice."""
    words, kind = form.title.removeprefix("Báo cáo ").strip(), period.name.split()[0]
    if words == kind or words.endswith(f" {kind}"):
        words = words[: -len(kind)].strip()
    return f"{words} {period.name}".strip()


def gathered_body(
    form: Form, schema: Schema, period: Period, *, root: Organization, chart_day: date
) -> tuple[tuple[Block, ...], Annex]:
    """What the receiver's report says, and its annex: of how many units each figure was added up."""
    found = reports_of_period(form, period)
    figures = {one.key: one for one in collected(form, schema, period, root.pk, chart_day)}
    words = merged_texts(found, schema)
    body: list[Block] = list(_standing(found, period))
    for place, section in enumerate(schema.sections):
        body += _heading(place, section)
        if section.text is not None:
            body += list(_said(words[section.text.key]))
        elif section.kind == "table":
            body.append(_grid(section, {key: shown(one, one.now.value) for key, one in figures.items()}))
        elif section.numbers:
            body.append(_figures(section, figures))
    origin = [
        (schema.title_of(key), shown(one, one.now.value), str(one.now.figures), one.indicator.code)
        for key, one in figures.items()
    ]
    note = Passage(
        f"Số liệu cộng theo sơ đồ tổ chức ngày {chart_day:%d/%m/%Y}, lập lúc "
        f"{timezone.localtime():%H:%M ngày %d/%m/%Y}. Mỗi số mở được tới người nhập trên trang tổng hợp."
    )
    head = ("Chỉ tiêu", "Số tổng hợp", "Từ số đơn vị", "Mã chỉ tiêu")
    annex = Annex("Nguồn số liệu", (note, Grid((head, *origin), widths=(5, 2, 2, 3))) if origin else (note,))
    return tuple(body), annex


def shown(one: Collected, value: Decimal | None) -> str:
    """A rolled-up figure with the indicator's decimals."""
    return NOTHING if value is None else show_number(round(value, one.indicator.decimals))


def _heading(place: int, section: Section) -> list[Block]:
    number = _ROMAN[place] if place < len(_ROMAN) else str(place + 1)
    return [Passage(f"{number}- {section.title}", Level.SECTION)] if section.kind != "files" else []


def _passages(text: str) -> list[Block]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [Passage(line) for line in lines] or [Passage("Không có.")]


def _grid(section: Section, texts: Mapping[str, str]) -> Grid:
    head = ("Nội dung", *(column.title for column in section.columns))
    rows = [(row.title, *(texts.get(cell.key) or NOTHING for cell in cells)) for row, cells in section.grid]
    return Grid((head, *rows), widths=(4, *(2,) * len(section.columns)))


def _figures(section: Section, figures: Mapping[str, Collected]) -> Grid:
    head = ("Chỉ tiêu", "Đơn vị tính", "Kỳ này", "Kỳ trước", "Cùng kỳ năm trước")
    rows = []
    for cell in section.numbers:
        one = figures.get(cell.key)
        values: Sequence[str] = (NOTHING,) * 3
        if one is not None:
            values = [shown(one, each.value) for each in (one.now, one.before, one.year_ago)]
        rows.append((cell.title, cell.unit, *values))
    return Grid((head, *rows), widths=(5, 2, 2, 2, 2))


def _standing(found: Iterable[Report], period: Period) -> Iterator[Block]:
    rows = list(found)
    due = [one for one in rows if one.state != "waived"]
    sent = [one for one in due if one.state in SENT]
    if not due:
        return
    yield Passage(
        f"Kỳ {period.name} có {len(sent)}/{len(due)} đơn vị đã gửi báo cáo, "
        f"{sum(not one.is_late for one in sent)} đơn vị đúng hạn."
    )
    missing = "; ".join(one.organization.name for one in due if one.state not in SENT)
    if missing:
        yield Passage(f"Chưa có báo cáo của: {missing}.")


def _said(merged: Sequence[Merged]) -> Iterator[Block]:
    if not merged:
        yield Passage("Không có.")
    for one in merged:
        yield Passage(f"{one.organization}:", Level.HEADING)
        yield from _passages(one.text)


def _content(
    issuer: Organization, title: str, body: tuple[Block, ...], annexes: tuple[Annex, ...], to: Organization | None
) -> PaperContent:
    today = timezone.localdate()
    layout = Layout(issuer.layout_profile)
    separator = "-" if layout is Layout.STATE else "/"
    return PaperContent(
        layout=layout,
        issuer=name_on(issuer, today).upper(),
        parent=name_on(issuer.parent, today).upper() if issuer.parent else "",
        symbol=f"BC{separator}{issuer.symbol}" if issuer.symbol else "BC",
        place="",
        doc_type="report",
        title=title,
        body=body,
        signatures=(Signature(name="", post=""),),
        recipients=(to.name, "Lưu Văn phòng.") if to else ("Lưu Văn phòng.",),
        year=today.year,
        annexes=annexes,
    )
