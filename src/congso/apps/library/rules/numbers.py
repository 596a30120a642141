"""Numbers of books: the ISBN with its check digit (ISO 2108), kept in its form of 13 digits."""

import re

_SEPARATORS = re.compile(r"[\s\-–—.]")
_TEN = re.compile(r"^\d{9}[\dX]$")
_THIRTEEN = re.compile(r"^97[89]\d{10}$")


class NoIsbn(ValueError):
    """The text is no ISBN; the message says why, in Vietnamese."""


def isbn13(written: str) -> str:
    """The ISBN as 13 digits, from 10 or 13 with whatever dashes. Empty stays empty. Raises NoIsbn.

    The check digit of ten is a sum weighted 10…1 that 11 divides (X is ten); of thirteen one weighted 1, 3, 1 … that
    10 divides.
    """
    plain = _SEPARATORS.sub("", written.strip().upper().removeprefix("ISBN").lstrip(":"))
    if not plain:
        return ""
    if _TEN.match(plain):
        total = sum(weight * _value(digit) for weight, digit in zip(range(10, 0, -1), plain, strict=True))
        if total % 11:
            raise NoIsbn(f"ISBN {written.strip()[:40]} sai số kiểm tra.")
        return with_check_digit("978" + plain[:9])
    if not _THIRTEEN.match(plain):
        raise NoIsbn(f"“{written.strip()[:40]}” không phải ISBN: cần 10 hoặc 13 chữ số.")
    if with_check_digit(plain[:12]) != plain:
        raise NoIsbn(f"ISBN {written.strip()[:40]} sai số kiểm tra.")
    return plain


def with_check_digit(twelve: str) -> str:
    """Twelve digits and the thirteenth that belongs to them."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"


def _value(digit: str) -> int:
    return 10 if digit == "X" else int(digit)


def next_numbers(prefix: str, last: int, count: int, width: int = 6) -> list[str]:
    """The numbers that follow in a library's book: TV000013, TV000014 …"""
    return [f"{prefix}{value:0{width}d}" for value in range(last + 1, last + 1 + count)]


def split_number(number: str) -> tuple[str, int] | None:
    """Prefix and value of a number of the library's book; None where it does not end in digits."""
    found = re.match(r"^(.*?)(\d{1,9})$", number)
    return (found[1], int(found[2])) if found else None
