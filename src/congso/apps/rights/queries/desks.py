"""Desks handed over: mine to others, others' to me, and what was done at them."""

from datetime import date

from django.db.models import QuerySet

from congso.kernel.access.models import Delegation
from congso.kernel.directory.models import Post, valid_on
from congso.kernel.records.models import TimelineEntry

SHOWN = 50


def posts_held(person_id: int, day: date) -> list[Post]:
    """The posts the person sits at on the day, highest first."""
    held = Post.objects.filter(valid_on(day), valid_on(day, "assignments__"), assignments__person=person_id)
    return list(held.select_related("organization").order_by("rank", "id").distinct())


def lent_by(person_id: int, day: date) -> QuerySet[Delegation]:
    """Who stands in for the person's posts, the latest first."""
    mine = Post.objects.filter(valid_on(day, "assignments__"), assignments__person=person_id)
    rows = Delegation.objects.filter(post__in=mine).select_related("post__organization", "person", "given_by")
    return rows.order_by("-valid_to", "-id")[:SHOWN]


def lent_to(person_id: int, day: date) -> QuerySet[Delegation]:
    """For whom the person stands in on the day or is going to."""
    rows = Delegation.objects.filter(person=person_id, valid_to__gt=day).select_related("post__organization", "person")
    return rows.order_by("valid_from", "id")[:SHOWN]


def acts_of(delegation: Delegation) -> list[TimelineEntry]:
    """What the stand-in did and signed for the post, as far as the asking person sees the records; newest first."""
    rows = TimelineEntry.objects.filter(
        person=delegation.person_id, actor_label__contains=" thay ", at__date__gte=delegation.valid_from,
        at__date__lt=delegation.valid_to,
    )  # fmt: skip
    rows = rows.filter(actor_label__contains=delegation.post.name)
    return list(rows.select_related("record").order_by("-at", "-id")[:SHOWN])
