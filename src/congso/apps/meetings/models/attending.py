from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.meetings.models.meetings import Meeting


class Capacity(models.TextChoices):
    """As what somebody takes part."""

    MEMBER = "member", _("Thành viên")
    ATTENDING = "attending", _("Dự họp")
    DELEGATE = "delegate", _("Dự thay")


class Participant(models.Model):
    """Somebody convened to the whole meeting, with name and post of the day. Who sits in for a member has no vote."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=300)
    capacity = models.CharField(max_length=9, choices=Capacity, default=Capacity.MEMBER)
    is_voting = models.BooleanField(default=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="delegates")
    left_out_at = models.DateTimeField(null=True, blank=True, help_text="Đưa ra khỏi thành phần sau khi đã triệu tập")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_participant_a_person"),
            models.CheckConstraint(
                condition=Q(capacity="member") | Q(is_voting=False), name="only_members_vote_in_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(capacity="delegate", replaces__isnull=False)
                | ~Q(capacity="delegate") & Q(replaces__isnull=True),
                name="a_delegate_replaces_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Answer(models.TextChoices):
    """What somebody convened answers."""

    ATTEND = "attend", pgettext_lazy("meeting", "Dự họp")
    ABSENT = "absent", _("Xin vắng mặt")
    DELEGATE = "delegate", _("Cử người dự thay")


class Decision(models.TextChoices):
    """What became of a delegate proposed."""

    OPEN = "", _("Chờ đồng ý")
    GRANTED = "granted", _("Đồng ý")
    REFUSED = "refused", _("Không đồng ý")


class Reply(models.Model):
    """An answer to the invitation. The last of a participant stands; a mandate counts once whoever convened agreed."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="replies")
    answer = models.CharField(max_length=8, choices=Answer)
    reason = models.CharField(max_length=500, blank=True)
    delegate = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    delegate_label = models.CharField(max_length=300, blank=True)
    mandate = models.CharField(max_length=500, blank=True, help_text="Được ủy quyền những gì, giấy ủy quyền")
    at = models.DateTimeField()
    decision = models.CharField(max_length=7, choices=Decision, blank=True)
    decided_by_label = models.CharField(max_length=300, blank=True)
    decided_reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(answer="absent") | ~Q(reason=""), name="absence_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(answer="delegate") | Q(delegate__isnull=False) & ~Q(mandate=""),
                name="a_delegate_has_a_mandate",
            ),
        ]
        indexes = [models.Index(fields=["participant", "id"], name="replies_of_a_participant")]

    def __str__(self) -> str:
        return self.get_answer_display()


class PresenceKind(models.TextChoices):
    """What happened to somebody's presence."""

    CAME = "came", pgettext_lazy("meeting", "Có mặt")
    LEFT = "left", _("Ra về")
    VOID = "void", _("Ghi nhầm, không có mặt")


class Way(models.TextChoices):
    """How it was noted."""

    HAND = "hand", _("Thư ký ghi")
    CODE = "code", _("Quét mã")


class Presence(models.Model):
    """Somebody came or left at a moment. Rows are added and never altered; the last one says how it stands.

    A correction is one more row with its reason. `at` is when it happened, `noted_at` when it was written down.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="presences")
    kind = models.CharField(max_length=4, choices=PresenceKind)
    way = models.CharField(max_length=4, choices=Way)
    at = models.DateTimeField()
    noted_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    by_label = models.CharField(max_length=300)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="void") | ~Q(reason=""), name="a_voided_presence_has_a_reason"),
            models.CheckConstraint(condition=Q(way="hand") | ~Q(kind="void"), name="presence_is_voided_by_hand"),
        ]
        indexes = [models.Index(fields=["participant", "id"], name="presences_of_a_participant")]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.kind}"
