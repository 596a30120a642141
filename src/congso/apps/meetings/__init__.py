"""Paperless meetings (S13): called, prepared, attended, run, written down and concluded without paper.

A meeting is a record of the body that sits; each item of its agenda is a record of its own, because papers, guests and
withdrawal go item by item: a guest is in the audience of her item and of nothing else, and the papers of a withdrawn
item are closed by the database. Attendance, speeches and opinions are rows that are added and never altered. What the
room sees is always drawn from the database; open pages are only told that there is something new.
"""
