"""Acts any record knows: comment, link."""

from datetime import datetime

from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.records.models import Comment, Link, Record


class EmptyComment(Exception):
    """A comment needs words."""


def comment_on(record: Record, *, by: Actor, at: datetime, text: str) -> Comment:
    """Say something about a record one sees."""
    words = text.strip()
    if not words or by.person_id is None:
        raise EmptyComment("Hãy viết nội dung ý kiến.")
    return Comment.objects.create(
        record=record,
        text=words,
        author_id=by.person_id,
        author_label=title_of(by.person_id, at.date()),
        at=at,
    )


def link_records(source: Record, target: Record, *, kind: str, by: Actor, at: datetime, clause: str = "") -> Link:
    """Tie two records one sees; the same tie twice is one."""
    link, _ = Link.objects.get_or_create(
        source_id=source.pk,
        target_id=target.pk,
        kind=kind,
        clause=clause,
        defaults={"added_by_id": by.person_id, "added_at": at},
    )
    return link
