"""S42, its first part: the auditors' screens over the journal.

They look through what happened, prove one line, close the book, carry checkpoints elsewhere and see whether the book
holds. The work is the kernel's (`kernel.journal`); only auditors (`Role.AUDITOR`) see rows, which the database decides.
"""
