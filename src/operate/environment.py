"""What the processes of the product are told. Each gets the least it needs."""

import os
from collections.abc import Mapping

from operate.places import ROOT, OperateError, Places
from operate.postgres import Connections

MANAGE = str(ROOT / "manage.py")


def app_environment(places: Places, connections: Connections) -> dict[str, str]:
    """For the web, the worker and every ordinary command: the application's role, never the owner's."""
    return _without_owner(os.environ) | {
        "DATA_DIR": str(places.data),
        "DATABASE_URL": connections.app_url,
        "CONGSO_ROLE": "app",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(ROOT / "src"),
    }


def owner_environment(places: Places, connections: Connections) -> dict[str, str]:
    """For migrate, secure and restore alone: both addresses, and the role that says the owner is meant."""
    if not connections.owner_url:
        raise OperateError("this needs DATABASE_OWNER_URL, the database's address as its owner")
    return app_environment(places, connections) | {
        "DATABASE_OWNER_URL": connections.owner_url,
        "CONGSO_ROLE": "owner",
    }


def _without_owner(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}
