"""Electronic signatures on PDF: making them, judging them, keeping them provable.

`pades.sign` adds one signature at an official place; `validation` says of any PDF who signed it, what changed after
and what to do; `bulk` signs many with one PIN; `renewing` keeps archive timestamps alive. Signed bytes are never
rewritten. No private key and no PIN is ever kept by the portal: keys stay in a token or with a remote service.
"""
