from django.db import models
from django.db.models import F, Q

from congso.kernel.access.principals import Role


class Grant(models.Model):
    """A role held by a person for a term, with the reason; visible like any appointment."""

    role = models.PositiveSmallIntegerField(choices=[(role.value, role.name) for role in Role])
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="grants")
    reason = models.CharField(max_length=300)
    granted_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="grant_validity"
            )
        ]

    def __str__(self) -> str:
        return f"{Role(self.role).name}: {self.person}"


class Secret(models.Model):
    """The two padded keys by which the database checks tickets and seals; one row, nobody reads it."""

    inner_pad = models.BinaryField()
    outer_pad = models.BinaryField()

    def __str__(self) -> str:
        return "access key"
