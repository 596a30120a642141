"""A job is its person's own; procrastinate's tables hold names of tasks and ids only."""

from congso.lib.protection import Exempt, Table

_OWN = "person_id IS NOT DISTINCT FROM (SELECT congso.person()) AND (SELECT congso.is_known())"
_QUEUE = "the queue: names of tasks and ids, no content; the worker takes jobs before it acts as anybody"

TABLES = (
    Table("jobs_job", read=_OWN, insert=_OWN, update=_OWN),
    *(
        Exempt(name, "SELECT, INSERT, UPDATE, DELETE", _QUEUE)
        for name in (
            "procrastinate_jobs",
            "procrastinate_events",
            "procrastinate_periodic_defers",
            "procrastinate_workers",
        )
    ),
)
