from django.utils.translation import gettext_lazy as _

from congso.kernel.manifest.registry import Manifest
from congso.kernel.web.navigation import Group, MenuItem

MANIFEST = Manifest(
    label="catalogues",
    url_prefix="danh-muc",
    menu=(MenuItem("catalogues", _("Danh mục dùng chung"), "list", "catalogues:index", Group.ORGANIZATION, order=60),),
)
