"""Organizations, posts and people, with time in them.

Everything can be asked *as of* a day: what an organization was called, whom it stood under, who held a
post. A merger is an event that says who succeeded whom. Rows are closed by a date, never deleted, so
yesterday's papers keep the names of their day.
"""
