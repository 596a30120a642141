"""How papers stand on a day: in force, amended, replaced. Systems that know announce it; whoever cites a paper asks."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum

from congso.kernel.records.models import Record


class Standing(StrEnum):
    """How a paper stands."""

    PENDING = "pending"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPLACED = "replaced"
    EXPIRED = "expired"


EffectSource = Callable[[Sequence[Record], date], dict[int, Standing]]
_sources: list[EffectSource] = []


def register_effects(sources: Iterable[EffectSource]) -> None:
    """Announce who knows how papers stand; done once at start-up by the manifests. Each asks few queries for all."""
    _sources.extend(source for source in sources if source not in _sources)


def standings_of(records: Sequence[Record], day: date) -> dict[int, Standing]:
    """How the records stand on the day, as far as a system knows; what nobody knows is left out."""
    found: dict[int, Standing] = {}
    for source in _sources if records else ():
        found |= source(records, day)
    return found
