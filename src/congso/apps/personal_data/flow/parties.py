"""Who takes part: those who protect personal data in the organization that answers, and its leaders."""

from django.utils.translation import gettext_lazy as _

from congso.kernel.access.principals import Function, System, office, system
from congso.kernel.workflow.flow import Role

OFFICERS = Role(
    "officers",
    _("Người phụ trách bảo vệ dữ liệu cá nhân"),
    lambda record: {office(record.owner_id, Function.DATA_PROTECTION)},
)
HEADS = Role("heads", _("Lãnh đạo cơ quan"), lambda record: {office(record.owner_id, Function.LEADERS)})
REMINDERS = Role("reminders", _("Nhắc việc của hệ thống"), lambda record: {system(System.REMINDERS)})
