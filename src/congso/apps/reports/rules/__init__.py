"""What a form may ask and what counts as a good answer; no database. The browser applies the same definition
(`static/reports/js/rules.js`), and a test holds the two together."""

from congso.apps.reports.rules.checking import Finding, Severity, check, errors_in
from congso.apps.reports.rules.dues import closing_day, due_day
from congso.apps.reports.rules.numbers import NotANumber, parse_number, show_number
from congso.apps.reports.rules.schema import NumberCell, Rule, Schema, SchemaErrors, Section, TextCell
from congso.apps.reports.rules.words import WORDS

__all__ = [
    "WORDS",
    "Finding",
    "NotANumber",
    "NumberCell",
    "Rule",
    "Schema",
    "SchemaErrors",
    "Section",
    "Severity",
    "TextCell",
    "check",
    "closing_day",
    "due_day",
    "errors_in",
    "parse_number",
    "show_number",
]
