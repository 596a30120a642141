"""What a person meant who typed Telex or VNI keys while no input method was on.

Used only as a fall-back of a search: “uyr ban” also looks for “ủy ban”, “ddangr” for “đảng”, “u3y” for “ủy”.
"""

import re
from collections.abc import Callable

from congso.lib.syllables import split_syllable
from congso.lib.vietnamese import nfc

_TELEX_TONES = {"f": "\u0300", "r": "\u0309", "x": "\u0303", "s": "\u0301", "j": "\u0323"}
_VNI_TONES = {"2": "\u0300", "3": "\u0309", "4": "\u0303", "1": "\u0301", "5": "\u0323"}
_HORNS = (("uo", "ươ"), ("oa", "oă"), ("ua", "ưa"), ("o", "ơ"), ("a", "ă"), ("u", "ư"))
_PARTS = re.compile(r"(qu|[^aăâeêioôơuưyw]*)(.*)")
_UNFINISHED = re.compile(r"(?<=[iy])e(?=[a-z])")  # vietj: the second e was never typed
_WORD = re.compile(r"[A-Za-zÀ-ỹ0-9]+")
_LONGEST = 12  # nghieengs has nine keys


def typed_variants(query: str) -> tuple[str, ...]:
    """The query read as Telex and as VNI keys, where that yields Vietnamese syllables; without the query."""
    readings = (_read(query, _from_telex), _read(query, _from_vni))
    return tuple(dict.fromkeys(reading for reading in readings if reading != query))


def _read(query: str, convert: Callable[[str], str]) -> str:
    def reading(found: re.Match[str]) -> str:
        word = found.group(0)
        if len(word) > _LONGEST:
            return word
        syllable = split_syllable(convert(word.lower()))
        meant = str(syllable) if syllable else word
        return word if meant == word.lower() else meant

    return _WORD.sub(reading, query)


def _from_telex(word: str) -> str:
    """Letters w, doubled vowels, dd and the tone keys s f r x j, wherever they stand after the vowel."""
    if word.startswith("dd"):
        word = "đ" + word[2:]
    elif word.startswith("d") and word.endswith("d") and len(word) > 2:
        word = "đ" + word[1:-1]
    onset, rest = _PARTS.findall(word)[0]
    rest, tone = _take_tone(rest, _TELEX_TONES)
    for vowel, marked in (("a", "â"), ("e", "ê"), ("o", "ô")):
        rest = re.sub(f"{vowel}([^aeo]*){vowel}", rf"{marked}\1", rest, count=1)
    if "w" in rest:
        rest = _horn(rest.replace("w", "")) if rest != "w" else "ư"
    return nfc(onset + _UNFINISHED.sub("ê", rest) + tone)


def _from_vni(word: str) -> str:
    """Digits after the letters: 1–5 tones, 6 ^, 7 horn, 8 breve, 9 đ."""
    if not re.search(r"[a-zđ].*\d", word):
        return word
    rest, tone = _take_tone(word, _VNI_TONES)
    if "9" in rest and "d" in rest:
        rest = rest.replace("9", "", 1).replace("d", "đ", 1)
    if "6" in rest:
        rest = re.sub(r"[aeo](?!.*[aeo])", lambda v: "âêô"["aeo".index(v.group(0))], rest.replace("6", "", 1))
    if "8" in rest:
        rest = rest.replace("8", "", 1).replace("a", "ă", 1)
    if "7" in rest:
        rest = _horn(rest.replace("7", ""))
    return nfc(rest + tone)


def _take_tone(letters: str, keys: dict[str, str]) -> tuple[str, str]:
    """The letters without their one tone key, and its mark; two different keys are no Vietnamese."""
    found = [letter for letter in letters if letter in keys]
    if len(found) != 1:
        return letters, ""
    return letters.replace(found[0], "", 1), keys[found[0]]


def _horn(letters: str) -> str:
    """The vowels with horn or breve; thuở is the one shape with an open uơ."""
    if letters == "uo":
        return "uơ"
    for plain, marked in _HORNS:
        if plain in letters:
            return letters.replace(plain, marked, 1)
    return letters
