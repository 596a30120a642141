"""Checks of the starter data itself, without a database."""
