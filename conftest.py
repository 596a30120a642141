"""All tests, beside the code and across it: their own database, no network, a clock that can be stopped."""

from tests.server import point_settings_at_test_server

pytest_plugins = ["tests.database", "tests.isolation", "tests.cast", "tests.office", "tests.browser"]

point_settings_at_test_server()  # before Django reads its settings
