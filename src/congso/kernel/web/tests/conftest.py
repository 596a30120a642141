"""The shell's tests run with a sample kind of record and its pages."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _sample_pages(settings: Any) -> None:
    from congso.kernel.web.tests import sample

    settings.ROOT_URLCONF = sample.__name__
    options = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**options, "DIRS": [Path(__file__).parent / "templates"]}]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
