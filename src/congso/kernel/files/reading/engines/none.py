"""Recognises nothing."""

from pathlib import Path

from PIL import Image

from congso.kernel.files.reading.recognition import Recognised


class NoEngine:
    """Pages are kept as pictures; words come when they are read again."""

    def read(self, page: Image.Image, *, dpi: int, work: Path) -> list[Recognised]:
        """Nothing."""
        return []


def engine() -> NoEngine:
    """The engine of that name."""
    return NoEngine()
