"""Asking to speak, being called, speaking; opinions said and written."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from congso.apps.meetings.models import EventKind, Item, Meeting, Opinion, Participant, Speech, SpeechState
from congso.apps.meetings.queries import participant_of
from congso.apps.meetings.services.moving import happened, journal, moving
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.queries import title_of
from congso.kernel.workflow.services import NotYours, Refused, WrongState
from congso.lib.languages import in_vietnamese

NOT_OPEN = "Cuộc họp chưa khai mạc hoặc đã bế mạc."


@transaction.atomic
@in_vietnamese()
def ask_to_speak(meeting: Meeting, item: Item, *, about: str = "", by: Actor, at: datetime) -> Speech:
    """Join the queue on an item. Pressed twice one waits once. Raises NotYours, WrongState."""
    own = _own(meeting, by)
    if item.sitting_id != meeting.pk or item.state not in ("released", "running"):
        raise WrongState("Chỉ đăng ký phát biểu ở nội dung chưa họp xong.")
    try:
        with transaction.atomic():
            made = Speech.objects.create(
                meeting_id=meeting.pk, item_id=item.pk, participant=own, about=about.strip()[:300], asked_at=at
            )
    except IntegrityError:
        return Speech.objects.get(item=item.pk, participant=own, state=SpeechState.WAITING)
    happened(meeting, EventKind.SPEECH, f"{own.label} đăng ký phát biểu", at=at)
    return made


@transaction.atomic
@in_vietnamese()
def drop_request(meeting: Meeting, speech: Speech, *, by: Actor, at: datetime) -> None:
    """Leave the queue: one's own request, or any by who runs the meeting."""
    own = speech.participant.person_id == by.person_id
    if not own and not current_principals() & set(meeting.handlers):
        raise NotYours("Bạn chỉ rút được đăng ký của mình.")
    dropped = Speech.objects.filter(pk=speech.pk, meeting=meeting.pk, state=SpeechState.WAITING)
    if not dropped.update(state=SpeechState.DROPPED):
        raise WrongState("Đăng ký này đã được mời phát biểu hoặc đã rút.")
    happened(meeting, EventKind.SPEECH, f"{speech.participant.label} rút đăng ký phát biểu", at=at)


def call_speaker(meeting: Meeting, speech: Speech, *, by: Actor, at: datetime) -> None:
    """The chair gives the word; who was speaking has ended. Pressed twice it is given once."""
    with moving(meeting, "call", by=by, at=at) as move:
        fresh = Speech.objects.select_related("participant").filter(pk=speech.pk, meeting=meeting.pk).first()
        if fresh is None or fresh.state in (SpeechState.DONE, SpeechState.DROPPED):
            raise WrongState("Đăng ký này đã kết thúc hoặc đã rút.")
        move.label = f"Mời phát biểu: {fresh.participant.label}"[:200]
        if fresh.state == SpeechState.WAITING:
            _end(meeting, at)
            Speech.objects.filter(pk=fresh.pk).update(state=SpeechState.SPEAKING, called_at=at)
        move.facts |= {"speech": fresh.pk}


def end_speech(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Who was speaking has ended."""
    with moving(meeting, "call", by=by, at=at) as move:
        _end(meeting, at)
        move.label = "Kết thúc lượt phát biểu"


@transaction.atomic
@in_vietnamese()
def write_opinion(
    meeting: Meeting, item: Item, text: str, *, speaker: Participant | None = None, by: Actor, at: datetime
) -> Opinion:
    """Keep what was said: one's own, or, by who runs the meeting, what `speaker` said. Raises NotYours, Refused."""
    words = text.strip()[:10_000]
    if not words or by.person_id is None:
        raise Refused("Hãy viết nội dung ý kiến.")
    if item.sitting_id != meeting.pk or item.state in ("planned", "dropped"):
        raise WrongState("Nội dung này chưa được đưa ra họp.")
    runs = bool(current_principals() & set(meeting.handlers))
    if speaker is None or speaker.person_id == by.person_id:
        speaker = participant_of(meeting, by.person_id) if runs else _own(meeting, by)
    elif not runs:
        raise NotYours("Bạn chỉ ghi được ý kiến của mình.")
    if meeting.state not in ("open", "closed") or meeting.secretary_signed_at is not None:
        raise WrongState(NOT_OPEN)
    label = title_of(by.person_id, timezone.localdate(at))[:300]
    made = Opinion.objects.create(
        meeting_id=meeting.pk, item_id=item.pk, participant=speaker, speaker_label=speaker.label if speaker else label,
        text=words, by_id=by.person_id, by_label=label, at=at,
    )  # fmt: skip
    journal(meeting, "opinion", label=label, by=by, at=at, item=item.pk, opinion=made.pk)
    happened(meeting, EventKind.OPINION, f"Ý kiến của {made.speaker_label}", at=at)
    return made


@transaction.atomic
@in_vietnamese()
def change_opinion(meeting: Meeting, opinion: Opinion, text: str, *, by: Actor, at: datetime) -> None:
    """Say it better; who wrote it, until the minutes are confirmed."""
    words = text.strip()[:10_000]
    if not words:
        raise Refused("Hãy viết nội dung ý kiến.")
    if meeting.state not in ("open", "closed") or meeting.secretary_signed_at is not None:
        raise WrongState("Biên bản đã chốt nên không sửa được ý kiến.")
    if not Opinion.objects.filter(pk=opinion.pk, by=by.person_id).update(text=words, at=at):
        raise NotYours("Chỉ người ghi sửa được ý kiến này.")
    label = title_of(by.id, timezone.localdate(at))[:300]
    journal(meeting, "opinion_changed", label=label, by=by, at=at, opinion=opinion.pk, before=opinion.text[:2000])
    happened(meeting, EventKind.OPINION, f"Sửa ý kiến của {opinion.speaker_label}", at=at)


def _own(meeting: Meeting, by: Actor) -> Participant:
    own = participant_of(meeting, by.person_id)
    if own is None:
        raise NotYours("Bạn không có trong thành phần cuộc họp này.")
    if meeting.state != "open":
        raise WrongState(NOT_OPEN)
    return own


def _end(meeting: Meeting, at: datetime) -> None:
    running = Speech.objects.filter(meeting=meeting.pk, state=SpeechState.SPEAKING)
    running.update(state=SpeechState.DONE, ended_at=at)
