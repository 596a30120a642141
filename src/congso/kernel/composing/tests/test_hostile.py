"""Files made to harm, or harmed on their way: refused in Vietnamese, through every door, with nothing half done."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.kernel.composing.comparing import differences
from congso.kernel.composing.findings import Expected, Severity
from congso.kernel.composing.preflight import check, repair
from congso.kernel.composing.rendering import places_in, to_pdf
from congso.kernel.composing.templates import make_docx
from congso.kernel.composing.tests import samples
from congso.kernel.composing.tests.faults import FAULTS
from congso.kernel.composing.tests.opened import edited, findings, mended
from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.refusals import Reason, Refused
from congso.kernel.files.tests.papers import bomb, locked, pdf, scan

GOOD, EXPECTED = make_docx(samples.PLAN), Expected.of(samples.PLAN)
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def with_part(name: str, content: bytes) -> bytes:
    """The good paper with one part put in or replaced."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, content)
    return made.getvalue()


def part(name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(GOOD)) as container:
        return container.read(name)


def entities() -> bytes:
    """A billion laughs in the body."""
    laughs = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    body = part("word/document.xml")
    head, _, rest = body.partition(b"?>")
    return with_part("word/document.xml", head + b'?><!DOCTYPE w [<!ENTITY l0 "ha">' + laughs.encode() + b"]>" + rest)


def outside() -> bytes:
    """A picture that Word would fetch from a server."""
    relations = part("word/_rels/document.xml.rels")
    link = f'<Relationship Id="rX" Type="{_IMAGE}" Target="http://192.0.2.1/a.png" TargetMode="External"/>'
    return with_part(
        "word/_rels/document.xml.rels", relations.replace(b"</Relationships>", link.encode() + b"</Relationships>")
    )


def macro() -> bytes:
    return with_part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 40)


def half() -> bytes:
    return GOOD[: len(GOOD) // 2]


def broken() -> bytes:
    return with_part("word/document.xml", part("word/document.xml")[:-200])


def nested() -> bytes:
    """Tables in tables, deeper than any paper."""
    table = b"<w:tbl><w:tr><w:tc>" * 400 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 400
    return with_part("word/document.xml", part("word/document.xml").replace(b"<w:body>", b"<w:body>" + table, 1))


HOSTILE: dict[str, tuple[Callable[[], bytes], Reason]] = {
    "nothing": (lambda: b"", Reason.EMPTY),
    "half a file": (half, Reason.TRUNCATED),
    "a broken part": (broken, Reason.DAMAGED),
    "a bomb": (lambda: bomb("word/document.xml", 600 * 2**20), Reason.BOMB),
    "entities": (entities, Reason.BOMB),
    "a macro": (macro, Reason.UNSUPPORTED),
    "a picture from outside": (outside, Reason.UNSUPPORTED),
    "a program": (lambda: b"MZ" + bytes(200), Reason.UNSUPPORTED),
    "tables too deep": (nested, Reason.DAMAGED),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_by_every_door(name: str) -> None:
    make, reason = HOSTILE[name]
    file = make()
    for door in (
        lambda: check(file, EXPECTED),
        lambda: repair(file, [], EXPECTED),
        lambda: differences(GOOD, file),
        lambda: to_pdf(file),
    ):
        with pytest.raises(Refused) as caught:
            door()
        assert caught.value.code is reason
        assert caught.value.message_vi


def test_pdfs_that_tell_nothing_are_refused() -> None:
    for file, reason in (
        (scan(pdf()), Reason.UNSUPPORTED),
        (locked(pdf()), Reason.ENCRYPTED),
        (pdf()[:500], Reason.TRUNCATED),
    ):
        with pytest.raises(Refused) as caught:
            check(file, EXPECTED)
        assert caught.value.code is reason


def test_only_word_files_are_mended_and_printed() -> None:
    for door in (lambda: repair(pdf(), [], EXPECTED), lambda: to_pdf(pdf())):
        with pytest.raises(Refused):
            door()


def test_destinations_that_lie_find_no_places() -> None:
    with pikepdf.open(BytesIO(pdf())) as document:
        page = document.pages[0].obj
        wild = pikepdf.Array([page, pikepdf.Name.XYZ, pikepdf.Name.Bad, None, 0])
        document.Root.Dests = pikepdf.Dictionary({"/csNumber": wild, "/csSeal1": pikepdf.Array([1, 2]), "/csDay": 7})
        made = BytesIO()
        document.save(made)
    assert places_in(made.getvalue()).signatures == ()


def test_the_guarded_doors_say_what_the_rules_say() -> None:
    spoilt = GOOD
    for fault in FAULTS:
        if fault.code in ("margins.left", "size.body", "authority.prefix", "file.properties"):
            spoilt = edited(spoilt, fault.plant)
    found = check(spoilt, EXPECTED)
    assert found == findings(spoilt, EXPECTED)
    assert {one.code for one in found} == {"margins.left", "size.body", "authority.prefix", "file.properties"}
    assert found[0].severity is Severity.ERROR
    assert found[-1].severity is Severity.WARNING
    again = repair(spoilt, found, EXPECTED)
    assert again == mended(spoilt, EXPECTED)
    assert check(again, EXPECTED) == []


def test_a_printed_paper_is_checked_as_far_as_a_pdf_tells() -> None:
    for name in ("front letter", "minutes"):
        content = samples.ALL[name]
        assert check(to_pdf(make_docx(content)), Expected.of(content)) == []
    spoilt = edited(GOOD, next(fault.plant for fault in FAULTS if fault.code == "post.other"))
    assert {one.code for one in check(to_pdf(spoilt), EXPECTED)} == {"post.other"}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_flipped_bytes_are_refused_or_read(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(GOOD) - 1))
    harmed = bytearray(GOOD)
    harmed[place] ^= data.draw(st.integers(1, 255))
    with suppress(Refused), refusals.whatever_fails("Word"):
        findings(bytes(harmed), EXPECTED)
