"""What each kind of record adds to its number and title: the systems announce it, search asks."""

from collections.abc import Callable, Iterable
from typing import Any

from congso.kernel.records.models import Record
from congso.kernel.search.marks import Marks
from congso.lib.vietnamese import fold

_texts: dict[str, Callable[[Any], str]] = {}
_marks: dict[str, Callable[[Any], Marks]] = {}
_states: dict[str, set[str]] = {}


def register_text(record_type: str, text: Callable[[Any], str]) -> None:
    """Announce how the searchable text of a kind of record is read; done once at start-up by the manifests."""
    _texts[record_type] = text


def text_of(record: Record) -> str:
    """The searchable text of a record beyond its number and title; empty where its system names none."""
    text = _texts.get(record.type)
    return text(record) if text else ""


def register_marks(record_type: str, marks: Callable[[Any], Marks]) -> None:
    """Announce how issuer, signer and kind of paper of a kind of record are read; done once at start-up."""
    _marks[record_type] = marks


def marks_of(record: Record) -> Marks:
    """Issuer, signer, kind of paper; empty where its system names none."""
    marks = _marks.get(record.type)
    return marks(record) if marks else Marks()


def register_states(states: Iterable[tuple[str, str]]) -> None:
    """Announce the states of a kind of record, each with its word; done once at start-up."""
    for key, label in states:
        _states.setdefault(" ".join(fold(label).lower().split()), set()).add(key)


def states_named(name: str) -> tuple[str, ...]:
    """The states whose words are these, or begin with them, accents or not; empty for none."""
    wanted = " ".join(fold(name).lower().split())
    exact = _states.get(wanted)
    found = exact or {key for word, keys in _states.items() if wanted and word.startswith(wanted) for key in keys}
    return tuple(sorted(found))


def state_words() -> list[str]:
    """Every word a state goes by, without accents."""
    return sorted(_states)
