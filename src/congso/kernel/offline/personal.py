"""Personal data of acts sent from devices: whose they were."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, Fate, PersonalData, Retention

PERSONAL_DATA = (
    PersonalData(
        "offline.SentAct",
        "person_id",
        activity=_("Việc gửi từ thiết bị sau khi mất mạng"),
        data=(
            Datum("person", _("Người gửi"), fate=Fate.ERASE),
            Datum("address", _("Trang mở ra sau khi làm xong"), fate=Fate.ERASE),
        ),
        purpose=_("Không làm một việc hai lần khi thiết bị gửi lại"),
        basis=Basis.DUTY,
        retention=Retention.SHORT,
        recipients=_("Chính người gửi"),
        people=OFFICERS,
    ),
)
