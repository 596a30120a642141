"""Three hundred invented papers and a hundred and fifty questions: fifty subjects in six kinds of paper each.

All six kinds of one subject share its words and all papers the phrases of their kind; what is asked stands in one
paper alone. A third of the questions is typed without accents, half say the subject in other words than any paper, a
fifth ask what no paper says.
"""

import tomllib
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from congso.lib.vietnamese import fold


@dataclass(frozen=True)
class Subject:
    """`name` as papers write it; `work` what they say of it; `asked` how somebody says it who has not read them."""

    name: str
    work: str
    unit: str
    asked: str


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its texts with the facts of one subject, the sentence asked for, and ways to ask for it."""

    name: str
    short: str
    agency: str
    title: str
    body: str
    quote: str
    questions: tuple[str, ...]


_WRITTEN = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _subjects(table: str) -> tuple[Subject, ...]:
    return tuple(Subject(*(cell.strip() for cell in line.split("|"))) for line in table.strip().splitlines())


TOLD, UNTOLD = _subjects(_WRITTEN["told"]), _subjects(_WRITTEN["untold"])
KINDS = tuple(Kind(**{**kind, "questions": tuple(kind["questions"])}) for kind in _WRITTEN["kinds"])
ASKED, UNANSWERABLE = 120, 30


@dataclass(frozen=True)
class Paper:
    """One line of a migration file."""

    id: str
    number_symbol: str
    issued_date: str
    issuing_agency: str
    doc_type: str
    title: str
    signer: str
    text: str


@dataclass(frozen=True)
class Question:
    """What somebody asks, the one paper that answers (empty: none) and the sentence of it that does."""

    query: str
    answer: str
    quote: str
    is_plain: bool
    is_reworded: bool


def _of(list_name: str, number: int) -> str:
    return str(_WRITTEN[list_name][number % len(_WRITTEN[list_name])])


def _facts(number: int, kind: int) -> dict[str, str | int]:
    mixed = number * 11 + kind * 17
    subject = TOLD[number]
    return {
        "name": subject.name, "work": subject.work, "unit": subject.unit, "asked": subject.asked,
        "place": _of("places", mixed), "agency": _of("agencies", mixed),
        "person": _of("people", mixed), "cause": _of("causes", mixed), "count": 40 + 3 * mixed,
        "half": 17 + mixed, "left": 2 + mixed % 7, "money": 350 + 15 * mixed, "share": 3 + mixed % 12,
        "day": f"{1 + mixed % 28}/{1 + mixed % 12}/2026",
    }  # fmt: skip


def papers(subjects: int = len(TOLD)) -> list[Paper]:
    """Six papers on each of so many subjects, always the same."""
    return [_paper(number, kind) for number, kind in product(range(subjects), range(len(KINDS)))]


def _paper(number: int, place: int) -> Paper:
    kind, facts = KINDS[place], _facts(number, place)
    quote = kind.quote.format(**facts)
    serial = number * len(KINDS) + place
    return Paper(
        id=f"{kind.short}{number}",
        number_symbol=f"{100 + serial}-{kind.short}/{'ĐU' if kind.short == 'BC' else 'TU'}",
        issued_date=f"2026-{1 + serial % 9:02d}-{1 + serial % 28:02d}",
        issuing_agency=kind.agency.format(**facts),
        doc_type=kind.name,
        title=kind.title.format(**facts),
        signer=str(facts["person"]),
        text=f"{_WRITTEN['lead']}\n{kind.body.format(quote=quote, **facts)}\n{_WRITTEN['tail']}",
    )


def questions(subjects: int = len(TOLD), *, asked: int = ASKED, unanswerable: int = UNANSWERABLE) -> list[Question]:
    """Questions spread over subjects and kinds, then those nobody can answer."""
    found = []
    for place in range(asked):
        number, kind = place * 7 % subjects, (place + place // subjects) % len(KINDS)
        facts = _facts(number, kind)
        found.append(_question(place, kind, TOLD[number], facts, f"{KINDS[kind].short}{number}"))
    for place in range(unanswerable):
        subject, kind = UNTOLD[place % len(UNTOLD)], place % len(KINDS)
        found.append(_question(place, kind, subject, _facts(place, kind), ""))
    return found


def _question(place: int, kind: int, subject: Subject, facts: dict[str, str | int], answer: str) -> Question:
    is_reworded, is_plain = place % 2 == 1, place % 3 == 2
    words = facts | {"said": subject.asked if is_reworded else subject.name}
    typed = _of("openings", place) + KINDS[kind].questions[place // 2 % 3].format(**words)
    quote = KINDS[kind].quote.format(**facts) if answer else ""
    return Question(fold(typed) if is_plain else typed, answer, quote, is_plain, is_reworded)
