"""What a page of results shows beside titles: the places that answer, why each record is there, copies of one paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congso.kernel.search.answers import Hit, Results
from congso.kernel.search.copies import groups_of_copies
from congso.kernel.search.highlights import Piece, excerpt
from congso.kernel.search.places import Passage, nearest_of, saying_passages
from congso.kernel.search.reading import Group, Reading
from congso.kernel.search.tokens import tokens
from congso.lib.vietnamese import fold

_PLACES = 2  # shown of each record
_LEAST_SAID = 0.15  # of the question's words; a passage that says less is not shown
_TOLD = 4  # missing words named


@dataclass(frozen=True)
class Place:
    """A passage as it is shown: the stretch around what was asked for, marked; where it stands."""

    pieces: tuple[Piece, ...]
    file: int | None
    page: int | None
    clause: str


@dataclass(frozen=True)
class Found:
    """One line of the page: a record, its places, why it is there, its copies."""

    hit: Hit
    places: tuple[Place, ...]
    why: tuple[str, ...]
    copies: tuple[Hit, ...] = ()


def explained(results: Results) -> list[Found]:
    """The rows as a page shows them; a paper that came several times is one line. A handful of queries."""
    ids = [hit.record.pk for hit in results.rows]
    places: dict[int, list[Passage]] = {pk: [] for pk in ids}
    for passage in saying_passages(results.reading, ids, of_each=_PLACES, most=_PLACES * len(ids)):
        if passage.said >= _LEAST_SAID:
            places[passage.record].append(passage)
    lone = [hit.record.pk for hit in results.rows if hit.likeness and not places[hit.record.pk]]
    for passage in nearest_of(results.question, lone):
        places[passage.record].append(passage)
    lines = {hit.record.pk: _line(hit, places[hit.record.pk], results.reading) for hit in results.rows}
    shown = []
    for first, *others in groups_of_copies(ids):
        one = lines[first]
        shown.append(Found(one.hit, one.places, one.why, tuple(lines[pk].hit for pk in others)))
    return shown


def _line(hit: Hit, passages: Sequence[Passage], reading: Reading) -> Found:
    places = tuple(
        Place(excerpt(one.text, reading.words), one.file, one.page, one.clause)
        for one in passages
        if one.text.strip() != hit.record.title.strip()
    )
    return Found(hit, places, tuple(_reasons(hit, passages, reading)))


def _reasons(hit: Hit, passages: Sequence[Passage], reading: Reading) -> list[str]:
    """Why it is there, in a few words each."""
    if not reading.groups:
        return []
    title = _forms(f"{hit.record.number}\n{hit.record.title}")
    places = _forms("\n".join(one.text for one in passages))
    said = []
    if any(group.is_symbol and _has(group, title) for group in reading.groups):
        said.append(_("mang số, ký hiệu được hỏi"))
    words = [group for group in reading.groups if not group.is_symbol]
    missing = [group for group in words if not (_has(group, title) or _has(group, places))]
    if words and all(_has(group, title) for group in words):
        said.append(_("đủ các từ trong trích yếu"))
    elif words and not missing:
        said.append(_("đủ các từ"))
    elif len(missing) < len(words) and passages:
        told = ", ".join("“" + " ".join(group.readings[0]) + "”" for group in missing[:_TOLD])
        more = "…" if len(missing) > _TOLD else ""
        said.append(
            ngettext(
                "có %(count)d từ; trong đoạn này không thấy %(missing)s",
                "có %(count)d từ; trong đoạn này không thấy %(missing)s",
                len(words) - len(missing),
            )
            % {"count": len(words) - len(missing), "missing": told + more}
        )
    elif not hit.likeness and words:
        said.append(_("các từ nằm rải rác trong văn bản hoặc ở tên cơ quan"))
    if hit.likeness:
        said.append(_("gần nghĩa %(percent)d%%") % {"percent": round(100 * hit.likeness)})
    return said


def _forms(text: str) -> frozenset[str]:
    """Every form a text is found by."""
    found: set[str] = set()
    for token in tokens(text):
        for form in (token.form, *token.wholes):
            found |= {form, fold(form)}
    return frozenset(found)


def _has(group: Group, forms: frozenset[str]) -> bool:
    return any(all(word in forms for word in reading) for reading in group.readings)
