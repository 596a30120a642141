"""A province's people and organizations, invented by lot: 130,000 and 10,000 of them, copied in as the owner."""

import random
from collections.abc import Iterable
from functools import partial
from typing import Any

import psycopg

from congso.kernel.directory.models import folded_words
from congso.kernel.directory.testing import START
from congso.lib.vietnamese import person_sort_key, sort_key
from tests.performance.bench.machine import app_backend, measured

PEOPLE, ORGANIZATIONS = 130_000, 10_000
TYPED = (
    "n", "y", "h", "ha", "t", "tu", "l", "m", "q", "s", "th", "thuy", "minh", "ng", "nguyen", "nguyen v",
    "nguyễn văn an", "van", "hung", "t t t", "le thi hoa m", "zzz", "nguyen qq", "phong", "ban ha", "phong an 12",
)  # fmt: skip
_FAMILY = ["Nguyễn"] * 38 + ["Trần"] * 11 + ["Lê"] * 10 + ["Phạm"] * 7 + ["Hoàng", "Vũ", "Đặng", "Lý", "Giàng", "Sùng"]
_MIDDLE = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Thanh", "Quốc", "Hữu", "Xuân", "Thu"]
_GIVEN = [
    "An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hoa", "Hùng", "Hương", "Khánh", "Lan", "Linh", "Long",
    "Mai", "Minh", "Nam", "Nga", "Ngân", "Phương", "Quân", "Sơn", "Thảo", "Thủy", "Tuấn", "Tùng", "Yến",
]  # fmt: skip
_UNIT = ["Phòng", "Ban", "Chi bộ", "Đảng ủy xã", "Trường Trung học cơ sở", "Hội Nông dân xã", "Trạm Y tế xã"]
_ORGANIZATION = (
    "code, official_code, kind, layout_profile, name, short_name, symbol, is_office, name_key, name_folded, valid_from"
)


def load_province(owner: psycopg.Connection[Any]) -> None:
    """People without posts, organizations with the first version of their names; everything counted afterwards."""
    chance = random.Random(4)  # noqa: S311
    _copy(
        owner,
        "directory_person",
        "full_name, name_key, name_folded, email, phone",
        (_person(chance) for _ in range(PEOPLE)),
    )
    _copy(owner, "directory_organization", _ORGANIZATION, (_organization(chance, n) for n in range(ORGANIZATIONS)))
    owner.execute(
        "INSERT INTO directory_organizationversion (organization_id, name, short_name, symbol, parent_id, name_key,"
        " name_folded, valid_from) SELECT id, name, short_name, symbol, parent_id, name_key, name_folded, valid_from"
        " FROM directory_organization WHERE code LIKE 'L.%'"
    )
    for table in ("directory_person", "directory_organization", "directory_organizationversion"):
        owner.execute(f"VACUUM (ANALYZE) {table}")


def _person(chance: random.Random) -> tuple[str, ...]:
    name = " ".join(chance.choice(part) for part in (_FAMILY, _MIDDLE, _GIVEN))
    return (name, person_sort_key(name), folded_words(name), "", "")


def _organization(chance: random.Random, number: int) -> tuple[object, ...]:
    name = f"{chance.choice(_UNIT)} {chance.choice(_GIVEN)} {chance.choice(_GIVEN)} {number}"
    key, folded = sort_key(name), folded_words(name)
    return (f"L.{number}", "", "unit", "PARTY", name, name, "", False, key, folded, START)


def _copy(owner: psycopg.Connection[Any], table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    with owner.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def finding_section(owner: psycopg.Connection[Any]) -> str:
    """The bench page's part about finding as one types, each typed text asked five times."""
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.directory.finding import find_organizations, find_people

    load_province(owner)
    asked = {
        "people": find_people,
        "organizations": lambda typed: find_organizations(typed, day=START),
    }
    rows = []
    with acting_as(Actor.person(2)):
        for label, find in asked.items():
            each = {typed: measured([partial(find, typed)] * 5, app_backend) for typed in TYPED}
            every = measured([partial(find, typed) for typed in TYPED for _ in range(5)], app_backend)
            slowest = max(each, key=lambda typed: each[typed].cpu50)
            rows.append(f"| {label} | {every} | “{slowest}”: {each[slowest]} |")
    return "\n".join((_ABOUT, "| | all typed | the slowest typed |", "|---|---|---|", *rows)) + "\n"


_ABOUT = f"""## Finding as one types

Among {PEOPLE:,} people and {ORGANIZATIONS:,} organizations more, invented; {len(TYPED)} beginnings of words from one
letter to four words, as somebody without any role. p50 / p95 ms by the clock · of computing. Aim: under 50 ms.
"""
