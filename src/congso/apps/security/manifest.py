from django.utils.translation import gettext_lazy as _

from congso.apps.security.queries import audits
from congso.kernel.manifest.registry import Manifest
from congso.kernel.web.navigation import Group, MenuItem

MANIFEST = Manifest(
    label="security",
    url_prefix="an-toan",
    menu=(
        MenuItem("security", _("Nhật ký"), "shield-lock", "security:entries", Group.SYSTEM, order=40, visible=audits),
    ),
)
