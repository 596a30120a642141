"""Ballots tied to an item: any ballot whose source is the item, with what came of it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from congso.apps.meetings.models import Item
from congso.apps.voting.queries import ballots
from congso.kernel.records.models import Link


def ballots_of(items: Iterable[Item]) -> dict[int, list[Any]]:
    """By the item's id, the ballots the person sees, in the order they were made. Two queries."""
    keys = [one.pk for one in items]
    ties = Link.objects.filter(target__in=keys, kind=Link.Kind.SOURCE, source__type="ballot").order_by("id")
    pairs = list(ties.values_list("source_id", "target_id"))
    found = {one.pk: one for one in ballots().filter(pk__in=[ballot for ballot, _item in pairs])} if pairs else {}
    told: dict[int, list[Any]] = defaultdict(list)
    for ballot, item in pairs:
        if ballot in found:
            told[item].append(found[ballot])
    return told


def verdict_of(ballot: Any) -> str:
    """What came of it, in words; empty until it is counted."""
    return str(ballot.result.get("outcome", {}).get("verdict", ""))
