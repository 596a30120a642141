"""Archives without the moment they were written, so that a sample is the same bytes every time."""

import zipfile
from io import BytesIO

_MOMENT = (2025, 7, 1, 0, 0, 0)


def frozen_zip(data: bytes) -> bytes:
    """The same entries in the same order, all dated alike."""
    stored = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(stored, "w") as target:
        for entry in source.infolist():
            add_frozen(target, entry.filename, source.read(entry))
    return stored.getvalue()


def add_frozen(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add an entry dated as all others."""
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)
