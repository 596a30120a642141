"""S40, its first part: the registry's screens over exchanged packets, “Có gì tắc không?” first of all.

Accepting a document hands its files to the office's intake, through the same gate as an upload. The work is the
kernel's (`kernel.exchange`); the database shows each registry its own packets.
"""
