"""Personal data of the regulations: who vouches for a number of the law."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import work_trace

PERSONAL_DATA = (
    work_trace("regulations.Parameter", "confirmed_by", _("Người xác nhận tham số")),
    work_trace("regulations.CalendarYear", "confirmed_by", _("Người xác nhận lịch nghỉ")),
)
