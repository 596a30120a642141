"""Summaries: sentences of the papers as they stand, each checked against the stored text like any citation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congso.apps.assistant.queries.summing import Matter
from congso.apps.assistant.rules.summing import Part, Picked, summary_of
from congso.apps.assistant.services.answering import Cited, Said, flat, holds
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.records.effects import standings_of
from congso.kernel.records.models import Record

ALONE = 9  # sentences for one paper
OF_MANY = 3  # for each of several


@dataclass(frozen=True)
class Summed:
    """One paper's sentences, by what they are there for."""

    record: Record
    main: tuple[Said, ...]
    tasks: tuple[Said, ...]
    figures: tuple[Said, ...]


def summarize(matter: Matter, *, day: date) -> list[Summed]:
    """The papers with the sentences that stand for them; a paper without text is left out."""
    many = len(matter.records) > 1
    known = standings_of(matter.records, day)
    found = []
    for record in matter.records:
        sources = [one for one in matter.material.sources if one.paper.record == record.pk]
        picked = summary_of(sources, most=OF_MANY if many else ALONE)
        said = [(one.part, _said(one, known.get(record.pk, ""))) for one in picked]
        kept = [(part, one) for part, one in said if holds(one, matter.material.records)]
        if kept:
            found.append(Summed(record, *(tuple(one for part, one in kept if part is each) for each in Part)))
    return found


def note_summary(records: Sequence[Record], *, by: Actor, at: datetime) -> None:
    """One journal line: of what a summary was asked."""
    write_entry(
        act="assistant.summarize",
        actor=str(by),
        actor_label=title_of(by.person_id, timezone.localdate(at)) if by.person_id else str(by),
        at=at,
        organization_id=records[0].owner_id if records else 0,
        record_id=records[0].pk if len(records) == 1 else None,
        facts={"records": [record.pk for record in records]},
    )


def _said(picked: Picked, effect: str) -> Said:
    quote = flat(picked.sentence.text)
    source = picked.source
    cited = Cited(source.paper.record, source.file, source.page, picked.sentence.heading[:200], quote, str(effect))
    return Said("answer", quote, (cited,))
