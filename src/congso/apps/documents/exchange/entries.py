"""One line of a migration file as a document, or the reason in Vietnamese why it cannot be one."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congso.apps.documents.services.migrating import MigratedEntry
from congso.kernel.files.reading.secrecy import Head, Mark, gravest, mark_in_head, mark_in_name
from congso.lib.legacy_fonts import to_unicode
from congso.lib.vietnamese import clean_line, clean_text, nfc

MAX_TEXT = 2_000_000  # characters, about 800 pages
_LONGEST_TITLE = 1000
_HEAD_LINES = 30
_FIRST_DAY = date(1930, 2, 3)
_LIMITS = {
    "number_symbol": 80,
    "issuing_agency": 300,
    "parent_agency": 300,
    "doc_type": 100,
    "signer": 120,
    "file": 500,
}
_KINDS = {list: "một danh sách", dict: "một đối tượng", int: "một con số", float: "một con số", bool: "đúng/sai"}
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_NO_SECRECY = {"", "khong mat", "không mật", "không", "khong", "thường", "thuong", "0", "none", "binh thuong"}


class LineRefused(Exception):
    """The line is no document; the message says why, `external_id` whose line it is when it could be read."""

    def __init__(self, reason: str, external_id: str = "") -> None:
        super().__init__(reason)
        self.external_id = external_id


@dataclass(frozen=True)
class Parsed:
    """A document, with what was changed so that it could be taken over."""

    entry: MigratedEntry
    remark: str = ""


def parse_line(line: bytes, *, today: date) -> Parsed:
    """The document of one line; unknown keys do not count. Raises LineRefused."""
    facts = _object(line)
    external_id = _external_id(facts)
    try:
        return _parsed(facts, external_id, today)
    except LineRefused as refused:
        refused.external_id = external_id
        raise


def _parsed(facts: Mapping[str, Any], external_id: str, today: date) -> Parsed:
    _refuse_secrecy_field(facts)
    short = {name: _line_of(facts, name, limit) for name, limit in _LIMITS.items()}
    title, text = clean_line(to_unicode(_string(facts, "title"))), _text(facts)
    remark = ""
    if len(title) > _LONGEST_TITLE:
        text = f"{title}\n{text}"
        title, remark = title[: _LONGEST_TITLE - 1] + "…", f"Trích yếu dài {len(title)} ký tự, để cả ở phần nội dung."
    if not (title or text.strip() or short["file"]):
        raise LineRefused("Không có trích yếu (title), nội dung (text) hay tệp (file).")
    mark = _mark(title, text)
    if mark:
        raise LineRefused(
            f"Có dấu hiệu độ mật {mark.grade.label} ({mark.where}): không đưa vào hệ thống này, quản lý ngoài hệ thống."
        )
    entry = MigratedEntry(
        external_id=external_id,
        number=short["number_symbol"],
        title=title,
        issued_on=_day(facts, today),
        issuer_name=short["issuing_agency"],
        parent_agency=short["parent_agency"],
        type_written=short["doc_type"],
        signer_name=short["signer"],
        text=text,
        file=short["file"],
    )
    return Parsed(entry, remark)


def _object(line: bytes) -> dict[str, Any]:
    try:
        decoded = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineRefused(f"Không phải UTF-8 (byte thứ {error.start + 1}).") from error
    try:
        found = json.loads(decoded, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise LineRefused(f"JSON hỏng ở ký tự {error.pos + 1}.") from error
    except (RecursionError, ValueError) as error:
        raise LineRefused("JSON không đọc được: lồng quá sâu hoặc số quá dài.") from error
    if not isinstance(found, dict):
        raise LineRefused("Dòng không phải một đối tượng JSON {…}.")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _external_id(facts: Mapping[str, Any]) -> str:
    found = facts.get("id")
    if isinstance(found, int) and not isinstance(found, bool):
        found = str(found)
    if not isinstance(found, str):
        raise LineRefused("Thiếu mã (id), hoặc mã không phải chuỗi hay số nguyên.")
    _refuse_broken(found, "id")
    external_id = nfc(found).strip()
    if not external_id or len(external_id) > 200 or external_id != clean_line(external_id):
        raise LineRefused("Mã (id) rỗng, dài quá 200 ký tự hoặc có ký tự điều khiển.")
    return external_id


def _string(facts: Mapping[str, Any], name: str) -> str:
    found = facts.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise LineRefused(f"“{name}” phải là chuỗi, không phải {_KINDS.get(type(found), 'kiểu khác')}.")
    _refuse_broken(found, name)
    return found


def _refuse_broken(found: str, name: str) -> None:
    if "\0" in found:
        raise LineRefused(f"“{name}” có ký tự NUL.")
    try:
        found.encode("utf-8")
    except UnicodeEncodeError as error:
        raise LineRefused(f"“{name}” có nửa ký tự (surrogate lẻ) ở vị trí {error.start + 1}.") from error


def _line_of(facts: Mapping[str, Any], name: str, limit: int) -> str:
    written = _string(facts, name)
    found = written.strip() if name == "file" else clean_line(to_unicode(written))
    if len(found) > limit:
        raise LineRefused(f"“{name}” dài {len(found)} ký tự, quá {limit}.")
    return found


def _text(facts: Mapping[str, Any]) -> str:
    written = _string(facts, "text")
    if len(written) > MAX_TEXT:
        raise LineRefused(f"“text” dài {len(written)} ký tự, quá {MAX_TEXT}.")
    return clean_text(to_unicode(written))


def _day(facts: Mapping[str, Any], today: date) -> date | None:
    written = _string(facts, "issued_date").strip()
    if not written:
        return None
    found = _day_of(written)
    if found is None:
        raise LineRefused(f"“issued_date” không phải một ngày: {written[:40]}.")
    if found > today:
        raise LineRefused(f"Ngày văn bản {found:%d/%m/%Y} ở sau hôm nay.")
    if found < _FIRST_DAY:
        raise LineRefused(f"Ngày văn bản {found:%d/%m/%Y} không thể có.")
    return found


def _day_of(written: str) -> date | None:
    """`2025-08-11`, `2025-08-11T09:00:00+07:00`, `11/8/2025`."""
    day_first = _DAY_FIRST.fullmatch(written)
    try:
        if day_first:
            day, month, year = map(int, day_first.groups())
            return date(year, month, day)
        return datetime.fromisoformat(written).date() if len(written) <= 40 else None
    except ValueError:
        return None


def _refuse_secrecy_field(facts: Mapping[str, Any]) -> None:
    """Other keys do not count, except one that says the document is secret."""
    found = facts.get("secrecy")
    if found is not None and str(found).strip().lower() not in _NO_SECRECY:
        raise LineRefused("Hệ thống cũ ghi văn bản này có độ mật: quản lý ngoài hệ thống.")


def _mark(title: str, text: str) -> Mark | None:
    head = tuple(line.strip() for line in text[:8000].splitlines() if line.strip())[:_HEAD_LINES]
    return gravest((mark_in_name(title.replace("/", " ")), mark_in_head(Head(1, (title, *head)))))
