"""AsterOCR, a recogniser of single lines with its model in the package; lines are cut out by Tesseract's layout.

Its text of a line is laid over the line's words: as many words in both, each takes the other's box; else the line is
shared out by the length of the words. Confidence is the weakest letter's of each word.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from congso.kernel.files.reading.recognition import PAGE, Recognised, words_in

_MARGIN = 3  # pixels kept around a line
_LONGEST = 24  # heights: beyond it a line is no line of writing


class AsterEngine:
    """One model for the process."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def read(self, page: Image.Image, *, dpi: int, work: Path) -> list[Recognised]:
        """As `Engine.read`; without Tesseract there are no lines to read."""
        lines: dict[tuple[int, int, int], list[Recognised]] = {}
        for word in words_in([page], work, segmentation=PAGE, dpi=dpi)[0]:
            lines.setdefault(word.line, []).append(word)
        return [word for line in lines.values() for word in self._line(page, line)]

    def _line(self, page: Image.Image, words: Sequence[Recognised]) -> list[Recognised]:
        left, right = min(word.left for word in words), max(word.right for word in words)
        top, bottom = min(word.top for word in words), max(word.bottom for word in words)
        if right - left > _LONGEST * 4 * max(1, bottom - top) or bottom - top < 6:
            return list(words)
        part = page.crop((left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN))
        read = self._read(part)
        if not read:
            return list(words)
        if len(read) == len(words):
            pairs = zip(words, read, strict=True)
            return [_with_text(word, text, sure) for word, (text, sure) in pairs]
        return _shared_out(read, (left, top, right, bottom), words[0].line)

    def _read(self, part: Image.Image) -> list[tuple[str, float]]:
        """The words of a line and how sure the weakest letter of each is."""
        model = self._model
        told = model.session.run([model.output_name], {model.input_name: model.preprocess_image(part)})[0]
        scores = told[:, 0, :] if told.shape[1] == 1 else told[0]
        best, words, last = np.argmax(scores, axis=-1), [("", 1.0)], -1
        for step, index in enumerate(best):
            if index not in (last, model.vocab.blank_idx):
                letter = model.vocab.idx2char.get(int(index), "")
                text, sure = words[-1]
                if letter.isspace():
                    words.append(("", 1.0))
                else:
                    words[-1] = (text + letter, min(sure, float(np.exp(min(0.0, scores[step, index])))))
            last = index
        return [(text, sure) for text, sure in words if text]


def _with_text(word: Recognised, text: str, sure: float) -> Recognised:
    return Recognised(text, word.left, word.top, word.right, word.bottom, sure, word.line)


def _shared_out(
    read: Sequence[tuple[str, float]], box: tuple[int, int, int, int], line: tuple[int, int, int]
) -> list[Recognised]:
    left, top, right, bottom = box
    letters = sum(len(text) for text, _sure in read) + len(read) - 1
    step, at, found = (right - left) / max(1, letters), float(left), []
    for text, sure in read:
        found.append(Recognised(text, round(at), top, round(at + step * len(text)), bottom, sure, line))
        at += step * (len(text) + 1)
    return found


@cache
def engine() -> AsterEngine:
    """The engine of that name; its model is loaded once. No call leaves the machine."""
    from asterocr import AsterOCR

    return AsterEngine(AsterOCR(enable_telemetry=False))
