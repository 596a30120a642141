"""How wide words are in Times New Roman (and Tinos, which has its widths), to draw rules as long as their text."""

from congso.lib.vietnamese import fold

# Thousandths of the size for A-Z, a-z; digits are 500. Accents change nothing but the horned letters.
_REGULAR = (
    "722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611",
    "444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444",
)
_BOLD = (
    "722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 722 722 667",
    "500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500 722 500 500 444",
)
_SIGNS = {" ": 250, "\u00a0": 250, "-": 333, ".": 250, ",": 250, "/": 278, "(": 333, ")": 333}
_HORNED = {"Ư": 64, "ư": 42, "Ơ": 0, "ơ": 29}
_OTHER = 500


def _table(upper: str, lower: str) -> dict[str, int]:
    widths = [int(width) for row in (upper, lower) for width in row.split()]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    return dict(zip(letters, widths, strict=True)) | _SIGNS


_TABLES = {False: _table(*_REGULAR), True: _table(*_BOLD)}


def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """Points that the text takes on one line at the size."""
    table = _TABLES[is_bold]
    plain = fold(text)
    horns = sum(_horn(letter) for letter in text)
    return (sum(table.get(letter, _OTHER) for letter in plain) + horns) * size / 1000


def _horn(letter: str) -> int:
    # NFD of Ứ keeps the horn on the U: the first two code points tell.
    import unicodedata

    parts = unicodedata.normalize("NFD", letter)
    return _HORNED.get(unicodedata.normalize("NFC", parts[:2]), 0) if "\u031b" in parts else 0
