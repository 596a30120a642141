"""What a backup looks like on disk, and whether it is whole.

README.txt      what this is and how to bring it back
manifest.json   release, time, counts of every table
database.dump   PostgreSQL's custom format, one snapshot
files/          the office's files, as they lie in DATA_DIR/files
keys.json       the keys without which sealed data stays sealed; 0600
SHA256SUMS      all of the above but README; `sha256sum --check SHA256SUMS` works too
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from operate.places import ROOT, OperateError

FORMAT = 1
SUMS, MANIFEST, DUMP, KEYS, FILES, README = (
    "SHA256SUMS",
    "manifest.json",
    "database.dump",
    "keys.json",
    "files",
    "README.txt",
)


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    product: str
    taken_at: str
    server: str
    tables: dict[str, int] = field(default_factory=dict)
    files: int = 0
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Put it into the backup."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n")


def product_version() -> str:
    """The release of this folder."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup this release can bring back."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise OperateError(f"{folder} is not a backup: {error}") from error
    if manifest.format != FORMAT:
        raise OperateError(f"the backup has format {manifest.format}, this release reads {FORMAT}")
    if _numbers(manifest.product) > _numbers(product_version()):
        raise OperateError(f"the backup is of the newer release {manifest.product}; install that one first")
    return manifest


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path) -> None:
    """Note the hash of every file, the last step of a backup."""
    lines = [f"{digest_of(path)}  {path.relative_to(folder)}\n" for path in _contents(folder)]
    (folder / SUMS).write_text("".join(lines))


def verify(folder: Path) -> None:
    """Compare every file with its hash; a missing, added or changed one makes the backup unusable."""
    if not (folder / SUMS).is_file():
        raise OperateError(f"{folder} is not a complete backup: {SUMS} is missing")
    noted = {}
    for line in (folder / SUMS).read_text().splitlines():
        digest, name = line.split("  ", 1)
        noted[folder / name] = digest
    found = set(_contents(folder))
    problems = [f"missing: {path.relative_to(folder)}" for path in sorted(noted.keys() - found)]
    problems += [f"not noted: {path.relative_to(folder)}" for path in sorted(found - noted.keys())]
    for path in sorted(found & noted.keys()):
        if digest_of(path) != noted[path]:
            problems.append(f"changed: {path.relative_to(folder)}")
    if problems:
        shown = "\n  ".join(problems[:20])
        raise OperateError(f"the backup is damaged, nothing was restored:\n  {shown}")


def _contents(folder: Path) -> Iterator[Path]:
    outside = {folder / SUMS, folder / README}
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path not in outside)
