"""The places of a paper where it is signed and numbered. Prepared before the first signature, filled later.

The first signature certifies the paper and allows exactly this afterwards: signing the prepared places and filling
the prepared blanks (DocMDP level 2, ISO 32000-2 12.8.2.2). Measures are points from the lower left of the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from congso.kernel.signing import refusals

MM = 72 / 25.4
Box = tuple[float, float, float, float]


class PlaceKind(StrEnum):
    """What stands at the place, and so how it looks."""

    PERSONAL = "personal"  # the picture of a person's signature, blue, with the name
    SEAL = "seal"  # the organization's red seal over the left third of the signature
    CORNER = "corner"  # top right of page one: name of the organization and time, without a seal's picture
    HIDDEN = "hidden"  # initials and approvals that leave no mark on the paper


@dataclass(frozen=True)
class Place:
    """One place for one signature."""

    name: str
    kind: PlaceKind
    page: int = 0
    box: Box | None = None
    title: str = ""

    def as_field(self) -> SigFieldSpec:
        """pyHanko's description of the place."""
        box = tuple(round(side) for side in self.box) if self.box and self.kind is not PlaceKind.HIDDEN else None
        return SigFieldSpec(
            self.name, on_page=self.page, box=box,  # type: ignore[arg-type]
            readable_field_name=self.title or None,
        )  # fmt: skip


@dataclass(frozen=True)
class Blank:
    """A blank for number or date, filled after the first signature. `size` of the letters in points.

    Italic where the form wants it: the date's line (05-HD/VPTW, 30/2020/NĐ-CP).
    """

    name: str
    box: Box
    page: int = 0
    size: float = 14
    title: str = ""
    is_italic: bool = False


def corner_of(width: float, height: float) -> Box:
    """The top right corner of a page, where an organization signs enclosures, copies and scans (30/2020, annex I)."""
    return (width - 95 * MM, height - 22 * MM, width - 15 * MM, height - 6 * MM)


def prepare(pdf: bytes, places: Sequence[Place], blanks: Iterable[Blank] = ()) -> bytes:
    """The paper with empty places and blanks, before the first signature. Raises SigningRefused (signed, damaged)."""
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        if any(True for _ in enumerate_sig_fields(writer, filled_status=True)):
            raise refusals.not_allowed()
        for place in places:
            append_signature_field(writer, place.as_field())
        for blank in blanks:
            _append_blank(writer, blank)
        made = BytesIO()
        writer.write(made)
    except (PdfError, ValueError, KeyError, TypeError, IndexError) as error:
        raise refusals.damaged() from error
    return made.getvalue()


def _append_blank(writer: IncrementalPdfFileWriter, blank: Blank) -> None:
    page = writer.find_page_for_modification(blank.page)[0]
    widget = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): generic.TextStringObject(blank.name),
            pdf_name("/TU"): generic.TextStringObject(blank.title or blank.name),
            pdf_name("/DA"): generic.TextStringObject(f"/{'I' if blank.is_italic else 'F'} {blank.size:g} Tf 0 g"),
            pdf_name("/F"): generic.NumberObject(4), pdf_name("/P"): page,
            pdf_name("/Rect"): generic.ArrayObject(generic.FloatObject(side) for side in blank.box),
        }
    )  # fmt: skip
    reference = writer.add_object(widget)
    page_object = page.get_object()
    try:
        annotations = page_object["/Annots"]
    except KeyError:
        annotations = page_object["/Annots"] = generic.ArrayObject()
    annotations.append(reference)
    writer.update_container(annotations)
    try:
        form = writer.root["/AcroForm"]
    except KeyError:
        form = writer.root["/AcroForm"] = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject()})
        writer.update_root()
    fields = form["/Fields"]
    fields.append(reference)
    writer.update_container(fields)
