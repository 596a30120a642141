"""The rules of form, one module a subject. Pure: a recognised paper and what is expected in, findings out.

Each finding names its source. `can_be_repaired` only where `mending` knows how, and only in a Word file.
"""
