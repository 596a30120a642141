"""What archive law and its technical profile ask of dossiers, as pure functions (domain handbook, office 5)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from congso.lib.vietnamese import fold

# 05/2025/TT-BNV, annexes: codes of thời hạn bảo quản; everything else is 07, other.
MAINTENANCE = {None: "01", 70: "02", 50: "03", 30: "04", 20: "05", 10: "06"}
OTHER_MAINTENANCE = "07"
PERMANENT_CODE = "01"
# The same annexes, field typeName: types of papers by our list's codes. Party types the annex does not know are 32.
TYPE_CODES = {
    "resolution": "01", "decision": "02", "directive": "03", "working_regulation": "04", "regulation": "05",
    "communique": "06", "notice": "07", "guidance": "08", "programme": "09", "plan": "10", "option_paper": "11",
    "scheme": "12", "project": "13", "report": "14", "submission": "15", "authorization": "16", "sending_slip": "17",
    "transfer_slip": "18", "minutes": "20", "contract": "21", "official_letter": "22", "official_telegram": "23",
    "invitation": "26", "introduction": "27", "leave_permit": "28",
}  # fmt: skip
OTHER_TYPE = "32"


class Document(Protocol):
    """What the rules look at in one line of a list of documents."""

    type_key: str
    issued_on: date | None
    is_undated: bool
    subject: str
    pages: int | None


@dataclass(frozen=True)
class Gap:
    """Something missing: of which line (0: the dossier itself), which field, in words."""

    position: int
    field: str
    words: str


def gaps_of(document: Document, position: int) -> list[Gap]:
    """What one document lacks before its dossier may be closed (05/2025/TT-BNV; handbook office 5, rule 1)."""
    wanted = (
        ("type_key", bool(document.type_key), "thiếu tên loại"),
        ("issued_on", document.issued_on is not None or document.is_undated, "thiếu ngày, hoặc chưa ghi “không ngày”"),
        ("subject", bool(document.subject.strip()), "thiếu trích yếu"),
        ("pages", bool(document.pages), "thiếu số trang"),
    )
    return [Gap(position, field, words) for field, is_there, words in wanted if not is_there]


def completeness(documents: Iterable[tuple[int, Document]], *, retention: str) -> list[Gap]:
    """Everything a dossier lacks: nothing may be closed while this is not empty (handbook office 5, rule 1)."""
    rows = list(documents)
    found = [] if rows else [Gap(0, "documents", "hồ sơ chưa có văn bản nào")]
    if not retention:
        found.append(Gap(0, "retention", "chưa ghi thời hạn lưu trữ"))
    for position, document in rows:
        found.extend(gaps_of(document, position))
    return found


def total_pages(documents: Iterable[Document]) -> int:
    """Pages of the whole dossier; closing is blocked without it."""
    return sum(document.pages or 0 for document in documents)


def hand_over_by(ended: date, *, is_digital: bool, days: int, years: int) -> date:
    """The last day to hand over: so many days if digital (05/2025), never after 31/12 of year + n (33/2024)."""
    legal = date(ended.year + years, 12, 31)
    return min(ended + timedelta(days=days), legal) if is_digital else legal


def review_after(ended: date, years: int | None) -> date | None:
    """The day retention ends, 31/12 of the year the work ended plus its years; None: for ever (33/2024/QH15)."""
    return None if years is None else date(ended.year + years, 12, 31)


def may_be_reviewed(day: date, *, ends: date | None, is_duplicate: bool) -> bool:
    """Whether a dossier may be proposed for disposal: retention over, or a duplicate; never “vĩnh viễn” (rule 6)."""
    return ends is not None and (is_duplicate or day > ends)


def maintenance_code(years: int | None) -> str:
    """Code of retention in the national profile: 01 for ever, 02–06 by years, 07 other."""
    return MAINTENANCE.get(years, OTHER_MAINTENANCE)


def type_code(key: str) -> str:
    """Code of a document's type in the national profile."""
    return TYPE_CODES.get(key, OTHER_TYPE)


def file_code(fonds: str, year: int, symbol: str, inventory: str = "") -> str:
    """Mã hồ sơ: code of the body or fonds, year, symbol, inventory; at most 100 characters, safe as a file name."""
    parts = (fonds, str(year), symbol, inventory)
    joined = ".".join(re.sub(r"[^\w-]+", "-", part.strip()).strip("-") for part in parts if part.strip())
    return fold(joined)[:92]  # docCode adds eight


def document_code(code: str, ordinal: int) -> str:
    """docCode: the dossier's code and a seven-digit ordinal."""
    return f"{code}.{ordinal:07d}"


def nightly_share(total: int, years: int) -> int:
    """How many files to check a night so that each is checked within the years (05/2025: everything within 3)."""
    return -(-total // max(1, years * 350)) if total else 0  # 350: nights are missed


@dataclass(frozen=True)
class RuleWords:
    """The conditions of a filing rule."""

    type_key: str = ""
    issuer: str = ""
    words: str = ""
    symbol: str = ""
    source: str = ""
    unit: int | None = None


def matches(rule: RuleWords, facts: Mapping[str, Any]) -> bool:
    """Whether every condition holds for a record: facts are type_key, issuer, title, number, source, unit.

    Words are compared without accents and case; several, separated by commas, must all occur.
    """

    def has(part: str, whole: str) -> bool:
        return fold(part).casefold().strip() in fold(whole).casefold()

    return (
        (not rule.type_key or rule.type_key == facts.get("type_key"))
        and (not rule.issuer or has(rule.issuer, str(facts.get("issuer", ""))))
        and (not rule.symbol or has(rule.symbol, str(facts.get("number", ""))))
        and all(has(word, str(facts.get("title", ""))) for word in rule.words.split(",") if word.strip())
        and (not rule.source or rule.source == (facts.get("source") or "inside"))
        and (rule.unit is None or rule.unit == facts.get("unit"))
    )
