"""A plugin of ocrmypdf: prints progress as lines of JSON ([step, done, total]), keeps what Tesseract says of its words.

Loaded by ocrmypdf by its path, in its own process.
"""

import json
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ocrmypdf import hookimpl
from ocrmypdf.builtin_plugins.tesseract_ocr import TesseractOcrEngine


class PrintedProgress:
    """Stands in for the progress bar."""

    def __init__(self, *, total: float | None = None, desc: str | None = None, **_options: Any) -> None:
        self._total, self._step, self._done = total or 0, desc, 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Nothing to clear."""

    def update(self, n: float = 1, *, completed: float | None = None) -> None:
        self._done = self._done + n if completed is None else completed
        # ocrmypdf keeps standard output for itself, even its descriptor.
        sys.stderr.write(json.dumps([self._step, self._done, self._total]) + "\n")
        sys.stderr.flush()


@hookimpl
def get_progressbar_class() -> type[PrintedProgress]:
    return PrintedProgress


class KeepingEngine(TesseractOcrEngine):
    """Tesseract as always; the table of words that it writes beside a page is moved to the folder for scratch files."""

    @staticmethod
    def generate_pdf(input_file: Path, output_pdf: Path, output_text: Path, options: Any) -> None:
        TesseractOcrEngine.generate_pdf(input_file, output_pdf, output_text, options)  # type: ignore[no-untyped-call]
        table, page = output_pdf.with_suffix(".tsv"), output_pdf.name.partition("_")[0]
        if table.exists():
            table.replace(Path(os.environ["TMPDIR"]) / f"words-{page}.tsv")


@hookimpl
def get_ocr_engine(options: Any) -> TesseractOcrEngine | None:
    """None when another engine was asked for."""
    return KeepingEngine() if getattr(options, "ocr_engine", "auto") in ("auto", "tesseract") else None
