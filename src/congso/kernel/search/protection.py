"""An entry is seen with its record's audience and written by named functions alone."""

from congso.lib.protection import READ_AUDIENCE, Sealed, Table

TABLES = (
    Table("search_entry", read=READ_AUDIENCE),
    Sealed("search_termfrequency", reason="it counts words of records the asker may not see"),
)
