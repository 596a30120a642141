"""Files of the known attacks on PDF signatures, made from a paper our chief signed; each shows what he did not sign.

Sources: Mladenov et al., "1 Trillion Dollar Refund" (CCS 2019): universal signature forgery, incremental saving,
signature wrapping; Mainka et al., "Shadow Attacks" (NDSS 2021): hide, replace, hide-and-replace; Rohlmann et al.,
"Breaking the Specification" (S&P 2021): attacks on certified documents.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

from congso.kernel.signing.authorities.issuing import Holder, make_authorities, make_self_signed
from congso.kernel.signing.places import prepare
from congso.kernel.signing.testing import BLANKS, PERSONAL, SEAL, TrustWorld, paper, prepared, software_key

Attack = Callable[[TrustWorld], bytes]
OTHER_WORDS = b"BT /F1 18 Tf 70 650 Td (Mot so tien khac han) Tj ET"
CASES: dict[str, Attack] = {}


def case(name: str) -> Callable[[Attack], Attack]:
    def register(attack: Attack) -> Attack:
        CASES[name] = attack
        return attack

    return register


def increment(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """One more increment with what the change does, as any editor writes it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    change(writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def stream(data: bytes, **entries: object) -> generic.StreamObject:
    made = generic.StreamObject(stream_data=data)
    for name, value in entries.items():
        made[pdf_name(f"/{name}")] = value  # type: ignore[assignment]
    return made


def overwrite(writer: IncrementalPdfFileWriter, drawn: generic.StreamObject, data: bytes) -> None:
    """The same object with other data."""
    drawn._data, drawn._encoded_data = data, None
    writer.update_container(drawn)


def first_page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    return writer.root["/Pages"]["/Kids"][0].get_object()


# Incremental saving


@case("incremental saving: other content of the page")
def _other_content(trusted: TrustWorld) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = first_page(writer)
        page[pdf_name("/Contents")] = writer.add_object(stream(OTHER_WORDS))
        writer.update_container(page)

    return increment(trusted.signed(prepared()), change)


@case("incremental saving: one more page")
def _one_more_page(trusted: TrustWorld) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        page = generic.DictionaryObject(dict(first_page(writer)))
        page[pdf_name("/Annots")] = generic.ArrayObject()
        pages["/Kids"].append(writer.add_object(page))
        pages[pdf_name("/Count")] = generic.NumberObject(2)
        writer.update_container(pages)

    return increment(trusted.signed(prepared()), change)


def _content_object(pdf: bytes) -> int:
    return int(re.search(rb"/Contents (\d+) 0 R", pdf)[1])  # type: ignore[index]


def _bare_object(pdf: bytes) -> bytes:
    return b"\n%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        _content_object(pdf), len(OTHER_WORDS), OTHER_WORDS,
    )  # fmt: skip


@case("incremental saving: a body without table or trailer")
def _body_alone(trusted: TrustWorld) -> bytes:
    signed = trusted.signed(prepared())
    return signed + _bare_object(signed)


@case("incremental saving: a body, and the old trailer again")
def _old_trailer(trusted: TrustWorld) -> bytes:
    signed = trusted.signed(prepared())
    return signed + _bare_object(signed) + signed[signed.rindex(b"startxref") :]


@case("incremental saving: a copy of the signed bytes at the end")
def _copied_tail(trusted: TrustWorld) -> bytes:
    signed = trusted.signed(prepared())
    return signed + _bare_object(signed) + signed


@case("incremental saving: the place of the signature emptied")
def _emptied_place(trusted: TrustWorld) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0].get_object()
        field[pdf_name("/Rect")] = generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 595, 842))
        writer.update_container(field)

    return increment(trusted.signed(prepared()), change)


# Signature wrapping


@case("signature wrapping: content between the signed parts")
def _wrapped(trusted: TrustWorld) -> bytes:
    signed = trusted.signed(prepared())
    end = signed.index(b">", signed.index(b"/Contents <")) + 1
    return signed[:end] + _bare_object(signed) + signed[end:]


@case("signature wrapping: a second signature object with its own byte range")
def _second_object(trusted: TrustWorld) -> bytes:
    signed = trusted.signed(prepared())

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0].get_object()
        moved = generic.DictionaryObject(dict(field["/V"]))
        start, length, second, rest = (int(part) for part in moved["/ByteRange"])
        moved[pdf_name("/ByteRange")] = generic.ArrayObject(
            generic.NumberObject(part) for part in (start, length, second + len(signed), rest)
        )
        field[pdf_name("/V")] = writer.add_object(moved)
        writer.update_container(field)

    return increment(signed, change)


# Universal signature forgery: a signature that cannot be checked shall not look checked


