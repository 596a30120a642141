"""What docs/operations.md promises is what the product reads."""

from config.environment import VARIABLES
from operate.places import ROOT

OPERATIONS = ROOT / "docs" / "operations.md"


def configuration_table() -> list[str]:
    """The table as it must stand in the document."""
    return [
        f"| `{variable.name}` | {f'`{variable.default}`' if variable.default else ''} | {variable.meaning} |"
        for variable in VARIABLES
    ]


def test_the_configuration_table_names_every_variable_as_the_product_reads_it() -> None:
    section = OPERATIONS.read_text().split("## Configuration")[1].split("\n## ")[0]
    assert [line for line in section.splitlines() if line.startswith("| `")] == configuration_table()
