"""The book written out as JSON lines: keys, the lines of each checkpoint followed by the checkpoint, then the tail.

`tools/verify_journal.py` checks it without this product. An entry stands in its line as the very text its digest is
taken over, last, so that it needs no writing anew:

    {"organization": 3, "position": 7, "previous": "…", "digest": "…", "entry": [id, at, organization, actor,
      actor's name, act, record, facts]}
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from congso.kernel.journal.chain import Line, read_closing
from congso.kernel.journal.models import Checkpoint, Key, Unsealed
from congso.kernel.journal.queries import AT_ONCE
from congso.kernel.journal.reading import Heads, heads, lines, ranges, strays

FORMAT = "congso-journal-1"


def export_journal(*, since: date | None = None, until: date | None = None) -> Iterator[str]:
    """The lines of the file, without line ends; whole checkpoints only, so that each can be checked.

    From the first checkpoint made on `since` or later to the last one made before `until` ends (both days included),
    and with `until` empty also the tail that no checkpoint closes yet.
    """
    chosen = Checkpoint.objects.order_by("number", "made_at")
    past = _stand_before(since)
    if since:
        chosen = chosen.filter(made_at__gte=_begin(since))
    if until:
        chosen = chosen.filter(made_at__lt=_begin(until, days=1))
    first = chosen.values_list("number", flat=True).first() or 0
    yield json.dumps({"format": FORMAT, "starts": _told(past), "from": first})
    yield from (json.dumps({"key": key_out(key)}) for key in Key.objects.order_by("fingerprint"))
    count = papers = 0
    for paper in chosen.iterator(AT_ONCE):
        papers += 1
        closing = read_closing(paper.body)
        for line in lines(ranges(past, closing.heads if closing else {})):
            past[line.organization_id] = (line.position, line.digest)
            count += 1
            yield line_out(line)
        yield json.dumps({"checkpoint": checkpoint_out(paper)})
    if not until:
        for line in lines(ranges(past, heads())):
            count += 1
            yield line_out(line)
        yield from (f'{{"stray": {text}}}' for _, text in strays())
    waiting = Unsealed.objects.count()
    yield json.dumps({"end": {"lines": count, "checkpoints": papers, "unsealed": waiting}})


def line_out(line: Line) -> str:
    """One line of the book."""
    head = json.dumps(
        {
            "organization": line.organization_id,
            "position": line.position,
            "previous": line.previous,
            "digest": line.digest,
        }
    )
    return f'{head[:-1]}, "entry": {line.text or "null"}}}'


def checkpoint_out(paper: Checkpoint) -> dict[str, Any]:
    """A checkpoint for other programs: what the list says of it, the signed text as it is, the signature."""
    return {
        "number": paper.number,
        "at": paper.made_at.astimezone(UTC).isoformat(),
        "entries": paper.entries,
        "body": paper.body,
        "signature": paper.signature,
    }


def key_out(key: Key) -> dict[str, str]:
    """A public key for other programs, with the signature of the key that vouches for it."""
    return {
        "fingerprint": key.fingerprint,
        "statement": key.statement,
        "signed_by": key.signed_by,
        "signature": key.signature,
    }


def checkpoint_file(paper: Checkpoint) -> str:
    """A checkpoint with all that is needed to check it, as it is kept at another site."""
    keys = [key_out(key) for key in Key.objects.order_by("fingerprint")]
    return json.dumps({"format": "congso-checkpoint-file-1", "keys": keys, "checkpoint": checkpoint_out(paper)}) + "\n"


def _stand_before(since: date | None) -> Heads:
    """Where the chains stood when the first checkpoint to be written out began."""
    if since is None:
        return {}
    before = Checkpoint.objects.filter(made_at__lt=_begin(since)).order_by("-number").first()
    closing = read_closing(before.body) if before else None
    return closing.heads if closing else {}


def _told(stand: Heads) -> list[list[Any]]:
    return [[chain, position, digest] for chain, (position, digest) in sorted(stand.items())]


def _begin(day: date, *, days: int = 0) -> datetime:
    begin = timezone.make_aware(datetime.combine(day, time.min))
    return begin + timedelta(days=days)