def _replaced(old: bytes, new: bytes) -> Attack:
    def attack(trusted: TrustWorld) -> bytes:
        signed = trusted.signed(prepared())
        assert signed.count(old) == 1
        return signed.replace(old, new.ljust(len(old)))

    return attack


def _in_object(entry: str, value: object) -> Attack:
    """The signature object replaced by an increment, one of its entries gone (None) or nonsense."""

    def attack(trusted: TrustWorld) -> bytes:
        def change(writer: IncrementalPdfFileWriter) -> None:
            field = writer.root["/AcroForm"]["/Fields"][0].get_object()
            forged = generic.DictionaryObject(dict(field["/V"]))
            forged.pop(pdf_name(entry))
            if value is not None:
                forged[pdf_name(entry)] = value  # type: ignore[assignment]
            field[pdf_name("/V")] = writer.add_object(forged)
            writer.update_container(field)

        return increment(trusted.signed(prepared()), change)

    return attack


_NUMBERS = {
    "zeros": (0, 0, 0, 0), "negative": (0, -1, 1, -1), "short": (0, 10), "everything": (0, 10**9, 10**9, 1),
    "overlapping": (0, 500, 100, 500), "shifted": (1, 500, 600, 100),
}  # fmt: skip
for _name, _range in _NUMBERS.items():
    CASES[f"universal forgery: byte range {_name}"] = _in_object(
        "/ByteRange", generic.ArrayObject(generic.NumberObject(part) for part in _range)
    )
CASES["universal forgery: no byte range"] = _in_object("/ByteRange", None)
CASES["universal forgery: no contents"] = _in_object("/Contents", None)
CASES["universal forgery: null contents"] = _in_object("/Contents", generic.NullObject())
CASES["universal forgery: empty contents"] = _in_object("/Contents", generic.ByteStringObject(b""))
CASES["universal forgery: a zero as contents"] = _in_object("/Contents", generic.ByteStringObject(b"\0"))
CASES["universal forgery: unknown format"] = _in_object("/SubFilter", pdf_name("/adbe.none"))
CASES["universal forgery: renamed byte range"] = _replaced(b"/ByteRange", b"/BiteRange")
CASES["universal forgery: renamed contents"] = _replaced(b"/Contents <", b"/Kontents <")


# Shadow attacks: the paper is poisoned before it is signed


@case("shadow, hide: a picture over the text is taken away")
def _hide(trusted: TrustWorld) -> bytes:
    cover = b"1 1 1 rg 60 600 500 90 re f 0 g BT /F1 18 Tf 70 650 Td (Ke hoach vo hai) Tj ET"

    def poison(writer: IncrementalPdfFileWriter) -> None:
        page = first_page(writer)
        box = generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 595, 842))
        form = stream(
            cover, Type=pdf_name("/XObject"), Subtype=pdf_name("/Form"), BBox=box, Resources=page["/Resources"]
        )
        page["/Resources"][pdf_name("/XObject")] = generic.DictionaryObject(
            {pdf_name("/Cover"): writer.add_object(form)}
        )
        writer.update_container(page["/Resources"])
        page[pdf_name("/Contents")] = writer.add_object(stream(OTHER_WORDS + b" /Cover Do"))
        writer.update_container(page)

    def uncover(writer: IncrementalPdfFileWriter) -> None:
        overwrite(writer, first_page(writer)["/Resources"]["/XObject"]["/Cover"], b"")

    poisoned = prepare(increment(paper(), poison), [PERSONAL], [])
    return increment(trusted.signed(poisoned), uncover)


@case("shadow, replace: another font draws the same letters")
def _replace_font(trusted: TrustWorld) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        fonts = first_page(writer)["/Resources"]["/Font"]
        font = generic.DictionaryObject(dict(fonts["/F1"]))
        font[pdf_name("/BaseFont")] = pdf_name("/ZapfDingbats")
        fonts[pdf_name("/F1")] = writer.add_object(font)
        writer.update_container(fonts)

    return increment(trusted.signed(prepared()), change)


def _form_value(value: str) -> Callable[[IncrementalPdfFileWriter], None]:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][-1].get_object()
        box = generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 200, 18))
        look = stream(value.encode("ascii"), Type=pdf_name("/XObject"), Subtype=pdf_name("/Form"), BBox=box)
        field[pdf_name("/V")] = generic.TextStringObject(value)
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)})
        writer.update_container(field)

    return change


@case("shadow, replace: a value that stood in the form is replaced")
def _replace_value(trusted: TrustWorld) -> bytes:
    poisoned = increment(prepare(paper(), [PERSONAL], BLANKS[:1]), _form_value("100 dong"))
    return increment(trusted.signed(poisoned), _form_value("900 dong"))


