"""Long work people can watch, stop and retry; and as whom it acts.

A job is queued in the act's own transaction, so it exists exactly when the act does. It runs as the person
who asked, or as a named system, and can run twice without harm.
"""
