"""Forms shipped ready to use: the monthly report of key leaders, the regular monthly, quarterly, half-yearly and yearly
ones. An office begins from one and makes it its own."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FORMS = Path(__file__).parent.parent / "starter" / "forms.json"


@dataclass(frozen=True)
class StarterForm:
    """One shipped form."""

    key: str
    title: str
    frequency: str
    closes_on: int
    due_working_days: int
    note: str
    schema: dict[str, Any]


@cache
def starter_forms() -> dict[str, StarterForm]:
    """By key."""
    rows = json.loads(_FORMS.read_text(encoding="utf-8"))["forms"]
    return {row["key"]: StarterForm(**row) for row in rows}
