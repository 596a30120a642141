"""What the fields say of each other and of the calendar: agreement makes sure, contradiction makes a doubt."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from congso.kernel.papers.fields.agency_codes import initials_of
from congso.kernel.papers.fields.number_symbol import kinds_of
from congso.kernel.papers.proposals import FieldName, FieldReading

_LETTER = "Công văn"
_BORNE_OUT = 1.03
AFTER_RECEIPT = "Ngày ban hành muộn hơn ngày nhận."


def checked(
    readings: Mapping[FieldName, FieldReading], *, received_on: date | None = None
) -> dict[FieldName, FieldReading]:
    """The readings with doubts added."""
    found = dict(readings)
    _check_kind(found)
    _check_agency(found)
    _check_date(found, received_on)
    return found


def _check_kind(found: dict[FieldName, FieldReading]) -> None:
    kind, symbol = found.get(FieldName.DOC_TYPE), found.get(FieldName.NUMBER_SYMBOL)
    if kind is None or symbol is None:
        return
    if kind.value == _LETTER and "/" in symbol.value.split("-")[0]:
        return  # a letter of the state carries its agency first: CT is a tax office there, no directive
    names = kinds_of(symbol.value)
    if names and kind.value not in names:
        say = f"Ký hiệu ghi {' hoặc '.join(names).lower()}, tên loại ghi {kind.value.lower()}."
        found[FieldName.DOC_TYPE] = doubted(kind, say)
        found[FieldName.NUMBER_SYMBOL] = doubted(symbol, say)


def _check_agency(found: dict[FieldName, FieldReading]) -> None:
    """A symbol that carries the issuer's initials bears both out; many offices abbreviate otherwise, so no doubt."""
    symbol, issuer = found.get(FieldName.NUMBER_SYMBOL), found.get(FieldName.ISSUING_AGENCY)
    if symbol is None or issuer is None or symbol.doubt or issuer.doubt:
        return
    parent = found.get(FieldName.PARENT_AGENCY)
    initials = initials_of(((parent.written if parent else "").upper(), issuer.written.upper()))
    if set(re.split("[-/ ]", symbol.value)) & initials:
        for reading in (symbol, issuer):
            found[reading.name] = replace(reading, confidence=min(0.99, round(reading.confidence * _BORNE_OUT, 3)))


def _check_date(found: dict[FieldName, FieldReading], received_on: date | None) -> None:
    issued = found.get(FieldName.ISSUED_DATE)
    if issued and issued.value and received_on and date.fromisoformat(issued.value) > received_on:
        found[FieldName.ISSUED_DATE] = doubted(issued, AFTER_RECEIPT)


def doubted(reading: FieldReading, doubt: str, by: float = 0.6) -> FieldReading:
    """The reading with one doubt more and less confidence."""
    said = f"{reading.doubt} {doubt}".strip() if doubt not in reading.doubt else reading.doubt
    return replace(reading, doubt=said, confidence=round(reading.confidence * by, 3))
