from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.models import Record
from congso.kernel.web.navigation import Group, MenuItem, QuickAct, holds
from congso.kernel.web.offers import Offer


def _leads(request: OfficeRequest) -> bool:
    return holds(request, Function.LEADERS, Function.CHIEFS)


def _always(request: OfficeRequest, record: Record) -> bool:
    """Whatever one sees can be summed up."""
    return True


MANIFEST = Manifest(
    label="assistant",
    url_prefix="tro-ly",
    menu=(
        MenuItem("assistant", pgettext_lazy("menu", "Trợ lý"), "message-circle", "assistant:index", Group.WORK,
                 order=30),
        MenuItem(
            "assistant-briefing", _("Tổng quan cho lãnh đạo"), "bolt", "assistant:briefing", Group.DIRECTION, order=5,
            visible=_leads,
        ),
        MenuItem(
            "assistant-reports", _("Tóm tắt báo cáo"), "clipboard-text", "assistant:reports", Group.DIRECTION, order=65,
            visible=_leads,
        ),
    ),
    quick_acts=(QuickAct(_("Hỏi trợ lý"), "message-circle", "assistant:index"),),
    offers=(Offer(_("Tóm tắt"), "message-circle", "assistant:of_source", _always),),
)  # fmt: skip
