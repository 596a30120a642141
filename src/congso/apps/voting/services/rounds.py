"""Voting again: a new ballot linked to the one before, with the reason."""

from datetime import datetime

from congso.apps.voting.models import Ballot, Counter, Voter
from congso.apps.voting.queries import rules_for
from congso.apps.voting.services.moving import Invalid, moving
from congso.apps.voting.services.preparing import NewBallot, create_ballot, write_options
from congso.kernel.access.services import Actor
from congso.kernel.records.models import Link, Record
from congso.kernel.records.services import link_records


def new_round(
    ballot: Ballot, *, by: Actor, at: datetime, note: str, question: str = "", closes_at: datetime | None = None
) -> Ballot:
    """A further round, being prepared: the same people, counters and rule; of an election those not yet elected.

    Tied at the last seat: they alone, for the seats left. `question`: the amended draft. Raises Invalid.
    """
    if not rules_for(ballot.owner, at.date()).filter(pk=ballot.voting_rule_id).exists():
        raise Invalid(["Quy tắc của cuộc biểu quyết này không còn dùng; hãy tạo cuộc biểu quyết mới."])
    outcome = ballot.result.get("outcome", {})
    seats = int(outcome.get("seats_left", 0)) if ballot.is_list else 0
    if ballot.is_list and not seats:
        raise Invalid(["Đã bầu đủ số lượng nên không có vòng mới."])
    with moving(ballot, "again", by=by, at=at, note=note) as move:
        new = NewBallot(
            title=ballot.title, subject=ballot.subject, method=ballot.method, way=ballot.way,
            voting_rule=ballot.voting_rule, question=question or ballot.question, is_personnel=ballot.is_personnel,
            seats=seats, is_poll_recorded=True, threshold=ballot.threshold, closes_at=closes_at,
        )  # fmt: skip
        if note.strip() == "":
            raise Invalid(["Hãy ghi lý do mở vòng mới."])
        made = create_ballot(
            new, body=ballot.owner, by=by, at=at, previous=ballot, reason=note.strip()[:2000], sources=_sources(ballot)
        )
        _copy_people(ballot, made)
        if ballot.is_list:
            left = set(outcome.get("again") or range(len(ballot.options.all()))) - set(outcome.get("elected", ()))
            write_options(made, [(one.name, one.note) for one in ballot.options.all() if one.position in left])
        link_records(made, ballot, kind=Link.Kind.RELATED, by=by, at=at)
        move.label = f"Vòng {made.round}"
    return made


def cancel_ballot(ballot: Ballot, *, by: Actor, at: datetime, note: str) -> None:
    """Call it off; what was answered stays to be seen and counts for nothing."""
    with moving(ballot, "cancel", by=by, at=at, note=note):
        pass


def _copy_people(ballot: Ballot, made: Ballot) -> None:
    Voter.objects.bulk_create(
        Voter(
            ballot=made, person_id=one.person_id, label=one.label, is_voting=one.is_voting, is_present=one.is_present,
            deduction=one.deduction,
        )
        for one in ballot.voters.all()
        if one.removed_at is None
    )  # fmt: skip
    Counter.objects.bulk_create(
        Counter(ballot=made, person_id=one.person_id, label=one.label, is_head=one.is_head)
        for one in ballot.counters.all()
    )


def _sources(ballot: Ballot) -> list[Record]:
    found = Link.objects.filter(source_id=ballot.pk, kind=Link.Kind.SOURCE).select_related("target")
    return [one.target for one in found.order_by("id")]
