"""Who stands where: the unit whose work it is, the body's heads, its archive, the historical archive."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from congso.kernel.access.principals import Function, System, office, person, system
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.flow import Role


def functions_in(organizations: Iterable[Organization | int], *functions: Function) -> set[int]:
    """The principals of these functions in these organizations."""
    ids = {one if isinstance(one, int) else one.pk for one in organizations}
    return {office(pk, function) for pk in ids for function in functions}


def _unit_leaders(record: Any) -> set[int]:
    return functions_in([record.unit_id or record.owner_id], Function.LEADERS, Function.CHIEFS)


def _heads(record: Any) -> set[int]:
    """Leaders of the body and of the committee its office serves."""
    served = [record.owner.serves_id] if record.owner.serves_id else []
    return functions_in([record.owner_id], Function.LEADERS, Function.CHIEFS) | functions_in(served, Function.LEADERS)


UNIT_LEADERS = Role("unit_leaders", _("Lãnh đạo đơn vị lập hồ sơ"), _unit_leaders)
UNIT_STAFF = Role(
    "unit_staff",
    _("Cán bộ đơn vị lập hồ sơ"),
    lambda record: functions_in([record.unit_id or record.owner_id], Function.STAFF),
)
HEADS = Role("heads", _("Lãnh đạo cơ quan"), _heads)
ARCHIVISTS = Role(
    "archivists", _("Lưu trữ cơ quan"), lambda record: functions_in([record.owner_id], Function.ARCHIVISTS)
)
KEEPER = Role("keeper", _("Kiểm tra kho lưu trữ của hệ thống"), lambda record: {system(System.ARCHIVE)})


def people(*ids: int | None) -> set[int]:
    """The principals of these people."""
    return {person(pk) for pk in ids if pk}
