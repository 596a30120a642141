"""What a counter has scanned, put together sheet by sheet."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from congso.apps.voting.models import Ballot, Counter, SheetDecision, SheetDoubt, SheetPage
from congso.apps.voting.queries.rules import rule_under
from congso.apps.voting.rules import Sheet, Tally, count_sheets
from congso.apps.voting.sheets.layout import pages_of


@dataclass
class Scanned:
    """Her sheets: whole ones with what is struck, those whose page is missing, how much is still to be looked at."""

    sheets: list[Sheet] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    undecided: int = 0
    pages: int = 0


def sheets_of(ballot: Ballot, counter: Counter) -> Scanned:
    """Everything she has scanned. Three queries however many sheets."""
    rows = list(SheetPage.objects.filter(counter=counter))
    doubts: dict[int, list[SheetDoubt]] = {}
    for doubt in SheetDoubt.objects.filter(sheet_page__counter=counter).defer("picture"):
        doubts.setdefault(doubt.sheet_page_id, []).append(doubt)
    found = Scanned(pages=len(rows), undecided=sum(not one.decision for some in doubts.values() for one in some))
    by_sheet: dict[str, dict[int, SheetPage]] = {}
    lost: set[str] = set()
    for row in rows:
        if not row.problem:
            by_sheet.setdefault(row.sheet, {})[row.page] = row
            continue
        decided = {one.decision for one in doubts.get(row.pk, ())}
        if SheetDecision.FOREIGN in decided:
            found.sheets.append(Sheet(is_ours=False))
        elif SheetDecision.UNREADABLE in decided and (not row.sheet or row.sheet not in lost):
            found.sheets.append(Sheet(is_readable=False))
            lost |= {row.sheet} if row.sheet else set()
    whole = pages_of(len(ballot.options.all()))
    for sheet, pages in by_sheet.items():
        if sheet in lost:
            continue
        if len(pages) < whole:
            found.incomplete.append(sheet)
        else:
            found.sheets.append(_sheet(pages.values(), doubts))
    return found


def _sheet(pages: Iterable[SheetPage], doubts: dict[int, list[SheetDoubt]]) -> Sheet:
    struck: set[int] = set()
    is_signed = False
    for page in pages:
        struck |= set(page.struck)
        for doubt in doubts.get(page.pk, ()):
            struck |= {doubt.place} if doubt.decision == SheetDecision.STRUCK and doubt.place is not None else set()
            is_signed = is_signed or doubt.decision == SheetDecision.SIGNED
    return Sheet(struck=frozenset(struck), is_signed=is_signed)


def tally_of_sheets(ballot: Ballot, scanned: Scanned, *, issued: int) -> Tally:
    """Her sheets counted by the rules of the ballot."""
    names = len(ballot.options.all())
    return count_sheets(scanned.sheets, issued=issued, names=names, seats=ballot.seats, marks=rule_under(ballot).marks)


def open_doubts(counter: Counter, most: int) -> list[SheetDoubt]:
    """What is still to be looked at, as it was scanned."""
    found = SheetDoubt.objects.filter(sheet_page__counter=counter, decision="").select_related("sheet_page")
    return list(found[:most])
