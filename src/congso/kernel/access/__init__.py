"""Who may see and do what, as data the database enforces.

A *principal* is a number: a person, a post, a function in an organization, a role, a named system. People
come to principals through the posts they hold today, so a transfer changes one row, never a million. A
record carries its audience (who may see it) and its handlers (who may act now); row-level security
compares them with the principals of the running transaction, which only `enter` can set.
"""
