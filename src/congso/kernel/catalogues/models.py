from typing import Any

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from congso.kernel.directory.models import Organization, Person

LICENCE = "Được sử dụng lại tự do, kể cả cho mục đích thương mại, với điều kiện ghi nguồn."


class Catalogue(models.Model):
    """One list of codes.

    `attributes` says which facts beyond the name its items carry: `[{"key", "name", "choices"}]`; where there are
    choices (code to words), a fact is one of the codes.
    """

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    description = models.CharField(max_length=1000, blank=True)
    attributes = models.JSONField(default=list)
    keeper = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Quản trị viên của đơn vị này giữ danh mục; trống: chỉ quản trị viên chung",
    )  # fmt: skip
    is_open = models.BooleanField(default=False, help_text="Công bố làm dữ liệu mở, ai cũng đọc được")
    licence = models.CharField(max_length=300, default=LICENCE)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(licence=""), name="a_catalogue_has_a_licence")]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """The whole list as it is from a day on, by a document. A draft has no day yet."""

    class State(models.TextChoices):
        DRAFT = "draft", "Bản thảo"
        PUBLISHED = "published", "Đã ban hành"
        DROPPED = "dropped", "Đã bỏ"

    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True, help_text="Văn bản ban hành: số, ngày, cơ quan")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "number"], name="one_version_a_number"),
            models.UniqueConstraint(fields=["catalogue"], condition=Q(state="draft"), name="one_draft_a_catalogue"),
            models.UniqueConstraint(
                fields=["catalogue"],
                condition=Q(state="published", valid_to__isnull=True),
                name="one_last_version_a_catalogue",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | (Q(valid_from__isnull=False) & ~Q(source="")),
                name="published_from_a_day_by_a_document",
            ),
            # Equal days: replaced from its own first day, so it never was in force.
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="catalogue_version_validity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.catalogue}, phiên bản {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.state == self.State.DRAFT


class Item(models.Model):
    """One code of a version. `valid_to` closes it: it stays readable and is offered no more."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    parent_code = models.CharField(max_length=60, blank=True)
    place = models.PositiveIntegerField(default=0)
    attributes = models.JSONField(default=dict)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    replaced_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="one_item_a_code"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="an_item_has_code_and_name"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="catalogue_item_validity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def told(self, catalogue: Catalogue) -> list[str]:
        """Its facts in words, in the list's order."""
        shown = []
        for one in catalogue.attributes:
            value = self.attributes.get(one["key"], "")
            shown.append(str(one.get("choices", {}).get(value, value)))
        return [words for words in shown if words]

    def facts(self) -> dict[str, Any]:
        """What makes it the item it is, for comparing and copying."""
        return {
            "code": self.code, "name": self.name, "parent_code": self.parent_code, "place": self.place,
            "attributes": self.attributes, "valid_from": self.valid_from, "valid_to": self.valid_to,
            "replaced_by": self.replaced_by,
        }  # fmt: skip


class Revision(models.Model):
    """One row whose token changes with every publication, so processes know when their copy is old."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField(db_default=RandomUUID())

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_catalogues_revision")]

    def __str__(self) -> str:
        return str(self.token)
