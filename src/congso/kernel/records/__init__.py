"""The spine: one row with what all systems share, so one list, one permission, one search serve them all.

A system's model extends `Record`. Links, comments, the timeline and the numbers of registers hang on it.
Nobody deletes a record; it is withdrawn with a reason.
"""
