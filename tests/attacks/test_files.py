"""Names that try to leave their folder and files that are two things at once: kept under our own names, never active.

E-mail attachments, archives and the watched folder: test_messages.py, test_reading.py, test_watching.py.
"""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from congso.apps.documents.services.papers import PURPOSE
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.files.tests import papers
from congso.kernel.files.tests.uploading import again, sender, work
from congso.lib.vietnamese import clean_filename
from tests.attacks.asking import signed_in
from tests.office import Office

NAMES = (
    "../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/shadow", "C:\\kế hoạch.pdf", "a/../../b.pdf",
    "....//x.pdf", "x\0.pdf", "x\r\nSet-Cookie: a=b.pdf", "\u202efdp.exe", "~/.ssh/authorized_keys", "CON.pdf", ".",
    "..", "", "%2e%2e%2fx.pdf", "kế hoạch.pdf/../../x", "a" * 5_000 + ".pdf", '"; filename="x.html',
)  # fmt: skip
SCRIPT = "<script>alert(document.domain)</script>"
OURS = re.compile(r"[0-9a-f-]{2,64}(-\d+-\d+)?(\.\w{2,5})?")  # what our own files are called: keys and hashes
# What a browser would run or lay out as a page.
ACTIVE = ("html", "svg", "xml", "javascript", "shockwave", "xhtml", "multipart/related")


def svg() -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{SCRIPT}</svg>'.encode()


def png_and_zip() -> bytes:
    picture, archive = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(picture, "PNG")
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("index.html", SCRIPT)
    return picture.getvalue() + archive.getvalue()


TWO_THINGS = {
    "PDF that begins as a page.pdf": lambda: f"<html>{SCRIPT}</html>\n".encode() + papers.pdf(),
    "PDF that ends as a page.html": lambda: papers.pdf() + f"\n<html>{SCRIPT}</html>".encode(),
    "picture and archive.png": png_and_zip,
    "drawing.svg": svg,
    "drawing called picture.png": svg,
    "page called paper.pdf": f"<!doctype html><html>{SCRIPT}</html>".encode,
    "page called text.txt": f"<!doctype html><html><body>{SCRIPT}</body></html>".encode,
    "page.htm": f"<!doctype html>{SCRIPT}".encode,
}


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """The files of one test."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_a_name_names_no_folder(name: str) -> None:
    kept = clean_filename(name)
    assert kept
    assert kept not in {".", ".."}
    assert not re.search(r"[/\\\x00-\x1f\u202e]", kept)
    assert len(kept) <= 200


def test_whatever_a_file_is_called_it_is_kept_under_our_own_name(office: Office, folder: Path) -> None:
    client = signed_in("clerk")
    for name in (one for one in NAMES if one.strip(". ")):
        file = SimpleUploadedFile("x", b"Thu", content_type="text/plain")
        file.name = name  # as parsed; Django itself cuts the path off once more
        form = {"office": office.world.organizations["VPTU"], "files": file}
        assert client.post("/van-ban-den/tiep-nhan/tai-len/", form).status_code in {302, 400, 403}, name
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert len(kept) > 5
    assert all(OURS.fullmatch(path.name) for path in kept), kept
    assert not [path for path in folder.iterdir() if path.name != "files"]


@pytest.mark.parametrize("name", TWO_THINGS)
def test_what_is_two_things_is_never_served_as_the_active_one(office: Office, name: str) -> None:
    upload = sender(office.world)(TWO_THINGS[name](), name, purpose=PURPOSE)
    work(upload)
    read = again(upload)
    assert read.state in {Upload.State.READY, Upload.State.REFUSED}, read.message
    with acting_as(Actor.person(office.world.clerk)):
        files = list(Attachment.objects.filter(record_id=read.record_id))
    client = signed_in("clerk")
    for file in files:
        for address in (f"/tep/{file.pk}/tai-ve/", f"/tep/{file.pk}/xem/"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert not any(kind in answer["Content-Type"] for kind in ACTIVE), (address, answer["Content-Type"])
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in answer["Content-Security-Policy"]
            assert "script-src" not in answer["Content-Security-Policy"]
            is_pdf = answer["Content-Type"] == "application/pdf"
            assert is_pdf or "sandbox" in answer["Content-Security-Policy"]
            disposition = answer["Content-Disposition"]
            assert is_pdf or answer["Content-Type"].startswith("image/") or disposition.startswith("attachment")
            assert "\n" not in disposition
