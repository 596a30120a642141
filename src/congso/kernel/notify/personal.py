"""Personal data of notices: what somebody is told, and in whose name."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, Fate, PersonalData, Retention, Words


def _wish(model: str, activity: Words) -> PersonalData:
    return PersonalData(
        model,
        "person_id",
        activity=activity,
        data=(Datum("person", _("Người nhận"), fate=Fate.ERASE),),
        purpose=_("Báo việc theo cách người nhận chọn"),
        basis=Basis.DUTY,
        retention=Retention.SERVICE,
        recipients=_("Chính người nhận"),
        people=OFFICERS,
    )


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
    _wish("notify.Choice", _("Cách nhận thông báo")),
    _wish("notify.MailSettings", _("Giờ nhận thư tổng hợp, giờ yên tĩnh")),
    _wish("notify.Letter", _("Thư báo đã gửi, chờ gửi")),
    PersonalData(
        "notify.PushDevice",
        "person_id",
        activity=_("Thiết bị nhận báo qua dịch vụ đẩy"),
        data=(
            Datum("person", _("Người nhận"), fate=Fate.ERASE),
            Datum("device", _("Trình duyệt, hệ điều hành"), fate=Fate.ERASE),
            Datum("endpoint", _("Địa chỉ do dịch vụ đẩy cấp"), fate=Fate.ERASE, is_secret=True),
        ),
        purpose=_("Báo có việc mới lên thiết bị người nhận chọn, không kèm nội dung"),
        basis=Basis.DUTY,
        retention=Retention.SHORT,
        recipients=_("Chính người nhận; dịch vụ đẩy của hãng trình duyệt biết thiết bị nhận tin lúc nào"),
        people=OFFICERS,
    ),
)
