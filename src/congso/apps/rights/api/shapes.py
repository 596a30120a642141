"""Rows about rights as REST tells them, and the refusals of rights as the API's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from congso.apps.rights.models import Campaign, Decision
from congso.apps.rights.queries.reviews import decisions_of, review_of, rights_of
from congso.kernel.access.delegating import DelegationRefused
from congso.kernel.access.granting import RightRefused
from congso.kernel.access.models import Delegation, Grant, GrantRequest, Opening
from congso.kernel.access.openings import matches_of
from congso.kernel.access.principals import Role
from congso.kernel.directory.models import Organization
from congso.kernel.directory.services import DirectoryRefused
from congso.kernel.workflow.services import Refused

LOOKS = 500


@contextmanager
def refusals() -> Iterator[None]:
    """The refusals of rights as the API's own."""
    try:
        yield
    except (RightRefused, DelegationRefused, DirectoryRefused) as refused:
        raise Refused(str(refused)) from None


def asked(pk: int) -> GrantRequest:
    """A proposed role, as far as the person may see it."""
    return get_object_or_404(GrantRequest.objects.select_related("person", "organization"), pk=pk)


def opened(pk: int) -> Opening:
    """An opening, as far as the person may see it."""
    return get_object_or_404(Opening.objects.select_related("organization", "asked_by"), pk=pk)


def delegation(pk: int) -> Delegation:
    """A delegation; everybody sees them."""
    return get_object_or_404(Delegation.objects.select_related("post__organization", "person"), pk=pk)


def place(pk: int, code: str) -> tuple[Campaign, Organization]:
    """A review and a unit by its code."""
    return get_object_or_404(Campaign, pk=pk), get_object_or_404(Organization, code=code)


def grant_out(one: Grant | GrantRequest) -> dict[str, Any]:
    """A role, held or proposed."""
    return {
        "id": one.pk, "role": Role(one.role).name, "organization": one.organization.code if one.organization else None,
        "person_id": one.person_id, "person": one.person.full_name, "reason": one.reason, "decision": one.decision,
        "valid_from": one.valid_from, "valid_to": one.valid_to,
    }  # fmt: skip


def request_out(one: GrantRequest) -> dict[str, Any]:
    """A proposed role with its answer."""
    return grant_out(one) | {"state": one.state, "asked_by": one.asked_by_id, "expires_at": one.expires_at}


def opening_out(one: Opening, *, whole: bool = True) -> dict[str, Any]:
    """An opening; `whole` adds the looks under it and what it may mean."""
    matches = matches_of(one) if whole and one.is_open(timezone.now()) else []
    return {
        "id": one.pk, "organization": one.organization.code, "number": one.number, "hours": one.hours,
        "reason": one.reason, "standing": one.standing(timezone.now()), "asked_by": one.asked_by_id,
        "begins_at": one.begins_at, "ends_at": one.ends_at, "record": one.record_id,
        "looks": [str(look) for look in one.uses.order_by("at", "id")[:LOOKS]] if whole else [],
        "matches": [{"record": m.record, "number": m.number, "opened_on": m.opened_on} for m in matches],
    }  # fmt: skip


def desk_out(one: Delegation) -> dict[str, Any]:
    """Who stands in for a post."""
    return {
        "id": one.pk, "post": one.post.name, "organization": one.post.organization.code, "person": one.person.full_name,
        "functions": one.functions, "reason": one.reason, "valid_from": one.valid_from, "valid_to": one.valid_to,
    }  # fmt: skip


def decision_out(one: Decision) -> dict[str, Any]:
    """A decided right."""
    return {"kind": one.kind, "target": one.target_id, "words": one.words, "verdict": one.verdict, "note": one.note}


def unit_out(campaign: Campaign, organization: Organization) -> dict[str, Any]:
    """A unit's list: as confirmed, or as it stands today."""
    review = review_of(campaign, organization)
    if review is not None:
        lines = [decision_out(one) for one in decisions_of(campaign, organization)]
        return {"confirmed_at": review.confirmed_at, "rights": lines}
    rights = rights_of(campaign, organization, timezone.localdate())
    return {
        "confirmed_at": None,
        "rights": [
            {
                "kind": one.kind, "target": one.target_id, "words": one.sentence,
                "verdict": one.decision.verdict if one.decision else "",
                "note": one.decision.note if one.decision else "",
            }
            for one in rights
        ],
    }  # fmt: skip
