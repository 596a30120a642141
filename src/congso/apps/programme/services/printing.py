"""A programme as an official paper: its table by month, and an annex of what changed since it was approved."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from congso.apps.programme.models import Body, Change, Item, Programme, Standing
from congso.apps.programme.queries.slips import counted
from congso.kernel.composing.contents import (
    Annex,
    Authority,
    Block,
    Grid,
    Layout,
    Level,
    PaperContent,
    Passage,
    Signature,
)
from congso.kernel.composing.templates import make_docx
from congso.kernel.directory.queries import name_on

_HEAD = ("TT", "Nội dung", "Cơ quan chuẩn bị", "Cơ quan thẩm định", "Thời gian", "Hạn tài liệu", "Hình thức")
_COLUMNS = {
    "content": "nội dung", "preparer": "cơ quan chuẩn bị", "verifier": "cơ quan thẩm định",
    "supervisor": "lãnh đạo chỉ đạo", "output": "hình thức", "month": "tháng", "session_on": "ngày họp",
    "papers_due_on": "hạn tài liệu",
}  # fmt: skip


def programme_paper(programme: Programme) -> bytes:
    """The programme as a Word file to be finished, signed and issued; approved changes stand in its annex."""
    owner, today = programme.organization, timezone.localdate()
    layout = Layout(owner.layout_profile)
    separator = "-" if layout is Layout.STATE else "/"
    body: list[Block] = [Passage(line) for line in programme.note.splitlines() if line.strip()]
    body += _tables(counted(programme))
    changes = list(programme.changes.select_related("item").order_by("id"))
    annexes = (Annex("Nội dung điều chỉnh", (_changes(changes),), is_landscape=True),) if changes else ()
    on_behalf = "" if programme.body == Body.AGENCY else Body(programme.body).label.upper()
    return make_docx(
        PaperContent(
            layout=layout,
            issuer=name_on(owner, today).upper(),
            parent=name_on(owner.parent, today).upper() if owner.parent else "",
            symbol=f"CTr{separator}{owner.symbol}" if owner.symbol else "CTr",
            place="",
            doc_type="programme",
            title=_title(programme),
            body=tuple(body),
            signatures=(
                Signature(
                    name="", post="", authority=Authority.ON_BEHALF if on_behalf else Authority.OWN, over=on_behalf
                ),
            ),
            recipients=("Các cơ quan, đơn vị có tên trong chương trình,", "Lưu Văn phòng."),
            year=today.year,
            annexes=annexes,
        )
    )


def change_words(change: Change) -> str:
    """What a change did, in words: “tháng: 03/2026 → 05/2026”."""
    told = [
        f"{_COLUMNS.get(key, key)}: {change.before.get(key) or '…'} → {change.after.get(key) or '…'}"
        for key in _COLUMNS
        if key in change.after and change.before
    ]
    return "; ".join(told)


def when_words(item: Item) -> str:
    """When it is taken up, as the table prints it; a slipped item says so."""
    if item.standing == Standing.WITHDRAWN:
        return "Rút"
    if item.standing == Standing.POSTPONED:
        return f"Lùi đến tháng {item.moved_to:%m/%Y}" if item.moved_to else "Lùi"
    if item.session_on:
        return f"{item.session_on:%d/%m/%Y}"
    return f"Tháng {item.month:%m/%Y}" if item.month else ""


def _title(programme: Programme) -> str:
    whose = "" if programme.body == Body.AGENCY else f" của {Body(programme.body).label}"
    return f"công tác {programme.period.name}{whose}"


def _tables(items: Iterable[Item]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for place, item in enumerate(items, start=1):
        mark = " (bổ sung)" if item.added_in else ""
        rows.append((
            str(place), f"{item.content}{mark}", _short(item.preparer), _short(item.verifier), when_words(item),
            f"{item.papers_due_on:%d/%m/%Y}" if item.papers_due_on else "", item.output,
        ))  # fmt: skip
    if rows:
        yield Grid((_HEAD, *rows), widths=(1, 6, 3, 3, 2.4, 2.4, 2))
    else:
        yield Passage("Chưa có nội dung.", Level.PARAGRAPH)


def _changes(changes: Iterable[Change]) -> Grid:
    head = ("TT", "Nội dung", "Điều chỉnh", "Trước → sau", "Lý do", "Ngày")
    rows = [
        (
            str(place), one.item.content, one.get_kind_display(), change_words(one), one.reason,
            f"{timezone.localtime(one.at):%d/%m/%Y}",
        )
        for place, one in enumerate(changes, start=1)
    ]  # fmt: skip
    return Grid((head, *rows), widths=(1, 5, 2, 4, 4, 2))


def _short(unit: object) -> str:
    return (getattr(unit, "short_name", "") or getattr(unit, "name", "")) if unit else ""
