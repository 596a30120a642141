"""A photographed or scanned signature or seal, drawn anew: its ink alone, in the form's colour, on transparent ground.

Sources: personal signature a blue PNG on transparent ground, 480 x 110 px in the Party's operations system; the
agency's seal red, 110 px high, over the left third of it (05-HD/VPTW digest; 30/2020/NĐ-CP, annex I). Kept at twice
that size, for print. Pure; foreign bytes come here in the guarded child only.
"""

import warnings
from enum import StrEnum
from io import BytesIO

from PIL import Image, ImageChops

from congso.kernel.files.reading.refusals import Reason, Refused

_SIGNATURE, _SEAL = (960, 220), (440, 440)
_LEAST = {"signature": (80, 20), "seal": (100, 100)}
_BLUE, _RED = (0, 51, 153), (200, 16, 24)
_MOST_PIXELS = 16_000_000
_FAINT = 40  # of 255: paper that is not quite white
_MOST_INK = 0.6  # of the whole: more is no writing but a photograph
_ROUND = (0.6, 1.67)  # width to height of a seal: round, oval or square


class Shape(StrEnum):
    """What the picture is of."""

    SIGNATURE = "signature"
    SEAL = "seal"


def drawn_anew(data: bytes, shape: Shape) -> tuple[bytes, tuple[int, int]]:
    """A PNG with nothing of the given file but its ink, and its size in pixels. Raises Refused."""
    ink = _ink(_opened(data))
    box = ink.getbbox()
    if box is None:
        raise _refused("Ảnh trống: không thấy nét mực nào. Hãy ký trên giấy trắng, quét hoặc chụp lại.")
    ink = ink.crop(box)
    _check(ink, shape)
    ink = _fitted(ink, _SIGNATURE if shape is Shape.SIGNATURE else _SEAL)
    picture = Image.new("RGB", ink.size, _BLUE if shape is Shape.SIGNATURE else _RED)
    picture.putalpha(ink)
    made = BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue(), picture.size


def _opened(data: bytes) -> Image.Image:
    """The picture over white paper, in shades of grey by its darkest channel. Raises Refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(BytesIO(data), formats=("PNG",)) as found:
                if found.width * found.height > _MOST_PIXELS:
                    raise _refused("Ảnh quá lớn. Hãy thu nhỏ còn dưới 4000 × 4000 điểm ảnh.")
                if getattr(found, "n_frames", 1) != 1:
                    raise _refused("Ảnh động không dùng làm chữ ký, con dấu được.")
                whole = found.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise _refused("Không đọc được ảnh. Hãy lưu lại thành tệp PNG rồi tải lên.") from error
    paper = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(paper, whole).convert("RGB")


def _ink(picture: Image.Image) -> Image.Image:
    """How much ink each point has: none on paper, all where it is darkest."""
    red, green, blue = picture.split()
    ink = ImageChops.invert(ImageChops.darker(ImageChops.darker(red, green), blue))
    darkest = max(shade for shade, count in enumerate(ink.histogram()) if count)
    if darkest <= _FAINT:
        return Image.new("L", ink.size)
    return ink.point([0 if shade <= _FAINT else min(255, shade * 255 // darkest) for shade in range(256)])


def _check(ink: Image.Image, shape: Shape) -> None:
    least = _LEAST[shape]
    if ink.width < least[0] or ink.height < least[1]:
        raise _refused(f"Ảnh quá nhỏ: phần nét mực phải rộng ít nhất {least[0]} và cao ít nhất {least[1]} điểm ảnh.")
    histogram = ink.histogram()
    if sum(histogram[128:]) > _MOST_INK * ink.width * ink.height:
        raise _refused("Nền ảnh quá tối hoặc đây không phải ảnh chữ ký, con dấu. Hãy chụp trên giấy trắng, đủ sáng.")
    ratio = ink.width / ink.height
    if shape is Shape.SEAL and not _ROUND[0] <= ratio <= _ROUND[1]:
        raise _refused("Ảnh con dấu phải gần tròn hoặc vuông. Hãy cắt ảnh chỉ còn con dấu.")


def _fitted(ink: Image.Image, room: tuple[int, int]) -> Image.Image:
    """Not larger than the form's place at print resolution; never blown up."""
    scale = min(room[0] / ink.width, room[1] / ink.height, 1)
    size = max(1, round(ink.width * scale)), max(1, round(ink.height * scale))
    return ink.resize(size, Image.Resampling.LANCZOS) if scale < 1 else ink


def _refused(words: str) -> Refused:
    return Refused(Reason.DAMAGED, words)
