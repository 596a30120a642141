"""DER has one way to write a value; whatever a forgiving reader would take besides is told."""

import pytest

from congso.kernel.signing.validation.der import NotDer, check_der, encoded_size

PLAIN = (
    "020100", "02020080", "0101ff", "03020780", "030100", "0500", "06032a8648", "3000", "0400", "30060201010101ff",
    "a003020101",
)  # fmt: skip
NOT_PLAIN = {
    "an integer of no bytes": "0200", "an integer with a needless zero": "0202007f",
    "a needless sign": "0202ff80", "another true": "010101", "bits left over that are set": "030207c0",
    "bits left over of nothing": "030101", "a bit string of no bytes": "0300", "a NULL with something": "050100",
    "an object identifier cut short": "06022a86", "a padded object identifier": "06032a8001",
    "a length without end": "30800000", "a long length for a short value": "0481056162636465",
    "a length with a zero before it": "04820080" + "61" * 128, "a string in parts": "2403040161",
    "a sequence that is none": "1000", "a tag of many bytes": "1f810100", "less than was told": "0405616263",
    "the end of something": "0000", "within": "3003020200",
}  # fmt: skip


@pytest.mark.parametrize("told", PLAIN)
def test_what_der_says_is_taken(told: str) -> None:
    data = bytes.fromhex(told)
    check_der(data)
    assert encoded_size(data + b"\0\0") == len(data)


@pytest.mark.parametrize("what", NOT_PLAIN)
def test_every_other_way_to_write_it_is_told(what: str) -> None:
    with pytest.raises(NotDer):
        check_der(bytes.fromhex(NOT_PLAIN[what]))


def test_depth_has_an_end() -> None:
    data = b"\x05\x00"
    for _ in range(61):
        data = b"\x30" + bytes([len(data)]) + data if len(data) < 128 else b"\x30\x81" + bytes([len(data)]) + data
    with pytest.raises(NotDer, match="deep"):
        check_der(data)
