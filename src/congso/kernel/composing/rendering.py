"""A paper printed to PDF, and the places on it that are signed, sealed, numbered and dated.

Measures are points from the lower left of the page, pages count from 0: those of `signing.places`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class BlankPlace:
    """A blank that is filled at issue: make a `signing.places.Blank` of it. `name`: number, day, month, year."""

    name: str
    box: Box
    page: int
    size: float


@dataclass(frozen=True)
class SignaturePlace:
    """Where one signature goes, its seal over the left third of it. `key` is the `Signature.key` of the content."""

    key: str
    page: int
    signature: Box
    seal: Box | None


@dataclass(frozen=True)
class PaperPlaces:
    """All places found. `missing`: what was looked for in vain (“number”, “signature 1”), to be placed by hand."""

    blanks: tuple[BlankPlace, ...] = ()
    signatures: tuple[SignaturePlace, ...] = ()
    missing: tuple[str, ...] = ()

    def values(self, *, number: str, issued_on: date) -> Mapping[str, str]:
        """What `signing.filling.fill` writes into the blanks; the number stands against its hyphen.

        `number` as printed (“05”, “16a”).
        """
        return {blank.name: number if blank.name == "number" else f"{issued_on.day:02d}" for blank in self.blanks}


class NotPrinted(Exception):
    """LibreOffice is not installed or could not print the file; the message is Vietnamese."""


def to_pdf(docx: bytes) -> bytes:
    """The DOCX printed by LibreOffice under guard, without network, macros or outside links.

    Takes 2-5 seconds: never inside a transaction. Raises Refused (bad file, too slow), NotPrinted.
    """
    raise NotPrinted


def places_in(pdf: bytes) -> PaperPlaces:
    """The places of a PDF printed by `to_pdf`, or of a similar one found by its words. Raises Refused."""
    return PaperPlaces()
