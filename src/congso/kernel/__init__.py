"""The spine every system stands on: one idea a package, in one order (see ARCHITECTURE.md)."""
