"""A file mended, round after round, until nothing of what was asked is left. Guarded child only."""

from collections.abc import Collection

from congso.kernel.composing.findings import Expected, Finding
from congso.kernel.composing.forms import Component, Form, form_of
from congso.kernel.composing.judging import judge
from congso.kernel.composing.mending import carried, looks, pages
from congso.kernel.composing.mending.words import Words
from congso.kernel.composing.paper import Paper
from congso.kernel.composing.word.package import DOCUMENT, Package, W
from congso.kernel.composing.word.reading import read_paper

_ROUNDS = 40
_LOOKS = {"size", "bold", "italic", "underline", "upper", "align"}


def repaired(package: Package, codes: Collection[str], expected: Expected, *, accept_changes: bool) -> bytes:
    """The mended file. What a mending brings to light itself (a new header without its rule) is mended too."""
    if accept_changes:
        carried.accept_changes(package)
    left_alone: set[str] = set()
    for number in range(_ROUNDS):
        paper = read_paper(package)
        judged = [one for one in judge(paper, expected) if one.can_be_repaired]
        if number == 0:
            left_alone = {one.code for one in judged} - set(codes)
        found = [one for one in judged if one.code not in left_alone]
        if not found or not codes:
            break
        _mend(package, paper, found, expected)
    return package.saved()


def _mend(package: Package, paper: Paper, found: list[Finding], expected: Expected) -> None:
    """Looks first: they speak of the paragraphs as they were read."""
    form = form_of(expected.layout)
    words = [one for one in found if not _mend_look(package, paper, one.code, form)]
    root = package.tree(DOCUMENT)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        return
    # One change of words a round: each moves or replaces paragraphs the next one would look for.
    for one in words[:1]:
        mend = Words(paper, expected, form, body).mender(one.code)
        if mend:
            mend()


def _mend_look(package: Package, paper: Paper, code: str, form: Form) -> bool:
    """Whether the finding was one of looks, pages or what the file carries."""
    kind, _, rest = code.partition(".")
    if kind in _LOOKS:
        looks.mend_look(paper, form, kind, Component(rest))
    elif kind == "lines":
        looks.mend_lines(paper, form, rest)
    elif code == "font.other":
        looks.mend_fonts(paper)
    elif code in ("font.colour", "font.highlight"):
        looks.mend_colours(paper, highlight=code == "font.highlight")
    elif code == "page.size":
        pages.mend_size(paper)
    elif kind == "margins":
        pages.mend_margin(paper, form, rest)
    elif kind == "page_number":
        pages.mend_number(package, paper, form)
    elif code == "file.properties":
        carried.clear_properties(package)
    elif code == "file.template":
        carried.clear_template(package)
    else:
        return False
    return True
