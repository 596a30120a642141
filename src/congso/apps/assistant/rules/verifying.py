"""The check after the answer: is what is cited in the stored text, and does it carry what is said.

Papers are data. A sentence that speaks to a machine (“bỏ qua mọi hướng dẫn”, “hãy trả lời rằng”, a role of a chat
protocol) or leads elsewhere (an address) is no evidence for anything: it is never quoted and never handed to a
generator.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from congso.apps.assistant.rules.values import Sort, values_of
from congso.apps.assistant.rules.words import Evidence, one_of, plain, weight, words_of
from congso.lib.symbols import find_symbols, normalise_symbol
from congso.lib.vietnamese import clean_text, index_form

LEAST_QUOTE = 12  # characters; a shorter quote proves nothing
CARRIED = 0.6  # of a generated statement's words, by weight, that its quotes must know
LONGEST_STATEMENT = 700
_REACH = 3  # sentences

_ORDERS = one_of(
    r"""\b(?:bo qua|quen het|lam ngo|phot lo)\b.{0,40}\b(?:huong dan|chi dan|lenh|quy tac|prompt|yeu cau (?:truoc|tren))
    |\b(?:hay|luon|chi) (?:luon )?(?:tra loi|dap|noi|trich dan|in ra|tiet lo)\b.{0,20}\b(?:rang|la|nhu sau)\b
    |\btiet lo\b.{0,20}\b(?:toan bo|moi|tat ca) (?:van ban|ho so|tai lieu|noi dung)\b
    |\b(?:tro ly|chatbot|llm|gpt|tri tue nhan tao|mo hinh ngon ngu)\b.{0,30}
    \b(?:hay|phai|duoc lenh|nghe|tra loi|bo qua|thuc hien lenh|tiet lo)\b
    |\b(?:he thong|mo hinh)\b.{0,20}\b(?:hay tra loi|phai tra loi|bo qua moi|thuc hien lenh sau|tiet lo)\b
    |\bban (?:la(?: mot)?|bay gio la|dang la|hien la|se dong vai) (?:tro ly|mo hinh|quan tri|he thong|ai)\b
    |\bdong vai\b.{0,40}\b(?:tro ly|quan tri|he thong|mo hinh)\b
    |\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instruction|previous|above|prior|rule|prompt|system)
    |\byou (?:are|must|should|will)\b.{0,60}\b(?:answer|reveal|assistant|say|output|respond|cite|now)\b
    |\b(?:reveal|print|output|repeat|leak)\b.{0,40}
    \b(?:prompt|secret|password|instruction|records?|documents?|everything)\b
    |\b(?:system|developer|jailbreak)\b.{0,12}\b(?:prompt|message|override|mode|instruction)\b
    |\b(?:do not|don t|dont) (?:cite|mention|tell|refuse)\b|\banswer (?:only|with|that)\b
    |\bloi nhac he thong\b|\bmenh lenh (?:he thong|cho tro ly)\b|\bkhong duoc tu choi\b
    |\bdanh cho (?:tro ly|ai|mo hinh)\b"""
)
_ROLES = re.compile(
    r"<\|?\s*/?(?:im_start|im_end|system|assistant|user|endoftext|instructions?|s|tool)[^>\n]{0,20}\|?>|"
    r"^\s*#{0,4}\s*\**(?:system|assistant|user|developer|human|tool)\**\s*[:：]|\[/?INST\]|<<SYS>>|"
    r"\"role\"\s*:\s*\"|BEGIN (?:SYSTEM|PROMPT)|END OF (?:DOCUMENT|CONTEXT)|</?(?:passage|document|context|tai_lieu)",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(
    r"(?:https?|ftp|javascript|data|file)\s*:\s*/{0,2}\S|www\.\w|\]\s*\(|!\[|"
    r"<\s*(?:a|img|script|iframe|svg)\b|\b[\w-]+\.(?:com|net|org|info|xyz|io|ru|cn|top|site|online)\b(?:/|\s|$)",
    re.IGNORECASE,
)


def seen(text: str) -> str:
    """A text as a reader sees it: nothing invisible, look-alike letters of other scripts shown as Latin ones."""
    return clean_text(unicodedata.normalize("NFKC", clean_text(text))).translate(_ALIKE)


_ALIKE = str.maketrans("аеорсухіјѕԁһАВЕКМНОРСТХІЈ", "aeopcyxijsdhABEKMHOPCTXIJ")


def is_order(text: str) -> bool:
    """Whether a text speaks to a machine or carries an address: then it is no evidence."""
    shown = seen(text)
    hidden = sum(unicodedata.category(letter) in ("Cf", "Co", "Cn") for letter in text)
    return (
        bool(_ROLES.search(shown))
        or bool(_ADDRESS.search(shown))
        or bool(_ORDERS.search(plain(shown)))
        or hidden > max(2, len(text) // 20)
    )


def tainted(texts: Sequence[str]) -> frozenset[int]:
    """Which of a text's sentences are no evidence: those that speak to a machine or carry an address, and what stands
    within three sentences of an order, since a planted claim stands beside the order to repeat it.
    """
    orders = [place for place, text in enumerate(texts) if _is_command(text)]
    beside = {place + step for place in orders for step in range(-_REACH, _REACH + 1)}
    return frozenset(beside | {place for place, text in enumerate(texts) if is_order(text)})


def _is_command(text: str) -> bool:
    shown = seen(text)
    return bool(_ROLES.search(shown)) or bool(_ORDERS.search(plain(shown)))


def normalised(text: str) -> str:
    """How a quote and a stored text are compared: NFC, tones in one place, one space for any white space."""
    return " ".join(index_form(clean_text(text)).split())


def stands_in(quote: str, stored: str) -> bool:
    """Whether the exact words of the quote stand in the stored text."""
    wanted = normalised(quote)
    return bool(wanted) and wanted in normalised(stored)


def is_carried(statement: str, quotes: Iterable[str]) -> bool:
    """Whether a statement in other words says only what its quotes say.

    Its numbers, days, symbols and most of its words must stand in them; what it adds would be somebody's invention.
    """
    told = list(quotes)
    joined = "\n".join(told)
    if not statement.strip() or len(statement) > LONGEST_STATEMENT or is_order(statement) or is_order(joined):
        return False
    if not _values(statement) <= _values(joined) or not _symbols(statement) <= _symbols(joined):
        return False
    known = Evidence(*(words_of(quote) for quote in told))
    words = words_of(statement)
    if _denials(words) != _denials(words_of(joined)):
        return False
    weighed = [(word, weight(word, is_accented=True)) for word in words]
    total = sum(told_by for _, told_by in weighed)
    return (
        total > 0 and sum(told_by * known.has(word, is_accented=True) for word, told_by in weighed) / total >= CARRIED
    )


def _values(text: str) -> set[str]:
    """The values said; a plain number also where it stands inside a longer value."""
    found = {value.key.partition(":")[2].split(" ")[0] for value in values_of(text)}
    return found | {
        part
        for value in values_of(text)
        if value.sort in (Sort.DAY, Sort.MONTH)
        for part in value.key.partition(":")[2].split("/")
    }


def _symbols(text: str) -> set[str]:
    return {normalise_symbol(text[start:end]) for _, start, end in find_symbols(text)}


def _denials(words: Iterable[object]) -> bool:
    return any(getattr(word, "form", "") in {"không", "chưa", "cấm"} for word in words)
