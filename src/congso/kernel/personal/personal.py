"""The access log is itself about people: who looked, and at whom."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, Fate, PersonalData, Retention, Words


def _log(subject: str, activity: Words, *data: Datum) -> PersonalData:
    return PersonalData(
        "personal.Disclosure",
        subject,
        activity=activity,
        data=data,
        purpose=_("Cho chủ thể dữ liệu biết ai đã xem dữ liệu của mình"),
        basis=Basis.LEGAL,
        retention=Retention.SERVICE,
        recipients=_("Chính chủ thể dữ liệu, người soát xét nhật ký"),
        people=OFFICERS,
    )


PERSONAL_DATA = (
    _log("subject_id", _("Nhật ký xem dữ liệu cá nhân: người được xem"), Datum("subject", _("Người được xem"))),
    _log(
        "viewer_id",
        _("Nhật ký xem dữ liệu cá nhân: người xem"),
        Datum("viewer", _("Người xem")),
        Datum("viewer_label", _("Tên, chức vụ người xem"), fate=Fate.REPLACE),
    ),
)
