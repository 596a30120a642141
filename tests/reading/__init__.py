"""How well papers are read: invented papers as offices really print and scan them, and the scores of reading them.

`papers` says what a specimen consists of; `specimens` and `unseen` are the set, the latter written after the
rules; `printing` and `scanning` make the files; `scoring` compares. `make bench` reads all, the tests a few.
"""
