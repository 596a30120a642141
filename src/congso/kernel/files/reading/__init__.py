"""Bytes in, a reading out. Pure: no models, no requests, no database.

Every parser of foreign bytes runs in a child process with limits of memory, time, file size and, where the
machine allows it, no network; whatever the bytes do, the caller gets a `Reading` or a `Refused` that says in
Vietnamese how to go on.
"""
