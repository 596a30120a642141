"""Kinds of official papers, their names and abbreviations.

Party types: the 25 of Quy định 399-QĐ/TW; administrative papers any Party body may issue; state types of
Nghị định 30/2020/NĐ-CP and Luật 64/2025/QH15. Trust marks as in the handbook (office 1.2): V read,
S secondary, U unverified. This is what the reading machine knows by itself and what an office's own list
(kernel.catalogues) begins with; the register takes types from that list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from congso.lib.vietnamese import fold

Trust = Literal["V", "S", "U"]


class Family(StrEnum):
    PARTY = "party"
    ADMINISTRATIVE = "administrative"
    STATE = "state"


@dataclass(frozen=True)
class DocumentType:
    """`trust` is the trust of the abbreviation; `also_written` are spellings accepted on import."""

    key: str
    name: str
    abbreviation: str
    family: Family
    trust: Trust
    also_written: tuple[str, ...] = ()


def _types(family: Family, rows: str) -> tuple[DocumentType, ...]:
    found = []
    for row in rows.strip().splitlines():
        key, name, abbreviation, trust, *also = (cell.strip() for cell in row.split("|"))
        found.append(DocumentType(key, name, abbreviation, family, trust, tuple(also)))  # type: ignore[arg-type]  # the table holds only V, S, U
    return tuple(found)


PARTY_TYPES = _types(
    Family.PARTY,
    """
    political_platform | Cương lĩnh chính trị || V
    statutes | Điều lệ Đảng || V
    strategy | Chiến lược | CL | U
    resolution | Nghị quyết | NQ | V
    decision | Quyết định | QĐ | V
    directive | Chỉ thị | CT | V
    conclusion | Kết luận | KL | V
    working_regulation | Quy chế | QC | V
    regulation | Quy định | QĐ | S | QĐi | QyĐ
    circular | Thông tri | TT | V
    guidance | Hướng dẫn | HD | V
    notice | Thông báo | TB | V
    communique | Thông cáo | TC | U
    declaration | Tuyên bố || U
    appeal | Lời kêu gọi | LKG | U
    report | Báo cáo | BC | V
    plan | Kế hoạch | KH | V
    master_plan | Quy hoạch | QH | U
    programme | Chương trình | CTr | V
    scheme | Đề án | ĐA | V
    option_paper | Phương án | PA | V
    project | Dự án | DA | U
    submission | Tờ trình | TTr | V
    letter | Công văn | CV | V
    minutes | Biên bản | BB | V
    """,
)
ADMINISTRATIVE_TYPES = _types(
    Family.ADMINISTRATIVE,
    """
    introduction | Giấy giới thiệu | GGT | S
    certificate | Giấy chứng nhận | GCN | S
    travel_permit | Giấy đi đường | GĐĐ | S
    leave_permit | Giấy nghỉ phép | GNP | S
    invitation | Giấy mời | GM | S
    transfer_slip | Phiếu chuyển | PC | S
    sending_slip | Phiếu gửi | PG | S
    official_letter | Thư công || V
    """,
)
STATE_TYPES = _types(
    Family.STATE,
    """
    law | Luật || S
    ordinance | Pháp lệnh | PL | S
    decree | Nghị định | NĐ | V
    ministry_circular | Thông tư | TT | V
    joint_circular | Thông tư liên tịch | TTLT | S
    joint_resolution | Nghị quyết liên tịch | NQLT | S
    official_telegram | Công điện | CĐ | S
    contract | Hợp đồng | HĐ | S
    authorization | Giấy ủy quyền | GUQ | S
    consolidated_text | Văn bản hợp nhất | VBHN | S
    """,
)
DOCUMENT_TYPES = PARTY_TYPES + ADMINISTRATIVE_TYPES + STATE_TYPES
_BY_KEY = {kind.key: kind for kind in DOCUMENT_TYPES}


def document_type(key: str) -> DocumentType:
    """The type with the key; KeyError for a key that does not exist."""
    return _BY_KEY[key]


def types_abbreviated(
    abbreviation: str, among: Sequence[DocumentType] = DOCUMENT_TYPES
) -> tuple[DocumentType, ...]:
    """All types the abbreviation may stand for (QĐ: quyết định, quy định), accents and case forgiven.

    Exact spellings win: ĐA is a scheme, DA a project, but “QD” finds what QĐ finds.
    """
    exact = tuple(kind for kind in among if abbreviation in _spellings(kind))
    key = _key(abbreviation)
    return exact or tuple(kind for kind in among if key in map(_key, _spellings(kind)))


@lru_cache(maxsize=1024)  # asked for every symbol of every text that is indexed
def canonical_abbreviation(written: str) -> str | None:
    """The proper spelling of a type's abbreviation (ND → NĐ, ttr → TTr), None when it is no type."""
    kinds = types_abbreviated(written)
    if not kinds:
        return None
    spellings = [spelling for kind in kinds for spelling in _spellings(kind)]
    if written in spellings:
        return written
    return next(spelling for spelling in spellings if _key(spelling) == _key(written))


def type_named(name: str, among: Sequence[DocumentType] = DOCUMENT_TYPES) -> DocumentType | None:
    """The type whose name is written, in any case and with or without accents."""
    wanted = " ".join(_key(name).split())
    return next((kind for kind in among if _key(kind.name) == wanted), None)


def _spellings(kind: DocumentType) -> tuple[str, ...]:
    return (kind.abbreviation, *kind.also_written) if kind.abbreviation else ()


def _key(text: str) -> str:
    return fold(text).upper()
