"""Answers that stand in the register rather than in a sentence: who signed, when issued, by whom, which symbol.

The quote is a line of the stored text: a signer's name, the line of place and day, the abstract.
"""

import re
from collections.abc import Iterable

from congso.apps.assistant.rules.choosing import REGISTERED, Found, Paper, Source, is_about, known_share
from congso.apps.assistant.rules.questions import Kind, Question
from congso.apps.assistant.rules.sentences import Sentence
from congso.apps.assistant.rules.words import words_of
from congso.lib.person_names import family_names

TITLE_FLOOR = 0.72  # of the question's weight that title and head must know
_DATED = re.compile(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}")


def from_register(question: Question, sources: Iterable[Source], *, are_meant: bool = False) -> list[Found]:
    """The paper's line that answers, when the paper is surely meant (`are_meant`: “văn bản đó”); else nothing."""
    if question.kind not in REGISTERED:
        return []
    firsts: dict[int, Source] = {}
    lasts: dict[int, Source] = {}
    for source in sources:
        firsts.setdefault(source.paper.record, source)
        lasts[source.paper.record] = source
    found = []
    for record, source in firsts.items():
        share = known_share(question, source.paper)
        named = are_meant or (bool(question.symbols) and is_about(question, source))
        if not named and share < TITLE_FLOOR:
            continue
        line = _line(question, source.paper, source, lasts[record])
        if line is not None:
            found.append(Found(line[0], line[1], share + named, share, share))
    return sorted(found, key=lambda one: -one.score)


def _line(question: Question, paper: Paper, first: Source, last: Source) -> tuple[Source, Sentence] | None:
    if question.kind is Kind.SIGNER:
        return _last_name(last) or _last_name(first)
    if question.kind is Kind.ISSUED:
        return _in_text(first, _DATED) or _title(paper)
    if question.kind is Kind.ISSUER:
        head = next((line for line in first.text.splitlines() if line.strip()), "")
        return _place(first, head) if len(head.strip()) >= 12 else _title(paper)
    return _title(paper) if question.kind is Kind.SYMBOL else None


def _title(paper: Paper) -> tuple[Source, Sentence]:
    """The abstract as the register keeps it."""
    return Source(paper, None, None, paper.title), _sentence(paper.title, 0, len(paper.title))


def _last_name(source: Source) -> tuple[Source, Sentence] | None:
    """The last line that is a person's name: two to five capitalised syllables that begin with a family name."""
    for line in reversed(source.text.splitlines()):
        parts = line.strip().split()
        if 2 <= len(parts) <= 5 and parts[0].capitalize() in family_names() and all(p[:1].isupper() for p in parts):
            return _place(source, line)
    return None


def _in_text(source: Source, form: re.Pattern[str]) -> tuple[Source, Sentence] | None:
    line = next((line for line in source.text[:3000].splitlines() if form.search(line)), None)
    return _place(source, line) if line else None


def _place(source: Source, line: str) -> tuple[Source, Sentence] | None:
    bare = line.strip()
    start = source.text.find(bare)
    return (source, _sentence(bare, start, start + len(bare))) if bare and start >= 0 else None


def _sentence(text: str, start: int, end: int) -> Sentence:
    return Sentence(text, start, end, tuple(words_of(text)), "", leads_list=False)
