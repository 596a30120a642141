"""Personal data of jobs: who asked for long work."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, Fate, PersonalData, Retention

PERSONAL_DATA = (
    PersonalData(
        "jobs.Job",
        "person_id",
        activity=_("Công việc chạy nền"),
        data=(Datum("person", _("Người yêu cầu")), Datum("label", _("Tên công việc"), fate=Fate.ERASE)),
        purpose=_("Cho người yêu cầu biết tiến độ, kết quả"),
        basis=Basis.DUTY,
        retention=Retention.SERVICE,
        recipients=_("Chính người yêu cầu"),
        people=OFFICERS,
    ),
)
