from django.utils.translation import gettext_lazy as _

from congso.kernel.manifest.registry import Manifest
from congso.kernel.web.navigation import Group, MenuItem

MANIFEST = Manifest(
    label="rights",
    url_prefix="quyen",
    menu=(MenuItem("rights", _("Quyền, vai trò"), "shield-lock", "rights:roles", Group.SYSTEM, order=20),),
)
