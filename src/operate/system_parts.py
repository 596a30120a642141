"""Programs from the system's own packages: installed where that is allowed, named where it is not.

The product starts without them, with the feature off and saying so; only the build insists on them.
"""

import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from operate.places import ENVIRONMENT, OperateError
from operate.preparing import say

TRIED = ENVIRONMENT / "stamps" / "system-tried"


@dataclass(frozen=True)
class Part:
    """What one feature needs from the system."""

    feature: str
    packages: tuple[str, ...]
    is_there: Callable[[], bool]
    insisted_on: bool = False


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _file(pattern: str) -> Callable[[], bool]:
    return lambda: any(Path("/").glob(pattern))


def _has_tesseract() -> bool:
    return bool(shutil.which("tesseract")) and _file("usr/share/tess*/**/vie.traineddata")()


def _has_pango() -> bool:
    return all(ctypes.util.find_library(name) for name in ("pangoft2-1.0", "harfbuzz-subset"))


PRODUCT_PARTS = (
    Part("reading scans", ("tesseract-ocr", "tesseract-ocr-vie"), _has_tesseract, insisted_on=True),
    Part("searchable PDF/A", ("ghostscript",), _program("gs")),
    Part("reading Office files", ("libreoffice-writer", "libreoffice-calc"), _program("soffice", "libreoffice")),
    Part("printing to PDF", ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"), _has_pango),
    Part("official typefaces", ("fonts-croscore",), _file("usr/share/fonts/**/Tinos-Regular.ttf")),
)
TEST_PARTS = (
    Part("browser tests", ("chromium",), _program("chromium", "chromium-browser"), insisted_on=True),
    Part("signature tests", ("softhsm2",), _program("softhsm2-util"), insisted_on=True),
    Part("reading PDF in tests", ("poppler-utils",), _program("pdftotext")),
)


def provide(parts: Sequence[Part]) -> None:
    """Install the parts that are missing, or say how and what is off without them.

    In the build (CI=true) a missing part that tests insist on is an error.
    """
    missing = [part for part in parts if not part.is_there()]
    if missing and _may_try(missing):
        _install(missing)
        missing = [part for part in missing if not part.is_there()]
    if not missing:
        return
    say(
        f"off for now: {', '.join(part.feature for part in missing)}. "
        f"To switch on: sudo apt-get install {' '.join(_packages(missing))}"
    )
    insisted_on = [part.feature for part in missing if part.insisted_on]
    if insisted_on and os.environ.get("CI") == "true":
        raise OperateError(f"the build needs {', '.join(insisted_on)}")


def _packages(parts: Iterable[Part]) -> list[str]:
    return [package for part in parts for package in part.packages]


def _may_try(missing: Sequence[Part]) -> bool:
    """One attempt for one list of missing parts, so that a machine without a mirror still starts fast."""
    wanted = " ".join(_packages(missing))
    if TRIED.exists() and TRIED.read_text() == wanted:
        return False
    return bool(shutil.which("apt-get")) and _rights() is not None


def _rights() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def _install(missing: Sequence[Part]) -> None:
    packages = _packages(missing)
    say(f"installing {' '.join(packages)}")
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    command = [*(_rights() or []), *quiet]
    subprocess.run([*command, "update"], stdout=subprocess.DEVNULL, check=False)
    subprocess.run(
        [*command, "install", "-y", "--no-install-recommends", *packages],
        stdout=subprocess.DEVNULL,
        check=False,
    )
    TRIED.write_text(" ".join(packages))
