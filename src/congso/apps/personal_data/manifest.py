from django.utils.translation import gettext_lazy as _

from congso.apps.personal_data.flow.breaches import BREACHES
from congso.apps.personal_data.flow.requests import REQUESTS
from congso.apps.personal_data.models import BREACH, REQUEST, Breach, SubjectRequest
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem

MANIFEST = Manifest(
    label="personal_data",
    record_types=(
        RecordType(REQUEST, _("Yêu cầu về dữ liệu cá nhân"), SubjectRequest, "personal_data:request", "hand-stop"),
        RecordType(BREACH, _("Sự cố dữ liệu cá nhân"), Breach, "personal_data:breach", "alert-triangle"),
    ),
    flows=(REQUESTS, BREACHES),
    url_prefix="du-lieu-ca-nhan",
    menu=(
        MenuItem("personal-data", _("Dữ liệu cá nhân"), "shield-lock", "personal_data:mine", Group.SYSTEM, order=20),
    ),
)
