"""A whole desk handed over for a period by who sits at it, and taken back early."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from congso.kernel.access.delegating import DelegationRefused, delegate_post, end_delegation
from congso.kernel.access.models import Delegation
from congso.kernel.directory.models import Person, Post


@transaction.atomic
def hand_over(
    posts: Sequence[Post],
    *,
    to: Person,
    valid_from: date,
    valid_to: date,
    reason: str,
    kind: str,
    by: int,
    at: datetime,
) -> list[Delegation]:
    """Everything these posts do, by one other person, from a day until another (excluded): all of them or none.

    Raises DelegationRefused.
    """
    if valid_from < timezone.localdate(at):
        raise DelegationRefused("Không giao lùi ngày.")
    if not posts:
        raise DelegationRefused("Hãy chọn ít nhất một chức vụ.")
    facts: dict[str, Any] = {
        "valid_from": valid_from,
        "valid_to": valid_to,
        "reason": reason,
        "kind": kind,
        "by": by,
        "at": at,
    }
    return [delegate_post(post, to=to, functions=post.functions, **facts) for post in posts]


def take_back(delegation: Delegation, *, by: int, at: datetime) -> None:
    """The desk is one's own again from today on. Raises DelegationRefused."""
    end_delegation(delegation, on=timezone.localdate(at), by=by, at=at)
