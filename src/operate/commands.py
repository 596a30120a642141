"""What each word after ./congso does, once the environment is there."""

import os
from collections.abc import Callable

from operate.environment import MANAGE, app_environment
from operate.migrating import migrate
from operate.places import chosen_places
from operate.postgres import ensure_running, keep_through_exec
from operate.preparing import PYTHON


def run(command: str, arguments: list[str]) -> int:
    """Run one command; a word unknown here is a command of the product."""
    known = COMMANDS.get(command)
    return known(arguments) if known else _manage([command, *arguments])


def _migrate(arguments: list[str]) -> int:
    places = chosen_places()
    migrate(places, ensure_running(places), arguments)
    return 0


def _manage(arguments: list[str]) -> int:
    """Become the product's command line, holding the embedded server until it ends."""
    places = chosen_places()
    environment = app_environment(places, ensure_running(places))
    keep_through_exec(places)
    os.execve(PYTHON, [str(PYTHON), MANAGE, *arguments], environment)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "manage": _manage,
    "migrate": _migrate,
}
