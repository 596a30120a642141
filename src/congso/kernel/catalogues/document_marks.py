"""The marks on official papers, in and out alike: how urgent they are and how far they may go."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Urgency(models.IntegerChoices):
    """Degrees of urgency with the codes of edXML (office 2.3)."""

    NORMAL = 0, _("Thường")
    URGENT = 1, _("Khẩn")
    VERY_URGENT = 2, _("Thượng khẩn")
    EXPRESS = 3, _("Hỏa tốc")
    EXPRESS_TIMED = 4, _("Hỏa tốc hẹn giờ")


class Circulation(models.TextChoices):
    """Limits of circulation. They are no grades of secrecy and are allowed here (office 2.4)."""

    NONE = "", _("Không giới hạn")
    MEETING = "meeting", _("Tài liệu hội nghị")
    MEETING_RETURN = "meeting_return", _("Thu hồi sau hội nghị")
    INTERNAL = "internal", _("Lưu hành nội bộ")
