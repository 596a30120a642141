"""A question that continues the one before: “Còn xã Y Tý thì sao?”, “Ai ký văn bản đó?”."""

import re
from typing import NamedTuple

from congso.apps.assistant.rules.questions import Question, read_question
from congso.apps.assistant.rules.words import Word, one_of, plain, words_of
from congso.lib.vietnamese import nfc

_POINTS = one_of(
    r"""\b(?:van ban|ke hoach|quyet dinh|nghi quyet|chi thi|thong bao|bao cao|cong van|ho so|ket luan|tai lieu|viec
    |noi dung|nhiem vu|dieu) (?:do|nay|ay|tren|vua roi|vua neu)\b
    |\b(?:no|o do|trong do|cai do|nguoi do|don vi do|co quan do)\b"""
)
_GOES_ON = re.compile(r"^(?:the )?(?:con|vay|the)\b|\bthi sao\b|^(?:va|roi)\b")
_FEW = 2.2  # weight of a question's own words under which it cannot stand alone
_HEADS = ("xa", "phuong", "thon", "tinh", "huyen", "nam", "thang", "quy", "dong chi", "ban", "so")


class Continued(NamedTuple):
    """The question to be asked in full, and whether it is about the papers cited last."""

    text: str
    about_last: bool


def continued(typed: str, before: str | None) -> Continued:
    """The question as it is meant after the one before; a question that stands alone stays as it is."""
    question = read_question(typed)
    if not before:
        return Continued(question.text, about_last=False)
    spoken = plain(question.text)
    points = bool(_POINTS.search(spoken)) and not question.symbols
    goes_on = bool(_GOES_ON.search(spoken))
    if not points and not goes_on and (question.told >= _FEW or question.symbols):
        return Continued(question.text, about_last=False)
    if points:
        return Continued(f"{question.text} {_topic(before)}", about_last=True)
    return Continued(_put_in(read_question(before), question), about_last=False)


def _topic(before: str) -> str:
    """The words of the earlier question that tell, without what asks."""
    question = read_question(before)
    shown = nfc(question.text)
    return " ".join(
        shown[word.start : word.end] for word, told in zip(question.words, question.weights, strict=True) if told >= 1
    )


def _put_in(before: Question, now: Question) -> str:
    """The earlier question with what the new one names in the place of its own: another commune, another year."""
    text = before.text
    for head in _HEADS:
        new = _named(now.text, head)
        old = _named(text, head)
        if new and old:
            return text.replace(old, new, 1)
    bare = re.sub(
        r"(?i)^(?:thế\s+)?(?:còn|vậy|thế|và|rồi|con|vay|the|va|roi)\s+|\s*(?:thì sao|thi sao)\s*", " ", now.text
    )
    return f"{bare.strip(' ?.')} {text}"


def _named(text: str, head: str) -> str:
    """The head with the name behind it, as written: “xã Y Tý”, “năm 2026”."""
    parts = head.split()
    found = words_of(text)
    for place in range(len(found) - len(parts)):
        if [word.plain for word in found[place : place + len(parts)]] != parts:
            continue
        stop = place + len(parts)
        taken = 0
        while stop < len(found) and taken < 3 and _is_name_part(text, found[stop]):
            stop, taken = stop + 1, taken + 1
        if taken:
            return text[found[place].start : found[stop - 1].end]
    return ""


def _is_name_part(text: str, word: Word) -> bool:
    return text[word.start].isupper() or text[word.start].isdigit()
