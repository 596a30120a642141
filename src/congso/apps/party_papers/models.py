from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.records.models import Record

RECORD_TYPE = "party_paper"


class Readers(models.TextChoices):
    """Whom an edition is for."""

    PUBLIC = "public", _("Mọi người")
    PARTY = "party", _("Cơ quan, tổ chức đảng")
    LISTED = "listed", _("Cơ quan được ghi tên")


class BondKind(models.TextChoices):
    """How one paper acts on another, in words; the keys are those of `rules.Bond`."""

    AMENDS = "amends", _("Sửa đổi, bổ sung")
    REPLACES = "replaces", _("Thay thế")
    ABOLISHES = "abolishes", _("Bãi bỏ")
    GUIDES = "guides", _("Hướng dẫn, cụ thể hóa")
    CITES = "cites", _("Căn cứ")


class PartyPaper(Record):
    """A Party document on its way to publication. On the spine: number = its symbol, title = its abstract, owner = who
    publishes it, opened_on = the day it was issued."""

    document_type = models.CharField(max_length=60, help_text="Tên loại: Nghị quyết, Chỉ thị, Quy định …")
    issuer_name = models.CharField(max_length=300, help_text="Cơ quan ban hành")
    signer_words = models.CharField(max_length=300, blank=True, help_text="Chức vụ, người ký như in trên văn kiện")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True, help_text="Hết thời hạn ghi trong chính văn kiện")
    volume = models.CharField(max_length=200, blank=True, help_text="Tập văn kiện, nhiệm kỳ")
    readers = models.CharField(max_length=8, choices=Readers, default=Readers.PARTY)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gt=F("effective_from")), name="paper_effect"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class ListedBody(models.Model):
    """A body that may read a paper meant for listed ones."""

    paper = models.ForeignKey(PartyPaper, on_delete=models.PROTECT, related_name="listed_bodies")
    organization = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "organization"], name="a_body_is_listed_once")]

    def __str__(self) -> str:
        return str(self.organization)


class Proposal(models.Model):
    """A relation read from the text or written by a person, to be confirmed or dropped before publication."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Chờ xem")
        CONFIRMED = "confirmed", _("Đã xác nhận")
        DROPPED = "dropped", _("Đã bỏ")

    paper = models.ForeignKey(PartyPaper, on_delete=models.PROTECT, related_name="proposals")
    bond = models.CharField(max_length=10, choices=BondKind)
    target = models.ForeignKey("Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    target_symbol = models.CharField(max_length=120)
    source_anchor = models.CharField(max_length=120, blank=True)
    target_anchor = models.CharField(max_length=120, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    quote = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    decided_by = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    decided_label = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_decided_proposal_has_its_maker",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_bond_display()} {self.target_symbol}"


class Edition(models.Model):
    """What is published of a paper: whole, never rewritten. `readers` says for whom; `bodies` are the listed ones."""

    paper = models.OneToOneField(PartyPaper, on_delete=models.PROTECT, related_name="edition")
    symbol = models.CharField(max_length=120)
    symbol_key = models.CharField(max_length=120, db_index=True)
    title = models.CharField(max_length=1000)
    document_type = models.CharField(max_length=60)
    issuer_name = models.CharField(max_length=300)
    signer_words = models.CharField(max_length=300, blank=True)
    issued_on = models.DateField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    volume = models.CharField(max_length=200, blank=True)
    readers = models.CharField(max_length=8, choices=Readers)
    bodies = ArrayField(models.BigIntegerField(), default=list)
    words = SearchVectorField(help_text="Chữ để tìm, không dấu")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-issued_on", "-id"], name="edition_newest"),
            models.Index(fields=["volume", "issued_on"], name="edition_volume"),
            GinIndex(fields=["words"], name="edition_words"),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}".strip()


class EditionPassage(models.Model):
    """A chapter, article or clause of an edition with its address."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="passages")
    position = models.PositiveIntegerField()
    anchor = models.CharField(max_length=120)
    label = models.CharField(max_length=300, blank=True)
    depth = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "anchor"], name="one_passage_an_anchor"),
            models.UniqueConstraint(fields=["edition", "position"], name="one_passage_a_place"),
        ]

    def __str__(self) -> str:
        return self.label or self.anchor


class Relation(models.Model):
    """One edition acts on another from a day on: its whole, or the passage named. Confirmed by a person, never
    changed.
    """

    source = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="relations_out")
    target = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="relations_in")
    target_symbol = models.CharField(max_length=120)
    bond = models.CharField(max_length=10, choices=BondKind)
    source_anchor = models.CharField(max_length=120, blank=True)
    target_anchor = models.CharField(max_length=120, blank=True)
    effective_on = models.DateField()
    quote = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["effective_on", "id"]
        constraints = [models.CheckConstraint(condition=~Q(source=F("target")), name="no_paper_acts_on_itself")]
        indexes = [models.Index(fields=["target", "effective_on"])]

    def __str__(self) -> str:
        return f"{self.get_bond_display()} {self.target_symbol}"
