"""Ballots of the test world, made through the services: the province's committee with a few members of its own."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from congso.apps.voting import services
from congso.apps.voting.models import Ballot, VotingRule
from congso.apps.voting.queries import ballot_of
from congso.apps.voting.rules import Tally
from congso.apps.voting.services import Given, Listed, NewBallot
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person
from congso.kernel.directory.testing import World

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
LATER = NOW + timedelta(hours=1)
REMINDERS = Actor.system(System.REMINDERS)
# Who votes in the committee of the tests, by what they do elsewhere; the clerk of its office organizes.
VOTERS = ("secretary", "agency_leader", "commune_leader", "head", "other_head")
COUNTERS = ("specialist", "agency_specialist", "agency_clerk")


def as_one(world: World, who: str) -> AbstractContextManager[frozenset[int]]:
    """The block in which the transaction is this person's."""
    return acting_as(Actor.person(getattr(world, who)))


def do(world: World, who: str, service: Any, *args: Any, at: datetime = NOW, **more: Any) -> Any:
    """One act as one of the cast."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return service(*args, by=actor, at=at, **more)


def person(world: World, who: str) -> Person:
    """Somebody of the cast."""
    return Person.objects.get(pk=getattr(world, who))


def see(world: World, who: str, ballot: Ballot) -> Ballot:
    """The ballot as somebody sees it."""
    with as_one(world, who):
        return ballot_of(ballot.pk)


def prepare(
    world: World, *, rule: str = "nghi-quyet-cap-uy", voters: tuple[str, ...] = VOTERS, absent: tuple[str, ...] = (),
    counters: tuple[str, ...] = COUNTERS, names: tuple[str, ...] = (), **facts: Any,
) -> Ballot:  # fmt: skip
    """A ballot of the committee, ready to be opened, prepared by its office's clerk."""
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        new = NewBallot(
            **{
                "title": "Thông qua Kế hoạch chuyển đổi số", "subject": "question", "method": "named", "way": "room",
                "voting_rule": VotingRule.objects.get(code=rule), "question": "Dự thảo lần 3",
            }
            | facts
        )  # fmt: skip
        made = services.create_ballot(new, body=world.organization("TU"), by=clerk, at=NOW)
        listed = [Listed(person(world, who), is_present=who not in absent) for who in voters]
        services.set_voters(made, listed, by=clerk, at=NOW)
        people = [person(world, who) for who in counters]
        services.set_counters(made, people, head=people[0] if people else None, by=clerk, at=NOW)
        if names:
            services.set_options(made, [(name, "") for name in names], by=clerk, at=NOW)
    return made


def opened(world: World, **facts: Any) -> Ballot:
    """The same, opened."""
    made = prepare(world, **facts)
    do(world, "clerk", services.open_ballot, made)
    return made


def vote(world: World, ballot: Ballot, who: str, choice: str = "yes", *, at: datetime = NOW, **more: Any) -> Any:
    """One named answer."""
    words = more.pop("words", "Cần thêm kinh phí" if choice == "other" else "")
    given = Given(picks=tuple(more.pop("picks"))) if "picks" in more else Given(choice, words=words)
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return services.cast_answer(ballot_of(ballot.pk), given, by=actor, at=at)


def counted(world: World, **facts: Any) -> Ballot:
    """A named ballot with its result: three for it, one against, one silent."""
    made = opened(world, **facts)
    for who in VOTERS[:3]:
        vote(world, made, who)
    vote(world, made, VOTERS[3], "no")
    do(world, "clerk", services.close_ballot, made)
    return made


def closed(world: World, **facts: Any) -> Ballot:
    """Votes are over and being counted by hand."""
    made = opened(world, **{"method": "hands", **facts})
    do(world, "clerk", services.close_ballot, made)
    return made


def enter(world: World, ballot: Ballot, who: str, **figures: Any) -> Any:
    """What one counter counted by hand."""
    given = {"issued": 5, "collected": 5, "valid": 5, "yes": 3, "no": 2} | figures
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return services.enter_count(ballot_of(ballot.pk), Tally(**given), by=actor, at=NOW)


def own_rule(world: World) -> VotingRule:
    """A rule of the committee's own, copied from a shipped one."""
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        definition = VotingRule.objects.get(code="nghi-quyet-cap-uy").definition
        return services.create_rule(
            "quy-tac-rieng", "Quy tắc riêng", definition, owner=world.organization("TU"), by=clerk, at=NOW
        )
