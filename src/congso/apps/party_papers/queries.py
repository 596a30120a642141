"""What can be asked about published documents. Row-level security has already taken away what is not the asker's."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Max, Min, Q, QuerySet

from congso.apps.party_papers.models import Edition, EditionPassage, PartyPaper, Relation
from congso.apps.party_papers.rules import ActOn, Bond, Effect, effect_on, passage_effects
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on
from congso.kernel.records.effects import Standing as Known
from congso.kernel.records.models import Record
from congso.lib.symbols import normalise_symbol
from congso.lib.vietnamese import fold

_KEEPING = (Function.CLERKS, Function.CHIEFS, Function.LEADERS)
_ENDING = (Bond.AMENDS, Bond.REPLACES, Bond.ABOLISHES)


def keeping_for(held: Collection[int], day: date) -> QuerySet[Organization]:
    """Organizations whose documents somebody with these principals keeps."""
    told = (describe(principal) for principal in held)
    own = {pk for kind, pk, function in told if kind is Kind.OFFICE and function in _KEEPING}
    found = organizations_on(day).filter(Q(pk__in=own) | Q(serving_offices__in=own, is_office=False))
    return found.exclude(kind="unit").distinct()


def papers() -> QuerySet[PartyPaper]:
    """Every paper one keeps or may see as a record."""
    return PartyPaper.objects.select_related("owner")


def paper_of(pk: int) -> PartyPaper:
    """One paper. Raises PartyPaper.DoesNotExist."""
    found: PartyPaper = papers().prefetch_related("owner__serving_offices").get(pk=pk)
    return found


def editions() -> QuerySet[Edition]:
    """What is published and not withdrawn, newest first; for whoever may read each."""
    return Edition.objects.filter(withdrawn_at__isnull=True).order_by("-issued_on", "-id")


def narrowed(found: QuerySet[Edition], words: str) -> QuerySet[Edition]:
    """Those that hold every typed word, with or without accents; a symbol typed whole is looked for as one."""
    plain = " ".join(fold(words).lower().split()[:10])
    key = normalise_symbol(words)
    whole = Q(symbol_key=key) if key and any(letter.isdigit() for letter in key) else Q(pk__in=())
    every = Q(words=SearchQuery(plain, config="simple"))
    return found.filter(every | whole) if plain else found


def types_in_use() -> list[str]:
    """The types of what one may read, for filters."""
    return list(editions().order_by("document_type").values_list("document_type", flat=True).distinct())


@dataclass(frozen=True)
class Standing:
    """How an edition stands on a day, and what was done to which of its passages."""

    effect: Effect
    passages: dict[str, Bond]


def standings(found: Iterable[Edition], day: date) -> dict[int, Standing]:
    """How each of the editions stands on the day. One query for all."""
    rows = list(found)
    acts: dict[int, list[ActOn]] = {one.pk: [] for one in rows}
    bonds = [bond.value for bond in _ENDING]
    relations = Relation.objects.filter(target__in=acts, bond__in=bonds, effective_on__lte=day)
    for target, bond, on, anchor in relations.values_list("target_id", "bond", "effective_on", "target_anchor"):
        acts[target].append(ActOn(Bond(bond), on, anchor))
    return {
        one.pk: Standing(
            effect_on(day, starts=one.effective_from, ends=one.effective_to, acts=acts[one.pk]),
            passage_effects(day, acts[one.pk]),
        )
        for one in rows
    }  # fmt: skip


def standings_over(edition: Edition, days: Iterable[date]) -> list[Standing]:
    """How one edition stood on each of the days. One query for all."""
    found = edition.relations_in.filter(bond__in=[bond.value for bond in _ENDING])
    acts = [ActOn(Bond(one.bond), one.effective_on, one.target_anchor) for one in found]
    starts, ends = edition.effective_from, edition.effective_to
    return [
        Standing(effect_on(day, starts=starts, ends=ends, acts=acts), passage_effects(day, acts)) for day in days
    ]  # fmt: skip


@dataclass(frozen=True)
class Related:
    """A relation with its other end; None when the asker may not read that one, or it is not here."""

    relation: Relation
    other: Edition | None


def relations_of(edition: Edition) -> tuple[list[Related], list[Related]]:
    """What the edition does to others, and what others do to it. Three queries."""
    outgoing, incoming = list(edition.relations_out.all()), list(edition.relations_in.all())
    ends = {one.target_id for one in outgoing if one.target_id} | {one.source_id for one in incoming}
    seen = Edition.objects.in_bulk(ends)
    return (
        [Related(one, seen.get(one.target_id or 0)) for one in outgoing],
        [Related(one, seen.get(one.source_id)) for one in incoming],
    )


def passages_of(edition: Edition) -> QuerySet[EditionPassage]:
    """The whole text in order."""
    return edition.passages.order_by("position")


def named(symbol: str, *, before: Edition | None = None) -> list[Edition]:
    """Editions that bear the symbol, newest first: a symbol is not unique, a person chooses."""
    found = editions().filter(symbol_key=normalise_symbol(symbol))
    return list(found.exclude(pk=before.pk)[:10] if before else found[:10])


@dataclass(frozen=True)
class Volume:
    """A collection of documents of one title (a term's volume)."""

    name: str
    count: int
    first: date
    last: date


def volumes() -> list[Volume]:
    """The volumes of what one may read, newest first."""
    rows = editions().exclude(volume="").order_by().values("volume")
    counted = rows.annotate(count=Count("pk"), first=Min("issued_on"), last=Max("issued_on")).order_by(
        "-last", "volume"
    )
    return [Volume(row["volume"], row["count"], row["first"], row["last"]) for row in counted[:500]]


_KNOWN = {
    Effect.NOT_YET: Known.PENDING,
    Effect.IN_FORCE: Known.IN_FORCE,
    Effect.AMENDED: Known.AMENDED,
    Effect.PARTLY: Known.AMENDED,
    Effect.REPLACED: Known.REPLACED,
    Effect.ABOLISHED: Known.EXPIRED,
    Effect.EXPIRED: Known.EXPIRED,
}


def effects_of(records: Sequence[Record], day: date) -> dict[int, Known]:
    """How the records stand on the day that are published here: the papers themselves, and what bears the same symbol
    and day in other systems. Two queries.
    """
    keys = {normalise_symbol(one.number) for one in records if one.number}
    found = list(editions().filter(Q(paper__in=[one.pk for one in records]) | Q(symbol_key__in=keys)))
    told = standings(found, day)
    by_paper = {one.paper_id: one for one in found}
    by_symbol = {(one.symbol_key, one.issued_on): one for one in found}
    effects = {}
    for record in records:
        key = (normalise_symbol(record.number) if record.number else "", record.opened_on)
        edition = by_paper.get(record.pk) or by_symbol.get(key)
        if edition is not None:
            effects[record.pk] = _KNOWN[told[edition.pk].effect]
    return effects
