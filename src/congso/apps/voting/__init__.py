"""Votes and opinions (S14): a body's ballots by show of hands, by name, in secret, on paper, in the room or by letter.

A voting rule says who counts, out of how many and how many are enough, each with the text it comes from; a ballot
whose rule leaves something open cannot be opened. `rules` judges and says why in sentences; the result is kept with
them and never changes: who wants to vote again makes a new round. docs/voting.md says how secret ballots are kept
secret and from what they do not protect.
"""
