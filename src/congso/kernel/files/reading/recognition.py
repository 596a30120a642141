"""Tesseract on pictures: to look for marks before anything is recognised as a whole, and to read parts of pages.

Runs in the guarded child only.
"""

import csv
import io
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

_SECONDS = 30
_SURE = 20  # Tesseract's confidence in a word, of 100
PAGE, BLOCK, LINE = 3, 6, 7  # page segmentation: whole page with columns; one block; one line


@dataclass(frozen=True, slots=True)
class Recognised:
    """One word: its box in pixels of the picture, confidence from 0 to 1, and the line it stands on."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line: tuple[int, int, int]

    @property
    def height(self) -> int:
        return self.bottom - self.top


@cache
def tesseract() -> str | None:
    """The program, when it is installed with its Vietnamese data."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False)
    return program if "vie" in listed.stdout.split() else None


def words_in(
    pictures: Sequence[Image.Image], work: Path, *, segmentation: int = PAGE, dpi: int | None = None
) -> list[list[Recognised]]:
    """The words of each picture in the recogniser's order; one start of Tesseract for all.

    Without Tesseract, or when it takes too long, nothing was read.
    """
    program = tesseract()
    if program is None or not pictures:
        return [[] for _ in pictures]
    paths = [work / f"picture-{number}.png" for number in range(len(pictures))]
    listed = work / "pictures.txt"
    try:
        for path, picture in zip(paths, pictures, strict=True):
            picture.save(path, compress_level=1)
        listed.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
        command = [program, str(listed), "stdout", "-l", "vie", "--psm", str(segmentation)]
        command += ["--dpi", str(dpi)] if dpi else []
        seconds = _SECONDS * (1 + len(pictures) / 4)
        ran = subprocess.run([*command, "tsv"], capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return [[] for _ in pictures]
    finally:
        for path in (listed, *paths):
            path.unlink(missing_ok=True)
    return words_of_table(ran.stdout.decode("utf-8", "replace"), len(pictures))


def words_of_table(table: str, pictures: int) -> list[list[Recognised]]:
    """Tesseract's table (TSV) of so many pictures as words."""
    found: list[list[Recognised]] = [[] for _ in range(pictures)]
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if text and row["level"] == "5" and (page := int(row["page_num"])) <= pictures:
            left, top = int(row["left"]), int(row["top"])
            right, bottom = left + int(row["width"]), top + int(row["height"])
            line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
            found[page - 1].append(Recognised(text, left, top, right, bottom, float(row["conf"]) / 100, line))
    return found


def lines_in(image: Image.Image, work: Path, *, segmentation: int = PAGE) -> tuple[str, ...]:
    """The lines read in the picture, cut where a wide gap stands between columns; empty without Tesseract."""
    return text_lines(words_in([image], work, segmentation=segmentation)[0])


def text_lines(words: Sequence[Recognised]) -> tuple[str, ...]:
    """Words the recogniser is fairly sure of as lines, cut where a wide gap stands between columns."""
    lines: dict[tuple[int, int, int], list[Recognised]] = {}
    for word in words:
        if word.confidence * 100 >= _SURE:
            lines.setdefault(word.line, []).append(word)
    return tuple(part for line in lines.values() for part in _cut_at_gaps(line))


def _cut_at_gaps(words: Sequence[Recognised]) -> list[str]:
    parts: list[str] = []
    right = None
    for word in words:
        if right is not None and word.left - right < 2 * word.height:
            parts[-1] += " " + word.text
        else:
            parts.append(word.text)
        right = word.right
    return parts
