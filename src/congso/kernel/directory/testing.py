"""A small world for tests: the province's committee, its office, an agency, a commune, the Front.

Built once by the owner before the tests; every test names its people by what they do here.
"""

from dataclasses import dataclass, fields
from datetime import date

from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.services import appoint, create_person, create_post, found_organization

START = date(2025, 7, 1)

# code: kind, name, symbol, superior, committee served, has a registry
_ORGANIZATIONS = {
    "T.TU": ("committee", "Tỉnh ủy Thử Nghiệm", "TU", None, None, False),
    "T.VPTU": ("agency", "Văn phòng Tỉnh ủy Thử Nghiệm", "VPTU", "T.TU", "T.TU", True),
    "T.TH": ("unit", "Phòng Tổng hợp", "", "T.VPTU", None, False),
    "T.CDS": ("unit", "Phòng Chuyển đổi số - Cơ yếu", "", "T.VPTU", None, False),
    "T.BTC": ("agency", "Ban Tổ chức Tỉnh ủy Thử Nghiệm", "BTCTU", "T.TU", None, True),
    "T.XA": ("commune_committee", "Đảng ủy xã Mẫu", "ĐU", "T.TU", None, False),
    "T.VPX": ("agency", "Văn phòng Đảng ủy xã Mẫu", "VPĐU", "T.XA", "T.XA", True),
    "T.MT": ("front", "Ủy ban Mặt trận Tổ quốc tỉnh Thử Nghiệm", "MTTQ", "T.TU", None, True),
}
# who: name, organization, post, functions
_PEOPLE = {
    "secretary": ("Lê Mẫu Bí Thư", "T.TU", "Phó Bí thư Thường trực", ["leaders"]),
    "chief": ("Trần Thử Chánh", "T.VPTU", "Chánh Văn phòng", ["leaders", "chiefs"]),
    "clerk": ("Nguyễn Ví Dụ", "T.VPTU", "Văn thư", ["clerks", "archivists"]),
    "secrecy_officer": ("Hoàng Giả Kín", "T.VPTU", "Cán bộ bảo mật", ["secrecy_officers"]),
    "tracker": ("Đỗ Thử Nhắc", "T.VPTU", "Chuyên viên theo dõi", ["trackers"]),
    "head": ("Phạm Mẫu Trưởng", "T.TH", "Trưởng phòng", ["leaders"]),
    "specialist": ("Vũ Thí Dụ", "T.TH", "Chuyên viên", []),
    "other_head": ("Đặng Hư Cấu", "T.CDS", "Trưởng phòng", ["leaders"]),
    "agency_leader": ("Bùi Giả Định", "T.BTC", "Trưởng ban", ["leaders"]),
    "agency_clerk": ("Ngô Mẫu Thư", "T.BTC", "Văn thư", ["clerks"]),
    "agency_specialist": ("Dương Thử Việc", "T.BTC", "Chuyên viên", []),
    "commune_leader": ("Lý Ví Dụ", "T.XA", "Bí thư Đảng ủy", ["leaders"]),
    "commune_clerk": ("Mai Thử Sổ", "T.VPX", "Văn thư", ["clerks"]),
    "stranger": ("Hồ Người Lạ", "T.MT", "Chuyên viên", []),
    "administrator": ("Tạ Quản Trị", "T.CDS", "Quản trị viên", []),
    "second_administrator": ("Cao Đồng Quản", "T.CDS", "Quản trị viên thứ hai", []),
    "reader": ("Đinh Được Đọc", "T.MT", "Chuyên viên", []),
    "auditor": ("Lâm Soát Xét", "T.MT", "Chuyên viên", []),
}


@dataclass(frozen=True)
class World:
    """The ids of everybody and everything in the test world."""

    organizations: dict[str, int]
    secretary: int
    chief: int
    clerk: int
    secrecy_officer: int
    tracker: int
    head: int
    specialist: int
    other_head: int
    agency_leader: int
    agency_clerk: int
    agency_specialist: int
    commune_leader: int
    commune_clerk: int
    stranger: int
    administrator: int
    second_administrator: int
    reader: int
    auditor: int

    def people(self) -> dict[str, int]:
        """Everybody by what they do, for tests over the whole cast."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "organizations"}

    def organization(self, code: str) -> Organization:
        """An organization by the last part of its code: `VPTU`."""
        return Organization.objects.get(pk=self.organizations[code])


def build_world() -> World:
    """Make the test world. Runs as the owner."""
    made: dict[str, Organization] = {}
    for code, (kind, name, symbol, parent, serves, is_office) in _ORGANIZATIONS.items():
        made[code] = found_organization(
            code=code,
            kind=kind,
            name=name,
            symbol=symbol,
            valid_from=START,
            is_office=is_office,
            parent=made.get(parent or ""),
            serves=made.get(serves or ""),
            layout_profile="STATE" if kind == "front" else "PARTY",
        )
    people: dict[str, Person] = {}
    for who, (name, code, title, functions) in _PEOPLE.items():
        people[who] = create_person(full_name=name)
        post = create_post(organization=made[code], name=title, functions=functions, valid_from=START)
        appoint(people[who], post=post, on=START)
    return World(
        organizations={code.removeprefix("T."): organization.pk for code, organization in made.items()},
        **{who: person.pk for who, person in people.items()},
    )
