"""What crosses apps: journeys in a real browser, architecture, performance, faults, operation."""
