"""Incoming documents (S04): received at one door, registered, read, directed (bút phê), handled, concluded.

A document enters as a file or a scan and waits (*chờ tiếp nhận*). The clerk registers it: only then does it
get its arrival number, the ĐẾN stamp, and does it oblige anybody. It is presented to a leader, who writes a
direction naming exactly one lead, who supports, who only needs to know, and by when. A *handling* is one such
line, with its own reading time, return and result. Units see a document once it is directed to them.
State secrets never enter: a number is reserved, “quản lý ngoài hệ thống”, without abstract.
"""
