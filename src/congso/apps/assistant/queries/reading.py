"""Where an answer may stand: the papers found for a question, their texts, and the stored text behind a citation."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from congso.apps.assistant.rules.choosing import Paper, Source
from congso.apps.assistant.rules.verifying import normalised
from congso.kernel.files.models import PageText
from congso.kernel.records.models import Record
from congso.kernel.records.types import type_of
from congso.kernel.search.passages import Passage, passages
from congso.kernel.search.queries import search
from congso.kernel.search.texts import text_of
from congso.lib.symbols import find_symbols
from congso.lib.vietnamese import nfc
from congso.lib.vietnamese_dates import screen_date

PAPERS = 12  # records that are read for one answer
_PASSAGES = 60
_QUOTES = re.compile('["“”„«»]')
_FIRST_PAGES = 12  # of a file, read besides the pages of its passages
_MOST_PAGES = 120
_HEAD_LINES = 3  # at the beginning of a text: issuer, kind, signer
_LONGEST = 120_000  # characters of a text without pages that are read whole


@dataclass(frozen=True)
class Material:
    """What was found for a question: sources best first, the records behind them, and passages for their clauses."""

    sources: tuple[Source, ...] = ()
    records: dict[int, Record] = field(default_factory=dict)
    found: tuple[Passage, ...] = ()

    def clause_of(self, source: Source, text: str) -> str:
        """The address within its paper of a sentence, where a passage knows it."""
        wanted = normalised(text)
        return next(
            (
                one.clause
                for one in self.found
                if one.clause and one.record == source.paper.record and wanted in normalised(one.text)
            ),
            "",
        )


def material_for(question: str, *, records: Collection[int] | None = None) -> Material:
    """What may answer the question, among what the running transaction's actor may read; of these records only when
    given. A bounded number of queries, whatever was found.
    """
    question = _QUOTES.sub(" ", nfc(question))  # to the search a quoted phrase is a condition, here it is a term
    found = passages(question, limit=_PASSAGES, records=records)
    named = _named(question) if records is None else []
    ids = list(dict.fromkeys([*named, *(passage.record for passage in found)]))[:PAPERS]
    if len(ids) < PAPERS // 2:
        hits = [hit.record.pk for hit in search(question, limit=PAPERS).rows]
        ids += [pk for pk in hits if pk not in ids and (records is None or pk in records)]
    ids = (ids or list(records or ()))[:PAPERS]
    return material_of(ids, found)


def _named(question: str) -> list[int]:
    """The newest records that bear a symbol the question names. One query where it names any."""
    symbols = [symbol for symbol, _, _ in find_symbols(question)]
    spelled = {str(symbol) for symbol in symbols} | {question[start:end] for _, start, end in find_symbols(question)}
    if not spelled:
        return []
    return list(
        Record.objects.filter(number__in=spelled).order_by("-opened_on", "-pk").values_list("pk", flat=True)[:4]
    )


def material_of(ids: Sequence[int], found: Sequence[Passage] = ()) -> Material:
    """The texts of these records, as far as the actor sees them, in this order."""
    seen = {record.pk: record for record in Record.objects.select_related("owner").filter(pk__in=ids)}
    pages = _pages(list(seen), found)
    sources: list[Source] = []
    for rank, record in enumerate(seen[pk] for pk in ids if pk in seen):
        sources += _sources(record, rank, pages.get(record.pk, []), found)
    return Material(tuple(sources), seen, tuple(found))


def stored_text(record: Record, *, file: int | None, page: int | None) -> str:
    """The text a citation is compared with, read anew: of the page; without one, of the record with its register
    words. Empty when the actor may not read it.
    """
    if file is not None:
        row = PageText.objects.filter(attachment_id=file, page=page or 0, attachment__record_id=record.pk).first()
        return row.text if row else ""
    known = Record.objects.filter(pk=record.pk).first()
    return f"{known.number}\n{known.title}\n{_text(known)}" if known else ""


def _text(record: Record) -> str:
    """The searchable text of a record: its system reads it from its own row, not from the spine's."""
    own = type_of(record).model.objects.filter(pk=record.pk).first()
    return text_of(own) if own is not None else ""


def _pages(ids: Sequence[int], found: Iterable[Passage]) -> dict[int, list[PageText]]:
    """The pages to be read: those of passages and the first ones of each file."""
    named = {(one.file, one.page) for one in found if one.file is not None and one.page is not None}
    wanted = Q(page__lte=_FIRST_PAGES)
    for file, page in sorted(named):
        wanted |= Q(attachment_id=file, page=page)
    rows = PageText.objects.filter(wanted, attachment__record_id__in=list(ids)).select_related("attachment")
    by_record: dict[int, list[PageText]] = {}
    for row in rows.order_by("attachment__position", "attachment_id", "page"):
        by_record.setdefault(row.attachment.record_id, []).append(row)
    return {record: each[:_MOST_PAGES] for record, each in by_record.items()}


def _sources(record: Record, rank: int, pages: Sequence[PageText], found: Sequence[Passage]) -> list[Source]:
    whole = nfc(_text(record))
    paper = Paper(record.pk, record.number, record.title, screen_date(record.opened_on), _head(whole))
    if pages:
        return [Source(paper, row.attachment_id, row.page, nfc(row.text), rank) for row in pages]
    if len(whole) <= _LONGEST:
        return [Source(paper, None, None, whole, rank)] if whole.strip() else []
    parts = [nfc(one.text) for one in found if one.record == record.pk and one.file is None]
    return [Source(paper, None, None, part, rank) for part in (whole[:_LONGEST], *parts)]


def _head(text: str) -> str:
    """The register's words before a text: short lines."""
    lines = (line for line in text[:2000].splitlines() if line.strip())
    return "\n".join(line for line, _ in zip(lines, range(_HEAD_LINES), strict=False) if len(line) <= 120)
