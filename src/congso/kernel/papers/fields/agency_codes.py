"""Abbreviations of agencies inside symbols: their spelling, and how they follow from an issuer's name."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from congso.lib.vietnamese import canonical_tones, fold

_SKIPPED = {"VÀ", "CỦA", "VỀ", "CÁC"}
_LOOK_ALIKE = ("DOPQ0", "B8R", "NMHW", "UVY", "CGO", "ILT1J", "S5", "EF", "KX")
_PLACES = {"TỈNH", "HUYỆN", "XÃ", "PHƯỜNG", "QUẬN", "THỊ", "THÀNH", "ĐẶC", "THÔN"}


def proper_code(written: str, issuer: Sequence[str], *, may_repair: bool) -> tuple[str, bool]:
    """The code as it is spelled, and whether it is known: from the list or as the issuer's initials.

    Printed letters are never changed; recognised ones may regain accents, or one letter where the issuer's
    own initials leave no doubt.
    """
    expected = initials_of(tuple(issuer))
    if written in codes() or written in expected:
        return written, True
    if not may_repair:
        return written, fold(written).upper() in {fold(code).upper() for code in (*codes(), *expected)}
    key = fold(written).upper()
    for known in (expected, codes()):
        same = sorted(code for code in known if fold(code).upper() == key)
        if same:
            return same[0], True
    near = {code for code in expected if len(code) > 3 and _one_letter_apart(fold(code).upper(), key)}
    return (near.pop(), True) if len(near) == 1 else (written, False)


def _one_letter_apart(one: str, other: str) -> bool:
    """They differ in one letter that recognisers take for the other."""
    if len(one) != len(other):
        return False
    different = [{a, b} for a, b in zip(one, other, strict=True) if a != b]
    return len(different) == 1 and any(different[0] <= set(alike) for alike in _LOOK_ALIKE)


def _initial(word: str) -> str:
    """Symbols carry no accents but Đ."""
    return word[0] if word[0] == "Đ" else fold(word[0])


@lru_cache(maxsize=256)
def initials_of(issuer: tuple[str, ...]) -> frozenset[str]:
    """Codes the issuer's name gives: SỞ NỘI VỤ → SNV; VĂN PHÒNG of TỈNH ỦY → VP, VPTU; ĐẢNG ỦY XÃ … → ĐU."""
    units = [_initials(canonical_tones(unit).upper().split()) for unit in issuer if unit]
    found = {code for codes in units for code in codes}
    for at in range(1, len(units)):
        found |= {below + above for below in units[at] for above in units[at - 1] if above}
    return frozenset(code for code in found if len(code) > 1)


def _initials(words: Iterable[str]) -> set[str]:
    full, named, short = "", "", ""
    in_place = False
    for word in words:
        core = word.strip(" .,;:()-")
        if not core:
            continue
        in_place = in_place or (core in _PLACES and bool(short))
        letter = core if core in ("UBND", "HĐND", "MTTQ", "BCH", "LHPN", "CCB", "TNCS") else _initial(core)
        full += letter
        if core not in _SKIPPED:
            named += letter
            if not in_place:
                short += letter
    return {code for code in (full, named, short) if code} | ({"TU"} if named.startswith("TU") else set())


@cache
def codes() -> frozenset[str]:
    """The abbreviations of `agency_codes.txt`."""
    listed = (files("congso.kernel.papers.fields") / "agency_codes.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(code for line in listed if not line.startswith("#") for code in line.split())
