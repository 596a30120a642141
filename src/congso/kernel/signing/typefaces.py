"""The letters of stamps and blanks: an official-looking typeface, cut down once to what Vietnamese needs."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from pyhanko.pdf_utils.font.api import FontEngine, FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.writer import BasePdfFileWriter

_FACES = ("Tinos-Regular.ttf", "LiberationSerif-Regular.ttf", "DejaVuSerif.ttf", "DejaVuSans.ttf")
_ITALICS = ("Tinos-Italic.ttf", "LiberationSerif-Italic.ttf", "DejaVuSerif-Italic.ttf")
_LETTERS = (range(0x20, 0x250), range(0x300, 0x330), range(0x1E00, 0x1F00), range(0x2010, 0x2040))
_UNITS = 1000


class NoTypeface(Exception):
    """The machine has no typeface with Vietnamese letters (Debian: fonts-croscore)."""


@dataclass(frozen=True)
class Letters(FontEngineFactory):
    """pyHanko's factory for our letters at a size in points."""

    size: int
    is_italic: bool = False

    def create_font_engine(self, writer: BasePdfFileWriter, obj_stream: object = None) -> FontEngine:
        """A font of the writer; each embeds only the letters it shows. Raises NoTypeface."""
        return GlyphAccumulator(
            writer, font_handle=BytesIO(_typeface(is_italic=self.is_italic)), font_size=self.size, obj_stream=obj_stream
        )


@cache
def _typeface(*, is_italic: bool = False) -> bytes:
    """The typeface's file in memory. Widths are in thousandths of the size, as PDF counts and pyHanko assumes."""
    fonts = Path("/usr/share/fonts")
    found = next((path for name in (*(_ITALICS if is_italic else ()), *_FACES) for path in fonts.rglob(name)), None)
    if found is None:
        raise NoTypeface
    font = TTFont(found)
    wanted = subset.Subsetter(subset.Options(hinting=False, notdef_outline=True, name_IDs=["*"]))
    wanted.populate(unicodes=[code for codes in _LETTERS for code in codes])
    wanted.subset(font)
    scale_upem(font, _UNITS)
    made = BytesIO()
    font.save(made)
    return made.getvalue()
