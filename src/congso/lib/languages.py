"""Screens speak the reader's language; all that stays or goes out is Vietnamese (decision 0021)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation


@contextmanager
def in_vietnamese() -> Iterator[None]:
    """Around what writes to the database or makes an official paper, or as its decorator."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
