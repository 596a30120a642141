"""Personal data of the review of rights: who opened, decided, carried out, confirmed."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import work_trace

PERSONAL_DATA = (
    work_trace("rights.Campaign", "opened_by", _("Người mở đợt rà soát")),
    work_trace("rights.Decision", "decided_by", _("Người quyết định khi rà soát")),
    work_trace("rights.Decision", "done_by", _("Người thực hiện quyết định rà soát")),
    work_trace("rights.UnitReview", "confirmed_by", _("Người xác nhận rà soát của đơn vị")),
)
