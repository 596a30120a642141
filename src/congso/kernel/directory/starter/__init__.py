"""Starter data of the directory: the real organizations of Lào Cai and invented people (see sources.md)."""
