"""What each word after ./congso does, once the environment is there."""

import os
from collections.abc import Callable
from pathlib import Path

from operate import certificates, serving, system_parts, trusting
from operate.backup import backup
from operate.environment import MANAGE, app_environment, owner_environment
from operate.migrating import migrate
from operate.places import ROOT, OperateError, chosen_places
from operate.postgres import ensure_running, keep_through_exec
from operate.preparing import PYTHON
from operate.restore import restore


def run(command: str, arguments: list[str]) -> int:
    """Run one command; a word unknown here is a command of the product."""
    known = COMMANDS.get(command)
    return known(arguments) if known else _manage([command, *arguments])


def _setup(arguments: list[str]) -> int:
    tests = arguments == ["--tests"]
    if arguments and not tests:
        raise OperateError("usage: ./congso setup [--tests]")
    system_parts.provide(system_parts.PRODUCT_PARTS + (system_parts.TEST_PARTS if tests else ()))
    return 0


def _run(arguments: list[str]) -> int:
    if arguments:
        raise OperateError("usage: ./congso run (PORT, HOST and DATA_DIR are environment variables)")
    system_parts.provide(system_parts.PRODUCT_PARTS)
    return serving.run(chosen_places())


def _migrate(arguments: list[str]) -> int:
    places = chosen_places()
    migrate(places, ensure_running(places), arguments)
    return 0


def _backup(arguments: list[str]) -> int:
    if len(arguments) != 1:
        raise OperateError("usage: ./congso backup DIR (a folder that does not exist yet)")
    places = chosen_places()
    backup(places, ensure_running(places), Path(arguments[0]).absolute())
    return 0


def _restore(arguments: list[str]) -> int:
    folders = [argument for argument in arguments if argument != "--replace"]
    if len(folders) != 1:
        raise OperateError("usage: ./congso restore DIR [--replace]")
    places = chosen_places()
    connections = ensure_running(places)
    restore(places, connections, Path(folders[0]).absolute(), replace="--replace" in arguments)
    return 0


def _web(_arguments: list[str]) -> int:
    places = chosen_places()
    serving.refuse_taken_port(*serving.address())
    environment = app_environment(places, ensure_running(places))
    serving.collect_static(places, environment)
    pair = certificates.chosen(places)
    return _become(serving.web_command(pair), serving.web_environment(environment, pair))


def _redirect(_arguments: list[str]) -> int:
    places = chosen_places()
    command = serving.redirect_command(places, certificates.chosen(places))
    if command is None:
        raise OperateError("this needs a certificate (./congso certificate make NAME, or TLS_CERT) and HTTP_PORT")
    os.execvpe(command[0], command, os.environ | {"PYTHONPATH": str(ROOT / "src")})  # noqa: S606 - no shell is wanted


def _certificate(arguments: list[str]) -> int:
    places = chosen_places()
    places.make()
    match arguments:
        case ["make", *names]:
            pair = certificates.make(places, names)
            print(f"{pair.certificate}: {', '.join(certificates.names_of(pair))}")
            print(trusting.steps(places))
        case ["renew"]:
            print("renewed" if certificates.renew(places) else "still valid long enough")
        case ["trust"]:
            print(trusting.steps(places))
        case _:
            raise OperateError("usage: ./congso certificate make NAME… | renew | trust")
    return 0


def _worker(_arguments: list[str]) -> int:
    return _manage(["worker"])


def _manage(arguments: list[str]) -> int:
    """Become the product's command line."""
    places = chosen_places()
    return _become([str(PYTHON), MANAGE, *arguments], app_environment(places, ensure_running(places)))


def _as_owner(*command: str) -> Callable[[list[str]], int]:
    """A command of the product that sees or lays down everything, for the operator at the terminal alone."""

    def run_it(arguments: list[str]) -> int:
        places = chosen_places()
        environment = owner_environment(places, ensure_running(places))
        return _become([str(PYTHON), MANAGE, *command, *arguments], environment)

    return run_it


def _init(arguments: list[str]) -> int:
    places = chosen_places()
    connections = ensure_running(places)
    if "--template" not in arguments:
        migrate(places, connections, ["--verbosity", "0"])
    return _as_owner("init")(arguments)


def _with(arguments: list[str]) -> int:
    """Run any program as the product's processes run, for example psql or the type checker."""
    if not arguments:
        raise OperateError("usage: ./congso with PROGRAM [ARGUMENTS]")
    places = chosen_places()
    return _become(arguments, app_environment(places, ensure_running(places)))


def _become(command: list[str], environment: dict[str, str]) -> int:
    """Replace this process, which goes on holding the embedded server until it ends."""
    keep_through_exec(chosen_places())
    os.execvpe(command[0], command, environment)  # noqa: S606 - no shell is wanted


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": _setup,
    "run": _run,
    "migrate": _migrate,
    "backup": _backup,
    "restore": _restore,
    "web": _web,
    "redirect": _redirect,
    "certificate": _certificate,
    "worker": _worker,
    "manage": _manage,
    "with": _with,
    "init": _init,
    "journal": _as_owner("journal"),
    "grant": _as_owner("grant"),
}
