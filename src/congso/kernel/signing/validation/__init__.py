"""What a signed PDF proves. The file is judged in a guarded child process; the words are put beside it outside.

`report.read_report` gives a `Report`: for each signature who, chain, time, level, what changed after, a verdict and
its reasons. Nothing here trusts the file: an unreadable or odd structure is never “valid”.
"""
