"""Number and date enter a signed paper: values of prepared blanks, by an increment the certification allows."""

from collections.abc import Mapping
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import read_certification_data

from congso.kernel.signing import refusals
from congso.kernel.signing.typefaces import Letters


def fill(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """The paper with these blanks filled; every signature on it stays valid.

    A blank is filled once: what a later signature saw in it may not change. Raises SigningRefused: no such blank,
    filled already, or a certification that forbids it.
    """
    try:
        _check_allowed(PdfFileReader(BytesIO(pdf), strict=False))
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        fields = _text_fields(writer)
        for name, value in values.items():
            if name not in fields:
                raise refusals.no_field(name)
            if "/V" in fields[name]:
                raise refusals.not_allowed()
            _set(writer, fields[name], value)
        made = BytesIO()
        writer.write(made)
    except (PdfError, ValueError, KeyError, TypeError, IndexError) as error:
        raise refusals.damaged() from error
    return made.getvalue()


def _check_allowed(reader: PdfFileReader) -> None:
    certified = read_certification_data(reader)
    if reader.embedded_regular_signatures and (certified is None or certified.permission is MDPPerm.NO_CHANGES):
        raise refusals.not_allowed()


def _text_fields(writer: IncrementalPdfFileWriter) -> dict[str, generic.DictionaryObject]:
    try:
        fields = writer.root["/AcroForm"]["/Fields"]
    except KeyError:
        return {}
    found = (one.get_object() for one in fields)
    return {str(one["/T"]): one for one in found if one.get("/FT") == "/Tx"}


def _set(writer: IncrementalPdfFileWriter, field: generic.DictionaryObject, value: str) -> None:
    left, low, right, high = (float(side) for side in field["/Rect"])
    named, written = str(field["/DA"]).split()[:2]
    size = float(written)
    font = Letters(round(size), is_italic=named == "/I").create_font_engine(writer)
    shown = font.shape(value)
    resources = generic.DictionaryObject(
        {pdf_name("/Font"): generic.DictionaryObject({pdf_name("/F"): font.as_resource()})}
    )
    font.prepare_write()
    # The base line stands where a printed letter of the row would: a fifth of the size above the lower edge.
    drawn = b"/Tx BMC q BT /F %g Tf 0 g 1 %g Td %s ET Q EMC" % (size, size / 5, shown.graphics_ops)
    form = RawContent(drawn, box=BoxConstraints(right - left, high - low)).as_form_xobject()
    form[pdf_name("/Resources")] = resources
    field[pdf_name("/V")] = generic.TextStringObject(value)
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)})
    writer.update_container(field)
