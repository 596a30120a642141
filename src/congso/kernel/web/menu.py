"""The shell's own entries of the menu."""

from django.utils.translation import gettext_lazy as _

from congso.kernel.access.principals import Role
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.work import waiting_for
from congso.kernel.web.navigation import Group, MenuItem, holds_role

COUNTED = 100


def waiting_count(request: OfficeRequest) -> int:
    """How many records wait for the person, counted up to a hundred."""
    return waiting_for(request.principals).order_by()[:COUNTED].count()


def keeps_regulations(request: OfficeRequest) -> bool:
    """Administrators confirm; those who may read everything check."""
    return holds_role(request, Role.ADMINISTRATOR, Role.READER, Role.AUDITOR)


def administers(request: OfficeRequest) -> bool:
    """Administrators decide whom to trust."""
    return holds_role(request, Role.ADMINISTRATOR)


MENU = (
    MenuItem("home", _("Việc của tôi"), "home", "web:home", order=10, phone=1, count=waiting_count),
    MenuItem("search", _("Tìm kiếm"), "search", "web:search", order=20, phone=4),
    MenuItem("notices", _("Thông báo"), "bell", "web:notices", order=30),
    MenuItem(
        "anchors", _("Gốc tin cậy"), "file-certificate", "signing:anchors", Group.SYSTEM, order=40, visible=administers
    ),
    MenuItem("signatures", _("Kiểm tra chữ ký số"), "shield-lock", "signing:check", Group.DOCUMENTS, order=80),
    MenuItem(
        "regulations", _("Quy định"), "scale", "web:regulations", Group.SYSTEM, order=30, visible=keeps_regulations
    ),
)
