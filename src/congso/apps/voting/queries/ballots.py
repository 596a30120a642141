"""Ballots as they are listed and opened."""

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from congso.apps.voting.models import Ballot, Issue
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.flow import Transition
from congso.kernel.workflow.services import possible_transitions

_ORGANIZING = (Function.LEADERS, Function.CHIEFS, Function.CLERKS)


def ballots() -> QuerySet[Ballot]:
    """Everything the person sees, with what a list shows."""
    return Ballot.objects.select_related("owner", "voting_rule")


def ballot_of(pk: int) -> Ballot:
    """One ballot with its lists at hand, so that the flow asks nothing more. Raises Ballot.DoesNotExist."""
    found = ballots().prefetch_related("owner__serving_offices", "voters", "counters", "options")
    return found.get(pk=pk)


def ballot_in_brief(pk: int) -> Ballot:
    """One ballot without its lists of people: what a voter's page needs, however many vote. Raises DoesNotExist."""
    return ballots().prefetch_related("options").get(pk=pk)


def acts_open_to(ballot: Ballot, held: frozenset[int]) -> list[Transition]:
    """What the person may do now."""
    return possible_transitions(ballot, held=held)


def to_vote(found: QuerySet[Ballot], person_id: int) -> QuerySet[Ballot]:
    """Ballots the person has still to vote in; of secret ones it is known only who has taken a paper."""
    mine = Q(voters__person=person_id, voters__is_voting=True, voters__removed_at=None, voters__deduction="")
    has_paper = Exists(Issue.objects.filter(voter__ballot=OuterRef("pk"), voter__person=person_id))
    waiting = Q(state="open") & ~has_paper | Q(state="collecting") & has_paper
    return found.filter(mine).filter(waiting).exclude(voters__answer__voter__person=person_id)


def counts_by_state(found: QuerySet[Ballot]) -> dict[str, int]:
    """How many stand in each state."""
    return dict(found.order_by().values_list("state").annotate(Count("pk")))


def _organizing(held: Collection[int]) -> set[int]:
    described = (describe(principal) for principal in held)
    return {object_id for kind, object_id, code in described if kind is Kind.OFFICE and code in _ORGANIZING}


def organizes_anything(held: Collection[int]) -> bool:
    """Whether the person may prepare ballots of some body; asks nothing of the database, so that menus may."""
    return bool(_organizing(held))


def bodies_for(held: Collection[int]) -> QuerySet[Organization]:
    """Bodies whose ballots somebody with these principals prepares: her own and those her office serves."""
    own = _organizing(held)
    found = Organization.objects.filter(Q(pk__in=own) | Q(serving_offices__in=own))
    return found.distinct().order_by("name_key", "id")
