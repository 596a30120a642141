"""Roles granted by two people: one administrator proposes, another one agrees; one is enough to end it.

The database's functions decide (`internal/granting.sql`) and write the journal; here their refusals get words.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import Error, connection, transaction
from django.utils import timezone
from psycopg.errors import CheckViolation, InsufficientPrivilege, RestrictViolation

from congso.kernel.access.models import Grant, GrantRequest
from congso.kernel.access.principals import Role
from congso.kernel.directory.models import Organization, Person
from congso.kernel.regulations.queries import value


class RightRefused(Exception):
    """The right is not given, answered or taken so; the message says why, in Vietnamese."""


def propose_grant(
    *,
    role: Role,
    person: Person,
    valid_from: date,
    valid_to: date,
    reason: str,
    by: int,
    decision: str = "",
    organization: Organization | None = None,
) -> GrantRequest:
    """Propose the role for the person from a day until another (excluded); it begins when a second one agrees.

    Raises RightRefused, as everything here.
    """
    most = int(value("access.role_days_most", on=timezone.localdate()))
    _refuse(
        (person.pk == by, "Không ai tự đề nghị vai trò cho mình; hãy nhờ quản trị viên khác."),
        (not reason.strip(), "Hãy ghi lý do."),
        (valid_from < timezone.localdate(), "Vai trò không bắt đầu trước hôm nay."),
        (valid_to <= valid_from, "Ngày kết thúc phải sau ngày bắt đầu."),
        ((valid_to - valid_from).days > most, f"Vai trò có thời hạn nhiều nhất {most} ngày."),
        (organization is not None and role is not Role.ADMINISTRATOR, "Chỉ quyền quản trị có phạm vi một cơ quan."),
        (
            _is_held(role, person, organization, valid_from, valid_to),
            f"{person} đang giữ vai trò này suốt thời hạn đó.",
        ),
    )
    with words_for("Chỉ quản trị viên toàn hệ thống đề nghị cấp vai trò, cho người khác."):
        made = call(
            "SELECT congso.propose_grant(%s, %s, %s, %s, %s, %s, %s)",
            [int(role), person.pk, organization.pk if organization else None, valid_from, valid_to, reason, decision],
        )
    return GrantRequest.objects.select_related("person", "organization").get(pk=made)


def agree_to_grant(request: GrantRequest, *, by: int, words: str = "") -> Grant:
    """A second administrator agrees: the role is held from its first day, or from today, at the next request."""
    made = _answer(request, agree=True, words=words, by=by)
    return Grant.objects.select_related("person").get(pk=made or 0)


def refuse_grant(request: GrantRequest, *, reason: str, by: int) -> None:
    """A second administrator refuses, with the reason."""
    _refuse((not reason.strip(), "Hãy ghi lý do từ chối."))
    _answer(request, agree=False, words=reason, by=by)


def withdraw_grant(request: GrantRequest) -> None:
    """Who proposed it takes it back while nobody has answered."""
    with words_for("Chỉ người đề nghị rút được đề nghị chưa ai trả lời."):
        call("SELECT congso.withdraw_grant(%s)", [request.pk])


def end_grant(grant: Grant, *, reason: str) -> date:
    """The role is held no more from today on; returns the first day without it. By an administrator or its holder."""
    _refuse((not reason.strip(), "Hãy ghi lý do thu hồi."))
    with words_for("Chỉ quản trị viên toàn hệ thống, hoặc chính người giữ, kết thúc được vai trò."):
        ended: date = call("SELECT congso.end_grant(%s, %s)", [grant.pk, reason])
    return ended


def _answer(request: GrantRequest, *, agree: bool, words: str, by: int) -> int | None:
    _refuse(
        (by == request.asked_by_id, "Người đề nghị không tự đồng ý; cần quản trị viên thứ hai."),
        (by == request.person_id, "Người được cấp không tự trả lời đề nghị cho mình."),
        (
            not request.is_open(timezone.now()),
            f"Đề nghị này không còn chờ trả lời: {request.standing(timezone.now())}.",
        ),
    )
    with words_for("Chỉ quản trị viên toàn hệ thống trả lời đề nghị cấp vai trò."):
        made: int | None = call("SELECT congso.answer_grant(%s, %s, %s)", [request.pk, agree, words])
    return made


def _is_held(role: Role, person: Person, organization: Organization | None, starts: date, ends: date) -> bool:
    held = Grant.objects.filter(role=int(role), person=person, organization=organization, valid_from__lte=starts)
    return held.filter(valid_to__isnull=True).exists() or held.filter(valid_to__gte=ends).exists()


def _refuse(*problems: tuple[bool, str]) -> None:
    for is_so, words in problems:
        if is_so:
            raise RightRefused(words)


@contextmanager
def words_for(not_yours: str) -> Iterator[None]:
    """The database's refusals in words."""
    try:
        with transaction.atomic():
            yield
    except Error as error:
        match error.__cause__:
            case InsufficientPrivilege():
                raise RightRefused(not_yours) from None
            case RestrictViolation():
                raise RightRefused(
                    "Đây là quản trị viên toàn hệ thống cuối cùng; hãy cấp cho người khác trước."
                ) from None
            case CheckViolation():
                raise RightRefused(
                    "Việc này không còn phù hợp: đã có người trả lời, đã hết hạn, hoặc sai thời hạn."
                ) from None
        raise


def call(statement: str, values: Sequence[Any]) -> Any:
    """Ask one of the database's functions."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
