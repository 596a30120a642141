from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from congso.kernel.access.principals import Role
from congso.kernel.directory.models import Function, function_words


class Grant(models.Model):
    """A role held by a person for a term, with the reason; visible like any appointment.

    An administrator with an organization keeps its posts and people and all that stands below it; without, the whole
    directory. The other roles name no organization.
    """

    role = models.PositiveSmallIntegerField(choices=[(role.value, role.name) for role in Role])
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="grants")
    organization = models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300)
    granted_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="grant_validity"
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=True) | Q(role=Role.ADMINISTRATOR.value),
                name="only_administrators_have_an_organization",
            ),
        ]

    def __str__(self) -> str:
        return f"{Role(self.role).name}: {self.person}"


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
