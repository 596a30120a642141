"""Changes of the voters' list while a ballot is open: somebody comes in late, or loses her vote."""

from datetime import datetime

from django.utils import timezone

from congso.apps.voting.flow import forget_lists
from congso.apps.voting.models import Ballot, Voter
from congso.apps.voting.queries import issue_of, roll_of, voter_of
from congso.apps.voting.queries.figures import plain_roll
from congso.apps.voting.services.moving import Invalid, moving
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Person
from congso.kernel.directory.queries import title_of
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import Move

HAS_PAPER = (
    "Người này đã nhận phiếu kín; không ai biết phiếu nào là của người đó nên không thu lại được."
    " Nếu cần, hãy hủy cuộc này và bỏ phiếu lại."
)


def remove_voter(ballot: Ballot, person: Person, *, by: Actor, at: datetime, note: str) -> None:
    """She has no vote in this ballot any more; an answer she has given is set aside, with the reason, not erased."""
    with moving(ballot, "list", by=by, at=at, note=note) as move:
        voter = voter_of(ballot, person.pk)
        if voter is None or voter.removed_at is not None:
            raise Invalid(["Người này không có trong danh sách đang biểu quyết."])
        if issue_of(voter) is not None:
            raise Invalid([HAS_PAPER])
        ballot.voters.filter(pk=voter.pk).update(removed_at=at, removed_reason=note.strip()[:500])
        _recount(ballot, move, f"Không còn quyền biểu quyết: {voter.label}")


def admit_voter(ballot: Ballot, person: Person, *, by: Actor, at: datetime, note: str) -> None:
    """Somebody who was missing is there now: she is marked present, or put on the list."""
    with moving(ballot, "list", by=by, at=at, note=note) as move:
        voter = voter_of(ballot, person.pk)
        if voter is not None and voter.removed_at is not None:
            raise Invalid([f"Người này đã bị đưa ra khỏi danh sách: {voter.removed_reason}"])
        if voter is not None and not voter.is_voting:
            raise Invalid(["Người dự thay không có quyền biểu quyết."])
        if voter is None:
            Voter.objects.create(ballot=ballot, person=person, label=title_of(person.pk, timezone.localdate(at)))
        else:
            ballot.voters.filter(pk=voter.pk).update(is_present=True, deduction="")
        _recount(ballot, move, f"Ghi có mặt: {title_of(person.pk, timezone.localdate(at))}")


def _recount(ballot: Ballot, move: Move, label: str) -> None:
    forget_lists(ballot)
    roll = roll_of(ballot.voters.all())
    save(ballot, roll=plain_roll(roll))
    move.label = label[:200]
    move.facts |= {"roll": plain_roll(roll)}
