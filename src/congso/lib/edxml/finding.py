"""Looking values up in a packet's tree by the names its senders use for them."""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone

from congso.lib.edxml.packets import OFFICE_ZONE
from congso.lib.edxml.refusals import Code, Refusal
from congso.lib.edxml.scanning import Node

# What the standard calls it, then how else it is written (all in small letters): misspellings, other libraries' names.
_ALIASES = {
    "organid": ("organid", "organizationid", "organcode"),
    "organname": ("organname", "organizationname", "organame"),
    "organizationincharge": ("organizationincharge", "organincharge"),
    "organadd": ("organadd", "organaddress", "address"),
    "codenumber": ("codenumber", "number"),
    "codenotation": ("codenotation", "codenotion", "notation"),
    "promulgationinfo": ("promulgationinfo", "promulgationinfor", "promulationinfo"),
    "promulgationdate": ("promulgationdate", "promulationdate", "promulgatedate"),
    "promulgationamount": ("promulgationamount", "promulationamount"),
    "sphereofpromulgation": ("sphereofpromulgation", "sphereofpromulation"),
    "typernotation": ("typernotation", "typenotation"),
    "documenttype": ("documenttype", "document"),
    "signerinfo": ("signerinfo", "signerinfor", "author"),
    "fullname": ("fullname", "signer", "signername"),
    "toplaces": ("toplaces", "toplace"),
    "appendixes": ("appendixes", "appendices"),
    "appendix": ("appendix", "appendixe"),
    "bussiness": ("bussiness", "business"),
    "bussinessdoctype": ("bussinessdoctype", "businessdoctype"),
    "bussinessdocreason": ("bussinessdocreason", "businessdocreason"),
    "bussinessdocumentinfo": ("bussinessdocumentinfo", "businessdocumentinfo"),
    "timestamp": ("timestamp", "time", "timestampvalue"),
    "responsefor": ("responsefor", "responsefors"),
    "statuscode": ("statuscode", "statuscodes"),
    "attachmentname": ("attachmentname", "filename", "name"),
    "contentid": ("contentid", "contentid_", "id"),
    "contenttype": ("contenttype", "filetype", "format"),
    "secrecy": ("secrecy", "secret", "securitylevel", "confidential", "domat"),
}
_SPACES = re.compile(r"\s+")
_DATE = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_CLOCK = re.compile(r"[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,9})?\s*(Z|[+-]\d{2}:?\d{2})?$")
_EARLIEST, _LATEST = date(1930, 2, 3), date(2200, 1, 1)


def children(node: Node | None, name: str) -> list[Node]:
    """All children meant by the standard's name."""
    if node is None:
        return []
    names = _ALIASES.get(name, (name,))
    return [child for child in node.children if child.name in names]


def child(node: Node | None, name: str) -> Node | None:
    """The one child of the name. Two that say different things are refused: which would be true?"""
    found = children(node, name)
    if len(found) > 1 and any(one != found[0] for one in found[1:]):
        raise Refusal(Code.REPEATED, f"Phần tử {name} xuất hiện nhiều lần với nội dung khác nhau.")
    return found[0] if found else None


def clean(text: str) -> str:
    """One line in NFC without control characters."""
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(" " if unicodedata.category(one) in {"Cc", "Zl", "Zp"} else one for one in composed)
    return _SPACES.sub(" ", shown).strip()


def text(node: Node | None, name: str, *, longest: int = 2000) -> str:
    """The child's text, empty without one."""
    found = child(node, name)
    said = clean(found.text) if found is not None else ""
    if len(said) > longest:
        raise Refusal(Code.TOO_LARGE, f"Phần tử {name} dài {len(said)} ký tự, quá {longest}.")
    return said


def needed(node: Node | None, name: str, *, longest: int = 2000) -> str:
    """The child's text, which must be there."""
    said = text(node, name, longest=longest)
    if not said:
        raise Refusal(Code.MISSING, f"Thiếu phần tử bắt buộc {name} hoặc phần tử này để trống.")
    return said


def number(node: Node | None, name: str, *, least: int = 0, most: int = 1_000_000) -> int | None:
    """A whole number, None without one; what is no number within the bounds is refused."""
    said = text(node, name, longest=40)
    if not said or said.upper() == "N/A":
        return None
    if not said.isascii() or not said.isdigit() or not least <= int(said) <= most:
        raise Refusal(Code.BAD_VALUE, f"Phần tử {name} phải là số nguyên từ {least} đến {most}, không phải “{said}”.")
    return int(said)


def is_yes(node: Node | None, name: str) -> bool:
    """0/1 or true/false; anything else counts as no."""
    return text(node, name, longest=40).lower() in {"1", "true", "yes"}


def day(node: Node | None, name: str) -> date | None:
    """A date in any of the forms seen: 2025/08/11, 2025-08-11T…, 11/08/2025."""
    said = text(node, name, longest=60)
    return parse_moment(said, name).date() if said else None


def moment(node: Node | None, name: str) -> datetime | None:
    """A moment; without a zone it is the office's clock (office 3.1)."""
    said = text(node, name, longest=60)
    return parse_moment(said, name) if said else None


def parse_moment(said: str, name: str) -> datetime:
    """A written date, with or without a clock. Raises Refusal."""
    found = _DATE.match(said)
    year_first = found is not None
    found = found or _DAY_FIRST.match(said)
    if found is None:
        raise Refusal(Code.BAD_VALUE, f"Phần tử {name} không phải ngày tháng: “{said}”.")
    first, second, third = (int(part) for part in found.groups())
    rest = said[found.end() :]
    clock = _CLOCK.match(rest)
    if rest.strip() and clock is None:
        raise Refusal(Code.BAD_VALUE, f"Phần tử {name} không phải ngày tháng: “{said}”.")
    hours, minutes, seconds = (int(part or 0) for part in clock.groups()[:3]) if clock else (0, 0, 0)
    try:
        on = date(first, second, third) if year_first else date(third, second, first)
        zone = _zone(clock[4] if clock else None)
        at = datetime(on.year, on.month, on.day, hours, minutes, seconds, tzinfo=zone)
    except ValueError as error:
        raise Refusal(Code.BAD_VALUE, f"Phần tử {name} nêu ngày không thể có: “{said}”.") from error
    if not _EARLIEST <= on < _LATEST:
        raise Refusal(Code.BAD_VALUE, f"Phần tử {name} nêu ngày không thể có: “{said}”.")
    return at.astimezone(OFFICE_ZONE)


def _zone(written: str | None) -> timezone:
    if not written:
        return OFFICE_ZONE
    if written == "Z":
        return timezone(timedelta(0))
    sign = -1 if written[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))
