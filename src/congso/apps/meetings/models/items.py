from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.apps.meetings.models.meetings import Meeting
from congso.kernel.records.models import Record

ITEM_TYPE = "meeting_item"


class Item(Record):
    """One item of an agenda. On the spine: unit = who prepares, due_on = when its papers are due, files = its papers.

    Whoever has a part in the item alone does not see the meeting; what she must know of it is copied here: when and
    where, who runs it, who its members are. The copies change with the meeting, in the same transaction.
    """

    sitting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    minutes_planned = models.PositiveSmallIntegerField(default=15)
    presenter_label = models.CharField(max_length=300, blank=True, help_text="Người trình bày")
    output = models.CharField(max_length=200, blank=True, help_text="Hình thức văn bản dự kiến")
    programme_item_id = models.BigIntegerField(null=True, help_text="Nội dung của chương trình công tác")
    is_withdrawn_after = models.BooleanField(default=False, help_text="Thu hồi tài liệu sau cuộc họp")
    meets_as = models.CharField(max_length=1000)
    meets_at = models.DateTimeField()
    meets_in = models.CharField(max_length=300, blank=True)
    running_ids: Any = ArrayField(models.BigIntegerField(), default=list, help_text="Chủ trì, thư ký")
    member_ids: Any = ArrayField(models.BigIntegerField(), default=list, help_text="Người dự họp")
    late_waived_at = models.DateTimeField(null=True, blank=True)
    late_waived_reason = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    seconds_used = models.PositiveIntegerField(default=0, help_text="Đã dùng, không kể lần đang chạy")
    summary = models.TextField(max_length=20_000, blank=True, help_text="Diễn biến do thư ký ghi")

    class Meta:
        indexes = [models.Index(fields=["sitting", "position"], name="items_of_a_meeting")]

    def __str__(self) -> str:
        return self.title


class Guest(models.Model):
    """Somebody invited to one item. With an account she sees that item; without one her name is on the paper alone."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="guests")
    person = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=300)
    came_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "label"], name="a_guest_of_an_item_once")]

    def __str__(self) -> str:
        return self.label


class Paper(models.Model):
    """A paper of an item; its newest version is the one to read, the others stay."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "title"], name="a_paper_of_an_item_once")]

    def __str__(self) -> str:
        return self.title


class PaperVersion(models.Model):
    """A file of a paper as it was handed in. `is_late`: after the day papers were due."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    attachment = models.ForeignKey("files.Attachment", on_delete=models.PROTECT, related_name="+")
    is_late = models.BooleanField(default=False)
    by_label = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="one_version_a_number_of_a_paper")]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.number}"


class PaperNote(models.Model):
    """What a reader writes or marks on a page of a paper; nobody else ever sees it, administrators neither.

    A mark is a box on the page, in percent of it from its upper left corner; its words may be empty.
    """

    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    page = models.PositiveIntegerField(default=0, help_text=_("0: cả tài liệu"))
    text = models.TextField(max_length=5000, blank=True)
    at = models.DateTimeField()
    mark_x = models.FloatField(null=True, blank=True)
    mark_y = models.FloatField(null=True, blank=True)
    mark_width = models.FloatField(null=True, blank=True)
    mark_height = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["page", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mark_x=None, mark_y=None, mark_width=None, mark_height=None)
                | Q(
                    mark_x__range=(0, 100),
                    mark_y__range=(0, 100),
                    mark_width__gt=0,
                    mark_height__gt=0,
                    page__gt=0,
                    mark_x__isnull=False,
                    mark_y__isnull=False,
                    mark_width__isnull=False,
                    mark_height__isnull=False,
                ),
                name="a_mark_is_a_box_on_a_page",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(mark_x__isnull=False), name="a_note_without_a_mark_has_words"
            ),
        ]
        indexes = [models.Index(fields=["person", "version"], name="paper_notes_of_a_reader")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_mark(self) -> bool:
        """Whether it stands at a place of its page."""
        return self.mark_x is not None
