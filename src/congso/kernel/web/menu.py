"""The shell's own entries of the menu."""

from django.utils.translation import gettext_lazy as _

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.navigation import MenuItem
from congso.kernel.web.work import waiting_for

COUNTED = 100


def waiting_count(request: OfficeRequest) -> int:
    """How many records wait for the person, counted up to a hundred."""
    return waiting_for(request.principals).order_by()[:COUNTED].count()


MENU = (
    MenuItem("home", _("Việc của tôi"), "home", "web:home", order=10, phone=1, count=waiting_count),
    MenuItem("search", _("Tìm kiếm"), "search", "web:search", order=20, phone=4),
    MenuItem("notices", _("Thông báo"), "bell", "web:notices", order=30),
)
