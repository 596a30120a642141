"""Sample papers for the demo, the tests and the benchmarks: invented content in the true form of offices.

`paper` says what a paper is, `catalogue` and `plans` write some, `word`, `portable`, `scans` and `sheets`
make files of them, `hostile` makes the files an office should survive. All are pure: the same seed gives
the same bytes.
"""
