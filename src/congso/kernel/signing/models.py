from datetime import datetime

from django.db import models
from django.db.models import F, Q


class Credential(models.Model):
    """A certificate somebody signs with, and where its key is. Never the key, never a PIN.

    Of a person, or of an organization (its seal, in the clerks' hands). `details` name the token and key, or the
    service and its credential, by names the operator configured.
    """

    class Provider(models.TextChoices):
        TOKEN = "token", "Thiết bị ký số (token, HSM)"
        REMOTE = "remote", "Ký số từ xa"
        SOFTWARE = "software", "Khóa phần mềm (chỉ để trình diễn)"

    class Status(models.TextChoices):
        ACTIVE = "active", "Đang dùng"
        STOPPED = "stopped", "Đã ngừng dùng"

    person = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=10, choices=Provider)
    details = models.JSONField(default=dict)
    certificate = models.TextField(help_text="PEM")
    subject = models.CharField(max_length=300)
    issuer = models.CharField(max_length=300)
    serial = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    status_reason = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(organization__isnull=False),
                name="a_credential_is_a_persons_or_an_organizations",
            ),
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(status="active"), name="a_certificate_is_in_use_once"
            ),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="a_credential_has_a_term"),
        ]
        indexes = [models.Index(fields=["person"]), models.Index(fields=["organization"])]

    def __str__(self) -> str:
        return f"{self.subject} ({self.get_provider_display()})"

    @property
    def is_demonstration(self) -> bool:
        """Whether what it signs is worth nothing in law."""
        return self.provider == self.Provider.SOFTWARE

    def days_left(self, at: datetime) -> int:
        """Whole days until the certificate ends; negative when it has."""
        return (self.valid_to - at).days


class TrustAnchor(models.Model):
    """A root whose certificates are trusted, added by an administrator with the reason. The operator's folder has more.

    `is_test`: everything below it is shown as worth nothing in law.
    """

    name = models.CharField(max_length=300)
    certificate = models.TextField(help_text="PEM")
    fingerprint = models.CharField(max_length=64)
    is_test = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    added_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(withdrawn_at__isnull=True), name="an_anchor_is_trusted_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_anchor_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.name


class SignedFile(models.Model):
    """Bytes we signed or stamped again. `provable_until`: end of the last archive timestamp's certificate.

    `purpose` and `reference` say for whom (`purposes.py`); `replaced_by`: the same paper with a newer timestamp.
    """

    blob = models.OneToOneField("files.Blob", on_delete=models.PROTECT, related_name="+")
    credential = models.ForeignKey(Credential, null=True, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=80)
    provable_until = models.DateTimeField(null=True)
    replaced_by = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaces")

    class Meta:
        indexes = [
            models.Index(fields=["provable_until"], condition=Q(replaced_by__isnull=True), name="signed_files_to_renew")
        ]

    def __str__(self) -> str:
        return f"{self.purpose}:{self.reference}"


class SignaturePicture(models.Model):
    """What stands on the paper where a person signs, or an agency seals; taken back, its bytes are forgotten."""

    person = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    png = models.BinaryField(max_length=2**20)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(organization__isnull=False),
                name="a_picture_is_a_persons_or_an_organizations",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(withdrawn_at__isnull=True), name="one_picture_a_person"
            ),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(withdrawn_at__isnull=True), name="one_picture_an_organization"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization or self.person)


class Batch(models.Model):
    """Many papers to be signed with one PIN, by one person with one credential."""

    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("directory.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-made_at"])]

    def __str__(self) -> str:
        return f"#{self.pk}"


class BatchItem(models.Model):
    """One paper of a batch: what to sign, where on it, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ ký"
        SIGNED = "signed", "Đã ký"
        REFUSED = "refused", "Không ký được"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=300)
    source = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+")
    place = models.JSONField()
    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    message = models.CharField(max_length=500, blank=True)
    signed = models.ForeignKey(SignedFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_paper_a_place_of_a_batch"),
            models.CheckConstraint(
                condition=Q(state="signed", signed__isnull=False) | (~Q(state="signed") & Q(signed__isnull=True)),
                name="a_signed_item_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return self.label
