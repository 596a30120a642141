"""The hook for a virus scanner: a command of the installation, given the path of the file. Off by default."""

import shlex
import subprocess
from pathlib import Path

from django.conf import settings

from congso.kernel.files.reading import refusals

_SECONDS = 300


class ScannerFailed(Exception):
    """The scanner answered neither clean nor infected; the file is not taken in until it does."""


def scan_for_viruses(path: Path) -> None:
    """Raises Refused when the scanner (exit 0 clean, 1 infected) finds something, ScannerFailed when it cannot say."""
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
