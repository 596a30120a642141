"""Reading a scanned page: laid straight by its corner squares, each name looked at in two independent ways.

One compares the page with the form as it was printed; the other looks for long strokes and knows no form. Only what
both see alike and clearly is taken; everything else is shown to people.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from congso.apps.voting.sheets import layout

DPI = 200
_PER_MM = DPI / 25.4
SIZE = (round(layout.WIDTH * _PER_MM), round(layout.HEIGHT * _PER_MM))
_INK = 165  # of 255, after the paper's tint is divided away
_STRUCK, _KEPT = 0.50, 0.08  # share of a name's width that strokes cover
_LONG_STRUCK, _LONG_KEPT = 0.62, 0.08
_STROKE_MM = 6.0  # no printed letter has a line as long
_STRAY_MM2 = 6.0  # ink outside the names: less is dust and staples
_MARGIN_MM = 0.8
_Picture = NDArray[np.uint8]


class Seen(StrEnum):
    """What a name looks like."""

    STRUCK = "struck"
    KEPT = "kept"
    UNSURE = "unsure"


@dataclass(frozen=True)
class PageRead:
    """One page. `problem`: why it was set aside. `first`, `second`: what each way saw of the page's names."""

    text: str = ""
    problem: str = ""
    first: list[Seen] = field(default_factory=list)
    second: list[Seen] = field(default_factory=list)
    has_stray_ink: bool = False
    picture: _Picture | None = None


def reference(page: _Picture) -> _Picture:
    """The form's ink as it is printed, from its drawing at any size."""
    return (cv2.resize(_darkest(page), SIZE, interpolation=cv2.INTER_AREA) < _INK).astype(np.uint8)


def find_code(picture: _Picture) -> tuple[str, int] | None:
    """Our code on the page, and by how many quarter turns the page must be turned to stand upright."""
    small = (
        picture if picture.shape[1] <= 1200 else cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    )
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for shown in (small, picture):
        for code in zxingcpp.read_barcodes(np.ascontiguousarray(shown), formats=formats):
            if code.valid and layout.read_code(code.text):
                at = code.position
                dx, dy = at.top_right.x - at.top_left.x, at.top_right.y - at.top_left.y
                turns = (0 if dx > 0 else 2) if abs(dx) >= abs(dy) else (1 if dy < 0 else 3)
                return code.text, turns
    return None


def read_page(picture: _Picture, form: Sequence[_Picture], rooms: Sequence[layout.Place]) -> PageRead:
    """Read one scanned page (grey or colour, any size) of the form; `form`: the reference of each page."""
    grey = _darkest(picture)
    found = find_code(grey)
    if found is None:
        return PageRead(problem="không có mã của phiếu hoặc không đọc được")
    text, turns = found
    number = (layout.read_code(text) or (0, "", 0))[2]
    if number >= len(form):
        return PageRead(text, "mã không thuộc phiếu này")
    straight = _straightened(np.ascontiguousarray(np.rot90(grey, turns)))
    if straight is None:
        return PageRead(text, "rách, bẩn hoặc thiếu góc nên không đọc được")
    ink, printed = _ink(straight), form[number]
    extra = _extra(ink, printed)
    first, second = [], []
    for room in (one for one in rooms if one.page == number):
        part = _part(room)
        width = _name_width(printed[part])
        first.append(_by_difference(extra[part], width))
        second.append(_by_strokes(ink[part], width))
        extra[_part(room, margin=1.0, from_number=True)] = 0
    return PageRead(text, "", first, second, _is_strayed(extra), straight)


def name_widths(form: _Picture, rooms: Sequence[layout.Place]) -> list[float]:
    """How wide each name is printed, in millimetres."""
    return [_name_width(form[_part(room)]) / _PER_MM for room in rooms]


def room_picture(straight: _Picture, room: layout.Place) -> _Picture:
    """The name as it was scanned, for people to look at."""
    rows, columns = _part(room, margin=1.5)
    return straight[rows, columns]


def _darkest(picture: _Picture) -> _Picture:
    """Grey by the darkest of the three colours, so that no pen's ink is pale."""
    if picture.ndim == 2:
        return picture
    one, two, three = cv2.split(picture)
    return np.asarray(cv2.min(cv2.min(one, two), three), np.uint8)


def _straightened(grey: _Picture) -> _Picture | None:
    corners = _corners(grey)
    if corners is None:
        return None
    wanted = np.array(layout.CORNERS, np.float32) * np.float32(_PER_MM)
    turn = cv2.getPerspectiveTransform(corners, wanted)
    return np.asarray(cv2.warpPerspective(grey, turn, SIZE, flags=cv2.INTER_AREA, borderValue=255), np.uint8)


