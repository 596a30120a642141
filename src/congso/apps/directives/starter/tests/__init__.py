"""Checks of the plan's data, without a database."""
