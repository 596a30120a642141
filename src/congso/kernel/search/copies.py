"""Copies of one paper among records found: the same file, or nearly the same text."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from congso.kernel.files.models import Attachment
from congso.kernel.search.models import StoredPassage
from congso.lib.vietnamese import fold

_COMPARED = 4  # passages from the beginning of each text
_SHINGLE = 4  # words
_SAME = 0.8  # of the shingles
_SHORTEST = 60  # shingles; of a shorter text likeness says nothing


def groups_of_copies(records: Sequence[int]) -> list[list[int]]:
    """The records in their order, those that are copies of one paper together behind the first. Two queries."""
    files = _files(records)
    texts = _shingles(records)
    groups: list[list[int]] = []
    for record in records:
        for group in groups:
            first = group[0]
            if files[record] & files[first] or _alike(texts[record], texts[first]):
                group.append(record)
                break
        else:
            groups.append([record])
    return groups


def _files(records: Iterable[int]) -> dict[int, set[str]]:
    """The papers themselves, not what was enclosed."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Attachment.objects.filter(
        record_id__in=records, source=None, role__in=(Attachment.Role.ORIGINAL, Attachment.Role.ISSUED)
    )
    for record, blob in rows.values_list("record_id", "blob_id"):
        found[record].add(blob)
    return found


def _shingles(records: Iterable[int]) -> dict[int, frozenset[str]]:
    texts: dict[int, list[str]] = defaultdict(list)
    rows = StoredPassage.objects.filter(record_id__in=records, position__lt=_COMPARED).order_by("record_id", "position")
    for record, text in rows.values_list("record_id", "text"):
        texts[record].append(text)
    found: dict[int, frozenset[str]] = defaultdict(frozenset)
    for record, parts in texts.items():
        words = fold(" ".join(parts)).lower().split()
        found[record] = frozenset(
            " ".join(words[place : place + _SHINGLE]) for place in range(len(words) - _SHINGLE + 1)
        )
    return found


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    smaller = min(len(one), len(other))
    if smaller < _SHORTEST or max(len(one), len(other)) > 1.3 * smaller:
        return False
    return len(one & other) >= _SAME * len(one | other)
