"""The default engine: sentences taken out of papers, each citation compared with the stored text before it is shown."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from congso.apps.assistant.models import Effect, Role
from congso.apps.assistant.queries.reading import Material, material_for, stored_text
from congso.apps.assistant.rules.choosing import Found, Source, best_sentences
from congso.apps.assistant.rules.opposing import Ended, ended_by, endings, opposed
from congso.apps.assistant.rules.questions import Question, read_question
from congso.apps.assistant.rules.register import from_register
from congso.apps.assistant.rules.saying import lead_of
from congso.apps.assistant.rules.verifying import is_order, normalised, stands_in
from congso.kernel.records.effects import standings_of
from congso.kernel.records.models import Record

MOST_STATEMENTS = 6


@dataclass(frozen=True)
class Cited:
    """A citation on its way: exact words of a record's stored text."""

    record: int
    file: int | None
    page: int | None
    clause: str
    quote: str
    effect: str = Effect.UNKNOWN


@dataclass(frozen=True)
class Said:
    """A statement on its way, with where it stands."""

    role: str
    text: str
    citations: tuple[Cited, ...]
    lead: str = ""


@dataclass(frozen=True)
class Answer:
    """What is said; empty: not found in what the asker may read. `dropped` statements failed the check."""

    said: tuple[Said, ...] = ()
    looked_at: tuple[int, ...] = ()
    dropped: int = 0
    is_fallen_back: bool = field(default=False)

    @property
    def is_refused(self) -> bool:
        """Nothing was found that answers."""
        return not self.said


def answer(asked: str, *, day: date, records: Collection[int] | None = None) -> Answer:
    """Answer by extraction from what the running transaction's actor may read; of these records only when given."""
    question = read_question(asked)
    if not question.told:
        return Answer()
    material = material_for(asked, records=records)
    return answer_from(question, material, day=day, are_meant=records is not None)


def answer_from(question: Question, material: Material, *, day: date, are_meant: bool = False) -> Answer:
    """Choose, say, check. `are_meant`: the question points at these papers (“văn bản đó”)."""
    looked_at = tuple(material.records)
    found = from_register(question, material.sources, are_meant=are_meant) or best_sentences(question, material.sources)
    if not found:
        return Answer(looked_at=looked_at)
    ends = endings(material.sources)
    best = _not_ended(found, ends)
    said = [*_answering(question, best, material), *_opposing(question, best, found, material)]
    said += _ending(best, ends, material)
    said = _with_effects(said, material, ends, day)
    kept = [one for one in said if holds(one, material.records)]
    if not kept or kept[0].role != Role.ANSWER:
        return Answer(looked_at=looked_at, dropped=len(said))
    return Answer(tuple(kept[:MOST_STATEMENTS]), looked_at, len(said) - len(kept))


def holds(said: Said, records: dict[int, Record]) -> bool:
    """Whether every citation stands in the stored text, read anew for the check."""
    if not said.citations:
        return False
    for cited in said.citations:
        record = records.get(cited.record)
        if record is None or not normalised(cited.quote) or is_order(cited.quote):
            return False
        if not stands_in(cited.quote, stored_text(record, file=cited.file, page=cited.page)):
            return False
    return True


def _not_ended(found: Sequence[Found], ends: Sequence[Ended]) -> Found:
    """The best sentence; of a paper another one here replaces only when that one answers nothing."""
    best = found[0]
    ended = ended_by(best.source.paper.number, ends)
    if ended is None or not ended.is_replaced:
        return best
    newer = [one for one in found if one.source.paper.record == ended.source.paper.record]
    return newer[0] if newer and newer[0].score >= 0.75 * best.score else best


def _answering(question: Question, best: Found, material: Material) -> list[Said]:
    first = Said(Role.ANSWER, flat(best.sentence.text), (_cited(best, material),), lead_of(question, best))
    lines = [
        Said(
            Role.DETAIL,
            flat(line.text),
            (_cited(replace(best, sentence=line), material),),
        )
        for line in best.follows
        if not is_order(line.text)
    ]
    return [first, *lines]


def _opposing(question: Question, best: Found, found: Sequence[Found], material: Material) -> list[Said]:
    other = opposed(question, best, found)
    if other is None:
        return []
    return [Said(Role.OPPOSED, flat(other.sentence.text), (_cited(other, material),), lead_of(question, other))]


def _ending(best: Found, ends: Sequence[Ended], material: Material) -> list[Said]:
    ended = ended_by(best.source.paper.number, ends)
    if ended is None or is_order(ended.sentence.text):
        return []
    told = Found(ended.source, ended.sentence, 0.0, 0.0, 0.0)
    return [Said(Role.ENDED, flat(ended.sentence.text), (_cited(told, material),))]


def _cited(found: Found, material: Material) -> Cited:
    source: Source = found.source
    quote = flat(found.sentence.text)
    clause = material.clause_of(source, quote) or found.sentence.heading[:200]
    return Cited(source.paper.record, source.file, source.page, clause, quote)


def _with_effects(said: list[Said], material: Material, ends: Sequence[Ended], day: date) -> list[Said]:
    """Each citation with how its paper stands: as a system knows, else as another paper found here says."""
    cited = {one.record for each in said for one in each.citations}
    records = [material.records[pk] for pk in cited if pk in material.records]
    known = {pk: str(standing) for pk, standing in standings_of(records, day).items()}
    for record in records:
        ended = ended_by(record.number, ends)
        if ended is not None:
            known.setdefault(record.pk, Effect.REPLACED if ended.is_replaced else Effect.AMENDED)
    return [
        replace(each, citations=tuple(replace(one, effect=known.get(one.record, "")) for one in each.citations))
        for each in said
    ]


def flat(text: str) -> str:
    """On one line."""
    return " ".join(text.split())
