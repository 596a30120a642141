"""Counts which Vietnamese syllables stand side by side in the product's own texts: `python tools/syllables.py`.

Writes `kernel/search/syllables.txt`, by which questions typed without accents get them back before the papers have
taught any. Screens, flows, handbooks and tests are the language of offices; what search is measured by is left out.
"""

import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from congso.lib.vietnamese import fold, index_form  # noqa: E402 - after the path

TARGET = ROOT / "src/congso/kernel/search/syllables.txt"
TEXTS = (
    "src/**/*.py",
    "src/**/*.html",
    "src/**/*.txt",
    "src/**/*.json",
    "docs/**/*.md",
    "locale/en/**/*.po",
    "tests/**/*.py",
)
EVERYDAY = "everyday.txt"  # said, not written: each pair stands for many
_SAID = 10
_LEFT_OUT = re.compile(r"tests/reading/asked|syllables\.txt|/breached/|/vendor/")
_SENTENCE = re.compile(r"[\n\"'<>|.;:,()!?“”{}\[\]]+")
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 2


def main() -> None:
    """Count and write, most frequent first."""
    counts: Counter[str] = Counter()
    for path in sorted({path for pattern in TEXTS for path in ROOT.glob(pattern)}):
        if not _LEFT_OUT.search(path.as_posix()):
            times = _SAID if path.name == EVERYDAY else 1
            for sentence in _SENTENCE.split(index_form(path.read_text(encoding="utf-8"))):
                words = _WORD.findall(sentence)
                if len(words) > 1 and fold(sentence) != sentence:  # otherwise it is code or English
                    said = [*words, *(f"{one} {two}" for one, two in pairwise(words))]
                    counts.update(said * times)
    kept = sorted(((n, said) for said, n in counts.items() if n >= _LEAST), key=lambda each: (-each[0], each[1]))
    TARGET.write_text("".join(f"{said}\t{n}\n" for n, said in kept), encoding="utf-8")


if __name__ == "__main__":
    main()
