"""All tests, beside the code and across it: their own database, no network, a clock that can be stopped."""

import gc

import pytest

from tests.server import point_settings_at_test_server

pytest_plugins = ["tests.database", "tests.isolation", "tests.cast", "tests.office", "tests.browser"]

point_settings_at_test_server()  # before Django reads its settings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long modules first: a run in parallel does not end with one process waiting for the other."""
    with_browser = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(
        key=lambda item: "src" in item.path.relative_to(item.config.rootpath).parts and item.path not in with_browser
    )


def pytest_collection_finish() -> None:
    """What is loaded stays for the whole run: looking for garbage in it took a tenth of the time."""
    gc.collect()
    gc.freeze()
