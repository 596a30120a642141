from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F


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
