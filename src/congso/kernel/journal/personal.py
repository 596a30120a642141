"""Personal data of the journal: who did what. Its rows are chained and never rewritten (decision 0017)."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, NotPersonal, PersonalData, Retention

PERSONAL_DATA = (
    PersonalData(
        "journal.Entry",
        "actor",
        activity=_("Nhật ký hệ thống"),
        data=(
            Datum("actor", _("Mã người làm")),
            Datum("actor_label", _("Tên, chức vụ người làm vào ngày ghi")),
            Datum("facts", _("Nội dung việc đã làm")),
        ),
        purpose=_("Chứng minh việc đã xảy ra; phát hiện và điều tra sự cố an toàn thông tin"),
        basis=Basis.LEGAL,
        retention=Retention.JOURNAL,
        recipients=_("Chính người làm, người soát xét nhật ký"),
        people=OFFICERS,
    ),
    NotPersonal("journal.Key", "fingerprint", "the digest of a signing key, nobody's finger"),
)
