"""Packages of any content come back as they went; any changed byte is found."""

import hashlib
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.lib.archiving.building import build_bag, build_package
from congso.lib.archiving.content import Contents, Kind, PackageRefused, PackedDocument, PackedFile, ReadPackage
from congso.lib.archiving.reading import read_package

# What XML can hold and a description keeps: one line, no control characters.
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=60)
KEY = UUID("12345678-1234-5678-1234-567812345678")


def packed(name: str, content: bytes) -> PackedFile:
    digest = hashlib.sha256(content).hexdigest()
    return PackedFile(name, digest, len(content), "application/pdf", lambda: io.BytesIO(content))


def contents(kind: Kind, titles: list[str], files: list[list[bytes]], own: dict | None = None) -> Contents:
    code = "A15.P01.2026.01-TH"
    documents = []
    for nth, (title, data) in enumerate(zip(titles, files, strict=True), 1):
        facts = {"docCode": f"{code}.{nth:07d}", "typeName": "10", "subject": title, "mode": "01", "numberOfPage": "2"}
        documents.append(PackedDocument(facts, tuple(packed(f"t{place}.pdf", one) for place, one in enumerate(data))))
    facts = {
        "fileCode" if kind is Kind.SIP else "arcFileCode": code, "title": titles[0] if titles else "x",
        "maintenance": "06", "mode": "01", "language": "01", "totalDoc": str(len(titles)), "startDate": "01/02/2026",
    }  # fmt: skip
    moment = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
    return Contents(kind, KEY, "P01", "Phòng TH", "Lưu trữ", moment, facts, tuple(documents), own or {})


def built(given_contents: Contents) -> bytes:
    out = io.BytesIO()
    build_package(given_contents, out)
    return out.getvalue()


def opened(content: bytes, folder: str) -> ReadPackage:
    path = Path(folder, "package.zip")
    path.write_bytes(content)
    return read_package(path)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from([Kind.AIP, Kind.SIP]),
    st.lists(st.tuples(WORDS, st.lists(st.binary(max_size=3000), max_size=3)), min_size=1, max_size=6),
    st.dictionaries(WORDS, WORDS, max_size=3),
)
def test_what_comes_out_is_what_went_in_and_always_the_same_bytes(kind, documents, own):
    titles, files = [title for title, _data in documents], [data for _title, data in documents]
    content = built(contents(kind, titles, files, own))
    assert content == built(contents(kind, titles, files, own))
    with TemporaryDirectory() as folder:
        found = opened(content, folder)
        assert (found.kind, found.key, found.own) == (kind, KEY, own)
        assert [one.facts["subject"] for one in found.documents] == titles
        for one, data in zip(found.documents, files, strict=True):
            kept = []
            for member in one.members:
                with found.open(member) as file:
                    kept.append(file.read())
            assert kept == data


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_changed_byte_of_any_member_is_found(data):
    content = built(contents(Kind.AIP, ["một", "hai"], [[b"abc" * 50], [b"xyz" * 40, b"123"]], {"a": "b"}))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        members = {name: bytearray(book.read(name)) for name in book.namelist()}
    name = data.draw(st.sampled_from(sorted(one for one in members if not one.endswith("/METS.xml") or "rep1" in one)))
    place = data.draw(st.integers(0, len(members[name]) - 1))
    members[name][place] ^= data.draw(st.integers(1, 255))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for member, told in members.items():
            book.writestr(member, bytes(told))
    with TemporaryDirectory() as folder, pytest.raises(PackageRefused):
        opened(out.getvalue(), folder)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=2000), st.integers(0, 5000))
def test_torn_and_foreign_files_are_refused_in_words(noise, cut):
    content = built(contents(Kind.AIP, ["một"], [[b"abc" * 50]]))
    with TemporaryDirectory() as folder:
        for bad in (noise, content[: min(cut, len(content) - 30)]):
            with pytest.raises(PackageRefused) as refused:
                opened(bad, folder)
            assert str(refused.value).endswith(".")


def test_a_missing_ordinal_or_a_secret_mode_is_never_packed():
    good = contents(Kind.AIP, ["một", "hai"], [[b"a"], [b"b"]])
    facts = dict(good.documents[1].facts) | {"docCode": "A15.P01.2026.01-TH.0000003"}
    gap = Contents(**{**good.__dict__, "documents": (good.documents[0], PackedDocument(facts, ()))})
    secret = Contents(**{**good.__dict__, "facts": dict(good.facts) | {"mode": "03"}})
    for bad in (gap, secret):
        with pytest.raises(PackageRefused):
            built(bad)


def test_a_damaged_store_makes_no_package_and_no_bag():
    lying = PackedFile(
        "a.pdf", hashlib.sha256(b"right").hexdigest(), 5, "application/pdf", lambda: io.BytesIO(b"wrong")
    )
    good = contents(Kind.AIP, ["một"], [[b"a"]])
    bad = Contents(**{**good.__dict__, "documents": (PackedDocument(good.documents[0].facts, (lying,)),)})
    for build in (build_package, build_bag):
        with pytest.raises(PackageRefused, match="nguyên vẹn"):
            build(bad, io.BytesIO())
