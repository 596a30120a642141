"""Standing in for somebody for a period: given by the post's holder or its administrator, seen by everybody, journaled.

The stand-in holds the principals of the post's chosen functions while the period lasts and no longer; what she does by
them is signed “X thay Y”.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import ProgrammingError, connection, transaction
from django.db.models import Q
from psycopg.errors import InsufficientPrivilege

from congso.kernel.access.models import Delegation
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Assignment, Person, Post, valid_on
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry


class DelegationRefused(Exception):
    """Nobody can stand in so; the message says why, in Vietnamese."""


@transaction.atomic
def delegate_post(
    post: Post,
    *,
    to: Person,
    functions: Iterable[str],
    valid_from: date,
    valid_to: date,
    reason: str,
    by: int,
    at: datetime,
    kind: str = Delegation.Kind.DELEGATION,
) -> Delegation:
    """From one day until another (excluded) the person stands in for whoever holds the post."""
    chosen = sorted(set(functions) & set(post.functions))
    if not chosen:
        raise DelegationRefused("Hãy chọn ít nhất một việc mà chức vụ này làm.")
    if valid_to <= valid_from:
        raise DelegationRefused("Ngày kết thúc phải sau ngày bắt đầu.")
    if not reason.strip():
        raise DelegationRefused("Hãy ghi lý do hoặc văn bản ủy quyền.")
    if to.pk == by or Assignment.objects.filter(valid_on(valid_from), post=post, person=to).exists():
        raise DelegationRefused("Người thay phải là người khác, chưa giữ chức vụ này.")
    try:
        with transaction.atomic():
            delegation = Delegation.objects.create(
                post=post, person=to, kind=kind, functions=chosen, reason=reason.strip(), given_by_id=by, given_at=at,
                valid_from=valid_from, valid_to=valid_to,
            )  # fmt: skip
    except ProgrammingError as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise DelegationRefused("Chỉ người giữ chức vụ hoặc quản trị viên của đơn vị được cử người thay.") from None
        raise
    _tell("delegated", delegation, by, at)
    _notify(delegation, f"{to} thay {replaced(delegation, valid_from)} đến hết {delegation.last_day:%d/%m/%Y}", by, at)
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, on: date, by: int, at: datetime) -> None:
    """The stand-in stands in no more from the day on."""
    last = max(on, delegation.valid_from)
    ended = Delegation.objects.filter(pk=delegation.pk, valid_to__gt=last).update(valid_to=last)
    if not ended:
        raise DelegationRefused("Việc thay đã kết thúc, hoặc không do bạn cử.")
    delegation.valid_to = last
    _tell("delegation_ended", delegation, by, at)
    words = f"{delegation.person} thôi thay {replaced(delegation, at.date())} từ {last:%d/%m/%Y}"
    _notify(delegation, words, by, at)


def running_for(person_id: int, *, day: date) -> list[Delegation]:
    """Delegations of the day in which the person stands in or is stood in for. One query."""
    theirs = Post.objects.filter(valid_on(day, "assignments__"), assignments__person=person_id)
    rows = Delegation.objects.filter(Q(person=person_id) | Q(post__in=theirs), valid_from__lte=day, valid_to__gt=day)
    return list(rows.select_related("post__organization", "person").order_by("id")[:20])


def acting_for(wanted: Iterable[int], *, day: date) -> Delegation | None:
    """The delegation by which the acting person uses one of these principals; None when she holds one herself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.acting_for(%s, %s)", [sorted(wanted), day])
        (found,) = cursor.fetchone()
    if found is None:
        return None
    return Delegation.objects.select_related("post__organization", "person").get(pk=found)


def signature(by: Actor, *, day: date, wanted: Iterable[int]) -> str:
    """How the actor signs what she does by one of these principals: “X, post”, or “X, post thay Y, post”."""
    if by.person_id is None:
        return "Hệ thống"
    label = title_of(by.person_id, day)
    delegation = acting_for(wanted, day=day)
    if delegation is None:
        return label
    return f"{label} thay {replaced(delegation, day)}"


def replaced(delegation: Delegation, day: date) -> str:
    """For whom: the post's holder of the day by name, or the vacant post itself."""
    held = Assignment.objects.filter(valid_on(day), post=delegation.post).select_related("person").first()
    post = delegation.post
    return f"{held.person.full_name}, {post.name}" if held else f"{post.name} {post.organization.short_name}"


def _notify(delegation: Delegation, words: str, by: int, at: datetime) -> None:
    """The stand-in, and the office's leaders, chiefs and clerks."""
    with connection.cursor() as cursor:
        sender = title_of(by, at.date())
        cursor.execute("SELECT congso.tell_about_delegation(%s, %s, %s)", [delegation.pk, words, sender])


def _tell(act: str, delegation: Delegation, by: int, at: datetime) -> None:
    write_entry(
        act=f"access.{act}",
        actor=f"person:{by}",
        actor_label=title_of(by, at.date()),
        at=at,
        organization_id=delegation.post.organization_id,
        facts={
            "post": delegation.post_id,
            "person": delegation.person_id,
            "functions": delegation.functions,
            "from": delegation.valid_from.isoformat(),
            "to": delegation.valid_to.isoformat(),
            "reason": delegation.reason,
        },
    )
