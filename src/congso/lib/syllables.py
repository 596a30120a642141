"""The structure of a Vietnamese syllable: onset, vowels, final consonant, tone.

Enough to say whether letters could be a syllable, and where its tone mark stands. Foreign names are
simply not syllables.
"""

import re
import unicodedata
from dataclasses import dataclass

from congso.lib.vietnamese import TONES, nfc

_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"  # gi before g: già
_MAY_CLOSE = "a|e|ê|i|o|ô|ơ|u|ư|y|oa|oe|uê|uy"
_MUST_CLOSE = "ă|â|iê|oă|oo|uâ|uô|ươ|yê|uyê"
_ONLY_OPEN = (
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|uơ|ưa|ưi|ưu|iêu|oai|oao|oay|oeo|uao|uay|uây|uôi|uya|uyu|ươi|ươu|yêu"
)
_CODAS = "ng|nh|ch|c|m|n|p|t"
_STOPS = ("c", "ch", "p", "t")
_SYLLABLE = re.compile(
    f"(?P<onset>{_ONSETS}|)"
    f"(?:(?P<closed>{_MAY_CLOSE}|{_MUST_CLOSE})(?P<coda>{_CODAS})|(?P<open>{_MAY_CLOSE}|{_ONLY_OPEN}))"
)


@dataclass(frozen=True)
class Syllable:
    """Lower case, NFC; `tone` is a combining mark or empty."""

    onset: str
    vowels: str
    coda: str
    tone: str

    def __str__(self) -> str:
        if not self.tone:
            return self.onset + self.vowels + self.coda
        at = self._tone_place()
        return nfc(self.onset + self.vowels[: at + 1] + self.tone + self.vowels[at + 1 :] + self.coda)

    def _tone_place(self) -> int:
        marked = [place for place, vowel in enumerate(self.vowels) if vowel in "ăâêôơư"]
        if marked:
            return marked[-1]
        if self.coda:
            return len(self.vowels) - 1
        return 1 if len(self.vowels) == 3 else 0


def split_syllable(word: str) -> Syllable | None:
    """The parts of one syllable in any case and tone placement, or None when it cannot be one."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [character for character in decomposed if character in TONES]
    plain = nfc("".join(character for character in decomposed if character not in TONES))
    found = _SYLLABLE.fullmatch(plain)
    if found is None or len(tones) > 1:
        return None
    coda, tone = found["coda"] or "", "".join(tones)
    if tone and coda in _STOPS and tone not in "\u0301\u0323":
        return None
    return Syllable(found["onset"], found["closed"] or found["open"], coda, tone)
