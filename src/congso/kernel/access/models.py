from datetime import date, datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from congso.kernel.access.principals import Role
from congso.kernel.directory.models import Function, function_words

ROLE_NAMES = {
    Role.READER: "Được đọc toàn bộ",
    Role.ADMINISTRATOR: "Quản trị toàn hệ thống",
    Role.AUDITOR: "Soát xét nhật ký",
}


def role_name(role: int, organization_id: int | None = None) -> str:
    """A role as people call it; an administrator of one organization is called otherwise."""
    return "Quản trị một cơ quan" if organization_id else ROLE_NAMES[Role(role)]


class Grant(models.Model):
    """A role held by a person for a term, with the reason; visible like any appointment.

    An administrator with an organization keeps its posts and people and all that stands below it; without, the whole
    directory. The other roles name no organization. Two people begin a grant (`GrantRequest`), or the operator at the
    server's terminal, whose name is `operator`.
    """

    role = models.PositiveSmallIntegerField(choices=[(role.value, role.name) for role in Role])
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="grants")
    organization = models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300)
    decision = models.CharField(max_length=120, blank=True, db_default="", help_text="Số, ngày văn bản quyết định")
    granted_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    operator = models.CharField(
        max_length=120, blank=True, db_default="", help_text="Người vận hành đồng ý tại máy chủ"
    )
    ended_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            # An end equal to the beginning: revoked on its first day.
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="grant_validity"
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=True) | Q(role=Role.ADMINISTRATOR.value),
                name="only_administrators_have_an_organization",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_name}: {self.person}"

    @property
    def role_name(self) -> str:
        """The role as people call it."""
        return role_name(self.role, self.organization_id)

    @property
    def last_day(self) -> date | None:
        """The last day of the term, as people say it."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


class Answered(models.Model):
    """What one person asks for and another one answers; after `expires_at` nobody can agree any more."""

    class State(models.TextChoices):
        ASKED = "asked", "Chờ người thứ hai"
        AGREED = "agreed", "Đã đồng ý"
        REFUSED = "refused", "Từ chối"
        WITHDRAWN = "withdrawn", "Đã rút"

    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def is_open(self, at: datetime) -> bool:
        """Whether somebody may still answer."""
        return self.state == self.State.ASKED and at < self.expires_at

    def standing(self, at: datetime) -> str:
        """The state in words; what nobody answered in time is told so."""
        if self.state == self.State.ASKED and at >= self.expires_at:
            return "Hết hạn, không ai trả lời"
        return str(self.get_state_display())


class GrantRequest(Answered):
    """One administrator proposes a role for somebody; it begins when another one agrees. Written by functions alone."""

    role = models.PositiveSmallIntegerField(choices=[(role.value, role.name) for role in Role])
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    grant = models.OneToOneField(Grant, null=True, on_delete=models.PROTECT, related_name="request")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="grant_request_validity"),
            models.CheckConstraint(condition=~Q(asked_by=F("person")), name="nobody_proposes_herself"),
            models.CheckConstraint(
                condition=Q(organization__isnull=True) | Q(role=Role.ADMINISTRATOR.value),
                name="only_administration_is_asked_for_an_organization",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | (~Q(answered_by=F("asked_by")) & ~Q(answered_by=F("person")))
                | Q(state="withdrawn"),
                name="a_grant_takes_another_person",
            ),
        ]
        indexes = [models.Index(fields=["state", "-asked_at"])]

    def __str__(self) -> str:
        return f"{self.role_name}: {self.person}"

    @property
    def role_name(self) -> str:
        """The role as people call it."""
        return role_name(self.role, self.organization_id)

    @property
    def last_day(self) -> date:
        """The last day of the proposed term."""
        return self.valid_to - timedelta(days=1)


class Opening(Answered):
    """Sight for some hours of one record, or of an organization's records, for who sees neither (“mở khẩn cấp”).

    `number` is what the asking person wrote: whether such a record exists she learns only when it is opened. Sight
    alone: it is never among who may act. Written by functions alone; ends by itself.
    """

    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80, blank=True, help_text="Trống: mọi hồ sơ của cơ quan")
    record_id = models.BigIntegerField(null=True, help_text="Hồ sơ được mở, sau khi người thứ hai đồng ý")
    hours = models.PositiveSmallIntegerField()
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True, help_text="Đã báo cáo cho cơ quan có hồ sơ")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")) | Q(state="withdrawn"),
                name="an_opening_takes_another_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(begins_at__isnull=False, ends_at__isnull=False),
                name="an_opening_has_an_end",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "ends_at"]),
            models.Index(fields=["organization", "-asked_at"]),
            models.Index(fields=["record_id"], condition=Q(record_id__isnull=False), name="opening_record"),
        ]

    def __str__(self) -> str:
        return f"{self.number or 'Mọi hồ sơ'}, {self.organization}"

    def is_running(self, at: datetime) -> bool:
        """Whether it gives sight at the moment."""
        return self.begins_at is not None and self.ends_at is not None and self.begins_at <= at < self.ends_at

    def standing(self, at: datetime) -> str:
        """The state in words."""
        if self.ends_at is not None:
            return "Đang mở" if self.is_running(at) else "Đã đóng"
        return super().standing(at)


class OpeningUse(models.Model):
    """What was opened under an opening, one line for each look; written when it happens."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="uses")
    at = models.DateTimeField()
    record_id = models.BigIntegerField()
    number = models.CharField(max_length=80, blank=True)
    path = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["opening", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.number}"


class Delegation(models.Model):
    """For a period the person stands in for whoever holds the post: she sees and does what the post's chosen functions
    do, and what she does is signed “X thay Y”. Everybody sees who stands in for whom.
    """

    class Kind(models.TextChoices):
        ABSENCE = "absence", "Thay khi vắng mặt"
        DELEGATION = "delegation", "Ủy quyền"

    post = models.ForeignKey("directory.Post", on_delete=models.PROTECT, related_name="delegations")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="delegations")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DELEGATION)
    functions = ArrayField(models.CharField(max_length=20, choices=Function))
    reason = models.CharField(max_length=300)
    given_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            # An end equal to the beginning: revoked before it began.
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="delegation_validity"),
            models.CheckConstraint(condition=~Q(functions=[]), name="a_delegation_lends_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_delegation_has_a_reason"),
        ]
        indexes = [models.Index(fields=["person", "valid_to"]), models.Index(fields=["post", "valid_to"])]

    def __str__(self) -> str:
        return f"{self.person} thay {self.post}"

    @property
    def last_day(self) -> date:
        """The last day of standing in, as people say it."""
        return self.valid_to - timedelta(days=1)

    @property
    def work(self) -> str:
        """The lent functions in words."""
        return function_words(self.functions)


class Secret(models.Model):
    """The two padded keys by which the database checks tickets and seals; one row, nobody reads it."""

    inner_pad = models.BinaryField()
    outer_pad = models.BinaryField()

    def __str__(self) -> str:
        return "access key"
