"""Who may vote here and now."""

from congso.apps.voting.models import Ballot, BallotWay, Voter
from congso.apps.voting.queries import line_of
from congso.kernel.access.services import Actor
from congso.kernel.workflow.services import NotYours


def entitled_voter(ballot: Ballot, by: Actor) -> Voter:
    """The actor's line on the list, as it stands now. Raises NotYours, saying why, when she has no vote."""
    voter = line_of(ballot, by.person_id or 0)
    if voter is None or not voter.is_voting:
        raise NotYours("Bạn không có quyền biểu quyết trong cuộc này. Người dự thay không biểu quyết.")
    if voter.removed_at is not None:
        raise NotYours(f"Bạn không còn quyền biểu quyết trong cuộc này: {voter.removed_reason}")
    if voter.deduction or (ballot.way == BallotWay.ROOM and not voter.is_present):
        raise NotYours("Bạn được ghi vắng mặt. Hãy báo văn phòng để ghi có mặt trước khi biểu quyết.")
    return voter
