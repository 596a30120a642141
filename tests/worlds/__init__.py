"""Random worlds: whatever the chart, the appointments and the acts, everything that tells who sees what says the same."""
