"""From a fresh clone to all parts the product needs; knows in milliseconds when that is done.

Each part leaves a stamp: the hash of what it was made from. Equal hash, nothing to do.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from operate.locks import exclusive
from operate.places import ENVIRONMENT, ROOT, OperateError

PYTHON = ENVIRONMENT / "bin" / "python"
STAMPS = ENVIRONMENT / "stamps"
CATALOGUES = ROOT / "locale"
VENDOR = ROOT / "src/congso/kernel/web/static/vendor"
BREACHED = ROOT / "src/congso/kernel/accounts/breached/passwords.bin"
NEEDED_PYTHON = (3, 11)
NEEDED_NODE = 20


def prepare(*, tests: bool = False) -> None:
    """Install what is missing: Python parts, languages, front-end parts. One preparation at a time."""
    if is_prepared(tests=tests):
        return
    with exclusive(ROOT / ".preparing.lock"):
        _prepare_python("dev" if tests else "base")
        _prepare_messages()
        _prepare_front()


def is_prepared(*, tests: bool) -> bool:
    """Whether the stamps say that nothing is to be done."""
    names = ("dev",) if tests else ("base", "dev")
    has_python = any(_is_fresh(name, _python_sources(name)) for name in names)
    return has_python and _messages_are_fresh() and _front_is_fresh()


def _python_sources(name: str) -> list[Path]:
    return [ROOT / f"requirements/{name}.txt"]


def _prepare_python(name: str) -> None:
    sources = _python_sources(name)
    if _is_fresh(name, sources) or (name == "base" and _is_fresh("dev", _python_sources("dev"))):
        return
    if not PYTHON.exists():
        say("making the environment .venv")
        _run(
            [find_python(), "-m", "venv", "--clear", str(ENVIRONMENT)],
            "install Python's venv (Debian: apt-get install python3-venv)",
        )
    say(f"installing Python parts from requirements/{name}.txt (a few minutes the first time)")
    _run(
        [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
            "--require-hashes",
            "--no-deps",
            "-r",
            str(sources[0]),
        ],
        "is the package registry reachable?",
    )
    _stamp(name, sources)


def _prepare_messages() -> None:
    """Compile the catalogues of the screens' languages, which Django reads."""
    if _messages_are_fresh():
        return
    compiler = [str(PYTHON), "-m", "babel.messages.frontend", "--quiet", "compile"]
    _run([*compiler, "--directory", str(CATALOGUES), "--domain", "django"], "see the message above")
    _stamp("messages", _message_sources())


def _message_sources() -> list[Path]:
    return sorted(CATALOGUES.glob("*/LC_MESSAGES/django.po"))


def _messages_are_fresh() -> bool:
    sources = _message_sources()
    return all(source.with_suffix(".mo").exists() for source in sources) and _is_fresh("messages", sources)


def _prepare_front() -> None:
    if _front_is_fresh():
        return
    say("installing front-end parts from package-lock.json")
    npm, environment = find_npm()
    _run([*npm, "ci", "--no-audit", "--no-fund"], "is the package registry reachable?", environment)
    _run([*npm, "run", "--silent", "build"], "see the message above", environment)
    _stamp("front", _front_sources())


def _front_sources() -> list[Path]:
    return [ROOT / "package.json", ROOT / "package-lock.json", *sorted((ROOT / "frontend").glob("*"))]


def _front_is_fresh() -> bool:
    return VENDOR.is_dir() and BREACHED.is_file() and _is_fresh("front", _front_sources())


def find_python() -> str:
    """A Python the lock files were made for; the one running now when it fits."""
    if sys.version_info[:2] == NEEDED_PYTHON:
        return sys.executable
    wanted = ".".join(map(str, NEEDED_PYTHON))
    found = shutil.which(f"python{wanted}")
    if found is None:
        raise OperateError(f"Python {wanted} is needed: install it and start again")
    return found


def find_npm() -> tuple[list[str], dict[str, str]]:
    """npm and its environment: the machine's when its Node is new enough, else the one of the wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_major(node) >= NEEDED_NODE:
        return [npm], {}
    programs = str(ENVIRONMENT / "bin")
    return [f"{programs}/npm"], {"PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def _node_major(node: str) -> int:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = done.stdout.lstrip("v").split(".")[0]
    return int(major) if major.isdigit() else 0


def _run(command: Sequence[str], advice: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=ROOT, env=os.environ | (environment or {}), check=False)
    if done.returncode:
        raise OperateError(f"{Path(command[0]).name} {' '.join(command[1:4])} failed: {advice}")


def _digest(sources: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()


def _is_fresh(name: str, sources: Iterable[Path]) -> bool:
    stamp = STAMPS / name
    return stamp.is_file() and PYTHON.exists() and stamp.read_text() == _digest(sources)


def _stamp(name: str, sources: Iterable[Path]) -> None:
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(_digest(sources))


def say(message: str) -> None:
    """One line to the person at the terminal."""
    print(f"congso: {message}", file=sys.stderr, flush=True)
