"""What the platform itself can count for plans, where no system owns the facts."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import ids_below
from congso.kernel.indicators.measures import Counted, Measure
from congso.kernel.signing.queries import signers_with_certificates


def _certified(organization: Organization, day: date) -> Counted:
    """Leaders and chiefs of office below the organization who hold a certificate of their own (plan 16, CT02).

    Nobody opens the list: whose certificate is whose is its holder's to see; each office sees its own on the page of
    certificates.
    """
    holders, signers = signers_with_certificates(ids_below(organization), day)
    return Counted(holders, signers)


MEASURES = (
    Measure(
        "signing.certified", _("Lãnh đạo, chánh văn phòng có chứng thư chữ ký số còn hiệu lực trên hệ thống"), "%",
        _certified,
    ),
)  # fmt: skip
