"""Pure functions by subject: Vietnamese text, document symbols, working days, periods.

Nothing here knows Django, the database, the clock or a person. Numbers that come from law and may change
are arguments; their dated values live in the kernel package `regulations`.
"""
