"""MARC21, both ways: ISO 2709 and MARCXML read into cards, cards written as MARC21.

Files come from anywhere: entities and document types are refused before an XML parser acts on them, sizes are bounded,
and a record that cannot be read is refused alone, with its place and the reason.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from pymarc import Field, Indicators, MARCReader, Record, Subfield
from pymarc.marcxml import record_to_xml

from congso.apps.library.models import Card
from congso.apps.library.services.cataloguing import CardFacts
from congso.lib.vietnamese import clean_line

MOST_BYTES = 10 * 2**20
MOST_RECORDS = 20_000
_NAMESPACE = "{http://www.loc.gov/MARC21/slim}"
_END = " /:;,.="
_NOTHING = object()
_PARTS = {"aut": "aut", "edt": "edt", "trl": "trl", "com": "com", "author": "aut", "editor": "edt", "translator": "trl"}
_WORDS = (("dịch", "trl"), ("chủ biên", "edt"), ("biên tập", "edt"), ("biên soạn", "com"), ("sưu tầm", "com"))


class NotMarc(ValueError):
    """The file as a whole is no MARC; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Entry:
    """One record of the file: its card and the numbers of its copies, or why not."""

    place: int
    facts: CardFacts | None = None
    numbers: tuple[str, ...] = ()
    refusal: str = ""
    title: str = ""


def read_marc(content: bytes) -> Iterator[Entry]:
    """The records of an ISO 2709 file, one by one. Raises NotMarc."""
    if len(content) > MOST_BYTES:
        raise NotMarc(f"Tệp lớn hơn {MOST_BYTES // 2**20} MB; hãy chia nhỏ.")
    if not re.match(rb"^\s*\d{5}", content[:200]):
        raise NotMarc("Tệp không phải MARC21 (ISO 2709): thiếu đầu biểu.")
    reader = MARCReader(content.lstrip(), to_unicode=True, utf8_handling="replace", permissive=True)
    for place in range(1, MOST_RECORDS + 2):
        try:
            record: Any = next(reader, _NOTHING)
        except Exception as error:  # the reader fails on broken bytes in ways it does not list
            raise NotMarc(f"Tệp MARC hỏng ở biểu ghi thứ {place}.") from error
        if record is _NOTHING:
            return
        _check_place(place)
        yield _entry(place, record) if record else Entry(place, refusal="Biểu ghi hỏng: không đúng ISO 2709.")


def _check_place(place: int) -> None:
    if place > MOST_RECORDS:
        raise NotMarc(f"Tệp có hơn {MOST_RECORDS} biểu ghi; hãy chia nhỏ.")


def read_marcxml(content: bytes) -> Iterator[Entry]:
    """The records of a MARCXML file. Raises NotMarc: no XML, document types, entities."""
    if len(content) > MOST_BYTES:
        raise NotMarc(f"Tệp lớn hơn {MOST_BYTES // 2**20} MB; hãy chia nhỏ.")
    place = 0
    try:
        for _event, element in iterparse(io.BytesIO(content), forbid_dtd=True):
            if element.tag not in (f"{_NAMESPACE}record", "record"):
                continue
            place += 1
            _check_place(place)
            yield _entry(place, _from_xml(element))
            element.clear()
    except DefusedXmlException as hostile:
        raise NotMarc("Tệp XML khai báo DTD hoặc thực thể nên không nhận.") from hostile
    except SyntaxError as broken:  # xml.etree's ParseError
        raise NotMarc("Tệp không phải XML đúng dạng.") from broken
    if not place:
        raise NotMarc("Tệp không có biểu ghi MARCXML nào.")


def _from_xml(element: Any) -> Any:
    record: Any = Record()
    for one in element:
        tag = str(one.get("tag", ""))[:3]
        kind = one.tag.rpartition("}")[2]
        if kind == "controlfield" and tag:
            record.add_field(Field(tag=tag, data=(one.text or "")[:10_000]))
        elif kind == "datafield" and tag:
            parts = [Subfield(code=str(part.get("code", "a"))[:1], value=(part.text or "")[:10_000]) for part in one]
            record.add_field(Field(tag=tag, indicators=Indicators(" ", " "), subfields=parts))
    return record


