"""The test world with somebody who protects personal data: the other head, in a post of the office's."""

from typing import Any

import pytest


@pytest.fixture
def protected(world: Any, db: None) -> Any:
    """The world after the office opened the post of data protection and appointed `other_head`."""
    from congso.apps.personal_data.tests.factories import appoint_protector

    appoint_protector(world)
    return world
