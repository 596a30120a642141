"""The province's real chart from the starter data, without a database."""

import json
from datetime import date
from pathlib import Path

from congso.kernel.directory.chart import Chart
from congso.kernel.directory.models import Organization, OrganizationVersion, Succession
from congso.kernel.directory.naming import Names

_FILE = Path(__file__).resolve().parents[1] / "starter" / "organizations.json"


class Province:
    """The organizations by code; `names(day, near=code)` is what a paper of the day may call them."""

    def __init__(self) -> None:
        source = json.loads(_FILE.read_text(encoding="utf-8"))
        rows = source["organizations"]
        self.organizations = {row["code"]: _organization(pk, row) for pk, row in enumerate(rows, start=1)}
        for row in rows:
            organization = self.organizations[row["code"]]
            organization.parent = self.organizations.get(row["parent"])
            organization.serves = self.organizations.get(row["serves"])
        self._versions = [_version(organization) for organization in self.organizations.values()]
        self._successions = [
            Succession(
                predecessor=self.organizations[before],
                successor=self.organizations[after],
                effective_on=date.fromisoformat(event["effective_on"]),
            )
            for event in source["events"]
            for before in event["predecessors"]
            for after in event["successors"]
        ]

    def names(self, day: date, near: str = "") -> Names:
        return Names(Chart(day, self._versions, self._successions), self.organizations.get(near))


def _organization(pk: int, row: dict) -> Organization:
    plain = {name: row[name] for name in ("code", "kind", "name", "short_name", "symbol", "is_office")}
    ends = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return Organization(pk=pk, valid_from=date.fromisoformat(row["valid_from"]), valid_to=ends, **plain)


def _version(organization: Organization) -> OrganizationVersion:
    return OrganizationVersion(
        organization=organization,
        name=organization.name,
        short_name=organization.short_name,
        symbol=organization.symbol,
        parent=organization.parent,
        valid_from=organization.valid_from,
        valid_to=organization.valid_to,
    )
