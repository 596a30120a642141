"""What the screens about rights ask."""
