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
        # One index for each thing an auditor leafs by, each in the order of the pages.
        indexes = [
            models.Index(fields=["at", "id"], name="journal_entry_when"),
            models.Index(fields=["organization_id", "at", "id"], name="journal_entry_where"),
            models.Index(fields=["actor", "at", "id"], name="journal_entry_who"),
            models.Index(fields=["act", "at", "id"], name="journal_entry_what"),
            models.Index(fields=["record_id", "at", "id"], name="journal_entry_on"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.act}"


class Seal(models.Model):
    """The place of an entry in its organization's chain: digest = SHA-256(previous digest + the entry)."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="seal")
    organization_id = models.BigIntegerField()
    position = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

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


class Key(models.Model):
    """The public half of a key that signs checkpoints; the secret half is a file outside the database.

    The statement (JSON with modulus and exponent) is signed by the key before it, the first by itself.
    """

    fingerprint = models.CharField(max_length=64, primary_key=True)
    statement = models.TextField()
    signed_by = models.CharField(max_length=64)
    signature = models.TextField()

    def __str__(self) -> str:
        return self.fingerprint[:16]


class Checkpoint(models.Model):
    """The book closed at a moment: the signed text, and what lists need of it."""

    number = models.PositiveIntegerField(primary_key=True)
    made_at = models.DateTimeField()
    entries = models.BigIntegerField(help_text="Tổng số dòng đã niêm đến lúc chốt")
    body = models.TextField()
    signature = models.TextField()

    def __str__(self) -> str:
        return f"Biên bản chốt sổ số {self.number}"


class Delivery(models.Model):
    """A checkpoint on its way to another site, and how that went."""

    class Way(models.TextChoices):
        FOLDER = "folder", "Thư mục"
        MAIL = "mail", "Thư điện tử"

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="deliveries")
    way = models.CharField(max_length=10, choices=Way)
    target = models.CharField(max_length=300)
    is_done = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    message = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "way", "target"], name="one_delivery_a_target")]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} → {self.target}"


class Verification(models.Model):
    """One reading of the whole book and what it found."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    sealed = models.BigIntegerField()
    chains = models.PositiveIntegerField()
    checkpoints = models.PositiveIntegerField()
    unsealed = models.PositiveIntegerField()
    faults = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-started_at"])]

    def __str__(self) -> str:
        return f"{self.started_at:%d/%m/%Y %H:%M}: {self.sealed}"


class ForwardedChain(models.Model):
    """How far a chain has been told to the SIEM."""

    organization_id = models.BigIntegerField(primary_key=True)
    position = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.organization_id}#{self.position}"


class Forwarding(models.Model):
    """How telling the SIEM goes; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sent = models.BigIntegerField(default=0)
    last_sent_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    message = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.sent}"
