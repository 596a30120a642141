"""Types of papers as the office's list has them (list `document_types`), in the shape of `lib.document_types`.

The reading machine knows the types of the law by itself; the register accepts what the list holds on the day.
"""

from datetime import date

from congso.kernel.catalogues.internal.snapshot import Code
from congso.kernel.catalogues.queries import code_on, codes_on
from congso.lib.document_types import DocumentType, Family

CATALOGUE = "document_types"


def types_on(day: date) -> tuple[DocumentType, ...]:
    """The types papers may have on the day."""
    return tuple(map(_type, codes_on(CATALOGUE, day)))


def type_on(key: str, day: date) -> DocumentType | None:
    """What the key meant on the day; None for a key no version ever had."""
    found = code_on(CATALOGUE, key, day)
    return _type(found) if found else None


def _type(code: Code) -> DocumentType:
    facts = code.attributes
    also = tuple(word.strip() for word in str(facts.get("also_written", "")).split(";") if word.strip())
    family = facts.get("family")
    return DocumentType(
        key=code.code,
        name=code.name,
        abbreviation=str(facts.get("abbreviation", "")),
        family=Family(family) if family in set(Family) else Family.PARTY,
        trust="U",
        also_written=also,
    )
