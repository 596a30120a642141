"""Is what was filled in good? The same checks run in the browser while one types (`rules.js`)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from congso.apps.reports.rules.numbers import NotANumber, parse_number, show_number
from congso.apps.reports.rules.schema import NumberCell, Rule, Schema
from congso.apps.reports.rules.words import WORDS


class Severity(StrEnum):
    """An error keeps a report from being sent, a warning asks to look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """What is to be said about a cell."""

    key: str
    severity: Severity
    message: str


def check(schema: Schema, filled: Mapping[str, str], last: Mapping[str, Decimal]) -> list[Finding]:
    """Everything to say about what was written, cell by cell, then rule by rule. `last`: the period before."""
    values: dict[str, Decimal] = {}
    found: list[Finding] = []
    for number in schema.numbers.values():
        found += _of_number(number, filled.get(number.key, ""), values)
    for text in schema.texts.values():
        written = filled.get(text.key, "").strip()
        if not written and text.is_required:
            found.append(_error(text.key, "text_required"))
        elif len(written) > text.most:
            found.append(_error(text.key, "too_long", most=str(text.most)))
    for rule in schema.rules:
        found += _of_rule(rule, schema, values, last)
    return found


def errors_in(found: Iterable[Finding]) -> list[Finding]:
    """Those that keep a report from being sent."""
    return [one for one in found if one.severity is Severity.ERROR]


def _of_number(cell: NumberCell, raw: str, values: dict[str, Decimal]) -> Iterator[Finding]:
    try:
        value = parse_number(raw, cell.decimals)
    except NotANumber as wrong:
        yield _error(cell.key, wrong.code, **wrong.facts)
        return
    if value is None:
        if cell.is_required:
            yield _error(cell.key, "required")
        return
    values[cell.key] = value
    if cell.least is not None and value < cell.least:
        yield _error(cell.key, "least", least=show_number(cell.least))
    if cell.most is not None and value > cell.most:
        yield _error(cell.key, "most", most=show_number(cell.most))


def _of_rule(
    rule: Rule, schema: Schema, values: Mapping[str, Decimal], last: Mapping[str, Decimal]
) -> Iterator[Finding]:
    if rule.kind == "change":
        yield from _of_change(rule, values, last)
        return
    if any(key not in values for key in (*rule.left, *rule.right)):
        return
    left, right = (sum((values[key] for key in keys), Decimal(0)) for keys in (rule.left, rule.right))
    if left == right or (rule.kind == "at_most" and left < right):
        return
    words = rule.message or WORDS[rule.kind].format(
        left=_titles(schema, rule.left), left_sum=show_number(left),
        right=_titles(schema, rule.right), right_sum=show_number(right),
    )  # fmt: skip
    yield Finding(rule.left[0], Severity.ERROR, words)


def _of_change(rule: Rule, values: Mapping[str, Decimal], last: Mapping[str, Decimal]) -> Iterator[Finding]:
    for key in rule.left:
        now, before = values.get(key), last.get(key)
        if now is None or not before or abs(now - before) * 100 <= abs(before) * rule.percent:
            continue
        words = rule.message or WORDS["change"].format(
            last=show_number(before), now=show_number(now), percent=rule.percent
        )
        yield Finding(key, Severity.WARNING, words)


def _titles(schema: Schema, keys: Iterable[str]) -> str:
    return " + ".join(f"“{schema.title_of(key)}”" for key in keys)


def _error(key: str, code: str, **facts: str) -> Finding:
    return Finding(key, Severity.ERROR, WORDS[code].format(**facts))
