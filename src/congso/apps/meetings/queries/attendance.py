"""Who is convened, what she answered, whether she is there; whether enough are."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from congso.apps.meetings.models import Answer, Decision, Meeting, Participant, Presence, Reply
from congso.apps.meetings.rules import Happened, Quorum, Standing, quorum_words, standing_of
from congso.kernel.regulations.models import Parameter
from congso.kernel.regulations.queries import NotInForce, value, versions_of
from congso.lib.periods import is_valid_on

QUORUM = "meetings.quorum"


@dataclass(frozen=True)
class Attended:
    """One participant: the last reply (seen by who runs the meeting and by herself), and how her presence stands."""

    participant: Participant
    standing: Standing
    reply: Reply | None = None

    @property
    def is_excused(self) -> bool:
        """Absent with a reason she gave, or with somebody in her place."""
        return self.reply is not None and self.reply.answer != Answer.ATTEND

    @property
    def has_mandate(self) -> bool:
        """Whether somebody sits in for her with leave of who convened."""
        return self.reply is not None and self.reply.decision == Decision.GRANTED


@dataclass(frozen=True)
class Attendance:
    """Everybody convened, and the quorum in figures and words."""

    lines: list[Attended]
    quorum: Quorum
    members: int = field(init=False)
    present: int = field(init=False)
    here: int = field(init=False)

    def __post_init__(self) -> None:
        voting = [one for one in self.lines if one.participant.is_voting]
        object.__setattr__(self, "members", len(voting))
        object.__setattr__(self, "present", sum(one.standing.is_present for one in voting))
        object.__setattr__(self, "here", sum(one.standing.is_present for one in self.lines))

    @property
    def is_enough(self) -> bool:
        """Whether they may sit and decide."""
        return self.quorum.is_reached(self.present, self.members)

    @property
    def words(self) -> str:
        """Why."""
        return quorum_words(self.quorum, self.present, self.members)

    @property
    def absent(self) -> list[Attended]:
        """Who was never there."""
        return [one for one in self.lines if not one.standing.has_been]


def attendance_of(meeting: Meeting) -> Attendance:
    """Read what was answered and noted. Three queries beside the meeting's own."""
    people = [one for one in meeting.participants.all() if one.left_out_at is None]
    keys = [one.pk for one in people]
    noted: dict[int, list[Happened]] = defaultdict(list)
    for row in Presence.objects.filter(participant__in=keys).order_by("id"):
        noted[row.participant_id].append(Happened(row.kind, row.at))
    replies = {row.participant_id: row for row in Reply.objects.filter(participant__in=keys).order_by("id")}
    lines = [Attended(one, standing_of(noted[one.pk]), replies.get(one.pk)) for one in people]
    return Attendance(lines, quorum_of(meeting))


def quorum_of(meeting: Meeting) -> Quorum:
    """The rule as it was kept at the opening; before that, as it stands on the day of the meeting."""
    kept = meeting.quorum_kept
    if kept:
        return Quorum(kept["part"], kept["whole"], kept["source"], kept["is_verified"])
    return quorum_on(meeting.forum, meeting.opened_on)


def quorum_on(forum: str, day: date) -> Quorum:
    """The rule in force on a day for a body, with its source. Where nothing is in force nobody must be there."""
    try:
        said = value(QUORUM, on=day).get(forum)
    except NotInForce:
        said = None
    if not said:
        return Quorum(0, 1)
    source = quorum_source(day)
    words = ", ".join(part for part in (source.source, source.clause) if part) if source else ""
    return Quorum(int(said[0]), int(said[1]), words, bool(source and (source.trust == "V" or source.confirmed_at)))


def quorum_source(day: date) -> Parameter | None:
    """The version of the parameter in force."""
    return next((one for one in versions_of(QUORUM) if is_valid_on(day, one.valid_from, one.valid_to)), None)


def participant_of(meeting: Meeting, person_id: int | None) -> Participant | None:
    """The person's own line."""
    found = (one for one in meeting.participants.all() if one.person_id == person_id and one.left_out_at is None)
    return next(found, None)


def waiting_mandates(attendance: Attendance) -> list[Attended]:
    """Delegates that were proposed and not decided on."""
    return [
        one
        for one in attendance.lines
        if one.reply is not None and one.reply.answer == Answer.DELEGATE and one.reply.decision == Decision.OPEN
    ]
