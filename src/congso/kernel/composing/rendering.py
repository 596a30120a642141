"""A paper printed to PDF, and the places on it that are signed, sealed, numbered and dated.

Measures are points from the lower left of the page, pages count from 0: those of `signing.places`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast
from uuid import uuid4

from congso.kernel.composing.guarded import ask
from congso.kernel.composing.letter_widths import width_of
from congso.kernel.files import spool
from congso.kernel.files.configuration import limits
from congso.kernel.files.reading import office, refusals
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.lib.vietnamese_dates import paper_date

Box = tuple[float, float, float, float]
_PRINT = {
    "ExportBookmarksToPDFDestination": ("boolean", "true"),  # so the anchors are found on the page
    "ExportFormFields": ("boolean", "false"),  # a form of its own would stand in the way of signing
    "SelectPdfVersion": ("long", "2"),  # PDF/A-2b: what is signed is also what is archived
}
_BLANK_WIDTH = 0.25  # of the size
_FILLING_INDENT = 1.0  # points: where signing.filling begins to write


@dataclass(frozen=True)
class BlankPlace:
    """A blank that is filled at issue: make a `signing.places.Blank` of it. `name`: number, day, month, year."""

    name: str
    box: Box
    page: int
    size: float

    @property
    def is_italic(self) -> bool:
        """The date's line is; the number's is not."""
        return self.name != "number"


@dataclass(frozen=True)
class SignaturePlace:
    """Where one signature goes, its seal over the left third of it. `key` is the `Signature.key` of the content."""

    key: str
    page: int
    signature: Box
    seal: Box | None


@dataclass(frozen=True)
class PaperPlaces:
    """All places found. `missing`: what was looked for in vain (number, day, month, signature), to be placed by hand.

    A number or date printed already leaves no blank and counts as missing.
    """

    blanks: tuple[BlankPlace, ...] = ()
    signatures: tuple[SignaturePlace, ...] = ()
    missing: tuple[str, ...] = ()
    pages: int = 0

    def values(self, *, number: str, issued_on: date) -> Mapping[str, str]:
        """What `signing.filling.fill` writes into the blanks; `number` as printed (“05”, “16a”)."""
        words = paper_date(issued_on).split()
        known = {"number": number, "day": words[1], "month": words[3], "year": words[5]}
        return {blank.name: _aligned(known[blank.name], blank) for blank in self.blanks}


def _aligned(value: str, blank: BlankPlace) -> str:
    """With blanks before it, so that a number ends at its hyphen and a day stands in the middle of its gap."""
    room = blank.box[2] - blank.box[0] - _FILLING_INDENT - width_of(value, blank.size)
    share = 1.0 if blank.name == "number" else 0.5
    return " " * max(0, int(room * share / (_BLANK_WIDTH * blank.size))) + value


class NotPrinted(Exception):
    """LibreOffice is not installed or could not print the file; the message is Vietnamese."""


def to_pdf(docx: bytes) -> bytes:
    """The DOCX printed by LibreOffice under guard, without network, macros or outside links; PDF/A-2b.

    Takes 2-5 seconds: never inside a transaction. Raises Refused (no DOCX, hostile, too slow), NotPrinted.
    """
    if office.libreoffice() is None:
        raise NotPrinted(str(refusals.office_missing(FACTS[FileKind.DOCX].label).message_vi))
    ask("look", {"paper": docx})
    options = json.dumps({name: {"type": kind, "value": value} for name, (kind, value) in _PRINT.items()})
    with spool.needs_room(), spool.work_folder(uuid4()) as work:
        source = work / "paper"
        source.write_bytes(docx)
        made: Path | None = office.to_pdf(source, FileKind.DOCX, limits=limits(), work=work, options=options)
        if made is None:
            raise NotPrinted(refusals.unopened(FACTS[FileKind.DOCX].label).message_vi)
        return made.read_bytes()


def places_in(pdf: bytes) -> PaperPlaces:
    """The places of a PDF printed by `to_pdf`, or of a similar one found by its words. Raises Refused."""
    found, _ = ask("places", {"paper": pdf})
    return PaperPlaces(
        tuple(BlankPlace(one["name"], _box(one["box"]), one["page"], one["size"]) for one in found["blanks"]),
        tuple(
            SignaturePlace(one["key"], one["page"], _box(one["signature"]), _box(one["seal"]) if one["seal"] else None)
            for one in found["signatures"]
        ),
        tuple(found["missing"]),
        found["pages"],
    )


def _box(sides: list[float]) -> Box:
    return cast("Box", tuple(sides))
