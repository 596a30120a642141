"""Pages of the calendar: the week, the month, one entry, things, free hours."""
