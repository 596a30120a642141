"""Giving a named vote. Once: a second press changes nothing, a second opinion is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from congso.apps.voting.models import Answer, Ballot, BallotMethod
from congso.apps.voting.queries import answer_of
from congso.apps.voting.rules import CHOICES, Choice
from congso.apps.voting.services.eligibility import entitled_voter
from congso.apps.voting.services.moving import NOT_YOURS, hold_open
from congso.kernel.access.services import Actor
from congso.kernel.journal.services import write_entry
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import NotYours, Refused, WrongState
from congso.lib.languages import in_vietnamese

TWICE = "Bạn đã biểu quyết trước đó và không đổi được nữa. Lần biểu quyết đầu được giữ nguyên."
OVER = "Đã hết giờ biểu quyết nên lần bấm này không được ghi."


@dataclass(frozen=True)
class Given:
    """What a voter answers: to a question a choice (another opinion in words), to a list the places she elects."""

    choice: str = ""
    picks: tuple[int, ...] = ()
    words: str = ""


def cast_answer(ballot: Ballot, given: Given, *, by: Actor, at: datetime) -> Answer:
    """Record the voter's answer. Pressed twice it is recorded once and the first is returned.

    Raises NotYours (no vote, not there, lost it), WrongState (not open, or the hour has passed), Refused (another
    answer than the one already given, or one the ballot does not know).
    """
    with in_vietnamese(), transaction.atomic():
        hold_open(ballot.pk)
        state = Record.objects.filter(pk=ballot.pk).values_list("state", flat=True).first()
        if state is None:
            raise NotYours(NOT_YOURS)
        voter = entitled_voter(ballot, by)
        given = _checked(ballot, given)
        before = answer_of(voter)
        if before is not None:
            return _same(before, given)
        if state != "open" or (ballot.closes_at is not None and at >= ballot.closes_at):
            raise WrongState(OVER)
        try:
            with transaction.atomic():
                answer = Answer.objects.create(
                    voter=voter, choice=given.choice, picks=list(given.picks), words=given.words, at=at
                )
        except IntegrityError:  # two devices at once: the other one was faster
            return _same(Answer.objects.get(voter=voter), given)
        write_entry(
            act="ballot.vote", actor=str(by), actor_label=voter.label, at=at, organization_id=ballot.owner_id,
            record_id=ballot.pk, facts={"choice": given.choice, "picks": list(given.picks), "words": given.words},
        )  # fmt: skip
        return answer


def _checked(ballot: Ballot, given: Given) -> Given:
    if ballot.method != BallotMethod.NAMED:
        raise Refused("Cuộc này không biểu quyết ghi tên trên máy.")
    if ballot.is_list:
        return Given(picks=_picked(given.picks, len(ballot.options.all())))
    if given.choice not in set(Choice):
        raise Refused("Hãy chọn một phương án.")
    words = given.words.strip()[:4000]
    if given.choice == Choice.OTHER and not words:
        raise Refused(f"Chọn “{CHOICES[Choice.OTHER]}” thì hãy ghi ý kiến.")
    return Given(choice=given.choice, words=words)


def _picked(picks: Sequence[int], names: int) -> tuple[int, ...]:
    found = tuple(sorted(set(picks)))
    if any(not 0 <= place < names for place in found):
        raise Refused("Có tên không có trong danh sách.")
    return found


def _same(before: Answer, given: Given) -> Answer:
    if (before.choice, tuple(before.picks), before.words) != (given.choice, given.picks, given.words):
        raise Refused(TWICE)
    return before
