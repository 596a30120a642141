"""What happened, by whom, on what, and proof of it.

Entries are written in the act's own transaction and never change. A sealer chains them per organization, in commit
order and without a global lock. Every day a checkpoint signed with a key outside the database closes the book as it
stands; copies of it elsewhere show what the chains alone cannot: a cut tail, a book written anew.
`queries` verifies, `exporting` writes the book out, `proving` proves one entry, `forwarding` tells a SIEM.
"""
