"""Screens of the assistant: asking (`asking`), a passage in its place (`passages`), summaries and the briefing
(`overviews`)."""
