from django.db import models
from django.db.models import Q

from congso.kernel.records.models import Record

REQUEST = "subject_request"


class RequestKind(models.TextChoices):
    """What a person may ask for her data (91/2025/QH15, article 4)."""

    CORRECT = "correct", "Chỉnh sửa dữ liệu"
    DELETE = "delete", "Xóa dữ liệu"
    RESTRICT = "restrict", "Hạn chế xử lý"
    OBJECT = "object", "Phản đối xử lý"
    WITHDRAW = "withdraw", "Rút lại sự đồng ý"
    COPY = "copy", "Cung cấp bản sao"


class SubjectRequest(Record):
    """A request of a person about her own data; `proposed` holds new values of the directory for a correction.

    The spine's `due_on` is the next limit: first the acknowledgement's, then the answer's (`answer_due_on`).
    """

    kind = models.CharField(max_length=10, choices=RequestKind)
    subject = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    subject_label = models.CharField(max_length=300)
    text = models.TextField(max_length=5000)
    proposed = models.JSONField(default=dict)
    needs_third_party = models.BooleanField(default=False, help_text="Phải qua bên xử lý hoặc bên thứ ba")
    answer_due_on = models.DateField()
    extended_from = models.DateField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_label = models.CharField(max_length=300, blank=True)
    answer = models.TextField(max_length=5000, blank=True)
    ground = models.CharField(max_length=40, blank=True, help_text="Căn cứ từ chối")
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="an_answered_request_has_words"
            )
        ]
