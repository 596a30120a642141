"""What goes into a package and comes out of it."""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID


class Kind(StrEnum):
    """Submission, archival and dissemination packages of OAIS."""

    SIP = "SIP"
    AIP = "AIP"
    DIP = "DIP"


@dataclass(frozen=True)
class PackedFile:
    """A file of a document; `open` gives its bytes anew each time it is asked."""

    name: str
    sha256: str
    size: int
    media_type: str
    open: Callable[[], BinaryIO] = field(compare=False)


@dataclass(frozen=True)
class PackedDocument:
    """One document: fields of the profile (`EAD_doc`) and its files, in order."""

    facts: Mapping[str, str]
    files: tuple[PackedFile, ...]


@dataclass(frozen=True)
class Contents:
    """A dossier as a package holds it. `own` is what this program restores beyond the profile's fields."""

    kind: Kind
    key: UUID
    fonds_code: str
    creator: str
    archive: str
    created: datetime
    facts: Mapping[str, str]
    documents: tuple[PackedDocument, ...]
    own: Mapping[str, Any] = field(default_factory=dict)

    @property
    def object_id(self) -> str:
        """OBJID: urn:{fonds}:uuid:{UUID} of an AIP or DIP, uuid-{UUID} of a SIP."""
        upper = str(self.key).upper()
        return f"uuid-{upper}" if self.kind is Kind.SIP else f"urn:{self.fonds_code}:uuid:{upper}"

    @property
    def root(self) -> str:
        """The folder of the package."""
        return self.object_id.replace(":", "_")


class PackageRefused(Exception):
    """The package cannot be taken; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class ReadDocument:
    """A document of a package that was checked: its fields, the members that are its files."""

    facts: dict[str, str]
    members: tuple[str, ...]


@dataclass(frozen=True)
class ReadPackage:
    """A package that is whole. `is_foreign`: it says little of what it is, and nobody here has looked at its files;
    then `said_retention` is what its taker said.
    """

    path: Path
    kind: Kind
    key: UUID
    root: str
    facts: dict[str, str]
    documents: tuple[ReadDocument, ...]
    own: dict[str, Any] = field(default_factory=dict)
    is_foreign: bool = False
    said_retention: str = ""

    @contextmanager
    def open(self, member: str) -> Iterator[BinaryIO]:
        """The bytes of a member."""
        with zipfile.ZipFile(self.path) as book, book.open(f"{self.root}/{member}") as file:
            yield file  # type: ignore[misc]
