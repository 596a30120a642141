"""How a signature looks on the paper.

Sources: personal signature a blue picture on transparent ground, the organization's red seal over the left third
of it (05-HD/VPTW digest); name of the organization and time of signing in ISO 8601 with +07:00 (30/2020/NĐ-CP,
annex I); corner: Times New Roman 10, upright, black, no picture of a seal (05/2025/TT-BNV for scans).
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.stamp import BaseStampStyle, StaticStampStyle, TextStampStyle

from congso.kernel.signing.places import Place, PlaceKind
from congso.kernel.signing.typefaces import Letters

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_SIZE = 10


@dataclass(frozen=True)
class Look:
    """Who is shown as signing: a person's or an organization's name, and a PNG of the signature or seal.

    `is_told`: the seal's picture also carries name and time (state form); the Party's form shows the seal alone.
    """

    name: str
    picture: bytes = b""
    is_told: bool = True


def style_for(place: Place, look: Look, *, at: datetime) -> BaseStampStyle:
    """pyHanko's stamp for the place. Raises NoTypeface."""
    has_picture = look.picture and place.kind in {PlaceKind.PERSONAL, PlaceKind.SEAL}
    picture = _picture(look.picture) if has_picture else None
    words = words_for(place.kind, look, at=at)
    if not words:
        return StaticStampStyle(background=picture, background_layout=_filling(), background_opacity=1, border_width=0)
    # The words stand below the picture of a signature, beside nothing for a corner.
    align = AxisAlignment.ALIGN_MIN if picture else AxisAlignment.ALIGN_MID
    layout = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, align, Margins.uniform(1), InnerScaling.SHRINK_TO_FIT)
    return TextStampStyle(
        stamp_text=words.replace("%", "%%"), border_width=0, inner_content_layout=layout,
        text_box_style=TextBoxStyle(font=Letters(_SIZE), font_size=_SIZE, border_width=0),
        background=picture, background_layout=_filling(), background_opacity=1,
    )  # fmt: skip


def words_for(kind: PlaceKind, look: Look, *, at: datetime) -> str:
    """What is written at the place; under a personal signature with a picture the name is printed already."""
    moment = at.astimezone(VIETNAM).isoformat(timespec="seconds")
    match kind:
        case PlaceKind.PERSONAL:
            return "" if look.picture else f"Người ký: {look.name}\nThời gian ký: {moment}"
        case PlaceKind.SEAL if look.picture and not look.is_told:
            return ""
        case PlaceKind.SEAL | PlaceKind.CORNER:
            return f"Cơ quan: {look.name}\nThời gian ký: {moment}"
    return ""


def _picture(png: bytes) -> PdfImage:
    return PdfImage(Image.open(BytesIO(png)).convert("RGBA"))


def _filling() -> SimpleBoxLayoutRule:
    """The whole place, the picture's proportions kept."""
    middle = AxisAlignment.ALIGN_MID
    return SimpleBoxLayoutRule(middle, middle, Margins.uniform(0), InnerScaling.STRETCH_TO_FIT)