def _entry(place: int, record: Record) -> Entry:
    title = _first(record, "245", "a")
    if not title:
        return Entry(place, refusal="Thiếu nhan đề (trường 245 $a).")
    statement, issued = _first(record, "245", "c"), record.get_fields("260", "264")
    facts = CardFacts(
        title=title,
        subtitle=_joined(record, "245", "b", "n", "p"),
        statement=statement,
        edition=_first(record, "250", "a"),
        published_in=_sub(issued, "a"),
        publisher=_sub(issued, "b"),
        year=_year(_sub(issued, "c") or _control(record, "008")[7:11]),
        language=_language(record),
        isbn=_isbn(record),
        extent=_joined(record, "300", "a", "c"),
        series=_first(record, "490", "a") or _first(record, "440", "a") or _first(record, "830", "a"),
        classification=_first(record, "082", "a") or _first(record, "084", "a") or _first(record, "080", "a"),
        call_number=_joined(record, "090", "a", "b") or _joined(record, "852", "h", "i"),
        summary=_first(record, "520", "a"),
        contributions=tuple(_contributions(record, statement)),
        headings=tuple(_headings(record)),
    )
    copies = [value for field in record.get_fields("852", "876") for value in field.get_subfields("p")]
    return Entry(place, facts, tuple(clean_line(one) for one in copies if one.strip()), title=title[:200])


def _plain(text: str) -> str:
    return clean_line(text).rstrip(_END).strip()


def _first(record: Record, tag: str, code: str) -> str:
    return _sub(record.get_fields(tag), code)


def _sub(fields: Iterable[Field], code: str) -> str:
    return next((_plain(value) for field in fields for value in field.get_subfields(code) if value.strip()), "")


def _joined(record: Record, tag: str, *codes: str) -> str:
    field = next(iter(record.get_fields(tag)), None)
    return " ".join(_plain(value) for value in field.get_subfields(*codes)).strip() if field else ""


def _control(record: Record, tag: str) -> str:
    field = next(iter(record.get_fields(tag)), None)
    return (field.data or "") if field else ""


def _year(text: str) -> int | None:
    found = re.search(r"(1[0-9]{3}|20[0-9]{2}|21[0-9]{2})", text)
    return int(found[1]) if found else None


def _language(record: Record) -> str:
    told = (_first(record, "041", "a")[:3] or _control(record, "008")[35:38]).lower()
    return told if re.fullmatch(r"[a-z]{3}", told) else "vie"


def _isbn(record: Record) -> str:
    """The first number of field 020; what stands behind it (“bìa cứng”) is no part of it."""
    found = re.match(r"[\dXx -]{10,17}", _first(record, "020", "a"))
    return found[0].strip() if found else ""


def _contributions(record: Record, statement: str) -> Iterator[tuple[str, str]]:
    for field in record.get_fields("100", "110", "111", "700", "710", "711"):
        name = _plain(" ".join(field.get_subfields("a", "b")))
        if name:
            told = next((_plain(one).lower() for one in field.get_subfields("4", "e")), "")
            yield name, _PARTS.get(told) or next((part for words, part in _WORDS if words in told), "aut")


def _headings(record: Record) -> Iterator[str]:
    for field in record.get_fields("600", "610", "611", "630", "650", "651", "653"):
        label = " -- ".join(_plain(one) for one in field.get_subfields("a", "x", "y", "z", "v") if one.strip())
        if label:
            yield label[:200]


def marc_record(card: Card, copies: Iterable[str] = ()) -> Any:
    """A card as MARC21 in UTF-8; its copies' numbers in 852 $p."""
    record: Any = Record(force_utf8=True)
    record.leader = record.leader[:5] + "nam a22" + record.leader[12:17] + " a 4500"
    record.add_field(Field(tag="001", data=str(card.pk)))
    day = f"{card.changed_at:%y%m%d}"
    year = f"{card.year:04d}" if card.year else "    "
    record.add_field(Field(tag="008", data=f"{day}s{year}    vm {'':17}000 0 {card.language} d"))
    _add(record, "020", a=card.isbn)
    _add(record, "041", a=card.language)
    _add(record, "082", a=card.classification)
    _add(record, "090", a=card.call_number)
    people = list(card.contributions.all())
    for place, one in enumerate(people):
        tag = ("1" if place == 0 else "7") + ("10" if one.author.is_body else "00")
        _add(record, tag, a=one.author.name, e=one.get_part_display(), **{"4": one.part})
    _add(record, "245", a=card.title, b=card.subtitle, c=card.statement)
    _add(record, "250", a=card.edition)
    _add(record, "260", a=card.published_in, b=card.publisher, c=str(card.year or ""))
    _add(record, "300", a=card.extent)
    _add(record, "490", a=card.series)
    _add(record, "520", a=card.summary)
    for heading in card.headings.all():
        _add(record, "650", a=heading.label)
    for number in copies:
        _add(record, "852", p=number)
    return record


def _add(record: Any, tag: str, **parts: str) -> None:
    told = [Subfield(code=code, value=value) for code, value in parts.items() if value]
    if any(one.code in "ap" for one in told):
        record.add_field(Field(tag=tag, indicators=Indicators(" ", " "), subfields=told))


def marc_bytes(record: Record) -> bytes:
    """The record as ISO 2709."""
    return bytes(record.as_marc())


def marc_xml(record: Record) -> bytes:
    """The record as a MARCXML element."""
    to_xml: Any = record_to_xml
    return bytes(to_xml(record, namespace=True))
