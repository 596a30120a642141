"""docs/faults.md, a section of each test's long form."""

import re

from operate.places import ROOT

REPORT = ROOT / "docs" / "faults.md"
_TITLE = "# Faults\n\nWritten by `make faults`.\n"


def write_section(heading: str, lines: list[str]) -> None:
    """Put the section into the page, in place of what an earlier run wrote under the heading."""
    kept = REPORT.read_text(encoding="utf-8") if REPORT.exists() else _TITLE
    section = "\n".join([f"## {heading}", "", *lines, ""])
    pattern = re.compile(rf"^## {re.escape(heading)}$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    known = pattern.search(kept)
    written = pattern.sub(lambda _: section + "\n", kept) if known else f"{kept.rstrip()}\n\n{section}"
    REPORT.write_text(written.rstrip() + "\n", encoding="utf-8")
