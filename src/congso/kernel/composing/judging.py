"""All rules over one recognised paper. Pure."""

from congso.kernel.composing.findings import Expected, Finding, Severity
from congso.kernel.composing.forms import Component, form_of
from congso.kernel.composing.paper import Paper
from congso.kernel.composing.recognition import DASHES, recognise
from congso.kernel.composing.rules.bodies import check_body
from congso.kernel.composing.rules.carried import check_carried
from congso.kernel.composing.rules.finding import Case
from congso.kernel.composing.rules.heads import check_head
from congso.kernel.composing.rules.letters import check_letters
from congso.kernel.composing.rules.pages import check_pages
from congso.kernel.composing.rules.tails import check_tail
from congso.kernel.composing.rules.titles import check_title

_RULES = (check_head, check_title, check_body, check_tail, check_pages, check_letters, check_carried)
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def judge(paper: Paper, expected: Expected) -> list[Finding]:
    """Findings by weight, then in the order of the rules, which is that of the paper."""
    case = Case(recognise(paper, expected), expected, form_of(expected.layout))
    if paper.is_word:
        paper.header_has_rule = _has_rule(paper)
    found = [finding for rule in _RULES for finding in rule(case)]
    return sorted(found, key=lambda finding: _WEIGHT[finding.severity])


def _has_rule(paper: Paper) -> bool:
    """Whether a line is drawn below the header: a border, an underline, a drawing in or right after it."""
    header = paper.first(Component.MOTTO) or paper.first(Component.HEADER)
    if header is None:
        return True
    after = [one for one in paper.paragraphs if header.number < one.number <= header.number + 2]
    near = [header, *(one for one in after if one.cell == header.cell and not one.line)]
    first = paper.first(Component.HEADER)
    is_typed = any(DASHES.fullmatch(one.line) for one in after if one.cell == header.cell)
    is_drawn = any(one.has_rule for one in near) or bool(first and first.has_rule)
    return bool(header.look.is_underlined) or is_drawn or is_typed
