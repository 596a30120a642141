"""Who signs besides the document's own signer, and by what dated right."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.composing import contents


class Authority(models.TextChoices):
    """By what right somebody signs (office 1.6), as a register names it."""

    OWN = contents.Authority.OWN.value, _("Ký trực tiếp (thủ trưởng)")
    ON_BEHALF = contents.Authority.ON_BEHALF.value, _("T/M: thay mặt tập thể")
    DEPUTY = contents.Authority.DEPUTY.value, _("K/T: ký thay cấp trưởng")
    BY_ORDER = contents.Authority.BY_ORDER.value, _("T/L: thừa lệnh")
    BY_MANDATE = contents.Authority.BY_MANDATE.value, _("TUQ: thừa ủy quyền")
    ACTING = contents.Authority.ACTING.value, _("Q: quyền cấp trưởng")


class CoSigner(models.Model):
    """One more signature on the paper: of another agency that issues it too (liên tịch), or beside the signer's own.

    `position`: 2 for who signs right after the document's signer. `issuer`: in whose name; another agency than the
    document's issuer also puts its seal. `agency`: instead of issuer and person, one that works outside this portal:
    its signature comes back in a file. A return clears signatures and seals; the timeline keeps that they were.
    """

    class Way(models.TextChoices):
        EMAIL = "email", _("Thư điện tử")
        FILE = "file", _("Giao tệp, đính kèm công văn")

    document = models.ForeignKey("outgoing.OutgoingDocument", on_delete=models.PROTECT, related_name="co_signers")
    position = models.PositiveSmallIntegerField()
    issuer = models.ForeignKey("directory.Organization", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("directory.Person", null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=200, blank=True, help_text="Cơ quan ngoài hệ thống, tên như in trên văn bản")
    agency_symbol = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=12, choices=Authority, blank=True)
    authority_over = models.CharField(max_length=200, blank=True)
    has_seal = models.BooleanField(default=False, help_text="Cơ quan này đóng dấu trên chữ ký này")
    signed_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True, help_text="Gửi cơ quan ngoài ký hoặc đóng dấu, lần cuối")
    sent_way = models.CharField(max_length=6, choices=Way, blank=True)
    sent_to = models.CharField(max_length=300, blank=True)
    sent_problem = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agency="", issuer__isnull=False, person__isnull=False)
                | (~Q(agency="") & Q(issuer=None, person=None)),
                name="a_co_signer_is_inside_or_outside",
            ),
            models.UniqueConstraint(fields=["document", "position"], name="one_co_signer_a_turn"),
            models.UniqueConstraint(fields=["document", "person"], name="nobody_signs_twice"),
            models.CheckConstraint(condition=Q(position__gte=2), name="a_co_signer_comes_after"),
            models.CheckConstraint(
                condition=Q(sealed_at=None) | Q(signed_at__isnull=False, has_seal=True), name="a_seal_is_on_a_signature"
            ),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"

    @property
    def key(self) -> str:
        """Of its block on the paper."""
        return str(self.position)

    @property
    def is_outside(self) -> bool:
        """Whether it signs outside this portal."""
        return bool(self.agency)

    @property
    def body(self) -> str:
        """In whose name it signs, as people call it."""
        return self.agency or str(self.issuer)


class SigningGrant(models.Model):
    """The right to sign by order (T/L) or by mandate (TUQ) for an issuer, for some types, for a term (office 1.5)."""

    issuer = models.ForeignKey("directory.Organization", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    authority = models.CharField(max_length=12, choices=Authority)
    doc_types = ArrayField(models.CharField(max_length=40), default=list, help_text="Trống: mọi tên loại")
    decision = models.CharField(max_length=300, help_text="Văn bản giao quyền ký")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
                name="signing_grant_has_a_term",
            ),
            models.CheckConstraint(condition=~Q(decision=""), name="signing_grant_has_its_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_authority_display()}"
