from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from pgvector.django import HalfVectorField


class Entry(models.Model):
    """What search knows of one record. Everything but the two vectors is the database's copy of the record.

    It is a row of its own so that a change of state does not rewrite hundreds of index keys. `ttsv` holds the
    words of number and title and stays small; `tsv` holds these, the text, and the quarter of `day`.
    """

    record = models.OneToOneField("records.Record", primary_key=True, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=40)
    owner = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(
        "directory.Organization", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    indexed_at = models.DateTimeField()
    audience = ArrayField(models.BigIntegerField())
    ttsv = SearchVectorField()
    tsv = SearchVectorField()

    class Meta:
        indexes = [
            # Both conditions of every question meet inside one index scan. No pending list: searches would scan it.
            GinIndex(fields=["tsv", "audience"], fastupdate=False, name="search_text"),
            GinIndex(fields=["ttsv", "audience"], fastupdate=False, name="search_title"),
            models.Index(F("day").desc(), F("record").desc(), name="search_newest"),
        ]

    def __str__(self) -> str:
        return f"search entry {self.record_id}"


class TermFrequency(models.Model):
    """In which share of the records a term stands, by a sample: rare words weigh more. Nobody reads it directly."""

    term = models.TextField(primary_key=True)
    share = models.FloatField()

    def __str__(self) -> str:
        return self.term


class StoredPassage(models.Model):
    """A stretch of a record's text: a page's, or of a text that is no file's. Seen with its record.

    The audience is not copied here: who sees the record is asked at every question, so that one row changes when a
    right is taken away, not a thousand. `is_known`: its meaning is stored.
    """

    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveIntegerField()
    # No constraint: what an archive destroys is destroyed there, whatever search knew of it.
    file = models.ForeignKey(
        "files.Attachment",
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    page = models.PositiveIntegerField(null=True)
    clause = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    words = SearchVectorField()
    is_known = models.BooleanField(default=False)

    class Meta:
        db_table = "search_passage"
        constraints = [models.UniqueConstraint(fields=["record", "position"], name="one_passage_a_position")]
        indexes = [
            models.Index(F("position"), F("id").desc(), condition=Q(is_known=False), name="search_passage_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}:{self.position}"


class Meaning(models.Model):
    """The vector of a passage. Where the database has no pgvector the column is `real[]` and stays empty."""

    passage = models.OneToOneField(StoredPassage, primary_key=True, on_delete=models.CASCADE, related_name="+")
    record = models.ForeignKey("records.Record", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    embedding = HalfVectorField(dimensions=384)

    def __str__(self) -> str:
        return f"meaning of passage {self.passage_id}"


class SyllablePair(models.Model):
    """How often two syllables stand side by side with their accents, by a sample; `plain` is the pair without them.

    Questions typed without accents get them back by these. Nobody reads it directly.
    """

    pair = models.CharField(max_length=60, primary_key=True)
    plain = models.CharField(max_length=60, db_index=True)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.pair


class SavedSearch(models.Model):
    """A question somebody keeps; with `is_watching` the morning tells her what is new in it."""

    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=200)
    query = models.CharField(max_length=2000, help_text="Câu tìm và bộ lọc như trong địa chỉ trang")
    is_watching = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    seen = ArrayField(models.BigIntegerField(), default=list, help_text="Hồ sơ đã thấy ở câu tìm này")
    looked_on = models.DateField(help_text="Ngày cuối cùng đã tìm lại")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "query"], name="a_question_is_saved_once")]

    def __str__(self) -> str:
        return self.label