@case("shadow, replace: the drawing of a filled blank is overwritten in place")
def _replace_drawing(trusted: TrustWorld) -> bytes:
    poisoned = increment(prepare(paper(), [PERSONAL], BLANKS[:1]), _form_value("100 dong"))

    def change(writer: IncrementalPdfFileWriter) -> None:
        overwrite(writer, writer.root["/AcroForm"]["/Fields"][-1].get_object()["/AP"]["/N"], b"0 0 200 18 re f")

    return increment(trusted.signed(poisoned), change)


@case("shadow, hide and replace: a second tree of pages lies ready")
def _second_tree(trusted: TrustWorld) -> bytes:
    def poison(writer: IncrementalPdfFileWriter) -> None:
        page = generic.DictionaryObject(dict(first_page(writer)))
        page[pdf_name("/Contents")] = writer.add_object(stream(OTHER_WORDS))
        kids = generic.ArrayObject([writer.add_object(page)])
        tree = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Pages"),
                pdf_name("/Kids"): kids,
                pdf_name("/Count"): generic.NumberObject(1),
            }
        )
        writer.root[pdf_name("/PieceInfo")] = generic.DictionaryObject({pdf_name("/X"): writer.add_object(tree)})
        writer.update_root()

    def switch(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name("/Pages")] = writer.root["/PieceInfo"].raw_get("/X")
        writer.update_root()

    poisoned = prepare(increment(paper(), poison), [PERSONAL], [])
    return increment(trusted.signed(poisoned), switch)


# Attacks on certified papers


def _annotated(kind: str) -> Attack:
    def attack(trusted: TrustWorld) -> bytes:
        def change(writer: IncrementalPdfFileWriter) -> None:
            page = first_page(writer)
            note = generic.DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name(f"/{kind}"),
                    pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(n) for n in (60, 600, 560, 690)),
                    pdf_name("/Contents"): generic.TextStringObject("Khac"), pdf_name("/F"): generic.NumberObject(4),
                }
            )  # fmt: skip
            page["/Annots"].append(writer.add_object(note))
            writer.update_container(page["/Annots"])
            writer.update_container(page)

        return increment(trusted.signed(prepared()), change)

    return attack


for _kind in ("FreeText", "Redact", "Stamp"):
    CASES[f"certification, evil annotation: {_kind}"] = _annotated(_kind)


def stranger() -> Holder:
    """Somebody with a certificate of his own making."""
    return make_authorities("http://127.0.0.1:9", at=datetime.now(UTC)).issue("Trần Thử Chánh", at=datetime.now(UTC))


def self_made() -> Holder:
    """Somebody whose certificate nobody vouches for."""
    return make_self_signed("Trần Thử Chánh", at=datetime.now(UTC))


@case("certification, sneaky signature: a stranger signs over the text")
def _sneaky(trusted: TrustWorld) -> bytes:
    return _sign_over(trusted, software_key(stranger()).opened)


@case("certification, sneaky signature: somebody trusted signs over the text")
def _sneaky_insider(trusted: TrustWorld) -> bytes:
    return _sign_over(trusted, trusted.office.opened)


def _sign_over(trusted: TrustWorld, opened: Callable[[], object]) -> bytes:
    from congso.kernel.signing.appearance import Look, style_for

    name = "them"
    writer = IncrementalPdfFileWriter(BytesIO(trusted.signed(prepared())))
    append_signature_field(writer, SigFieldSpec(name, box=(60, 600, 560, 690)))
    look = style_for(replace(PERSONAL, name=name), Look("Mot so tien khac han"), at=datetime.now(UTC))
    with opened() as key:  # type: ignore[attr-defined]
        signer = PdfSigner(PdfSignatureMetadata(field_name=name), key.signer, stamp_style=look)
        return signer.sign_pdf(writer).getvalue()


@case("certification: the signer forbade every change, a blank is filled")
def _filled_against_the_word(trusted: TrustWorld) -> bytes:
    from pyhanko.sign.fields import MDPPerm

    writer = IncrementalPdfFileWriter(BytesIO(prepared()))
    told = PdfSignatureMetadata(field_name=PERSONAL.name, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    with trusted.person.opened() as key:
        signed = PdfSigner(told, key.signer).sign_pdf(writer).getvalue()
    return increment(signed, _form_value("16-KH/TU"))


@case("no certification: a blank is filled after the signature")
def _filled_unasked(trusted: TrustWorld) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(prepared()))
    with trusted.person.opened() as key:
        signed = PdfSigner(PdfSignatureMetadata(field_name=PERSONAL.name), key.signer).sign_pdf(writer).getvalue()
    return increment(signed, _form_value("16-KH/TU"))


@case("certification: a number filled before the seal is replaced after it")
def _number_replaced(trusted: TrustWorld) -> bytes:
    numbered = increment(trusted.signed(prepared()), _form_value("16-KH/TU"))
    return increment(trusted.signed(numbered, SEAL), _form_value("99-KH/TU"))
