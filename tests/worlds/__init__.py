"""Random worlds: whatever chart, appointments and acts, everything that tells who sees what says the same."""
