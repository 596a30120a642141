"""`make bench`: measures search, acts and pages in one run and writes docs/benchmarks.md."""
