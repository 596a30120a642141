"""REST for every act of the screens about rights: the same services, refusals as problem answers."""

from datetime import timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Status

from congso.apps.rights.api.schemas import (
    ActOut,
    AgreeIn,
    CampaignOut,
    DeskIn,
    DeskOut,
    DesksOut,
    GrantOut,
    OpeningIn,
    OpeningOut,
    ProposalIn,
    RequestOut,
    RevokeIn,
    RightIn,
    RightOut,
    UnitOut,
    WordsIn,
)
from congso.apps.rights.api.shapes import (
    asked,
    decision_out,
    delegation,
    desk_out,
    grant_out,
    opened,
    opening_out,
    place,
    refusals,
    request_out,
    unit_out,
)
from congso.apps.rights.models import Campaign, Decision
from congso.apps.rights.queries.desks import acts_of, lent_by, lent_to, posts_held
from congso.apps.rights.queries.reviews import rights_of
from congso.apps.rights.queries.roles import openings_seen, requests_seen, roles_on
from congso.apps.rights.rules import quarter_of
from congso.apps.rights.services import desks, granting, opening, reviewing
from congso.kernel.access.granting import RightRefused
from congso.kernel.access.models import Grant
from congso.kernel.access.principals import Role
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization, Person
from congso.kernel.web.navigation import holds_role

router = Router()
MOST = 500


@router.get("/roles", response=list[GrantOut])
def list_roles(request: OfficeRequest, q: str = "") -> list[dict[str, Any]]:
    """Who holds which role today or is going to (the first 500), by words of names."""
    return [grant_out(one) for one in roles_on(timezone.localdate(), q[:100])[:MOST]]


@router.get("/requests", response=list[RequestOut])
def list_requests(request: OfficeRequest) -> list[dict[str, Any]]:
    """What is proposed, as far as the person may see it."""
    return [request_out(one) for one in requests_seen(timezone.now())]


@router.post("/requests", response={201: RequestOut})
def propose(request: OfficeRequest, facts: ProposalIn) -> Any:
    """Propose a role; it begins when a second administrator agrees."""
    person = get_object_or_404(Person, pk=facts.person)
    organization = get_object_or_404(Organization, code=facts.organization) if facts.organization else None
    with refusals():
        made = granting.propose_role(
            role=facts.role, person=person, organization=organization, valid_from=facts.valid_from,
            valid_to=facts.until + timedelta(days=1), reason=facts.reason, decision=facts.decision, by=request.actor.id,
        )  # fmt: skip
    return Status(201, request_out(made))


@router.post("/requests/{int:pk}/agree", response=GrantOut)
def agree(request: OfficeRequest, pk: int, facts: WordsIn) -> dict[str, Any]:
    """The second administrator agrees."""
    with refusals():
        return grant_out(granting.agree_to_role(asked(pk), by=request.actor.id, words=facts.words))


@router.post("/requests/{int:pk}/refuse", response=RequestOut)
def refuse(request: OfficeRequest, pk: int, facts: WordsIn) -> dict[str, Any]:
    """The second administrator refuses, with the reason."""
    with refusals():
        granting.refuse_role(asked(pk), reason=facts.words, by=request.actor.id)
    return request_out(asked(pk))


