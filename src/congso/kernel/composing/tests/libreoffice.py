"""A file opened and saved again by LibreOffice, as a clerk does."""

import subprocess
from pathlib import Path

from congso.kernel.files.reading.office import libreoffice


def resaved(file: bytes, folder: Path) -> bytes:
    """The DOCX after the trip; the program gets a profile of its own."""
    program = libreoffice()
    assert program, "LibreOffice is needed"
    (folder / "paper.docx").write_bytes(file)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "docx"]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(folder / "paper.docx")], check=True, capture_output=True
    )
    return (folder / "out" / "paper.docx").read_bytes()
