"""The organization chart is a shared catalogue: everyone signed in reads it, administrators write it."""

from congso.lib.protection import Table

_READ = "(SELECT congso.is_known())"  # asked once a query, not once a row
_WRITE = "congso.is_administrator()"

TABLES = tuple(
    Table(name, read=_READ, insert=_WRITE, update=_WRITE)
    for name in (
        "directory_organization",
        "directory_organizationversion",
        "directory_succession",
        "directory_post",
        "directory_person",
        "directory_assignment",
    )
)
