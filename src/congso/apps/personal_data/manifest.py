from django.utils.translation import gettext_lazy as _

from congso.apps.personal_data.flow.assessments import ASSESSMENTS
from congso.apps.personal_data.flow.breaches import BREACHES
from congso.apps.personal_data.flow.requests import REQUESTS
from congso.apps.personal_data.models import ASSESSMENT, BREACH, REQUEST, Assessment, Breach, SubjectRequest
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem

MANIFEST = Manifest(
    label="personal_data",
    record_types=(
        RecordType(REQUEST, _("Yêu cầu về dữ liệu cá nhân"), SubjectRequest, "personal_data:request", "hand-stop"),
        RecordType(BREACH, _("Sự cố dữ liệu cá nhân"), Breach, "personal_data:breach", "alert-triangle"),
        RecordType(
            ASSESSMENT, _("Hồ sơ đánh giá tác động xử lý dữ liệu"), Assessment, "personal_data:assessment", "scale"
        ),
    ),
    flows=(REQUESTS, BREACHES, ASSESSMENTS),
    url_prefix="du-lieu-ca-nhan",
    menu=(
        MenuItem("personal-data", _("Dữ liệu cá nhân"), "shield-lock", "personal_data:mine", Group.SYSTEM, order=20),
    ),
)
