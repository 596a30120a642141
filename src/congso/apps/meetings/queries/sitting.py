"""What happens while a body sits."""

from congso.apps.meetings.models import Event, Meeting, Opinion, Speech, SpeechState


def queue_of(meeting: Meeting) -> list[Speech]:
    """Who speaks and who waits to, in the order they asked; who speaks first."""
    found = Speech.objects.filter(meeting=meeting.pk, state__in=(SpeechState.SPEAKING, SpeechState.WAITING))
    rows = found.select_related("participant").order_by("asked_at", "id")[:200]
    return sorted(rows, key=lambda one: one.state != SpeechState.SPEAKING)


def opinions_of(meeting: Meeting) -> list[Opinion]:
    """What was said and written, in order."""
    return list(Opinion.objects.filter(meeting=meeting.pk).order_by("item_id", "id")[:2000])


def latest_events(meeting: Meeting, number: int = 12) -> list[Event]:
    """The newest first."""
    return list(Event.objects.filter(meeting=meeting.pk).order_by("-id")[:number])
