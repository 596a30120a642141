"""Is an encoding DER: does each value stand there in the one way it may (X.690)? Pure.

A reader of ASN.1 forgives much of this, so that bytes could be changed and still be read as the same.
"""

_BOOLEAN, _INTEGER, _BITS, _OCTETS, _NULL, _OBJECT, _ENUMERATED, _SEQUENCE, _SET = 1, 2, 3, 4, 5, 6, 10, 16, 17
_CONSTRUCTED, _CLASS, _NUMBER, _LONG = 0x20, 0xC0, 0x1F, 0x80
_DEEPEST = 60


class NotDer(ValueError):
    """Another encoding than the one DER has for the value."""


def encoded_size(data: bytes) -> int:
    """How many bytes the first value takes, by its own length. Raises NotDer."""
    head, size = _header(data, 0)
    return head + size


def check_der(data: bytes, *, depth: int = 0) -> None:
    """Look through all values, one after the other. Raises NotDer."""
    if depth > _DEEPEST:
        raise NotDer("too deep")
    at = 0
    while at < len(data):
        head, size = _header(data, at)
        tag, content = data[at], data[at + head : at + head + size]
        if len(content) != size:
            raise NotDer("cut short")
        _check_value(tag, content, depth)
        at += head + size


def _header(data: bytes, at: int) -> tuple[int, int]:
    """How long tag and length are, and the length they tell."""
    head = data[at : at + 6]
    if len(head) < 2 or head[0] & _NUMBER == _NUMBER:  # CMS and X.509 have no tags above 30
        raise NotDer("tag")
    if head[1] < _LONG:
        return 2, head[1]
    count = head[1] - _LONG
    told = head[2 : 2 + count]
    size = int.from_bytes(told, "big")
    if not 1 <= count <= 4 or len(told) != count or told[0] == 0 or size < _LONG:
        raise NotDer("length")
    return 2 + count, size


def _check_value(tag: int, content: bytes, depth: int) -> None:
    is_constructed, number = bool(tag & _CONSTRUCTED), tag & _NUMBER
    if tag & _CLASS == 0 and is_constructed != (number in {_SEQUENCE, _SET}):
        raise NotDer("a form of its own")
    if is_constructed:
        check_der(content, depth=depth + 1)
    elif tag & _CLASS == 0 and not _is_plain(number, content):
        raise NotDer("value")


def _is_plain(number: int, content: bytes) -> bool:
    if number == _BOOLEAN:
        return content in {b"\x00", b"\xff"}
    if number in {_INTEGER, _ENUMERATED}:
        return bool(content) and not (len(content) > 1 and content[0] in {0, 0xFF} and _is_needless(content))
    if number == _BITS:
        unused = content[0] if content else 8
        return unused < 8 and (unused == 0 or len(content) > 1) and not content[-1] & ((1 << unused) - 1)
    if number == _NULL:
        return not content
    if number == _OBJECT:
        ends = [0, *(at + 1 for at, one in enumerate(content) if one < _LONG)]
        return bool(content) and ends[-1] == len(content) and all(content[at] != _LONG for at in ends[:-1])
    return number != 0


def _is_needless(content: bytes) -> bool:
    """Whether the first byte of an integer only repeats the sign."""
    return (content[0] == 0) == (content[1] < _LONG)
