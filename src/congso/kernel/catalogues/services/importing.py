"""A list from a spreadsheet: its rows read with every mistake named by its row, then laid into a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction

from congso.kernel.catalogues.comparing import Difference, differences
from congso.kernel.catalogues.models import Catalogue, Item, Version
from congso.kernel.catalogues.queries import items_of
from congso.kernel.catalogues.services.drafting import CatalogueRefused, ItemFacts, against_choices, require_keeper
from congso.lib.csv_tables import clean_cell, read_day

MOST_ROWS = 20_000
HEADS = {
    "code": "Mã", "name": "Tên", "parent_code": "Mã cha", "place": "Thứ tự", "valid_from": "Từ ngày",
    "valid_to": "Đến ngày", "replaced_by": "Thay bằng",
}  # fmt: skip
_TOLD = 20


@dataclass
class Table:
    """What a spreadsheet says of a list; with mistakes nothing of it is taken."""

    facts: list[ItemFacts] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    left_aside: list[str] = field(default_factory=list)


def heads_of(catalogue: Catalogue) -> list[str]:
    """The columns of the list's spreadsheet, as exported and as imported."""
    return [*HEADS.values(), *(one["name"] for one in catalogue.attributes)]


def read_table(catalogue: Catalogue, rows: Sequence[Sequence[str]]) -> Table:
    """The rows below the heads; columns the list does not know are left aside and named."""
    found = Table()
    if len(rows) > MOST_ROWS:
        raise CatalogueRefused(f"Mỗi lần nhiều nhất {MOST_ROWS} dòng.")
    keys = {name.casefold(): key for key, name in HEADS.items()}
    keys |= {one["name"].casefold(): f"@{one['key']}" for one in catalogue.attributes}
    heads = [keys.get(clean_cell(head).casefold(), "") for head in (rows[0] if rows else ())]
    if "code" not in heads or "name" not in heads:
        raise CatalogueRefused("Dòng đầu cần có ít nhất các cột: Mã, Tên.")
    found.left_aside = [clean_cell(head) for head, key in zip(rows[0], heads, strict=True) if not key and head.strip()]
    lines: dict[str, int] = {}
    for line, row in enumerate(rows[1:], 2):
        cells = {key: clean_cell(cell) for key, cell in zip(heads, row, strict=False) if key}
        if any(cells.values()):
            _take(found, catalogue, line, cells, lines)
    if not found.facts and not found.mistakes:
        found.mistakes.append("Tệp không có dòng nào.")
    return found


def compare_table(draft: Version, table: Table, *, close_missing_on: date | None) -> list[Difference]:
    """What laying the table into the draft would change."""
    before = items_of(draft)
    return differences(before, _laid(before, table, close_missing_on))


@transaction.atomic
def take_table(draft: Version, table: Table, *, close_missing_on: date | None, by: int, at: datetime) -> int:
    """Lay the table into the draft; returns how many codes changed. Codes it does not name stay, or are closed."""
    require_keeper(draft.catalogue)
    if table.mistakes:
        raise CatalogueRefused(" ".join(table.mistakes[:_TOLD]))
    if not Version.objects.filter(pk=draft.pk, state=Version.State.DRAFT).exists():
        raise CatalogueRefused("Bản thảo này đã ban hành hoặc đã bỏ; hãy mở bản thảo mới.")
    before = {one.code: one for one in items_of(draft)}
    laid = _laid(list(before.values()), table, close_missing_on)
    changed = [one for one in laid if one.code in before and one.facts() != before[one.code].facts()]
    for item in changed:
        item.pk, item.version_id = before[item.code].pk, draft.pk
    added = [one for one in laid if one.code not in before]
    for item in added:
        item.version_id = draft.pk
    columns = ["name", "parent_code", "place", "attributes", "valid_from", "valid_to", "replaced_by"]
    Item.objects.bulk_update(changed, columns, batch_size=500)
    Item.objects.bulk_create(added, batch_size=1000)
    return len(changed) + len(added)


def _laid(before: Sequence[Item], table: Table, close_missing_on: date | None) -> list[Item]:
    """The draft's items as they would be, not stored."""
    facts = {one.code: one for one in table.facts}
    laid = []
    for item in before:
        own = Item(**item.facts())
        if item.code in facts:
            own = _item(facts.pop(item.code))
        elif close_missing_on is not None and own.valid_to is None:
            own.valid_to = close_missing_on
        laid.append(own)
    return laid + [_item(one) for one in facts.values()]


def _item(facts: ItemFacts) -> Item:
    return Item(**{**vars(facts), "attributes": {key: value for key, value in facts.attributes.items() if value}})


def _take(found: Table, catalogue: Catalogue, line: int, cells: Mapping[str, str], lines: dict[str, int]) -> None:
    facts = ItemFacts(
        code=cells.get("code", ""),
        name=cells.get("name", ""),
        parent_code=cells.get("parent_code", ""),
        place=line - 1,
        attributes={key[1:]: value for key, value in cells.items() if key.startswith("@")},
        replaced_by=cells.get("replaced_by", ""),
    )
    for key in ("valid_from", "valid_to"):
        if cells.get(key):
            day = read_day(cells[key])
            if day is None:
                found.mistakes.append(f"Dòng {line}: “{HEADS[key]}” phải là ngày, ví dụ 05/02/2026.")
            facts = replace(facts, valid_from=day) if key == "valid_from" else replace(facts, valid_to=day)
    if cells.get("place"):
        if not (cells["place"].isascii() and cells["place"].isdigit() and len(cells["place"]) < 9):
            found.mistakes.append(f"Dòng {line}: “Thứ tự” phải là số.")
        else:
            facts = replace(facts, place=int(cells["place"]))
    problem = facts.problem() or against_choices(facts, catalogue)
    if problem:
        found.mistakes.append(f"Dòng {line}: {problem}")
    elif facts.code in lines:
        found.mistakes.append(f"Dòng {line}: mã {facts.code} đã có ở dòng {lines[facts.code]}.")
    lines.setdefault(facts.code, line)
    found.facts.append(facts)
