"""Tesseract with its Vietnamese data."""

from pathlib import Path

from PIL import Image

from congso.kernel.files.reading.recognition import PAGE, Recognised, words_in


class TesseractEngine:
    """The whole page at once; columns are Tesseract's own (page segmentation 3 measured best on Party forms)."""

    def read(self, page: Image.Image, *, dpi: int, work: Path) -> list[Recognised]:
        """As `Engine.read`; without Tesseract nothing is read."""
        return words_in([page], work, segmentation=PAGE, dpi=dpi)[0]


def engine() -> TesseractEngine:
    """The engine of that name."""
    return TesseractEngine()
