"""Sheets as people fill them in and scanners bring them: pens, hands, crooked feeding, shadows, dust. Seeded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from congso.apps.voting.sheets import layout

CLEAR = ("line", "slanted", "wavy", "double", "long")
DOUBTFUL = ("half", "short", "tick")
PENS = ((150, 40, 20), (30, 30, 30), (60, 30, 130), (40, 40, 170))  # BGR: blue, black, violet, red
Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Hand:
    """One person's pen."""

    colour: tuple[int, int, int]
    width: int
    chance: Generator


def a_hand(chance: Generator) -> Hand:
    """Somebody with some pen."""
    return Hand(PENS[int(chance.integers(len(PENS)))], int(chance.integers(2, 6)), chance)


def fill_in(
    page: Picture, rooms: Sequence[layout.Place], widths: Sequence[float], marks: Mapping[int, str], hand: Hand
) -> Picture:  # fmt: skip
    """The page with marks on names (by their place on this page); `widths`: of the printed names, in millimetres."""
    drawn = page.copy()
    scale = page.shape[1] / layout.WIDTH
    for place, kind in marks.items():
        room = rooms[place]
        left, middle = room.left + layout.NUMBER, room.top + room.height / 2
        for points in _strokes(kind, left, middle, widths[place], hand.chance):
            cv2.polylines(
                drawn, [np.round(np.array(points) * scale).astype(np.int32)], False, hand.colour,
                max(1, round(hand.width * scale / 7.87)), cv2.LINE_AA,
            )  # fmt: skip
    return drawn


def _strokes(kind: str, left: float, middle: float, width: float, chance: Generator) -> list[list[tuple[float, float]]]:
    start, end = left - chance.uniform(0, 1.5), left + width + chance.uniform(-0.02 * width, 3.0)
    height = middle + chance.uniform(-0.5, 0.7)
    if kind == "half":
        end = start + width * chance.uniform(0.33, 0.45)
    if kind == "short":
        start = left + width * chance.uniform(0.3, 0.5)
        end = start + width * chance.uniform(0.22, 0.3)
    if kind == "tick":
        corner = left + width * chance.uniform(0.3, 0.6)
        return [[(corner - 2.0, height - 0.5), (corner, height + 2.2), (corner + 4.5, height - 3.0)]]
    rise = chance.uniform(-1.6, 1.6) if kind == "slanted" else chance.uniform(-0.4, 0.4)
    wave = chance.uniform(0.35, 0.7) if kind == "wavy" else 0.08
    end += 12.0 if kind == "long" else 0.0
    steps = np.linspace(0, 1, 24)
    line = [
        (start + (end - start) * t, height + rise * (t - 0.5) + wave * np.sin(t * width / 2.5) + chance.normal(0, 0.05))
        for t in steps
    ]
    if kind != "double":
        return [line]
    return [line, [(x + chance.normal(0, 0.05), y + 0.9) for x, y in line]]


def scan(page: Picture, chance: Generator) -> Picture:
    """The sheet as a feeding scanner brings it."""
    height, width = page.shape[:2]
    angle, shift = chance.uniform(-1.4, 1.4), chance.uniform(-0.006, 0.006, 2) * width
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, chance.uniform(0.985, 1.0))
    turn[:, 2] += shift
    crooked = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_AREA, borderValue=(255, 255, 255))
    shadow = np.linspace(chance.uniform(0.86, 1.0), chance.uniform(0.86, 1.0), width)[None, :, None]
    lit = crooked * shadow + chance.normal(0, chance.uniform(2, 6), crooked.shape)
    seen = cv2.GaussianBlur(np.clip(lit, 0, 255).astype(np.uint8), (3, 3), chance.uniform(0.3, 0.9))
    for _speck in range(int(chance.integers(0, 30))):
        spot = (int(chance.integers(width)), int(chance.integers(height)))
        cv2.circle(seen, spot, 1, (90, 90, 90), -1)
    packed = cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(55, 90))])[1]
    opened = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return np.asarray(np.rot90(opened, 2) if chance.random() < 0.1 else opened, np.uint8)
