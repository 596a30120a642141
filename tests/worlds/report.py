"""What the long form found, as a section of docs/faults.md; runs with other seeds add their line."""

import re
from collections import Counter

from tests.faults.report import REPORT, write_section

HEADING = "Random worlds"
COLUMNS = {
    "people": "people asked", "events": "changes of the chart", "acts": "acts", "records": "records", "files": "files",
    "seen": "times seen", "hidden": "times hidden",
}  # fmt: skip
_WORDS = """\
A committee, its office, agencies and rooms with random posts, holders past, present and to come, stand-ins, grants;
documents and tasks moved by random people through the services; mergers, splits, ends, moves and renamings before, on
and after today. In every world, for every person: the rule written a second time in Python = the database's principals
= raw SQL on eleven tables as the application's role = lists = counts = search, its total and facets = the API's lists,
counts and search = which files download = “Ai xem được”. No disagreement. By `WORLDS=… WORLDS_SEED=…`:
"""


def keep(seed: int, count: int, told: Counter[str], states: Counter[str]) -> None:
    """Write the section with this run's line, in place of one that began with the same seed."""
    lines = {first: line for first, line in _lines().items() if first != seed}
    figures = " | ".join(f"{told[key]:,}" for key in COLUMNS)
    lines[seed] = f"| {seed:,} | {count:,} | {figures} | {len(states)} |"
    heads = ["first seed", "worlds", *COLUMNS.values(), "states reached"]
    table = [f"| {' | '.join(heads)} |", f"|{'---:|' * len(heads)}", *(lines[first] for first in sorted(lines))]
    worlds = sum(int(line.split("|")[2].replace(",", "")) for line in lines.values())
    write_section(HEADING, [*_WORDS.splitlines(), "", *table, "", f"Together {worlds:,} worlds."])


def _lines() -> dict[int, str]:
    kept = REPORT.read_text(encoding="utf-8").partition(f"## {HEADING}\n")[2].partition("\n## ")[0]
    return {
        int(found[1].replace(",", "")): found[0] for found in re.finditer(r"^\| ([\d,]+) \|.*$", kept, re.MULTILINE)
    }
