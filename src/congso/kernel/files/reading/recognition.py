"""Tesseract on one picture, to look for marks before anything is recognised as a whole."""

import csv
import io
import shutil
import subprocess
from functools import cache
from pathlib import Path

from PIL import Image

_SECONDS = 30
_SURE = 20  # Tesseract's confidence in a word, of 100
PAGE, LINE = 3, 7  # page segmentation: whole page with columns; one line


@cache
def tesseract() -> str | None:
    """The program, when it is installed with its Vietnamese data."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False)
    return program if "vie" in listed.stdout.split() else None


def lines_in(image: Image.Image, work: Path, *, segmentation: int = PAGE) -> tuple[str, ...]:
    """The lines read in the picture, cut where a wide gap stands between columns; empty without Tesseract."""
    program = tesseract()
    if program is None:
        return ()
    picture = work / "head.png"
    image.save(picture)
    command = [program, str(picture), "stdout", "-l", "vie", "--psm", str(segmentation), "tsv"]
    try:
        ran = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return ()
    finally:
        picture.unlink()
    return _lines(ran.stdout.decode("utf-8", "replace"))


def _lines(table: str) -> tuple[str, ...]:
    lines: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if (row.get("text") or "").strip() and float(row["conf"]) >= _SURE:
            lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    return tuple(part for words in lines.values() for part in _cut_at_gaps(words))


def _cut_at_gaps(words: list[dict[str, str]]) -> list[str]:
    parts: list[str] = []
    right = None
    for word in words:
        left, height = int(word["left"]), int(word["height"])
        if right is not None and left - right < 2 * height:
            parts[-1] += " " + word["text"]
        else:
            parts.append(word["text"])
        right = left + int(word["width"])
    return parts
