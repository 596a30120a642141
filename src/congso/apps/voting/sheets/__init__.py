"""Paper ballots that a scanner reads: where everything stands on a sheet, printing it, reading the marks made on it."""
