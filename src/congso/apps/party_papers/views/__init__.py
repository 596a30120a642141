"""Screens: reading what is published, and drafting."""
