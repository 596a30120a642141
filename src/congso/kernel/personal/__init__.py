"""Personal data across all systems: what is kept about whom and why, and who looked at it.

What is kept is declared beside each package's models (`personal.py`) and collected here. Who looked at somebody's
private data is written by `note_disclosure`, one row a day however often and however many people the answer held; the
person herself and auditors read it.
"""
