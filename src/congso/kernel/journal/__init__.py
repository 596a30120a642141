"""What happened, by whom, on what, and proof of it.

Entries are written in the act's own transaction and never change. A sealer chains them per organization,
in commit order and without a global lock; `journal verify` names any change and the unsealed tail.
"""
