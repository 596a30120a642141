"""Doing what the flow calls an act, on the ballot as it stands; and keeping closing and voting apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from congso.apps.voting.flow import forget_lists
from congso.apps.voting.models import Ballot
from congso.apps.voting.queries import ballot_of
from congso.kernel.access.services import Actor
from congso.kernel.live.telling import tell_of_record
from congso.kernel.workflow.moving import read_anew
from congso.kernel.workflow.services import Move, Refused, act

NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc cuộc biểu quyết đã chuyển sang bước khác."
_LOCKS = 7_660_000_000_000_000_000  # a range of advisory locks of our own; a ballot's number is added


class Invalid(Refused):
    """The ballot cannot be kept or opened so; `mistakes` say why, sentence by sentence."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__(" ".join(mistakes[:4]))
        self.mistakes = mistakes


@contextmanager
def moving(ballot: Ballot, key: str, *, by: Actor, at: datetime, note: str = "") -> Iterator[Move]:
    """Lock the ballot and carry out the transition on it as it stands. Votes under way are waited for.

    Open pages that show it are told then, never of a single vote: a hall would ask for each, and a secret slip's moment
    is nobody's business.
    """
    with transaction.atomic():
        wait_for_votes(ballot.pk)
        refresh(ballot)
        with act(ballot, key, by=by, at=at, note=note) as move:
            yield move
        tell_of_record(ballot)


def refresh(ballot: Ballot) -> None:
    """What somebody just did is read anew. Raises NotYours when the actor does not see the ballot any more."""
    read_anew(ballot, ballot_of, refusal=NOT_YOURS)
    forget_lists(ballot)


def wait_for_votes(ballot_id: int) -> None:
    """Until this transaction ends no vote of the ballot begins; those under way are waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCKS + ballot_id])


def hold_open(ballot_id: int) -> None:
    """Until this transaction ends the ballot is not closed; many votes hold this together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCKS + ballot_id])