def _corners(grey: _Picture) -> NDArray[np.float32] | None:
    """The middles of the four squares, clockwise from the upper left; None when one is missing."""
    height, width = grey.shape
    side = layout.CORNER / layout.WIDTH * width
    dark = (grey < 110).astype(np.uint8)
    count, _labels, facts, middles = cv2.connectedComponentsWithStats(dark, connectivity=8)
    found: list[NDArray[np.float32]] = []
    for x, y in layout.CORNERS:
        wanted = np.array([x / layout.WIDTH * width, y / layout.HEIGHT * height])
        near = [
            (float(np.hypot(*(middles[one] - wanted))), one)
            for one in range(1, count)
            if _is_square(facts[one], side) and np.hypot(*(middles[one] - wanted)) < width * 0.09
        ]
        if not near:
            return None
        found.append(middles[min(near)[1]])
    return np.array(found, np.float32)


def _is_square(facts: NDArray[np.int32], side: float) -> bool:
    wide, high, area = (int(facts[at]) for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    return 0.7 < wide / side < 1.35 and 0.7 < high / side < 1.35 and area > 0.72 * wide * high


def _ink(straight: _Picture) -> _Picture:
    """What is written or printed, the paper's tint and the lamp's shadows divided away."""
    small = cv2.resize(straight, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(cv2.dilate(small, np.ones((3, 3), np.uint8)), 15)
    ground = cv2.resize(ground, SIZE, interpolation=cv2.INTER_LINEAR)
    return (cv2.divide(straight, ground, scale=255) < _INK).astype(np.uint8)


def _extra(ink: _Picture, printed: _Picture) -> _Picture:
    """Ink that the form does not have, less what is dust."""
    near = np.asarray(cv2.dilate(printed, np.ones((5, 5), np.uint8)), np.uint8)
    extra: _Picture = ink & (1 - near)
    count, labels, facts, _middles = cv2.connectedComponentsWithStats(extra, connectivity=8)
    is_kept = facts[:, cv2.CC_STAT_AREA] >= 6
    is_kept[0] = False
    return np.asarray(is_kept[labels], np.uint8) if count > 1 else extra


def _part(room: layout.Place, margin: float = 0.0, *, from_number: bool = False) -> tuple[slice, slice]:
    left, top = room.left + (0 if from_number else layout.NUMBER) - margin, room.top - margin
    right, bottom = room.left + room.width + margin, room.top + room.height + margin
    return (
        slice(max(0, round(top * _PER_MM)), round(bottom * _PER_MM)),
        slice(max(0, round(left * _PER_MM)), round(right * _PER_MM)),
    )


def _name_width(printed: _Picture) -> int:
    columns = np.flatnonzero(printed.any(axis=0))
    return int(columns[-1]) + 1 if columns.size else printed.shape[1]


def _by_difference(extra: _Picture, width: int) -> Seen:
    """How much of the name's width has ink above, below or between what was printed."""
    grown = cv2.dilate(extra, np.ones((1, round(1.6 * _PER_MM)), np.uint8))  # over the letters a stroke is hidden
    covered = float(grown[:, :width].any(axis=0).mean())
    if covered >= _STRUCK:
        return Seen.STRUCK
    return Seen.KEPT if covered <= _KEPT else Seen.UNSURE


def _by_strokes(ink: _Picture, width: int) -> Seen:
    """How much of the name's width lies under strokes longer than any letter's."""
    grown = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    length = round(_STROKE_MM * _PER_MM)
    long = np.zeros_like(ink)
    for kernel in _KERNELS:
        long |= np.asarray(cv2.morphologyEx(grown, cv2.MORPH_OPEN, kernel[:, :length]), np.uint8)
    covered = float(long[:, :width].any(axis=0).mean())
    if covered >= _LONG_STRUCK:
        return Seen.STRUCK
    return Seen.KEPT if covered <= _LONG_KEPT else Seen.UNSURE


def _is_strayed(extra: _Picture) -> bool:
    """Whether somebody wrote or drew outside the names."""
    margin = round(_MARGIN_MM * _PER_MM)
    left, top, side = (round(one * _PER_MM) for one in layout.CODE)
    extra[top - margin : top + side + margin, left - margin : left + side + margin] = 0
    edge = round(6 * _PER_MM)
    inner = extra[edge:-edge, edge:-edge]
    return float(inner.sum()) / _PER_MM**2 > _STRAY_MM2


def _kernels() -> list[_Picture]:
    """Lines of the length of a stroke, level and sloping."""
    length = round(_STROKE_MM * _PER_MM)
    found = []
    for rise in (-8, -5, -3, -1, 0, 1, 3, 5, 8):
        kernel = np.zeros((abs(rise) + 1, length), np.uint8)
        start, end = (0, rise) if rise >= 0 else (-rise, 0)
        cv2.line(kernel, (0, start), (length - 1, end), 1, 1)
        found.append(kernel)
    return found


_KERNELS = _kernels()
