"""Roles: propose, agree, refuse, withdraw, end; the kernel's acts with their notices."""

from datetime import date
from typing import Any

from django.db import transaction

from congso.apps.rights.services.telling import tell
from congso.kernel.access import granting
from congso.kernel.access.models import Grant, GrantRequest
from congso.kernel.access.principals import Role


@transaction.atomic
def propose_role(*, role: Role, by: int, **facts: Any) -> GrantRequest:
    """Propose a role; the other administrators are told. Raises RightRefused, as everything here."""
    request = granting.propose_grant(role=role, by=by, **facts)
    tell(
        "grant", request.pk, f"Đề nghị cấp vai trò “{request.role_name}” cho {request.person} chờ người thứ hai", by=by
    )
    return request


@transaction.atomic
def agree_to_role(request: GrantRequest, *, by: int, words: str = "") -> Grant:
    """The second administrator agrees; proposer and holder are told."""
    grant = granting.agree_to_grant(request, by=by, words=words)
    tell(
        "grant",
        request.pk,
        f"{request.person} giữ vai trò “{request.role_name}” đến hết {grant.last_day:%d/%m/%Y}",
        by=by,
    )
    return grant


@transaction.atomic
def refuse_role(request: GrantRequest, *, reason: str, by: int) -> None:
    """The second administrator refuses; proposer and beneficiary are told why."""
    granting.refuse_grant(request, reason=reason, by=by)
    tell("grant", request.pk, f"Từ chối cấp vai trò “{request.role_name}” cho {request.person}: {reason}", by=by)


@transaction.atomic
def withdraw_role(request: GrantRequest, *, by: int) -> None:
    """The proposer takes it back."""
    granting.withdraw_grant(request)
    tell("grant", request.pk, f"Đã rút đề nghị cấp vai trò “{request.role_name}” cho {request.person}", by=by)


@transaction.atomic
def end_role(grant: Grant, *, reason: str, by: int) -> date:
    """From today on the role is held no more; its holder and the other administrators are told."""
    last = granting.end_grant(grant, reason=reason)
    tell("ended_grant", grant.pk, f"Thu hồi vai trò “{grant.role_name}” của {grant.person}: {reason}", by=by)
    return last
