"""Raw packets on disk, by their SHA-256, as they came or went; never changed."""

import hashlib
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from congso.kernel.files.store import FolderStore, full_disk_is_told
from congso.lib.edxml.packets import DocumentPacket
from congso.lib.edxml.packets import Packet as Read


def _folder() -> Path:
    path = Path(settings.FILES_DIR) / "packets"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def keep(raw: bytes) -> str:
    """Put the packet safely on disk and return its SHA-256. Raises StorageFull."""
    digest = hashlib.sha256(raw).hexdigest()
    folder = _folder()
    with full_disk_is_told(), NamedTemporaryFile(dir=folder, prefix=".part-") as file:
        file.write(raw)
        file.flush()
        FolderStore(folder).put(Path(file.name), digest)
    return digest


def kept(digest: str) -> bytes:
    """The packet as it came. Raises FileNotFoundError."""
    with FolderStore(_folder()).open(digest) as file:
        return file.read()


def content_digest(packet: Read) -> str:
    """What the packet says, apart from the way it took: the same when sent again."""
    said = replace(packet, hops=(), attachments=()) if isinstance(packet, DocumentPacket) else packet
    total = hashlib.sha256(repr(said).encode())
    for attachment in packet.attachments if isinstance(packet, DocumentPacket) else ():
        total.update(f"{attachment.id}|{attachment.name}|".encode() + hashlib.sha256(attachment.content).digest())
    return total.hexdigest()
