"""Old records under the names of their day: an organization renamed since is shown as it was called then."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import TypeVar

from congso.kernel.directory.models import Organization, OrganizationVersion
from congso.kernel.directory.queries import name_on, successors_of
from congso.kernel.records.models import Record

_RecordT = TypeVar("_RecordT", bound=Record)


def name_as_of_their_day(records: Iterable[_RecordT]) -> list[_RecordT]:
    """The records, their owner and unit named as on the day each was opened. For showing, not for saving. One query."""
    found = list(records)
    earlier: dict[int, list[OrganizationVersion]] = {}
    concerned = {pk for record in found for pk in (record.owner_id, record.unit_id) if pk}
    versions = OrganizationVersion.objects.filter(organization__in=concerned, valid_to__isnull=False)
    for version in versions if concerned else ():
        earlier.setdefault(version.organization_id, []).append(version)
    for record in found:
        for side in ("owner", "unit"):
            for version in earlier.get(getattr(record, f"{side}_id") or 0, ()):
                if version.valid_from <= record.opened_on < (version.valid_to or record.opened_on):
                    setattr(record, side, _as_called(getattr(record, side), version))
    return found


def name_then_and_now(organization: Organization, day: date) -> str:
    """“Ban Dân vận Tỉnh ủy (nay là Ban Tuyên giáo và Dân vận Tỉnh ủy)”. One query, two for what ended since."""
    then = name_on(organization, day)
    present = successors_of(organization) if organization.valid_to else [organization]
    others = [each.name for each in present if each.name != then]
    return f"{then} (nay là {', '.join(others)})" if others else then


def _as_called(organization: Organization, version: OrganizationVersion) -> Organization:
    called = copy(organization)
    called.name, called.short_name, called.symbol = version.name, version.short_name, version.symbol
    return called
