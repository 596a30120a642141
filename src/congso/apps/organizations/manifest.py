from django.utils.translation import gettext_lazy as _

from congso.apps.organizations.home import BLOCKS
from congso.kernel.manifest.registry import Manifest
from congso.kernel.web.navigation import Group, MenuItem

MANIFEST = Manifest(
    label="organizations",
    url_prefix="to-chuc",
    home=BLOCKS,
    menu=(MenuItem("organizations", _("Tổ chức, danh bạ"), "sitemap", "organizations:tree", Group.ORGANIZATION),),
)
