"""Preparing a ballot: what is voted on, who votes, who counts, who stands on the list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from congso.apps.voting.flow import forget_lists
from congso.apps.voting.models import (
    RECORD_TYPE,
    Ballot,
    BallotMethod,
    BallotWay,
    Counter,
    Deduction,
    Option,
    SheetSet,
    SubjectKind,
    Voter,
    VotingRule,
)
from congso.apps.voting.queries import rule_said_by
from congso.apps.voting.services.moving import Invalid, moving
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import people_in, title_of
from congso.kernel.records.models import Link, Record
from congso.kernel.records.services import link_records
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import start

MOST_VOTERS = 2000
MOST_NAMES = 200
MOST_COUNTERS = 25


@dataclass(frozen=True)
class NewBallot:
    """What a ballot is about and how it is held."""

    title: str
    subject: str
    method: str
    way: str
    voting_rule: VotingRule
    question: str = ""
    is_personnel: bool = False
    seats: int = 0
    is_poll_recorded: bool = False
    threshold: int = 2
    closes_at: datetime | None = None

    def mistakes(self) -> list[str]:
        """What cannot be kept, in sentences."""
        found = []
        if self.way == BallotWay.CIRCULATION and self.is_personnel:
            found.append("Công tác cán bộ không lấy ý kiến bằng văn bản; phải đưa ra hội nghị.")
        if self.way == BallotWay.CIRCULATION and self.method != BallotMethod.NAMED:
            found.append("Phiếu xin ý kiến là phiếu có ghi tên người trả lời.")
        if self.subject == SubjectKind.LIST and self.seats < 1:
            found.append("Hãy ghi số lượng cần bầu.")
        if self.method == BallotMethod.SECRET and not 2 <= self.threshold <= MOST_COUNTERS:
            found.append("Hòm phiếu phải do ít nhất hai thành viên ban kiểm phiếu cùng mở.")
        if rule_said_by(self.voting_rule).kind.value != self.subject:
            found.append("Quy tắc đã chọn không dành cho loại nội dung này.")
        return found


@dataclass(frozen=True)
class Listed:
    """A line of the voters' list."""

    person: Person
    is_voting: bool = True
    is_present: bool = True
    deduction: str = ""


def create_ballot(
    new: NewBallot, *, body: Organization, by: Actor, at: datetime, sources: Sequence[Record] = (),
    agenda_item_id: int | None = None, previous: Ballot | None = None, reason: str = "",
) -> Ballot:  # fmt: skip
    """A ballot being prepared, with the body's people as voters.

    `sources` are the records decided on; `agenda_item_id` names the item of a meeting. Raises Invalid.
    """
    _refuse(new.mistakes())
    ballot = Ballot(
        type=RECORD_TYPE, owner=body, unit=None, opened_on=timezone.localdate(at), due_on=_due(new.closes_at),
        previous=previous, round=previous.round + 1 if previous else 1, round_reason=reason,
        agenda_item_id=agenda_item_id, **vars(new),
    )  # fmt: skip
    with start(ballot, by=by, at=at, label="Chuẩn bị biểu quyết") as move:
        for source in sources:
            link_records(ballot, source, kind=Link.Kind.SOURCE, by=by, at=at)
        if previous is None:
            _write_voters(ballot, [Listed(one) for one in people_in(body, timezone.localdate(at))[:MOST_VOTERS]], at=at)
        index_record(ballot)
        move.facts |= {"method": new.method, "way": new.way, "rule": new.voting_rule.code, "round": ballot.round}
    return ballot


def change_ballot(ballot: Ballot, new: NewBallot, *, by: Actor, at: datetime) -> None:
    """Other words, another way, another rule; while it is being prepared. Raises Invalid."""
    _refuse(new.mistakes())
    with moving(ballot, "change", by=by, at=at) as move:
        save(ballot, **vars(new), due_on=_due(new.closes_at))
        index_record(ballot)
        move.facts |= {"method": new.method, "way": new.way, "rule": new.voting_rule.code}


