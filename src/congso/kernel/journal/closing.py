"""Closing the book: the daily checkpoint, signed with a key outside the database.

A checkpoint names every chain's last line and the root of a tree over the lines since the checkpoint before, which it
follows by digest. Whoever holds one copy of the newest can tell any later change of whatever it covers.
"""

import json
from datetime import UTC, datetime

from django.db import connection, transaction

from congso.kernel.journal.chain import digest_of, read_closing
from congso.kernel.journal.keys import ensure_key
from congso.kernel.journal.merkle import Tree, leaf
from congso.kernel.journal.models import Checkpoint
from congso.kernel.journal.reading import Heads, digests, heads, ranges
from congso.kernel.journal.services import seal_journal, write_entry

FORMAT = "congso-checkpoint-1"
ACTOR_LABEL = "Bộ phận giữ nhật ký"


class ClosingRefused(Exception):
    """The book cannot be closed as it stands; the message says why, in Vietnamese."""


def make_checkpoint(*, actor: str, at: datetime) -> Checkpoint:
    """Close the book now and return the signed checkpoint; its line in the journal falls under the next one.

    Runs as the keeper of the journal or as the owner. Raises ClosingRefused when the book is shorter than the last
    checkpoint says: what is cut must be looked into, not signed.
    """
    seal_journal()
    with transaction.atomic():
        _wait_for_others()
        last = Checkpoint.objects.order_by("-number").first()
        past = heads_of(last)
        now = heads()
        cut = sorted(chain for chain, (position, _) in past.items() if now.get(chain, (0, ""))[0] < position)
        if cut:
            raise ClosingRefused(f"Sổ ngắn hơn biên bản trước: chuỗi {cut[0]} thiếu dòng cuối. Hãy kiểm tra nhật ký.")
        made = _write(last, past, now, at)
        write_entry(
            act="journal.checkpoint",
            actor=actor,
            actor_label=ACTOR_LABEL,
            at=at,
            facts={"number": made.number, "digest": digest_of("", made.body)},
        )
    return made


def heads_of(checkpoint: Checkpoint | None) -> Heads:
    """Where the chains stood at a checkpoint; nowhere before the first. Raises ClosingRefused for a spoilt one."""
    closing = read_closing(checkpoint.body) if checkpoint else None
    if checkpoint and closing is None:
        raise ClosingRefused(f"Biên bản số {checkpoint.number} không đọc được. Hãy kiểm tra nhật ký.")
    return closing.heads if closing else {}


def _write(last: Checkpoint | None, past: Heads, now: Heads, at: datetime) -> Checkpoint:
    tree = Tree()
    for chain, position, digest in digests(ranges(past, now)):
        tree.add(leaf(chain, position, digest))
    key = ensure_key(at=at)
    moment = at.astimezone(UTC)
    number = last.number + 1 if last else 1
    total = sum(position for position, _ in now.values())
    body = json.dumps(
        {
            "format": FORMAT,
            "number": number,
            "at": moment.isoformat(),
            "previous": digest_of("", last.body) if last else "",
            "entries": total,
            "new": tree.size,
            "root": tree.root(),
            "heads": [[chain, position, digest] for chain, (position, digest) in sorted(now.items())],
            "key": key.fingerprint,
        }
    )
    return Checkpoint.objects.create(number=number, made_at=moment, entries=total, body=body, signature=key.sign(body))


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('congso.close_journal'))")
