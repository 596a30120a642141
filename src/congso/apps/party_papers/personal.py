"""Personal data of Party documents: who confirmed a relation."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Datum, NotPersonal, work_trace

PERSONAL_DATA = (
    work_trace(
        "party_papers.Proposal", "decided_by", _("Người xác nhận quan hệ"), Datum("decided_label", _("Tên, chức vụ"))
    ),
    NotPersonal("party_papers.PartyPaper", "signer_words", "the signer as printed on a published official paper"),
    NotPersonal("party_papers.Edition", "signer_words", "the signer as printed on a published official paper"),
)
