"""Bags made elsewhere: taken when whole, refused with the first thing wrong, never a crash."""

import hashlib
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from congso.lib.archiving.content import Kind, PackageRefused
from congso.lib.archiving.reading import read_package

Members = dict[str, bytes]


def bag(payload: Members | None = None, algorithm: str = "sha256", info: str = "") -> Members:
    """A bag as the Library of Congress's tools write it."""
    data = payload if payload is not None else {"data/b/Báo cáo.pdf": b"%PDF-1", "data/a.txt": b"x" * 40}
    made = {"bagit.txt": b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n", **data}
    made["bag-info.txt"] = (
        info or "Source-Organization: Sở Mẫu\nExternal-Description: Hồ sơ mẫu\n  nối dòng\n"
    ).encode()
    lines = [f"{hashlib.new(algorithm, body).hexdigest()}  {name}" for name, body in data.items()]
    made[f"manifest-{algorithm}.txt"] = ("\n".join(lines) + "\n").encode()
    return made


def packed(members: Members, folder: Path, root: str = "goi") -> Path:
    path = folder / "bag.zip"
    with zipfile.ZipFile(path, "w") as book:
        for name, body in members.items():
            book.writestr(f"{root}/{name}", body)
    return path


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_a_foreign_bag_is_whole_and_says_little(tmp_path: Path, algorithm: str) -> None:
    found = read_package(packed(bag(algorithm=algorithm), tmp_path))
    assert (found.kind, found.is_foreign, found.own) == (Kind.SIP, True, {})
    assert found.facts["title"] == "Hồ sơ mẫu nối dòng"
    assert [one.facts["subject"] for one in found.documents] == ["a", "b/Báo cáo"]
    assert [one.members for one in found.documents] == [("data/a.txt",), ("data/b/Báo cáo.pdf",)]
    assert {one.facts["organName"] for one in found.documents} == {"Sở Mẫu"}
    again = read_package(packed(bag(algorithm=algorithm), tmp_path, root="khac"))
    assert (again.key, found.key.version) == (found.key, 5)


def test_what_is_written_percent_encoded_or_starred_is_found(tmp_path: Path) -> None:
    members = bag({"data/100%.txt": b"y"})
    digest = hashlib.sha256(b"y").hexdigest()
    members["manifest-sha256.txt"] = f"{digest.upper()} *./data/100%25.txt\r\n".encode()
    assert read_package(packed(members, tmp_path)).documents[0].members == ("data/100%.txt",)


def _set(name: str, body: bytes) -> Callable[[Members], None]:
    return lambda members: members.__setitem__(name, body)


def _drop(name: str) -> Callable[[Members], None]:
    return lambda members: members.__delitem__(name)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_set("data/a.txt", b"z" * 40), "Sai mã kiểm tra"),
        (_set("data/c.txt", b"more"), "không khớp"),
        (_drop("data/a.txt"), "không khớp"),
        (_drop("manifest-sha256.txt"), "manifest-sha256"),
        (_set("fetch.txt", b"http://example.invalid/a 10 data/z.txt\n"), "fetch.txt"),
        (_set("manifest-sha256.txt", b"not a line\n"), "dòng không hợp lệ"),
        (_set("manifest-sha256.txt", b"a" * 64 + b"  ../../etc/passwd\n"), "dòng không hợp lệ"),
        (_set("manifest-sha256.txt", b"a" * 64 + b"  /etc/passwd\n"), "dòng không hợp lệ"),
        (_set("manifest-sha256.txt", b"\xff\xfe\x00"), "UTF-8"),
        (_set("manifest-md5.txt", b"0" * 32 + b"  data/a.txt\n"), "không khớp"),
        (_set("tagmanifest-sha256.txt", b"0" * 64 + b"  bagit.txt\n"), "Sai mã"),
        (_set("tagmanifest-sha256.txt", b"0" * 64 + b"  gone.txt\n"), "không có trong gói"),
        (_set("bagit.txt", b"BagIt-Version: 9\nTag-File-Character-Encoding: UTF-8\n"), "phiên bản"),
        (_set("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n"), "bảng mã"),
        (_set("bagit.txt", b"no colon here"), "Nhãn"),
        (_set("bag-info.txt", b"Payload-Oxum: 1.1\n"), "Payload-Oxum"),
        (_set("data/metadata/dossier.json", b"{}"), "không khớp"),
    ],
)
def test_a_broken_or_hostile_bag_is_refused(tmp_path: Path, change: Callable[[Members], None], words: str) -> None:
    members = bag()
    change(members)
    with pytest.raises(PackageRefused, match=words):
        read_package(packed(members, tmp_path))


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"title": 1}', b'{"strange": "x"}', b"[" * 100_000])
def test_a_bag_that_pretends_to_be_ours_is_judged_as_any(tmp_path: Path, body: bytes) -> None:
    info = "External-Identifier: urn:P01:uuid:6F9619FF-8B86-D011-B42D-00CF4FC964FF\n"
    with pytest.raises(PackageRefused):
        read_package(packed(bag({"data/metadata/dossier.json": body, "data/x.pdf": b"1"}, info=info), tmp_path))


def test_an_empty_bag_and_one_with_too_many_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackageRefused, match="không có tệp nào"):
        read_package(packed(bag({}), tmp_path))
    with pytest.raises(PackageRefused, match="quá 300 tệp"):
        read_package(packed(bag({f"data/{nth}.txt": b"" for nth in range(301)}), tmp_path))


def test_random_damage_is_refused_or_read_never_a_crash(tmp_path: Path) -> None:
    whole, dice = packed(bag(), tmp_path).read_bytes(), random.Random(3)  # noqa: S311 - damage, not secrets
    path = tmp_path / "broken.zip"
    refused = 0
    for _round in range(200):
        broken = bytearray(whole)
        for _times in range(dice.randint(1, 4)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        path.write_bytes(broken)
        try:
            read_package(path)
        except PackageRefused:
            refused += 1
    assert refused > 100
