"""`python -m tests.reading`: read the sixty papers and write their section of docs/benchmarks.md."""

from pathlib import Path

from tests.reading.report import put_section

if __name__ == "__main__":
    put_section(Path(__file__).parents[2] / "docs/benchmarks.md")
