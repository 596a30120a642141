"""Sending a report and judging it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from congso.apps.reports.models import Entry, Means, Remark, Report
from congso.apps.reports.queries import Board, board_of, indicators_of, latest_version
from congso.apps.reports.rules import Finding, Schema, check, errors_in, parse_number
from congso.apps.reports.services.filling import Given
from congso.apps.reports.services.moving import moving
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.indicators.models import Observation, Origin
from congso.kernel.indicators.services import Seen, observe_all
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import Refused

MOST_REMARKS = 100


class InvalidReport(Refused):
    """It cannot be sent; `findings` say which cells and why."""

    def __init__(self, message: str, findings: list[Finding]) -> None:
        super().__init__(message)
        self.findings = findings


def submit_report(report: Report, *, by: Actor, at: datetime, note: str = "") -> None:
    """Check everything, send it, let its figures stand for the unit and period.

    Raises InvalidReport for mistakes, contested cells and a form that was renewed meanwhile; nothing is lost then.
    """
    with moving(report, "submit", by=by, at=at, note=note) as move:
        schema = Schema.parse(report.version_of_form.schema)
        newest = latest_version(report.form)
        if newest is not None and newest.pk != report.version_of_form_id:
            raise InvalidReport(
                "Mẫu báo cáo đã có bản mới. Hãy mở trang nhập số liệu, chuyển sang mẫu mới rồi gửi; "
                "số liệu đã nhập được giữ nguyên.",
                [],
            )
        board = board_of(report, schema)
        _refuse_mistakes(board)
        _keep_offered(board, by=by, at=at)
        taken = _observe(report, schema, by=by, at=at)
        day = timezone.localdate(at)
        save(report, submitted_on=report.submitted_on or day)
        move.facts |= {"figures": taken, "late": report.is_late, "form_version": report.version_of_form.number}


def recall_report(report: Report, *, by: Actor, at: datetime, note: str) -> None:
    """The unit takes back what nobody has judged yet."""
    with moving(report, "recall", by=by, at=at, note=note):
        pass


def return_report(
    report: Report, *, by: Actor, at: datetime, note: str, remarks: Mapping[str, str] | None = None
) -> None:
    """Send it back, with remarks on cells. Raises Refused for a remark on a cell the form has not."""
    with moving(report, "return", by=by, at=at, note=note) as move:
        move.facts |= {"remarks": _remark(report, remarks or {}, by=by, at=at)}


def approve_report(report: Report, *, by: Actor, at: datetime, note: str = "") -> None:
    """Accept it: its figures are what the receiver goes by."""
    with moving(report, "approve", by=by, at=at, note=note):
        pass


def unapprove_report(report: Report, *, by: Actor, at: datetime, note: str) -> None:
    """Take the acceptance back, while the receiver's own report has not gone further up."""
    with moving(report, "unapprove", by=by, at=at, note=note):
        pass


def lock_report(report: Report, *, by: Actor, at: datetime, note: str = "") -> None:
    """Close it: the period is consolidated (office 6.3, rule 6)."""
    with moving(report, "lock", by=by, at=at, note=note):
        pass


def unlock_report(report: Report, *, by: Actor, at: datetime, note: str) -> None:
    """Open it again; what is changed then is added to the history."""
    with moving(report, "unlock", by=by, at=at, note=note):
        pass


def waive_report(report: Report, *, by: Actor, at: datetime, note: str) -> None:
    """The unit need not report this period."""
    with moving(report, "waive", by=by, at=at, note=note):
        pass


def ask_again(report: Report, *, by: Actor, at: datetime, note: str) -> None:
    """It must report after all."""
    with moving(report, "ask_again", by=by, at=at, note=note):
        pass


def _refuse_mistakes(board: Board) -> None:
    if board.contested:
        titles = ", ".join(f"“{board.schema.title_of(one.key)}”" for one in board.contested[:5])
        raise InvalidReport(f"Có ô hai người ghi khác nhau chưa chọn: {titles}.", [])
    mistakes = errors_in(check(board.schema, board.texts, board.last))
    if mistakes:
        raise InvalidReport(f"Còn {len(mistakes)} ô cần sửa trước khi gửi.", mistakes)


def _keep_offered(board: Board, *, by: Actor, at: datetime) -> None:
    """Figures known from elsewhere become part of what is sent, with where they came from."""
    shared, counted = {}, {}
    for key, cell in board.cells.items():
        if cell.entry is None and cell.shared is not None and cell.text:
            shared[key] = (cell.text, _source_words(cell.shared))
        elif cell.entry is None and cell.counted and cell.text:
            counted[key] = (cell.text, f"Hệ thống tự đếm: {cell.counted}")
    for found, means in ((shared, Means.SHARED), (counted, Means.COUNTED)):
        # A cell that shows what is known is written here as if it had been typed over an empty one.
        rows = {key: Given(text, 0, words) for key, (text, words) in found.items()}
        _take(board.report, rows, means=means, by=by, at=at)


def _take(report: Report, rows: Mapping[str, Given], *, means: Means, by: Actor, at: datetime) -> None:
    if not rows or by.person_id is None:
        return
    schema = Schema.parse(report.version_of_form.schema)
    label = title_of(by.person_id, timezone.localdate(at))
    Entry.objects.bulk_create(
        Entry(
            report=report, key=key, text=one.text, number=parse_number(one.text, schema.numbers[key].decimals),
            means=means, words=one.words[:500], by_id=by.person_id, by_label=label, at=at,
        )
        for key, one in rows.items()
    )  # fmt: skip


def _observe(report: Report, schema: Schema, *, by: Actor, at: datetime) -> int:
    """Hand the figures to the catalogue; each says in which cell of which report it was typed by whom."""
    indicators = indicators_of(report.form, schema)
    entries = {one.key: one for one in _standing(report)}
    seen = [
        Seen(
            indicator, report.organization_id, report.period, entries[key].number,
            words=_cell_words(schema, entries[key]),
        )
        for key, indicator in indicators.items()
        if key in entries
    ]  # fmt: skip
    return len(observe_all(seen, origin=Origin.REPORT, by=by, at=at, record_id=report.pk))


def _standing(report: Report) -> Iterable[Entry]:
    return Entry.objects.filter(report=report, is_contested=False).order_by("key", "-id").distinct("key")


def _cell_words(schema: Schema, entry: Entry) -> str:
    when = f"{timezone.localtime(entry.at):%H:%M %d/%m/%Y}"
    return f"Ô “{schema.title_of(entry.key)}”, {entry.by_label} ghi lúc {when}"


def _source_words(shared: Observation) -> str:
    where = f" trong “{shared.record.title}”" if shared.record is not None else ""
    return f"Số đã có{where}, {shared.by_label} cho ngày {timezone.localtime(shared.at):%d/%m/%Y}"


def _remark(report: Report, remarks: Mapping[str, str], *, by: Actor, at: datetime) -> int:
    schema = Schema.parse(report.version_of_form.schema)
    said = {key: text.strip() for key, text in remarks.items() if text.strip()}
    unknown = [key for key in said if key not in schema.numbers and key not in schema.texts]
    if unknown or len(said) > MOST_REMARKS or any(len(text) > 1000 for text in said.values()):
        raise Refused("Nhận xét không hợp lệ: mỗi nhận xét gắn với một ô của mẫu, nhiều nhất 1.000 ký tự.")
    if by.person_id is None:
        return 0
    label = title_of(by.person_id, timezone.localdate(at))
    Remark.objects.bulk_create(
        Remark(report=report, key=key, text=text, by_id=by.person_id, by_label=label, at=at)
        for key, text in said.items()
    )
    return len(said)
