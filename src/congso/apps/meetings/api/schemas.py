"""What the REST of meetings takes and gives."""

from datetime import datetime

from ninja import Field, Schema

from congso.apps.meetings.models import Answer, PresenceKind


class MeetingListIn(Schema):
    """What narrows the list."""

    state: str = ""
    mine: bool = False


class MeetingOut(Schema):
    """A meeting as lists give it."""

    id: int
    state: str
    title: str
    forum: str
    kind: str
    owner: int = Field(alias="owner_id")
    starts_at: datetime
    ends_at: datetime
    place: str
    chair: str = Field(alias="chair_label")
    secretary: str = Field(alias="secretary_label")


class MeetingPaperVersionOut(Schema):
    """A version of a paper; `file` is empty once the papers were withdrawn. It is read at `url`."""

    id: int
    number: int
    name: str
    file: int | None
    url: str
    sha256: str
    is_late: bool
    at: datetime


class MeetingPaperOut(Schema):
    """A paper, its newest version first."""

    id: int
    title: str
    versions: list[MeetingPaperVersionOut]


class MeetingItemOut(Schema):
    """An item of the agenda as whoever sees it reads it."""

    id: int
    position: int
    title: str
    state: str
    minutes_planned: int
    presenter: str
    preparer: int | None
    papers_due_on: str
    output: str
    papers: list[MeetingPaperOut]


class MeetingItemDetailOut(MeetingItemOut):
    """An item by itself: all a guest of it sees. `acts` may be done now."""

    meeting_title: str
    meets_at: datetime
    meets_in: str
    guests: list[str]
    acts: list[str]


class AttendanceLineOut(Schema):
    """One who is convened; `answer` is told to her and to who runs the meeting."""

    participant: int
    label: str
    capacity: str
    is_voting: bool
    answer: str
    is_present: bool
    came_at: datetime | None
    left_at: datetime | None


class MeetingDetailOut(MeetingOut):
    """All of a meeting: its agenda, who is convened, the quorum in words with its source."""

    note: str
    sat_from: datetime | None
    sat_until: datetime | None
    agenda: list[MeetingItemOut]
    attendance: list[AttendanceLineOut]
    quorum: str
    quorum_source: str
    is_quorate: bool
    acts: list[str]


class MeetingReplyIn(Schema):
    """The answer to an invitation; an absence has a reason, who sits in for one has a mandate."""

    answer: Answer
    reason: str = Field("", max_length=500)
    delegate: int | None = None
    mandate: str = Field("", max_length=500)


class PresenceIn(Schema):
    """Somebody came, left, or was noted by mistake; at another hour than now with the reason."""

    participant: int
    kind: PresenceKind
    when: datetime | None = None
    reason: str = Field("", max_length=500)


class MeetingOpinionIn(Schema):
    """What was said on an item: one's own words, or, by who runs the meeting, those of `speaker` (a participant)."""

    item: int
    text: str = Field(max_length=10_000)
    speaker: int | None = None


class MeetingOpinionChangeIn(Schema):
    """An opinion in better words."""

    text: str = Field(max_length=10_000)


class MeetingOpinionOut(Schema):
    """An opinion as the minutes have it."""

    id: int
    item: int = Field(alias="item_id")
    speaker: str = Field(alias="speaker_label")
    text: str
    written_by: str = Field(alias="by_label")
    at: datetime
