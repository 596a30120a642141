"""Red stamps in the upper part of a page's picture, read one by one for a grade of secrecy.

The secrecy stamp is red and framed (30/2020/NĐ-CP, Annex I); on a scan it often lies across other text or
stands askew, where reading the whole page fails. Runs in the guarded child only.
"""

import math
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from congso.kernel.files.reading.recognition import LINE, PAGE, lines_in
from congso.kernel.files.reading.secrecy import Grade, standing_alone

WIDTH = 1_240  # A4 at 150 dpi
_CELL = 8
_MOST_REGIONS = 6
_MIN_WIDTH, _MAX_WIDTH, _MIN_HEIGHT, _MAX_HEIGHT = 40, 700, 14, 260
_MOST_TILT = 20
_INK = 100
_WIDER_THAN_ROUND = 1.3  # a hanging seal is round, its curved words read as noise
_SLIPS = {Grade.MAT: 1, Grade.TOI_MAT: 2, Grade.TUYET_MAT: 3}


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


def grade_in_stamps(picture: Image.Image, work: Path) -> Grade | None:
    """The gravest grade read in a red stamp of the picture (the head of a page, `WIDTH` wide), or None."""
    red = red_parts(picture)
    grades: list[Grade] = []
    for box in stamp_boxes(red):
        crop = red.crop((box.left - 6, box.top - 6, box.right + 6, box.bottom + 6))
        if grade := _read(crop, work, forgiving=box.width > _WIDER_THAN_ROUND * box.height):
            grades.append(grade)
    return max(grades, key=lambda grade: grade.rank, default=None)


def red_parts(picture: Image.Image) -> Image.Image:
    """A mask: white where the picture is red ink (pale or dark), black elsewhere."""
    hue, saturation, value = picture.convert("HSV").split()
    mask = hue.point([255 if h < 14 or h > 232 else 0 for h in range(256)])
    strong = saturation.point([255 if s > 70 else 0 for s in range(256)])
    lit = value.point([255 if v > 70 else 0 for v in range(256)])
    return ImageChops.multiply(ImageChops.multiply(mask, strong), lit).filter(ImageFilter.MedianFilter(3))


def stamp_boxes(red: Image.Image) -> list[Box]:
    """Where red ink stands together in the size of a stamp's word or frame, the largest first."""
    columns, rows = red.width // _CELL, red.height // _CELL
    if not columns or not rows:
        return []
    grid = red.resize((columns, rows), Image.Resampling.BOX).filter(ImageFilter.MaxFilter(3))
    inked = {index for index, value in enumerate(grid.tobytes()) if value > 20}
    boxes = []
    while inked:
        cells = _take_region(inked, columns)
        xs, ys = [cell % columns for cell in cells], [cell // columns for cell in cells]
        box = Box(min(xs) * _CELL, min(ys) * _CELL, (max(xs) + 1) * _CELL, (max(ys) + 1) * _CELL)
        if _MIN_WIDTH <= box.width <= _MAX_WIDTH and _MIN_HEIGHT <= box.height <= _MAX_HEIGHT:
            boxes.append(box)
    return sorted(boxes, key=lambda box: -box.width * box.height)[:_MOST_REGIONS]


def _take_region(inked: set[int], columns: int) -> list[int]:
    start = inked.pop()
    region, queue = [start], deque([start])
    while queue:
        cell = queue.popleft()
        x = cell % columns
        for step in (-columns, columns, *([-1] if x else []), *([1] if x < columns - 1 else [])):
            near = cell + step
            if near in inked:
                inked.remove(near)
                region.append(near)
                queue.append(near)
    return region


def _read(crop: Image.Image, work: Path, *, forgiving: bool) -> Grade | None:
    """Read a crop (red as white on black) straightened by its own upper edge, without its frame."""
    tilt = tilt_of(crop)
    for angle in {tilt, 0.0}:
        straight = crop.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True) if angle else crop
        for word in (without_frame(straight), straight):
            large = ImageOps.invert(word).resize((word.width * 3, word.height * 3), Image.Resampling.LANCZOS)
            for line in lines_in(
                ImageOps.expand(large, 30, 255), work, segmentation=PAGE if word is straight else LINE
            ):
                if grade := _grade(line, forgiving=forgiving):
                    return grade
    return None


def tilt_of(crop: Image.Image) -> float:
    """Degrees to turn the stamp back, from where its upper edge is met at a quarter and three quarters."""
    left, right = (_first_ink(crop, round(crop.width * share)) for share in (0.25, 0.75))
    if left is None or right is None:
        return 0.0
    angle = math.degrees(math.atan2(right - left, crop.width / 2))
    return round(angle, 1) if abs(angle) <= _MOST_TILT else 0.0


def _first_ink(crop: Image.Image, column: int) -> int | None:
    values = crop.crop((column, 0, column + 1, crop.height)).tobytes()
    return next((row for row, value in enumerate(values) if value > _INK), None)


def without_frame(crop: Image.Image) -> Image.Image:
    """The crop without what hangs together over most of its width: the frame, single or double."""
    clean = crop.point([255 if value > _INK else 0 for value in range(256)])
    for _ in range(2):
        column = clean.width // 2
        top = _first_ink(clean, column)
        if top is None:
            break
        tried = clean.copy()
        ImageDraw.floodfill(tried, (column, top), 0)
        gone = ImageChops.difference(clean, tried).getbbox()
        if gone is None or gone[2] - gone[0] < 0.7 * clean.width:
            break
        clean = tried
    return clean


def _grade(line: str, *, forgiving: bool) -> Grade | None:
    """A framed crop holds one stamp, so more slips are forgiven than in the text of a page."""
    if not forgiving or sum(character.isalpha() for character in line) < len("MẬT"):
        return standing_alone(line, recognised=True)
    for grade in reversed(Grade):
        if standing_alone(line, recognised=True, slips=_SLIPS[grade]) is grade:
            return grade
    return None
