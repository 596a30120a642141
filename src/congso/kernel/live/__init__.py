"""Telling open pages that something is new, by server-sent events at `/song/`.

The database says “something for these people” when a notice or a piece of work is written (`internal/functions.sql`);
one connection a web process listens (`listening.py`), the hub hands on to that process's streams (`hub.py`). An event
carries ids and counts, never words: the page then asks for its bell and its list as it always did. A stream holds
no thread and no database connection. Without streams pages ask every two minutes as before.
"""
