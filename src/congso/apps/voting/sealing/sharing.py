"""Shares of a secret, any k of which give it back and fewer tell nothing: Shamir 1979, over 256 elements."""

from collections.abc import Mapping

_MODULUS = 0x11B  # x^8 + x^4 + x^3 + x + 1, as in AES


def combine(shares: Mapping[int, bytes]) -> bytes:
    """The secret of shares by their places (1, 2, …); every share equally long. Too few give noise, not an error."""
    weights = {place: _weight(place, shares) for place in shares}
    length = len(next(iter(shares.values())))
    found = bytearray(length)
    for place, share in shares.items():
        for index in range(length):
            found[index] ^= multiply(share[index], weights[place])
    return bytes(found)


def multiply(left: int, right: int) -> int:
    """The product in the field."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0x100:
            left ^= _MODULUS
        right >>= 1
    return product


def inverse(value: int) -> int:
    """What multiplied with it gives one: its 254th power."""
    found = 1
    for _time in range(254):
        found = multiply(found, value)
    return found


def _weight(place: int, shares: Mapping[int, bytes]) -> int:
    """The Lagrange weight of a place at zero."""
    weight = 1
    for other in shares:
        if other != place:
            weight = multiply(weight, multiply(other, inverse(other ^ place)))
    return weight
