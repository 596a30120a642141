"""Tables ruled by level lines alone: their columns are told by the blank that runs through all rows. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from congso.kernel.files.reading.pages.grid import Rule, merged
from congso.kernel.files.reading.pages.words import Drawn
from congso.lib.layout import Box

_FEWEST_LINES = 3
_SAME_END = 6.0  # points
_NARROWEST_TABLE, _NARROWEST_GAP = 150.0, 9.0
_TALLEST_ROW = 250.0
_MOST_LINES = 500


def sides_of_open_tables(rules: Sequence[Rule], words: Sequence[Drawn], *, reach: float) -> list[Rule]:
    """Upright lines, to be added to the drawn ones, for tables that have only level ones."""
    upright = [rule for rule in rules if not rule.is_level]
    level = merged([rule for rule in rules if rule.is_level], reach)
    if len(level) > _MOST_LINES:
        return []
    alone = [rule for rule in level if not any(_meet(rule, other, reach) for other in upright)]
    added: list[Rule] = []
    for stack in _stacks(alone):
        box = Box(stack[0].start, stack[0].at, stack[0].end, stack[-1].at)
        added += _sides(box, [one.word.box for one in words])
    return added


def _meet(level: Rule, upright: Rule, reach: float) -> bool:
    return (
        level.start - reach < upright.at < level.end + reach and upright.start - reach < level.at < upright.end + reach
    )


def _stacks(level: Sequence[Rule]) -> list[list[Rule]]:
    """Level lines of the same ends below each other."""
    stacks: list[list[Rule]] = []
    for rule in level:
        if rule.end - rule.start < _NARROWEST_TABLE:
            continue
        stack = next((stack for stack in stacks if _goes_on(stack[-1], rule)), None)
        if stack is None:
            stacks.append([rule])
        else:
            stack.append(rule)
    return [stack for stack in stacks if len({round(rule.at / 4) for rule in stack}) >= _FEWEST_LINES]


def _goes_on(above: Rule, rule: Rule) -> bool:
    return (
        abs(rule.start - above.start) < _SAME_END
        and abs(rule.end - above.end) < _SAME_END
        and rule.at - above.at < _TALLEST_ROW
    )


def _is_within(word: Box, box: Box) -> bool:
    middle = (word.top + word.bottom) / 2
    return box.top < middle < box.bottom and box.left - 2 < word.left and word.right < box.right + 2


def _sides(box: Box, words: Sequence[Box]) -> list[Rule]:
    inside = sorted(
        (word.left, word.right)
        for word in words
        if box.top < (word.top + word.bottom) / 2 < box.bottom
        and box.left - 2 < word.left
        and word.right < box.right + 2
    )
    runs: list[list[float]] = []
    for left, right in inside:
        if runs and left - runs[-1][1] < _NARROWEST_GAP:
            runs[-1][1] = max(runs[-1][1], right)
        else:
            runs.append([left, right])
    if len(runs) < 2:
        return []
    middles = [(before[1] + after[0]) / 2 for before, after in pairwise(runs)]
    return [Rule(is_level=False, at=at, start=box.top, end=box.bottom) for at in (box.left, *middles, box.right)]