@router.post("/requests/{int:pk}/withdraw", response=RequestOut)
def withdraw(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """The proposer takes it back."""
    with refusals():
        granting.withdraw_role(asked(pk), by=request.actor.id)
    return request_out(asked(pk))


@router.post("/roles/{int:pk}/end", response=GrantOut)
def end_role(request: OfficeRequest, pk: int, facts: WordsIn) -> dict[str, Any]:
    """The role is held no more from today on."""
    rows = Grant.objects.select_related("person", "organization")
    with refusals():
        granting.end_role(get_object_or_404(rows, pk=pk), reason=facts.words, by=request.actor.id)
    return grant_out(rows.get(pk=pk))


@router.get("/openings", response=list[OpeningOut])
def list_openings(request: OfficeRequest) -> list[dict[str, Any]]:
    """The openings the person has a part in; their looks and matches are told one by one."""
    return [opening_out(one, whole=False) for one in openings_seen(timezone.now())]


@router.post("/openings", response={201: OpeningOut})
def ask(request: OfficeRequest, facts: OpeningIn) -> Any:
    """Ask for sight in an emergency."""
    organization = get_object_or_404(Organization, code=facts.organization)
    more: dict[str, Any] = {
        "number": facts.number,
        "hours": facts.hours,
        "reason": facts.reason,
        "by": request.actor.id,
    }
    with refusals():
        made = opening.ask_sight(organization, **more)
    return Status(201, opening_out(made))


@router.get("/openings/{int:pk}", response=OpeningOut)
def get_opening(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """One opening, what was looked at, and (for who may answer) which records it may mean."""
    return opening_out(opened(pk))


@router.post("/openings/{int:pk}/agree", response=OpeningOut)
def agree_to_opening(request: OfficeRequest, pk: int, facts: AgreeIn) -> dict[str, Any]:
    """The second person agrees; sight begins."""
    with refusals():
        opening.give_sight(opened(pk), record=facts.record, words=facts.words, by=request.actor.id)
    return opening_out(opened(pk))


@router.post("/openings/{int:pk}/refuse", response=OpeningOut)
def refuse_opening(request: OfficeRequest, pk: int, facts: WordsIn) -> dict[str, Any]:
    """The second person refuses, with the reason."""
    with refusals():
        opening.refuse_sight(opened(pk), reason=facts.words, by=request.actor.id)
    return opening_out(opened(pk))


@router.post("/openings/{int:pk}/end", response=OpeningOut)
def end_opening(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Closed before its time, or taken back."""
    with refusals():
        opening.end_sight(opened(pk), by=request.actor.id)
    return opening_out(opened(pk))


@router.get("/desks", response=DesksOut)
def list_desks(request: OfficeRequest) -> dict[str, Any]:
    """Who stands in for the person, for whom she stands in."""
    me, today = request.actor.id, timezone.localdate()
    return {
        "by_me": [desk_out(one) for one in lent_by(me, today)],
        "to_me": [desk_out(one) for one in lent_to(me, today)],
    }


@router.post("/desks", response={201: list[DeskOut]})
def hand_over(request: OfficeRequest, facts: DeskIn) -> Any:
    """Hand one's own desk over."""
    now = timezone.now()
    held = posts_held(request.actor.id, timezone.localdate(now))
    chosen = [post for post in held if not facts.posts or post.pk in facts.posts]
    with refusals():
        made = desks.hand_over(
            chosen, to=get_object_or_404(Person, pk=facts.person), valid_from=facts.valid_from, kind=facts.kind,
            valid_to=facts.until + timedelta(days=1), reason=facts.reason, by=request.actor.id, at=now,
        )  # fmt: skip
    return Status(201, [desk_out(one) for one in made])


@router.post("/desks/{int:pk}/end", response=DeskOut)
def take_back(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """The desk is one's own again."""
    found = delegation(pk)
    with refusals():
        desks.take_back(found, by=request.actor.id, at=timezone.now())
    return desk_out(found)


@router.get("/desks/{int:pk}/acts", response=list[ActOut])
def list_acts(request: OfficeRequest, pk: int) -> list[dict[str, Any]]:
    """What the stand-in did and signed for the post, in records the person sees."""
    found = acts_of(delegation(pk))
    return [{"at": one.at, "label": one.label, "signed": one.actor_label, "record": one.record_id} for one in found]


@router.get("/reviews", response=list[CampaignOut])
def list_reviews(request: OfficeRequest) -> Any:
    """The reviews, the latest first."""
    return Campaign.objects.order_by("-year", "-quarter")[:MOST]


@router.post("/reviews", response={201: CampaignOut})
def open_review(request: OfficeRequest) -> Any:
    """An administrator opens the present quarter's review."""
    now = timezone.now()
    year, quarter = quarter_of(timezone.localdate(now))
    with refusals():
        if not holds_role(request, Role.ADMINISTRATOR):
            raise RightRefused("Chỉ quản trị viên toàn hệ thống mở đợt rà soát.")
        return Status(201, reviewing.open_campaign(year, quarter, by=request.actor.id, at=now))


@router.get("/reviews/{int:pk}/{code}", response=UnitOut)
def get_unit(request: OfficeRequest, pk: int, code: str) -> dict[str, Any]:
    """A unit's list in the review."""
    return unit_out(*place(pk, code))


@router.post("/reviews/{int:pk}/{code}/revoke", response=UnitOut)
def revoke(request: OfficeRequest, pk: int, code: str, facts: RevokeIn) -> dict[str, Any]:
    """The unit takes a right away."""
    campaign, organization = place(pk, code)
    rights = rights_of(campaign, organization, timezone.localdate())
    with refusals():
        right = next((one for one in rights if (one.kind, one.target_id) == (facts.kind, facts.target)), None)
        if right is None:
            raise RightRefused("Quyền này không có trong danh sách của đơn vị.")
        reviewing.revoke_right(campaign, right, organization, note=facts.note, by=request.actor.id, at=timezone.now())
    return unit_out(campaign, organization)


@router.post("/reviews/{int:pk}/{code}/confirm", response=UnitOut)
def confirm(request: OfficeRequest, pk: int, code: str) -> dict[str, Any]:
    """The unit confirms: what was not taken away is kept."""
    campaign, organization = place(pk, code)
    with refusals():
        reviewing.confirm_unit(campaign, organization, by=request.actor.id, at=timezone.now())
    return unit_out(campaign, organization)


@router.post("/reviews/{int:pk}/{code}/keep", response=UnitOut)
def keep(request: OfficeRequest, pk: int, code: str, facts: RightIn) -> dict[str, Any]:
    """The unit keeps it after all, while nobody has carried the revocation out."""
    campaign, organization = place(pk, code)
    decision = get_object_or_404(
        Decision, campaign=campaign, organization=organization, kind=facts.kind, target_id=facts.target
    )
    with refusals():
        reviewing.keep_right(decision, by=request.actor.id, at=timezone.now())
    return unit_out(campaign, organization)


@router.post("/revocations/{int:pk}/carry-out", response=RightOut)
def carry_out(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """Who may ends what a unit decided to take away."""
    decision = get_object_or_404(Decision.objects.select_related("organization", "campaign"), pk=pk)
    with refusals():
        reviewing.carry_out(decision, by=request.actor.id, at=timezone.now())
    return decision_out(decision)
