"""A paper as it leaves the office: printed, signed, numbered, dated and sealed with a drawn signature and seal."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image, ImageDraw

from congso.kernel.composing.contents import PaperContent
from congso.kernel.composing.rendering import PaperPlaces, places_in, to_pdf
from congso.kernel.composing.templates import make_docx
from congso.kernel.signing.appearance import Look
from congso.kernel.signing.filling import fill
from congso.kernel.signing.means import Level
from congso.kernel.signing.pades import sign
from congso.kernel.signing.places import Blank, Place, PlaceKind, prepare
from congso.kernel.signing.testing import TrustWorld

_BLUE, _RED = (20, 50, 160, 255), (210, 20, 30, 255)


def prepared(content: PaperContent) -> tuple[bytes, PaperPlaces]:
    """The PDF with its places and blanks ready for the first signature."""
    pdf = to_pdf(make_docx(content))
    places = places_in(pdf)
    blanks = [Blank(one.name, one.box, one.page, one.size, is_italic=one.is_italic) for one in places.blanks]
    return prepare(pdf, _places(places), blanks), places


def issued(content: PaperContent, world: TrustWorld, *, number: str, day: date) -> bytes:
    """Signed by each signer, filled, then sealed."""
    pdf, places = prepared(replace(content, year=day.year))
    values = places.values(number=number, issued_on=day)
    for place in _places(places):
        if place.kind is PlaceKind.SEAL:
            continue
        pdf = _signed(pdf, place, world, Look("", _drawn_signature()))
    pdf = fill(pdf, values)
    for place in _places(places):
        if place.kind is PlaceKind.SEAL:
            pdf = _signed(pdf, place, world, Look(content.issuer.title(), _drawn_seal()))
    return pdf


def _places(places: PaperPlaces) -> list[Place]:
    made = []
    for one in places.signatures:
        made.append(Place(f"chu_ky_{one.key}", PlaceKind.PERSONAL, one.page, one.signature))
        if one.seal:
            made.append(Place(f"dau_{one.key}", PlaceKind.SEAL, one.page, one.seal))
    return made


def _signed(pdf: bytes, place: Place, world: TrustWorld, look: Look) -> bytes:
    with (world.office if place.kind is PlaceKind.SEAL else world.person).opened() as key:
        now = datetime.now(UTC)
        return sign(pdf, key=key, place=place, reason="Ban hành", by=look, at=now, means=world.means, level=Level.B_LT)


def _drawn_signature() -> bytes:
    """A blue scrawl on transparent ground, 480 x 110 px."""
    picture = Image.new("RGBA", (480, 110), (0, 0, 0, 0))
    points = [(40 + step * 4, 55 + 38 * math.sin(step / 5) * math.cos(step / 17)) for step in range(100)]
    ImageDraw.Draw(picture).line(points, fill=_BLUE, width=5)
    return _encoded(picture)


def _drawn_seal() -> bytes:
    """A red ring with a star, and the word that it is a sample."""
    picture = Image.new("RGBA", (440, 440), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    for inset in (6, 40):
        draw.ellipse((inset, inset, 440 - inset, 440 - inset), outline=_RED, width=7)
    star = [
        (220 + radius * math.sin(corner * math.pi / 5), 220 - radius * math.cos(corner * math.pi / 5))
        for corner in range(10)
        for radius in [(110, 45)[corner % 2]]
    ]
    draw.polygon(star, outline=_RED, width=6)
    return _encoded(picture)


def _encoded(picture: Image.Image) -> bytes:
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()
