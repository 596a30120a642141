"""What an official paper says of itself: its register fields and the tasks it gives, each with its place.

Proposals only, for people to confirm. Everything here is read from a `Layout`; foreign bytes are opened by
`files.reading` alone. No proposal is made without the words on the paper that it came from, and what could
not be read or resolved says why.
"""