def set_voters(ballot: Ballot, listed: Sequence[Listed], *, by: Actor, at: datetime) -> None:
    """The whole list anew, while it is being prepared. Raises Invalid for too many, or somebody twice."""
    mistakes = []
    if len({one.person.pk for one in listed}) != len(listed):
        mistakes.append("Có người được ghi hai lần trong danh sách.")
    if len(listed) > MOST_VOTERS:
        mistakes.append(f"Danh sách có nhiều hơn {MOST_VOTERS} người.")
    if any(one.deduction not in Deduction.values for one in listed):
        mistakes.append("Có lý do trừ khỏi tổng số không có trong quy định.")
    _refuse(mistakes)
    with moving(ballot, "change", by=by, at=at) as move:
        _write_voters(ballot, listed, at=at)
        move.label = "Lập danh sách người biểu quyết"
        move.facts |= {"voters": len(listed)}


def set_counters(ballot: Ballot, people: Sequence[Person], *, head: Person | None, by: Actor, at: datetime) -> None:
    """The counting committee. Raises Invalid for somebody twice, too many, a head who is not in it."""
    mistakes = []
    if len(people) > MOST_COUNTERS:
        mistakes.append(f"Ban kiểm phiếu có nhiều hơn {MOST_COUNTERS} người.")
    if people and head not in people:
        mistakes.append("Trưởng ban kiểm phiếu phải là thành viên của ban.")
    _refuse(mistakes)
    day = timezone.localdate(at)
    with moving(ballot, "change", by=by, at=at) as move:
        known = {one.person_id: one for one in ballot.counters.all()}
        gone = [one.pk for person_id, one in known.items() if person_id not in {one.pk for one in people}]
        ballot.counters.filter(pk__in=gone).delete()
        ballot.counters.filter(is_head=True).update(is_head=False)
        for person in dict.fromkeys(people):
            is_head = head is not None and person.pk == head.pk
            if person.pk not in known:
                Counter.objects.create(ballot=ballot, person=person, label=title_of(person.pk, day), is_head=is_head)
            elif is_head:
                ballot.counters.filter(person=person).update(is_head=True)
        forget_lists(ballot)
        move.label = "Lập ban kiểm phiếu"
        move.facts |= {"counters": len(people)}


def set_options(ballot: Ballot, names: Sequence[tuple[str, str]], *, by: Actor, at: datetime) -> None:
    """The election list: name and note, in the order it is printed. Raises Invalid."""
    kept = [(name.strip()[:200], note.strip()[:300]) for name, note in names if name.strip()]
    mistakes = []
    if len({name.lower() for name, _note in kept}) != len(kept):
        mistakes.append("Có người được ghi hai lần; người trùng họ tên phải ghi thêm để phân biệt.")
    if len(kept) > MOST_NAMES:
        mistakes.append(f"Danh sách có nhiều hơn {MOST_NAMES} người.")
    _refuse(mistakes)
    with moving(ballot, "change", by=by, at=at) as move:
        write_options(ballot, kept)
        move.label = "Lập danh sách bầu cử"
        move.facts |= {"names": len(kept)}


def write_options(ballot: Ballot, kept: Iterable[tuple[str, str]]) -> None:
    """Replace the list; inside an act."""
    ballot.options.all().delete()
    SheetSet.objects.filter(ballot=ballot).delete()  # sheets printed with other names are none of this ballot's
    Option.objects.bulk_create(
        Option(ballot=ballot, position=place, name=name, note=note) for place, (name, note) in enumerate(kept)
    )
    forget_lists(ballot)


def _write_voters(ballot: Ballot, listed: Sequence[Listed], *, at: datetime) -> None:
    day = timezone.localdate(at)
    wanted = {one.person.pk: one for one in listed}
    known = {one.person_id: one for one in ballot.voters.all()}
    ballot.voters.exclude(person_id__in=wanted).delete()
    fresh: list[Voter] = []
    for person_id, line in wanted.items():
        facts: dict[str, Any] = {
            "is_voting": line.is_voting, "is_present": line.is_present, "deduction": line.deduction,
        }  # fmt: skip
        old = known.get(person_id)
        if old is None:
            fresh.append(Voter(ballot=ballot, person_id=person_id, label=title_of(person_id, day), **facts))
        elif any(getattr(old, name) != value for name, value in facts.items()):
            ballot.voters.filter(pk=old.pk).update(**facts)
    Voter.objects.bulk_create(fresh)
    forget_lists(ballot)


def _due(closes_at: datetime | None) -> Any:
    return timezone.localdate(closes_at) if closes_at else None


def _refuse(mistakes: list[str]) -> None:
    if mistakes:
        raise Invalid(mistakes)
