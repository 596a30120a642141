from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.kernel.records.models import Record

RECORD_TYPE = "meeting"


class Forum(models.TextChoices):
    """Which body sits (office 7.1); values as in working programmes."""

    COMMITTEE = "BCH", _("Ban Chấp hành")
    STANDING = "BTV", _("Ban Thường vụ")
    PERMANENT = "TT", _("Thường trực")
    AGENCY = "CQ", _("Cơ quan, đơn vị")


class MeetingKind(models.TextChoices):
    """What kind of sitting it is; an extraordinary one need not be called days before."""

    REGULAR = "regular", pgettext_lazy("meeting", "Thường kỳ")
    EXTRAORDINARY = "extraordinary", _("Bất thường")
    THEMATIC = "thematic", _("Chuyên đề")
    ENLARGED = "enlarged", _("Mở rộng")
    WORKING = "working", _("Làm việc")


class Meeting(Record):
    """One sitting. On the spine: owner = the body that sits, opened_on = the day it sits.

    `quorum_kept` stands still from the opening: the rule with its source, who there was. `minutes_kept` from the
    secretary's confirmation: the minutes as they were confirmed.
    """

    forum = models.CharField(max_length=3, choices=Forum, default=Forum.STANDING)
    kind = models.CharField(max_length=13, choices=MeetingKind, default=MeetingKind.REGULAR)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300, blank=True)
    room_key = models.CharField(max_length=40, blank=True, help_text="Tên phòng họp trực tuyến; trống: không có")
    chair = models.ForeignKey(
        "directory.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Chủ trì"
    )
    chair_label = models.CharField(max_length=300, blank=True)
    secretary = models.ForeignKey(
        "directory.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Thư ký"
    )
    secretary_label = models.CharField(max_length=300, blank=True)
    note = models.TextField(max_length=3000, blank=True, help_text="Mục đích, yêu cầu")
    sat_from = models.DateTimeField(null=True, blank=True)
    sat_until = models.DateTimeField(null=True, blank=True)
    quorum_kept: Any = models.JSONField(default=dict)
    opening_words = models.TextField(max_length=5000, blank=True, help_text="Biên bản: phần mở đầu")
    closing_words = models.TextField(max_length=5000, blank=True, help_text="Biên bản: phần kết thúc")
    minutes_kept: Any = models.JSONField(default=list)
    circulated_at = models.DateTimeField(null=True, blank=True)
    secretary_signed_at = models.DateTimeField(null=True, blank=True)
    minutes_file = models.ForeignKey(
        "files.Attachment", null=True, on_delete=models.PROTECT, related_name="+", help_text="Bản in biên bản để ký số"
    )
    minutes_places: Any = models.JSONField(default=dict, help_text="Chỗ ký của thư ký, chủ trì trên bản in")
    secretary_key_at = models.DateTimeField(null=True, blank=True, help_text="Thư ký đã ký số")
    notice = models.ForeignKey(
        "records.Record", null=True, on_delete=models.PROTECT, related_name="+", help_text="Thông báo kết luận"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_meeting_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(sat_until__isnull=True) | Q(sat_from__isnull=False), name="a_sitting_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="meetings_by_time")]

    def __str__(self) -> str:
        return self.title
