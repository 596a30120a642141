from django.db import models


class TransactionIdField(models.Field):  # type: ignore[type-arg]  # takes no parameters at run time
    """PostgreSQL's xid8: the writing transaction, by which the sealer knows commit order is settled."""

    def db_type(self, connection: object) -> str:
        return "xid8"


class CurrentTransaction(models.Func):
    """The id of the running transaction."""

    template = "pg_current_xact_id()"
    output_field = TransactionIdField()


class Entry(models.Model):
    """One act. Plain values without foreign keys: it must outlive and not depend on what it tells about."""

    at = models.DateTimeField()
    organization_id = models.BigIntegerField(default=0, help_text="Chuỗi của cơ quan nào; 0 là của hệ thống")
    actor = models.CharField(max_length=40)
    actor_label = models.CharField(max_length=300)
    act = models.CharField(max_length=80)
    record_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["record_id"]), models.Index(fields=["organization_id", "id"])]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.act}"


class Seal(models.Model):
    """The place of an entry in its organization's chain: digest = SHA-256(previous digest + the entry)."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="seal")
    organization_id = models.BigIntegerField()
    position = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization_id", "position"], name="one_entry_a_position")]

    def __str__(self) -> str:
        return f"{self.organization_id}#{self.position}"


class Unsealed(models.Model):
    """The queue of the sealer: an entry and the transaction that wrote it, filled by a trigger."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="+")
    transaction = TransactionIdField(db_default=CurrentTransaction(), editable=False)

    def __str__(self) -> str:
        return f"#{self.entry_id}"
