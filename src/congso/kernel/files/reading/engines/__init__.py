"""Recognisers behind one interface: a clean picture of a page in, its words with boxes and confidence out.

An engine knows nothing of files, pages, jobs. Which one reads is the installation's choice (`OCR_ENGINE`); another
may read the same pages again later. Runs in the guarded child only.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Protocol

from PIL import Image

from congso.kernel.files.reading.recognition import Recognised


class Engine(Protocol):
    """One recogniser."""

    def read(self, page: Image.Image, *, dpi: int, work: Path) -> list[Recognised]:
        """The words of an upright page in reading order, boxes in its pixels. Nothing read is an empty list."""


TESSERACT, ASTER, NONE = "tesseract", "aster", "none"
NAMES = (TESSERACT, ASTER, NONE)
"""`none` recognises nothing: pages are straightened, cut and kept, and read when an engine is there."""


class UnknownEngine(ValueError):
    """No engine of that name."""


def engine_named(name: str) -> Engine:
    """The engine, its model loaded once. Raises UnknownEngine."""
    if name not in NAMES:
        raise UnknownEngine(name)
    made: Callable[[], Engine] = import_module(f"congso.kernel.files.reading.engines.{name}").engine
    return made()
