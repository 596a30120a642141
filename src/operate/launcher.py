"""./congso: prepares what is missing, then runs what is asked."""

import os
import sys
from pathlib import Path

from operate import preparing
from operate.places import ENVIRONMENT, OperateError

HELP = """usage: ./congso COMMAND [ARGUMENTS]

  setup [--tests]        install all parts; with --tests also what the tests need
  run                    everything on this machine: database, web, worker (PORT, DATA_DIR)
  migrate                bring the database to this release, as its owner
  web | worker           one of the two processes, for a service manager
  certificate make NAME…  HTTPS by an authority of our own; trust: how devices trust it; renew
  redirect               leads from HTTP_PORT to HTTPS, for a service manager
  backup DIR             database and files together, while people work
  restore DIR [--replace]  bring a backup back
  with PROGRAM           any program with the environment of the application's processes
  manage COMMAND         any of the product's commands, as the application's role

  search "…" --as USER   ask as in the portal: -n N, --json, --batch FILE.jsonl
  ask "…" --as USER      ask the assistant: --json, --batch FILE.jsonl; eval assistant: how right it is
  import documents FILE.jsonl --as USER --org CODE   take over another system's papers
  init ...               set up an empty office from an Excel file
  journal verify         prove that nothing in the journal was changed
  grant list|agree|give  roles, where the operator is the second person (journaled)
  journal checkpoint | export | keys | new-key   close the book and sign, write it out, the signing keys
  axis FOLDER --systems FILE.json   a simulated exchange axis, to try the exchange of documents
  plan FILE... [--json]  the tasks of a plan, resolution or conclusion, from Word, PDF or a scan

Other words are passed to the product, the same as with manage: regulations check, demo --accounts, ...
"""


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code; messages for people instead of tracebacks."""
    try:
        return _run(arguments)
    except OperateError as error:
        preparing.say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def _run(arguments: list[str]) -> int:
    command, *rest = arguments or ["help"]
    if command in {"help", "-h", "--help"}:
        print(HELP, end="")
        return 0
    preparing.prepare(tests=command == "setup" and "--tests" in rest)
    _enter_environment(arguments)
    from operate import commands  # only now: it needs the environment's programs

    return commands.run(command, rest)


def _enter_environment(arguments: list[str]) -> None:
    """Become the environment's own Python when we are not."""
    if Path(sys.prefix) == ENVIRONMENT:
        return
    command = [str(preparing.PYTHON), str(ENVIRONMENT.parent / "congso"), *arguments]
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted
