"""How the routes about rights are filled (tests/routes.py): who asks is never who answers."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from congso.apps.rights.models import Campaign, Decision
from congso.apps.rights.queries.reviews import rights_of
from congso.apps.rights.services.granting import propose_role
from congso.apps.rights.services.opening import ask_sight
from congso.apps.rights.services.reviewing import open_campaign, revoke_right
from congso.kernel.access.models import Grant, GrantRequest, Opening
from congso.kernel.access.principals import Role
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person
from congso.kernel.directory.testing import World
from tests.ways import Way


def proposal(world: World) -> GrantRequest:
    """A role the administrator proposes for the specialist."""
    today = timezone.localdate()
    with acting_as(Actor.person(world.administrator)):
        return propose_role(
            role=Role.READER, person=Person.objects.get(pk=world.specialist), valid_from=today, reason="Thử",
            valid_to=today + timedelta(days=9), decision="", organization=None, by=world.administrator,
        )  # fmt: skip


def grant(world: World) -> Grant:
    """The reader's role."""
    with acting_as(Actor.person(world.administrator)):
        return Grant.objects.get(person_id=world.reader)


def opening(world: World) -> Opening:
    """Sight of the office's records, asked for by somebody of an agency."""
    who = world.agency_specialist
    with acting_as(Actor.person(who)):
        return ask_sight(world.organization("VPTU"), number="", hours=2, reason="Gấp", by=who)


def campaign(world: World) -> Campaign:
    """The quarter's review."""
    today = timezone.localdate()
    with acting_as(Actor.person(world.administrator)):
        return open_campaign(today.year, (today.month + 2) // 3, by=world.administrator, at=timezone.now())


def revocation(office: Any) -> Decision:
    """The tracker's post, which the chief takes away in the review."""

    reviewed = office.once(campaign)
    with acting_as(Actor.person(office.world.chief)):
        unit = office.world.organization("VPTU")
        known = Decision.objects.filter(campaign=reviewed).first()
        if known is not None:
            return known
        right = next(one for one in rights_of(reviewed, unit, timezone.localdate()) if "theo dõi" in one.sentence)
        by = office.world.chief
        return revoke_right(reviewed, right, unit, note="Đã chuyển việc", by=by, at=timezone.now())


def reviewed(office: Any) -> dict[str, Any]:
    """The office's part of the review, with a right of its list."""
    decision = revocation(office)
    query = f"?loai={decision.kind}&quyen={decision.target_id}"
    return {"pk": decision.campaign_id, "organization": decision.organization_id, "?": query}


def _of(make: Any) -> Any:
    return lambda office: {"pk": office.once(make).pk}


_ASKED = {"colleague": "chief", "also": ("administrator",)}  # the administrator proposed it
_REVIEW = Way(lambda office: {"pk": office.once(campaign).pk, "code": "T.VPTU"}, owner="chief", is_open=True)
# An administrator, who gave it, may end it too.
_DESK = Way(lambda office: {"pk": office.delegation.pk}, owner="chief", is_open=True, also=("administrator",))
_API = "/api/v1/rights"
WAYS = {
    "/quyen/de-nghi/{pk}": Way(_of(proposal), owner="second_administrator", **_ASKED),
    "/quyen/de-nghi/{pk}/rut": Way(_of(proposal), owner="administrator", colleague="chief"),
    "/quyen/vai-tro/{pk}": Way(_of(grant), owner="administrator"),
    "/quyen/mo-khan-cap/{pk}": Way(_of(opening), owner="chief", colleague="clerk"),
    "/quyen/ban-lam-viec/{pk}": _DESK,
    "/quyen/ra-soat/{pk}": Way(_of(campaign), owner="administrator", is_open=True),
    "/quyen/ra-soat/{pk}/{organization}": Way(reviewed, owner="chief", is_open=True),
    "/quyen/ra-soat/thu-hoi/{pk}": Way(
        lambda office: {"pk": revocation(office).pk}, owner="administrator", is_open=True
    ),
    f"{_API}/requests/{{pk}}": Way(_of(proposal), owner="second_administrator", **_ASKED),
    f"{_API}/requests/{{pk}}/withdraw": Way(_of(proposal), owner="administrator", colleague="chief"),
    f"{_API}/roles/{{pk}}": Way(_of(grant), owner="administrator", is_open=True),
    f"{_API}/openings/{{pk}}": Way(_of(opening), owner="chief", colleague="clerk"),
    f"{_API}/desks/{{pk}}": _DESK,
    f"{_API}/reviews/{{pk}}/{{code}}": _REVIEW,
    # Keeps what was taken away: needs the decision's own numbers in its form, tests/test_api.py tries it.
    f"{_API}/reviews/{{pk}}/{{code}}/keep": Way(_REVIEW.fill, owner="", is_open=True),
    f"{_API}/revocations/{{pk}}": Way(
        lambda office: {"pk": revocation(office).pk}, owner="administrator", is_open=True
    ),
}
