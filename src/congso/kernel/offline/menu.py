"""The menu's entry for what this device keeps."""

from django.utils.translation import gettext_lazy as _

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.offline.policy import is_on
from congso.kernel.web.navigation import Group, MenuItem


def _is_offered(request: OfficeRequest) -> bool:
    return is_on()


MENU = (
    MenuItem(
        "offline", _("Đọc khi mất mạng"), "cloud-off", "offline:page", Group.SYSTEM, order=80, visible=_is_offered
    ),
)
