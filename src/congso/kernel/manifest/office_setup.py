"""Setting up an empty office: the province's catalogue, the office's own units, its people and their accounts."""

import secrets
from datetime import date

from django.db import transaction

from congso.kernel.access.models import Grant
from congso.kernel.access.principals import Role
from congso.kernel.accounts.services import open_account
from congso.kernel.directory.models import Function, Organization, Post
from congso.kernel.directory.services import appoint, create_person, create_post, found_organization
from congso.kernel.manifest import starting
from congso.kernel.manifest.office_workbook import PersonRow, Workbook

# Read aloud and typed once: no letters that look alike.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


class OfficeRefused(Exception):
    """The office cannot be set up so; the message says why, in Vietnamese."""


def check_office(workbook: Workbook, *, admin: str, organization: str) -> list[str]:
    """What is missing for the office to work: its organization, an administrator, somebody at the register."""
    missing = []
    if organization not in starting.province_codes() | {row.code for row in workbook.organizations}:
        missing.append(f"Không có tổ chức mang mã “{organization}”.")
    if admin not in {row.username for row in workbook.people}:
        missing.append(f"Người quản trị “{admin}” không có trong danh sách nhân sự.")
    held = {name for row in workbook.people if row.organization == organization for name in row.functions}
    return missing + [
        f"{organization} chưa có ai làm việc “{function.label}”."
        for function in (Function.CLERKS, Function.LEADERS)
        if function.value not in held
    ]


@transaction.atomic
def set_up_office(workbook: Workbook, *, admin: str, organization: str, on: date) -> dict[str, str]:
    """Everything or nothing; returns the first password of each account. Refuses a system that holds data."""
    if not starting.is_empty():
        raise OfficeRefused("Hệ thống đã có dữ liệu, không khởi tạo lại.")
    problems = workbook.mistakes + check_office(workbook, admin=admin, organization=organization)
    if problems:
        raise OfficeRefused("\n".join(problems))
    starting.load_province()
    _found_organizations(workbook, on)
    return _appoint_people(workbook.people, admin=admin, on=on)


def _found_organizations(workbook: Workbook, on: date) -> None:
    for row in workbook.organizations:
        found_organization(
            code=row.code,
            kind=row.kind,
            name=row.name,
            short_name=row.short_name,
            symbol=row.symbol,
            layout_profile=row.layout_profile,
            is_office=row.is_office,
            valid_from=on,
        )
    for row in workbook.organizations:  # a superior may stand below its units in the file
        parent = Organization.objects.get(code=row.parent)
        Organization.objects.filter(code=row.code).update(parent=parent)
        Organization.objects.get(code=row.code).versions.update(parent=parent)


def _appoint_people(rows: list[PersonRow], *, admin: str, on: date) -> dict[str, str]:
    organizations = {o.code: o for o in Organization.objects.all()}
    posts: dict[tuple[str, str, tuple[str, ...]], Post] = {}
    passwords: dict[str, str] = {}
    people = {}
    for row in rows:
        if row.username not in people:
            person = create_person(full_name=row.full_name, email=row.email, phone=row.phone)
            people[row.username] = person
            passwords[row.username] = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(3))
            open_account(person, username=row.username, password=passwords[row.username])
        key = (row.organization, row.post, row.functions)
        if key not in posts:
            posts[key] = create_post(
                organization=organizations[row.organization],
                name=row.post,
                functions=row.functions,
                valid_from=on,
                rank=row.rank,
            )
        appoint(people[row.username], post=posts[key], on=on)
    Grant.objects.create(
        role=Role.ADMINISTRATOR.value, person=people[admin], reason="Người quản trị đầu tiên", valid_from=on
    )
    return passwords
