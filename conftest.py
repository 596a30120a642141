"""All tests, beside the code and across it: their own database, no network, a clock that can be stopped."""

import pytest

from tests.server import point_settings_at_test_server

pytest_plugins = ["tests.database", "tests.isolation", "tests.cast", "tests.office", "tests.browser"]

point_settings_at_test_server()  # before Django reads its settings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long modules first: a run in parallel does not end with one process waiting for the other."""
    items.sort(key=_is_short)


def _is_short(item: pytest.Item) -> bool:
    is_of_one_package = "src" in item.path.relative_to(item.config.rootpath).parts
    return is_of_one_package and item.get_closest_marker("browser") is None
