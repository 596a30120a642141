"""Common words of official papers, to tell which accents belong to a syllable beside its neighbour."""

from functools import cache
from importlib.resources import files


@cache
def common_words() -> tuple[str, ...]:
    """The words of `common_words.txt`, small letters, syllables apart by spaces."""
    listed = (files("congso.lib") / "common_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word.strip() for line in listed if not line.startswith("#") for word in line.split(","))
