"""Filling an empty installation: the province's organizations, and the invented people of the demo.

Runs as the owner, before anybody can sign in. Everything else in the demo is made by the systems' own
services, acting as these people.
"""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from congso.kernel import directory
from congso.kernel.access.models import Grant
from congso.kernel.access.principals import Role
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import (
    Assignment,
    Organization,
    OrganizationVersion,
    Person,
    Post,
    Succession,
)
from congso.kernel.records.models import Term

STARTER = Path(directory.__file__).parent / "starter"
_FIRST_DAY = date(2025, 7, 1)
_DEMO_GRANTS = (
    ("cv.cdscy.vptu", Role.ADMINISTRATOR, "Quản trị danh mục tổ chức của bản trình diễn"),
    ("phochanhvp2.vptu", Role.READER, "Theo dõi toàn bộ hồ sơ của bản trình diễn"),
    ("cv2.cdscy.vptu", Role.AUDITOR, "Soát xét nhật ký của bản trình diễn"),
)

DEMO_ACCOUNTS = (
    ("vanthu1.vptu", "Văn thư Văn phòng Tỉnh ủy: vào sổ văn bản đến"),
    ("chanhvp.vptu", "Chánh Văn phòng: trình, phân công, giao nhiệm vụ"),
    ("pbttt.tu", "Phó Bí thư Thường trực: bút phê trên điện thoại"),
    ("tp.th.vptu", "Trưởng phòng Tổng hợp: nhận việc, giao trong phòng"),
    ("cv.th.vptu", "Chuyên viên: thực hiện, báo cáo"),
    ("theodoi1.vptu", "Theo dõi, đôn đốc"),
    ("baomat.vptu", "Cán bộ bảo mật: khu cách ly (lần đầu phải thiết lập lớp xác thực thứ hai)"),
    ("luutru.vptu", "Cán bộ lưu trữ: nhận hồ sơ nộp lưu, phòng đọc, xét hủy"),
    ("lanhdao.btctu", "Trưởng Ban Tổ chức"),
    ("vanthu.sapa", "Văn thư Đảng ủy phường Sa Pa"),
    ("phochanhvp2.vptu", "Vị trí được đọc toàn bộ"),
    ("cv2.cdscy.vptu", "Soát xét nhật ký"),
    ("cv.cdscy.vptu", "Quản trị sơ đồ tổ chức, chức vụ, danh bạ"),
)


def is_empty() -> bool:
    """Whether nobody has set this installation up yet."""
    return not Organization.objects.exists()


def province_codes() -> frozenset[str]:
    """The codes of the organizations that exist today in the province's catalogue, loaded or not."""
    return frozenset(row["code"] for row in _read("organizations.json")["organizations"] if not row["valid_to"])


@transaction.atomic
def load_province() -> int:
    """The real tree of Lào Cai with its predecessors, terms and events; returns how many organizations."""
    source = _read("organizations.json")
    made: dict[str, Organization] = {}
    for row in source["organizations"]:
        made[row["code"]] = _organization(row)
    Organization.objects.bulk_create(made.values(), batch_size=500)
    for row in source["organizations"]:
        made[row["code"]].parent = made.get(row["parent"])
        made[row["code"]].serves = made.get(row["serves"])
    Organization.objects.bulk_update(made.values(), ["parent", "serves"], batch_size=500)
    OrganizationVersion.objects.bulk_create([_version(o) for o in made.values()], batch_size=500)
    Succession.objects.bulk_create(
        Succession(
            predecessor=made[before],
            successor=made[after],
            effective_on=event["effective_on"],
            decision=event["decision"][:300],
        )
        for event in source["events"]
        for before in event["predecessors"]
        for after in event["successors"]
    )
    Term.objects.bulk_create(_terms(made))
    return len(made)


@transaction.atomic
def load_people(password: str) -> int:
    """The demo's posts, invented people and their accounts; returns how many people."""
    source = _read("people.json")
    organizations = {o.code: o for o in Organization.objects.all()}
    posts = {
        (row["organization"], row["name"]): Post(
            organization=organizations[row["organization"]],
            name=row["name"],
            functions=sorted({"staff", *row["functions"]}),
            rank=row["rank"],
            valid_from=_FIRST_DAY,
        )
        for row in source["posts"]
    }
    Post.objects.bulk_create(posts.values(), batch_size=500)
    hashed = make_password(password)
    people = {row["username"]: Person(full_name=row["full_name"]) for row in source["people"]}
    for person in people.values():
        person.rekey()
    Person.objects.bulk_create(people.values())
    Assignment.objects.bulk_create(
        Assignment(
            person=people[row["username"]], post=posts[held["organization"], held["post"]], valid_from=_FIRST_DAY
        )
        for row in source["people"]
        for held in row["posts"]
    )
    User.objects.bulk_create(
        User(username=username, person=person, password=hashed) for username, person in people.items()
    )
    Grant.objects.bulk_create(
        Grant(role=role.value, person=people[username], reason=reason, valid_from=_FIRST_DAY)
        for username, role, reason in _DEMO_GRANTS
    )
    return len(people)


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((STARTER / name).read_text(encoding="utf-8"))
    return content


def _organization(row: dict[str, Any]) -> Organization:
    organization = Organization(
        code=row["code"],
        official_code=row["official_code"],
        kind=row["kind"],
        name=row["name"],
        short_name=row["short_name"],
        symbol=row["symbol"],
        layout_profile=row["layout_profile"],
        is_office=row["is_office"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )
    organization.rekey()
    return organization


def _version(organization: Organization) -> OrganizationVersion:
    return OrganizationVersion(
        organization=organization,
        name=organization.name,
        short_name=organization.short_name,
        symbol=organization.symbol,
        parent=organization.parent,
        name_key=organization.name_key,
        name_folded=organization.name_folded,
        valid_from=organization.valid_from,
        valid_to=organization.valid_to,
    )


def _terms(made: dict[str, Organization]) -> Iterable[Term]:
    source = _read("terms.json")
    named = {row["organization"] for row in source["terms"]}
    for row in source["terms"]:
        yield _term(made[row["organization"]], row)
    for row in source["defaults_by_kind"]:
        for organization in made.values():
            is_of_kind = organization.kind == row["kind"] and organization.valid_to is None
            if is_of_kind and organization.code not in named:
                yield _term(organization, row)


def _term(organization: Organization, row: dict[str, Any]) -> Term:
    return Term(organization=organization, name=row["name"], valid_from=row["valid_from"], valid_to=row["valid_to"])
