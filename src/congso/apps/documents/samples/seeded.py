"""Chance that can be repeated."""

from random import Random


def chance(subject: str, seed: int | str) -> Random:
    """The same subject and seed draw the same way everywhere. For samples only, never for secrets."""
    return Random(f"{subject} {seed}")  # noqa: S311 - repeatable on purpose
