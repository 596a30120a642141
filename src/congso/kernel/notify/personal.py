"""Personal data of notices: what somebody is told, and in whose name."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, Fate, PersonalData, Retention

PERSONAL_DATA = (
    PersonalData(
        "notify.Notice",
        "person_id",
        activity=_("Thông báo"),
        data=(
            Datum("person", _("Người nhận"), fate=Fate.ERASE),
            Datum("text", _("Nội dung thông báo"), fate=Fate.ERASE),
            Datum("sender", _("Người gửi"), fate=Fate.ERASE),
        ),
        purpose=_("Báo việc mới, nhắc việc"),
        basis=Basis.DUTY,
        retention=Retention.SERVICE,
        recipients=_("Chính người nhận"),
        people=OFFICERS,
    ),
)
