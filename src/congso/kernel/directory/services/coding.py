"""Codes an organization bears under several systems (office 4.1): their grammar, who bears one, giving and ending.

One code a scheme at a time; a closed code is never given again except to who took its holder over.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from congso.kernel.directory.models import CodeScheme, Organization, OrganizationCode, Succession, valid_on
from congso.kernel.directory.queries import title_of
from congso.kernel.directory.services.building import DirectoryRefused
from congso.kernel.directory.services.chart import administers
from congso.kernel.directory.services.checking import day_words
from congso.kernel.journal.services import write_entry
from congso.lib.csv_tables import clean_cell, read_day

SHOWN_ELSEWHERE = ("national", "administrative")
"""Schemes whose code of today stands beside the organization as its official one."""


def code_problem(scheme: CodeScheme, value: str) -> str:
    """What is wrong with the code's shape by its scheme's grammar, or nothing."""
    if len(value) > scheme.longest or not re.fullmatch(scheme.pattern, value):
        return f"{scheme.name} “{value}” không đúng dạng, ví dụ {scheme.example}."
    rule = scheme.checksum
    if rule:
        digits = [int(digit) for digit in value if digit.isdigit()]
        weighted = sum(weight * digit for weight, digit in zip(rule["weights"], digits, strict=False))
        if digits[len(rule["weights"])] != rule["minuend"] - weighted % rule["modulus"]:
            return f"{scheme.name} “{value}” sai số kiểm tra."
    return ""


def codes_of(organization: Organization) -> QuerySet[OrganizationCode]:
    """All codes it bears or bore, by scheme, the newest first."""
    found = OrganizationCode.objects.filter(organization=organization).select_related("scheme")
    return found.order_by("scheme__place", "scheme__key", "-valid_from")


def bearers_of(text: str, *, day: date, most: int = 12) -> list[Organization]:
    """Organizations that bear or bore a code beginning so; those that bear it on the day first. Two queries."""
    typed = text.strip().upper()
    if not any(letter.isdigit() for letter in typed) or len(typed) > 60:
        return []
    found = OrganizationCode.objects.filter(value__startswith=typed).order_by("value", "id")
    rows = list(found.values_list("organization_id", "valid_from", "valid_to")[: most * 2])
    rows.sort(key=lambda row: not (row[1] <= day and (row[2] is None or day < row[2])))
    ids = list(dict.fromkeys(row[0] for row in rows))[:most]
    by_id = Organization.objects.select_related("parent").in_bulk(ids)
    return [by_id[pk] for pk in ids]


@transaction.atomic
def give_code(
    organization: Organization, *, scheme: CodeScheme, value: str, on: date, source: str, by: int, at: datetime
) -> OrganizationCode:
    """From the day on the organization bears the code; the one it bore under the scheme ends that day."""
    _require(organization)
    value = value.strip().upper()
    problems = [code_problem(scheme, value), *_against(organization, scheme, value, on)]
    if any(problems):
        raise DirectoryRefused(" ".join(one for one in problems if one))
    held = OrganizationCode.objects.filter(organization=organization, scheme=scheme, valid_to__isnull=True).first()
    if held is not None:
        if held.value == value:
            return held
        if on <= held.valid_from:
            raise DirectoryRefused(
                f"Mã {held.value} mới có từ ngày {day_words(held.valid_from)}; hãy chọn ngày sau đó."
            )
        OrganizationCode.objects.filter(pk=held.pk).update(valid_to=on)
    given = OrganizationCode.objects.create(
        organization=organization, scheme=scheme, value=value, source=source.strip(), valid_from=on
    )
    if scheme.key in SHOWN_ELSEWHERE:
        Organization.objects.filter(pk=organization.pk).update(official_code=value)
    _tell("code_given", organization, by, at, {"scheme": scheme.key, "code": value, "on": on.isoformat()})
    return given


@transaction.atomic
def end_code(code: OrganizationCode, *, on: date, by: int, at: datetime) -> None:
    """From the day on the organization no longer bears the code; it is closed for everybody but an heir."""
    _require(code.organization)
    if code.valid_to is not None or on <= code.valid_from:
        raise DirectoryRefused(f"Mã {code.value} không kết thúc được vào ngày {day_words(on)}.")
    OrganizationCode.objects.filter(pk=code.pk).update(valid_to=on)
    facts = {"scheme": code.scheme.key, "code": code.value, "on": on.isoformat()}
    _tell("code_ended", code.organization, by, at, facts)


@dataclass
class Loaded:
    """How many codes a table gave; with mistakes none."""

    given: int = 0
    mistakes: list[str] = field(default_factory=list)


_HEADS = {
    "mã tổ chức": "organization", "hệ mã": "scheme", "giá trị": "value", "từ ngày": "on", "văn bản": "source",
}  # fmt: skip
MOST_ROWS = 20_000


def load_codes(rows: Sequence[Sequence[str]], *, by: int, at: datetime) -> Loaded:
    """Give every code of the table, or none: each mistake is named by its row. Raises DirectoryRefused."""
    heads = [_HEADS.get(clean_cell(head).casefold(), "") for head in (rows[0] if rows else ())]
    if not {"organization", "scheme", "value", "on"} <= set(heads):
        raise DirectoryRefused("Dòng đầu cần có các cột: Mã tổ chức, Hệ mã, Giá trị, Từ ngày.")
    if len(rows) > MOST_ROWS:
        raise DirectoryRefused(f"Mỗi lần nhiều nhất {MOST_ROWS} dòng.")
    cells = [{key: clean_cell(cell) for key, cell in zip(heads, row, strict=False) if key} for row in rows[1:]]
    organizations = Organization.objects.in_bulk({one.get("organization", "") for one in cells}, field_name="code")
    schemes = {one.key: one for one in CodeScheme.objects.all()}
    loaded = Loaded()
    with transaction.atomic():
        for line, one in enumerate(cells, 2):
            if any(one.values()):
                try:
                    with transaction.atomic():
                        _load(one, organizations, schemes, by, at)
                    loaded.given += 1
                except DirectoryRefused as refused:
                    loaded.mistakes.append(f"Dòng {line}: {refused}")
        transaction.set_rollback(bool(loaded.mistakes))
    return loaded


def _load(
    cells: Mapping[str, str],
    organizations: Mapping[str, Organization],
    schemes: Mapping[str, CodeScheme],
    by: int,
    at: datetime,
) -> None:
    organization, scheme = organizations.get(cells.get("organization", "")), schemes.get(cells.get("scheme", ""))
    on = read_day(cells.get("on", ""))
    if organization is None:
        raise DirectoryRefused(f"không có tổ chức mang mã {cells.get('organization', '')}.")
    if scheme is None:
        raise DirectoryRefused(f"không có hệ mã “{cells.get('scheme', '')}”.")
    if on is None:
        raise DirectoryRefused("“Từ ngày” phải là ngày, ví dụ 05/02/2026.")
    value, source = cells.get("value", ""), cells.get("source", "")[:300]
    give_code(organization, scheme=scheme, value=value, on=on, source=source, by=by, at=at)


def _against(organization: Organization, scheme: CodeScheme, value: str, on: date) -> Iterator[str]:
    if organization.valid_to is not None and on >= organization.valid_to:
        yield f"{organization} kết thúc hoạt động từ ngày {day_words(organization.valid_to)}."
    if on < organization.valid_from:
        yield f"{organization} chưa có vào ngày {day_words(on)}."
    others = OrganizationCode.objects.filter(scheme=scheme, value=value).exclude(organization=organization)
    for other in others.select_related("organization").order_by("id")[:3]:
        inherits = Succession.objects.filter(predecessor=other.organization, successor=organization).exists()
        if not inherits or OrganizationCode.objects.filter(valid_on(on), pk=other.pk).exists():
            yield f"{scheme.name} {value} của “{other.organization}” không được cấp cho tổ chức khác."


def _require(organization: Organization) -> None:
    if not administers(organization.pk, above=True):
        raise DirectoryRefused(f"Mã của {organization} do cấp trên của tổ chức quản trị.")


def _tell(act: str, organization: Organization, by: int, at: datetime, facts: dict[str, Any]) -> None:
    write_entry(
        act=f"directory.{act}",
        actor=f"person:{by}",
        actor_label=title_of(by, at.date()),
        at=at,
        organization_id=organization.pk,
        facts=facts,
    )
