"""Filling a report: cells are written one by one, so that people may work in it together and none loses a figure."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from congso.apps.reports.models import Entry, Means, Report
from congso.apps.reports.queries import board_of, latest_version, standing_entries
from congso.apps.reports.rules import NotANumber, NumberCell, Schema, TextCell, parse_number, show_number
from congso.apps.reports.rules.schema import LONGEST_TEXT
from congso.apps.reports.services.moving import filling
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import Refused


@dataclass(frozen=True)
class Given:
    """What somebody writes into a cell, and the entry she saw there (0: an empty cell)."""

    text: str
    since: int = 0
    words: str = ""


@dataclass(frozen=True)
class Saved:
    """What became of it: cells written, cells where somebody else had written meanwhile, cells the form has not."""

    written: list[str] = field(default_factory=list)
    contested: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def save_cells(
    report: Report, given: Mapping[str, Given], *, by: Actor, at: datetime, means: Means = Means.TYPED
) -> Saved:
    """Write what changed, in one transaction with one journal line.

    A cell left as it was seen is left alone, whatever others wrote meanwhile. One changed on top of somebody else's
    newer entry is kept beside it as contested: both are shown until one is chosen. Raises NotYours, WrongState.
    """
    schema, saved = Schema.parse(report.version_of_form.schema), Saved()
    with filling(report, at=at):
        schema = Schema.parse(report.version_of_form.schema)
        standing = standing_entries(report, given)
        seen = {one.pk: one for one in Entry.objects.filter(report=report, pk__in={g.since for g in given.values()})}
        offered = _offered(report, schema, given, standing)
        rows = []
        for key, one in given.items():
            if key not in schema.numbers and key not in schema.texts:
                saved.unknown.append(key)
                continue
            text = _clean(one.text)
            stands = standing.get(key)
            before = seen[one.since].text if one.since in seen else offered.get(key, "")
            if says_same(text, before, key, schema) or (stands and says_same(text, stands.text, key, schema)):
                continue
            is_contested = stands is not None and stands.pk != one.since
            (saved.contested if is_contested else saved.written).append(key)
            rows.append(_entry(report, schema, key, text, means=means, words=one.words, is_contested=is_contested))
        _write(report, rows, by=by, at=at)
    return saved


def settle_cell(report: Report, key: str, *, chosen: int, by: Actor, at: datetime) -> None:
    """Of two people's answers one stands from now on; the other stays in the cell's history."""
    with filling(report, at=at):
        schema = Schema.parse(report.version_of_form.schema)
        entry = Entry.objects.filter(report=report, key=key, pk=chosen).first()
        if entry is None:
            raise Refused("Không còn lần ghi này để chọn. Hãy tải lại trang.")
        words = f"Chọn số do {entry.by_label} ghi lúc {timezone.localtime(entry.at):%H:%M %d/%m/%Y}"
        row = _entry(report, schema, key, entry.text, means=Means.SETTLED, words=words)
        _write(report, [row], by=by, at=at)


def carry_over(report: Report, *, by: Actor, at: datetime) -> Saved:
    """Fill empty cells that the form marks so from the last period; what is written stays."""
    schema = Schema.parse(report.version_of_form.schema)
    board = board_of(report, schema)
    words = f"Từ báo cáo {report.period.previous.name}"
    wanted: dict[str, Given] = {}
    for key, cell in schema.numbers.items():
        one = board.cells[key]
        if cell.carries and not one.text and one.last is not None:
            wanted[key] = Given(show_number(one.last), one.since, words)
    for key, text in board.last_texts.items():
        if not board.cells[key].text:
            wanted[key] = Given(text, board.cells[key].since, words)
    return save_cells(report, wanted, by=by, at=at, means=Means.CARRIED)


def renew_form(report: Report, *, by: Actor, at: datetime) -> list[str]:
    """Go over to the form's newest version. What was filled stays; returns titles of cells the new form has not."""
    with filling(report, at=at):
        newest = latest_version(report.form)
        if newest is None or newest.pk == report.version_of_form_id:
            return []
        old, new = Schema.parse(report.version_of_form.schema), Schema.parse(newest.schema)
        entries = standing_entries(report)
        gone = [old.title_of(key) for key, one in entries.items() if one.text and new.title_of(key) == key]
        save(report, version_of_form=newest)
        _journal(report, "report.renew_form", {"version": newest.number}, by=by, at=at)
    return gone


def differences(old: Schema, new: Schema) -> list[str]:
    """What a new version changes, in words."""
    before: dict[str, NumberCell | TextCell] = {**old.numbers, **old.texts}
    after: dict[str, NumberCell | TextCell] = {**new.numbers, **new.texts}
    found = [f"Thêm ô “{cell.title}”." for key, cell in after.items() if key not in before]
    found += [f"Bỏ ô “{cell.title}”." for key, cell in before.items() if key not in after]
    found += [f"Sửa ô “{cell.title}”." for key, cell in after.items() if key in before and before[key] != cell]
    if old.rules != new.rules:
        found.append("Quy tắc kiểm tra thay đổi.")
    return found


def _offered(report: Report, schema: Schema, given: Iterable[str], standing: Mapping[str, Entry]) -> dict[str, str]:
    """What empty cells showed by themselves: somebody who leaves that as it is has written nothing."""
    if all(key in standing for key in given):
        return {}
    board = board_of(report, schema)
    return {key: one.text for key, one in board.cells.items() if one.entry is None and one.text}


def _clean(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\x00", "").strip()
    return plain[:LONGEST_TEXT]


def says_same(one: str, other: str, key: str, schema: Schema) -> bool:
    """Whether two writings say the same: 1234 and 1.234 are one number."""
    if one == other:
        return True
    cell = schema.numbers.get(key)
    if cell is None:
        return False
    try:
        return parse_number(one, cell.decimals) == parse_number(other, cell.decimals)
    except NotANumber:
        return False


def _entry(
    report: Report, schema: Schema, key: str, text: str, *, means: Means, words: str = "", is_contested: bool = False
) -> Entry:
    cell, number = schema.numbers.get(key), None
    if cell is not None:
        try:
            number = parse_number(text, cell.decimals)
            text = show_number(number)
        except NotANumber:
            text = text[:200]  # kept as it was written, and told beside the cell
    return Entry(
        report=report, key=key, text=text, number=number, means=means, words=words[:500], is_contested=is_contested
    )


def _write(report: Report, rows: list[Entry], *, by: Actor, at: datetime) -> None:
    if not rows or by.person_id is None:
        return
    label = title_of(by.person_id, timezone.localdate(at))
    for row in rows:
        row.by_id, row.by_label, row.at = by.person_id, label, at
    Entry.objects.bulk_create(rows)
    _journal(report, "report.fill", {"cells": len(rows), "means": str(rows[0].means)}, by=by, at=at)


def _journal(report: Report, act: str, facts: dict[str, object], *, by: Actor, at: datetime) -> None:
    write_entry(
        act=act,
        actor=str(by),
        actor_label=title_of(by.person_id, timezone.localdate(at)) if by.person_id else "",
        at=at,
        organization_id=report.organization_id,
        record_id=report.pk,
        facts=facts,
    )
