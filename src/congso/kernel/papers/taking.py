"""What a register takes of a reading: typed, in the office's own words, with what speaks against it."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from congso.kernel.catalogues.document_types import types_on
from congso.kernel.directory.models import Organization
from congso.lib.document_types import type_named, types_abbreviated
from congso.lib.layout import Place
from congso.lib.vietnamese import fold, nfc

A4 = (595.3, 841.9)
_SAME_NAME = 0.85  # alike enough to be the same name, its place written out or a letter misread
_OWN_BODIES = ("văn phòng", "ban ", "ủy ban kiểm tra", "uỷ ban kiểm tra", "đảng ủy cơ quan", "sở ", "phòng ")


@dataclass(frozen=True)
class Taken:
    """What a register would take for a reading, with what else speaks against it."""

    proposed: str
    doubt: str = ""
    alternative: str = ""


def take_date(value: str, today: date) -> Taken:
    """A day as the reading machine writes it (ISO)."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return Taken("", f"Không rõ ngày “{value[:40]}”.")
    return Taken(day.isoformat(), "Ngày văn bản sau ngày hôm nay." if day > today else "")


def take_type(value: str, today: date) -> Taken:
    """The key of a type of papers in the office's list of the day."""
    known = types_on(today)
    named = type_named(value, known)
    found = (named,) if named else types_abbreviated(value, known)
    if not found:
        return Taken("", f"Không có tên loại “{value[:60]}” trong danh mục.")
    doubt = "" if len(found) == 1 else f"Có thể là {' hoặc '.join(kind.name for kind in found)}."
    return Taken(found[0].key, doubt)


def take_issuer(agency: str, parent: str, known: Organization | None) -> Taken:
    """The issuer's full name: an office or commission is named with the committee it serves (office 1.6).

    The directory's spelling wins over the paper's, but a name of earlier days stays as it was printed.
    """
    parent = " ".join(nfc(parent).split())
    whole = f"{agency} {parent}" if parent and _is_named_by_its_parent(agency, parent) else agency
    if known is None:
        return Taken(whole, alternative=agency)
    if max(_likeness(known.name, written) for written in (whole, agency)) >= _SAME_NAME:
        return Taken(known.name, alternative=agency)
    return Taken(whole, alternative=known.name)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, fold(one).lower(), fold(other).lower()).ratio()


def _is_named_by_its_parent(agency: str, parent: str) -> bool:
    """“Văn phòng” below “Tỉnh ủy Lào Cai”, but not “Đảng ủy xã Bát Xát” below “Đảng bộ tỉnh Lào Cai”."""
    small, above = agency.lower(), parent.lower()
    return f"{small} ".startswith(_OWN_BODIES) and above not in small and not above.startswith(("đảng bộ", "đảng cộng"))


def in_percent(place: Place, sizes: tuple[tuple[float, float], ...]) -> list[float]:
    """A place in percent of its page; a page of unknown size is taken for A4."""
    if place.box is None:
        return [place.page]
    width, height = sizes[place.page - 1] if 0 < place.page <= len(sizes) else A4
    box = place.box
    parts = (box.left / width, box.top / height, box.width / width, box.height / height)
    return [place.page, *(round(min(100.0, max(0.0, 100 * part)), 2) for part in parts)]
