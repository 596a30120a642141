"""The product's tables, made once by `migrate` and given to every other database of the tests as a copy.

Migrating from nothing takes a quarter of a minute of computing, and a run makes a dozen databases on servers of their
own. Each is still brought up by `migrate` and `secure` afterwards, which find the tables there.
"""

import subprocess
from collections.abc import Callable
from hashlib import sha256

from operate.cluster import installed_programs
from operate.locks import exclusive
from operate.migrating import libpq_environment
from operate.places import ROOT

KEPT = ROOT / ".data-test" / "migrated"


def migrated(owner_url: str, migrate: Callable[[], object]) -> None:
    """Bring an empty database of the embedded server to this release; `migrate` does what the product does."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{_release()}.dump"
    with exclusive(KEPT / "making.lock"):
        if not kept.exists():
            migrate()
            for old in KEPT.glob("*.dump"):
                old.unlink()
            _run("pg_dump", owner_url, "--format=custom", "--no-policies", f"--file={kept}.part")
            kept.with_name(f"{kept.name}.part").rename(kept)
            return
    _run("pg_restore", owner_url, "--dbname=", "--exit-on-error", "--no-comments", str(kept))
    migrate()


def _release() -> str:
    """Changes with every migration; what `secure` reads is brought up each time anyway."""
    parts = sorted((ROOT / "src/congso").rglob("migrations/*.py"))
    return sha256(b"".join(str(part.relative_to(ROOT)).encode() + part.read_bytes() for part in parts)).hexdigest()[:16]


def _run(program: str, owner_url: str, *arguments: str) -> None:
    command = [str(installed_programs() / "bin" / program), "--no-owner", "--no-privileges", *arguments]
    subprocess.run(command, env=libpq_environment(owner_url), check=True, stdin=subprocess.DEVNULL)
