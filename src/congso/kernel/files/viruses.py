"""The virus scanners of the installation: a command given the path of the file, ClamAV's daemon, or both. Off by
default.
"""

import logging
import shlex
import subprocess
from pathlib import Path

from django.conf import settings

from congso.kernel.files.clamd import NoAnswer, scan_stream
from congso.kernel.files.reading import refusals

log = logging.getLogger(__name__)
_SECONDS = 300


class ScannerFailed(Exception):
    """The scanner answered neither clean nor infected; the file is not taken in until it does."""


class Infected(Exception):
    """ClamAV found something in the file; `name` is what it calls it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def scan_for_viruses(path: Path) -> None:
    """Nothing when the file is clean, or when there is no scanner.

    Raises Refused when the command (exit 0 clean, 1 infected) finds something, Infected when ClamAV does,
    ScannerFailed when one of them cannot say; with CLAMD_DOWN=open a silent daemon is only logged.
    """
    _ask_command(path)
    if not settings.CLAMD_ADDRESS:
        return
    try:
        found = scan_stream(path, settings.CLAMD_ADDRESS)
    except NoAnswer as silence:
        if settings.CLAMD_DOWN == "open":
            log.warning("taken in without a virus scan: %s", silence)
            return
        raise ScannerFailed from silence
    if found:
        raise Infected(found)


def _ask_command(path: Path) -> None:
    command = shlex.split(settings.VIRUS_SCAN_COMMAND)
    if not command:
        return
    try:
        ran = subprocess.run([*command, str(path)], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScannerFailed from error
    if ran.returncode == 1:
        raise refusals.infected()
    if ran.returncode != 0:
        raise ScannerFailed(f"code {ran.returncode}: {ran.stderr[-500:]!r}")
