from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.meetings.models.attending import Participant
from congso.apps.meetings.models.items import Item
from congso.apps.meetings.models.meetings import Meeting


class SpeechState(models.TextChoices):
    """How far a request to speak is."""

    WAITING = "waiting", _("Chờ phát biểu")
    SPEAKING = "speaking", _("Đang phát biểu")
    DONE = "done", _("Đã phát biểu")
    DROPPED = "dropped", _("Đã rút")


class Speech(models.Model):
    """A request to speak on an item: waits, is called, speaks. One at a time speaks in a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="speeches")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="speeches")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="speeches")
    state = models.CharField(max_length=8, choices=SpeechState, default=SpeechState.WAITING)
    about = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="speaking"), name="one_speaks_at_a_time"),
            models.UniqueConstraint(
                fields=["item", "participant"], condition=Q(state="waiting"), name="one_waiting_request_a_speaker"
            ),
        ]
        indexes = [models.Index(fields=["meeting", "state"], name="speeches_of_a_meeting")]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.state}"


class Opinion(models.Model):
    """What somebody said or wrote on an item; written by the secretary or by the member herself."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="opinions")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="opinions")
    participant = models.ForeignKey(Participant, null=True, on_delete=models.PROTECT, related_name="+")
    speaker_label = models.CharField(max_length=300)
    text = models.TextField(max_length=10_000)
    by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["meeting", "item"], name="opinions_of_a_meeting")]

    def __str__(self) -> str:
        return self.text[:60]


class EventKind(models.TextChoices):
    """What an event of a sitting is about."""

    MEETING = "meeting", pgettext_lazy("record", "Cuộc họp")
    ITEM = "item", _("Chương trình")
    PRESENCE = "presence", _("Điểm danh")
    SPEECH = "speech", _("Phát biểu")
    OPINION = "opinion", _("Ý kiến")
    VOTE = "vote", pgettext_lazy("record", "Biểu quyết")
    MINUTES = "minutes", _("Biên bản")


class Event(models.Model):
    """Something happened. Rows are added alone, so how many there are says whether a page is up to date."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=8, choices=EventKind)
    words = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["meeting", "id"], name="events_of_a_meeting")]

    def __str__(self) -> str:
        return self.words
