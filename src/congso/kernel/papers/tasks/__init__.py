"""From the blocks of a plan, resolution, programme or conclusion to proposed tasks.

Tables of an annex give a task a row, sentences give one where somebody is told to do something. Pure: no
database, no files; `kernel/papers/plans.py` reads files. Nothing here decides: every proposal has its place and,
where the paper was not clear, a doubt for the person who confirms it.
"""

from congso.kernel.papers.tasks.changes import Changed, Changes, compare_readings
from congso.kernel.papers.tasks.reader import issued_date, read_tasks

__all__ = ["Changed", "Changes", "compare_readings", "issued_date", "read_tasks"]
