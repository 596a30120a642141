"""Packages: the same twice, restored wholly, and hostile ones refused with nothing half done."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from congso.apps.dossiers.models import ArchivedFile, Dossier
from congso.apps.dossiers.queries import dossier_of, entries_of
from congso.apps.dossiers.services.packaging import export_package
from congso.apps.dossiers.services.restoring import Said, import_package
from congso.apps.dossiers.tests import factories as made
from congso.apps.dossiers.tests.factories import NOW, by
from congso.kernel.files.configuration import store
from congso.kernel.signing.testing import paper
from congso.kernel.workflow.services import Refused
from congso.lib.archiving.content import PackageRefused
from congso.lib.archiving.reading import Bounds, read_package

pytestmark = pytest.mark.django_db


def exported(world, dossier: Dossier, kind: str = "aip", who: str = "clerk") -> bytes:
    out = io.BytesIO()
    with by(world, who) as actor:
        export_package(dossier_of(dossier.pk), kind, out, by=actor, at=NOW)
    return out.getvalue()


def kept(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "package.zip"
    path.write_bytes(content)
    return path


def test_the_same_dossier_gives_the_same_bytes_and_is_found_whole(world, tmp_path):
    dossier = made.archived(world, record=True)
    first = exported(world, dossier)
    assert hashlib.sha256(first).digest() == hashlib.sha256(exported(world, dossier)).digest()
    package = read_package(kept(tmp_path, first))
    assert (package.kind, package.key) == ("AIP", dossier.key)
    assert package.root == f"urn_P01_uuid_{str(dossier.key).upper()}"
    assert package.facts["arcFileCode"] == "A15.P01.2026.01-TH"
    assert [one.facts["docCode"] for one in package.documents] == [f"A15.P01.2026.01-TH.{n:07d}" for n in (1, 2)]
    names = set(zipfile.ZipFile(io.BytesIO(first)).namelist())
    for path in (
        "METS.xml",
        "metadata/descriptive/EAD.xml",
        "metadata/preservation/PREMIS.xml",
        "representations/rep1/METS.xml",
        "representations/rep1/metadata/preservation/PREMIS_rep1.xml",
        "representations/rep1/data/A15.P01.2026.01-TH.0000002.pdf",
        "representations/rep1/metadata/descriptive/EAD_doc_A15.P01.2026.01-TH.0000002.xml",
        "schemas/simpledc-dossier.xsd",
    ):
        assert f"{package.root}/{path}" in names


def test_a_sip_has_no_premis_and_a_dip_nothing_of_ours(world, tmp_path):
    made.fonds(world)
    dossier = made.closed(world)
    sip = read_package(kept(tmp_path, exported(world, dossier, "sip", "head")))
    assert (sip.kind, sip.facts["fileCode"]) == ("SIP", "P01.2026.01-TH")
    assert not [one for one in zipfile.ZipFile(sip.path).namelist() if "PREMIS" in one]
    with pytest.raises(Refused, match="đã nộp lưu trữ"):
        exported(world, dossier, "aip")
    archived = made.archived(world, symbol="02-TH")
    dip = read_package(kept(tmp_path, exported(world, archived, "dip")))
    assert (dip.kind, dip.own) == ("DIP", {})
    with by(world, "clerk") as actor, pytest.raises(Refused, match="DIP"):
        import_package(dip.path, world.organization("VPTU"), by=actor, at=NOW)


def test_bagit_names_every_byte(world, tmp_path):
    content = exported(world, made.archived(world, record=True), "bagit")
    book = zipfile.ZipFile(io.BytesIO(content))
    root = book.namelist()[0].partition("/")[0]
    lines = book.read(f"{root}/manifest-sha256.txt").decode().splitlines()
    for line in lines:
        digest, _two, name = line.partition("  ")
        assert hashlib.sha256(book.read(f"{root}/{name}")).hexdigest() == digest
    payload = {name for name in book.namelist() if name.startswith(f"{root}/data/")}
    assert payload == {f"{root}/{line.partition('  ')[2]}" for line in lines}


@pytest.mark.django_db(transaction=True)
def test_export_wipe_import_is_identical(world, tmp_path, as_owner):
    dossier = made.archived(world, record=True, keywords="số hóa", description="Ghi chú của người lập")
    before = exported(world, dossier)
    with by(world, "clerk"):
        shas = set(ArchivedFile.objects.values_list("sha256", flat=True))
    with by(world, "clerk") as actor, pytest.raises(Refused, match="đã có"):
        import_package(kept(tmp_path, before), world.organization("VPTU"), by=actor, at=NOW)
    wipe(as_owner, dossier.pk)
    for sha in shas:
        store().destroy(sha)
    with by(world, "clerk") as actor:
        assert not Dossier.objects.filter(key=dossier.key).exists()
        restored = import_package(kept(tmp_path, before), world.organization("VPTU"), by=actor, at=NOW)
        assert all(store().path(sha).exists() for sha in shas)
    assert exported(world, restored) == before
    with by(world, "clerk"):
        again = Dossier.objects.get(pk=restored.pk)
        assert (again.state, again.retention, again.review_after) == ("archived", "y10", dossier.review_after)
        assert again.history[0]["label"] == "Mở hồ sơ"
        assert entries_of(again).count() == 2


HANGS = (
    ("dossiers_readinglog", "dossier_id = %s"),
    ("dossiers_filingrule", "dossier_id = %s"),
    ("dossiers_archivedfile", "entry_id IN (SELECT id FROM dossiers_entry WHERE dossier_id = %s)"),
    ("dossiers_entry", "dossier_id = %s"),
    ("dossiers_card", "dossier_id = %s"),
    ("dossiers_handoveritem", "dossier_id = %s"),
    ("records_link", "target_id = %s"),
    ("records_timelineentry", "record_id = %s"),
    ("notify_notice", "record_id = %s"),
    ("search_meaning", "passage_id IN (SELECT id FROM search_passage WHERE record_id = %s)"),
    ("search_passage", "record_id = %s"),
    ("search_entry", "record_id = %s"),
    ("dossiers_dossier", "record_ptr_id = %s"),
    ("records_record", "id = %s"),
)


def wipe(owner, pk: int) -> None:
    """Take a dossier and all that hangs on it away, as only the database's owner can."""
    for table, where in HANGS:
        owner.execute(f"DELETE FROM {table} WHERE {where}", [pk])


def repacked(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The package with its members changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        members = {name: book.read(name) for name in book.namelist()}
    change(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, data in members.items():
            book.writestr(name, data)
    return out.getvalue()


def _flip(members: dict[str, bytes]) -> None:
    name = next(one for one in members if "/rep1/data/" in one)
    members[name] = members[name][:-1] + bytes([members[name][-1] ^ 1])


def _drop(members: dict[str, bytes]) -> None:
    del members[next(one for one in members if "/rep1/data/" in one)]


def _orphan(members: dict[str, bytes]) -> None:
    members[f"{next(iter(members)).partition('/')[0]}/documentation/thêm.txt"] = b"x"


def _slip(members: dict[str, bytes]) -> None:
    members[f"{next(iter(members)).partition('/')[0]}/../../etc/passwd"] = b"x"


def _absolute(members: dict[str, bytes]) -> None:
    members["/etc/passwd"] = b"x"


def _second_root(members: dict[str, bytes]) -> None:
    members["other/METS.xml"] = b"x"


def _long(members: dict[str, bytes]) -> None:
    members[f"{next(iter(members)).partition('/')[0]}/{'a' * 250}.xml"] = b"x"


def _entities(members: dict[str, bytes]) -> None:
    name = next(one for one in members if one.endswith("descriptive/EAD.xml"))
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><simpledc><title>&b;</title></simpledc>'
    members[name] = b'<?xml version="1.0"?>' + bomb


def _mets_entity(members: dict[str, bytes]) -> None:
    name = next(one for one in members if one.endswith("rep1/METS.xml"))
    members[name] = b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + members[name].partition(b"?>\n")[2]


def _not_xml(members: dict[str, bytes]) -> None:
    members[next(one for one in members if one.endswith("/METS.xml"))] = b"\xff\xfe\x00<"


def _no_mets(members: dict[str, bytes]) -> None:
    del members[next(one for one in members if one.endswith("rep1/METS.xml"))]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_flip, "Sai mã kiểm tra"),
        (_drop, "không có trong gói"),
        (_orphan, "không được METS ghi"),
        (_slip, "không hợp lệ"),
        (_absolute, "không hợp lệ"),
        (_second_root, "một thư mục gốc"),
        (_long, "không hợp lệ"),
        (_entities, "Sai mã kiểm tra|DOCTYPE"),
        (_mets_entity, "DOCTYPE|Sai mã"),
        (_not_xml, "không đọc được"),
        (_no_mets, "thiếu"),
    ],
)
def test_a_hostile_or_broken_package_is_refused_and_nothing_is_kept(world, tmp_path, change, words):
    dossier = made.archived(world, record=True)
    hostile = repacked(exported(world, dossier), change)
    with by(world, "clerk") as actor:
        count = Dossier.objects.count()
        with pytest.raises(Refused, match=words):
            import_package(kept(tmp_path, hostile), world.organization("VPTU"), by=actor, at=NOW)
        assert Dossier.objects.count() == count


def test_bombs_and_what_is_no_zip_are_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("root/METS.xml", b"0" * 50_000_000)
    with pytest.raises(PackageRefused, match="bom nén"):
        read_package(kept(tmp_path, out.getvalue()))
    with pytest.raises(PackageRefused, match="quá lớn"):
        read_package(kept(tmp_path, out.getvalue()), bounds=Bounds(size=1000))
    for content in (b"", b"PK\x03\x04", b"not a zip at all" * 100):
        with pytest.raises(PackageRefused):
            read_package(kept(tmp_path, content))


@pytest.mark.django_db(transaction=True)
def test_a_bag_of_ours_is_restored_wholly(world, tmp_path, as_owner):
    dossier = made.archived(world, record=True, keywords="số hóa")
    before, bagged = exported(world, dossier), exported(world, dossier, "bagit")
    wipe(as_owner, dossier.pk)
    with by(world, "clerk") as actor:
        restored = import_package(kept(tmp_path, bagged), world.organization("VPTU"), by=actor, at=NOW)
    assert exported(world, restored) == before


def foreign_bag(**files: bytes) -> bytes:
    """A bag of another system with these files."""
    payload = {f"data/{name.replace('_', '.')}": body for name, body in files.items()}
    listed = "".join(f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in payload.items())
    members = payload | {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "Source-Organization: Sở Mẫu\n".encode(), "manifest-sha256.txt": listed.encode(),
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, body in members.items():
            book.writestr(f"goi-ngoai/{name}", body)
    return out.getvalue()


def test_a_foreign_bag_becomes_a_dossier_once_its_taker_says_what_it_is(world, tmp_path):
    made.fonds(world)
    path = kept(tmp_path, foreign_bag(bao_cao_pdf=paper("Bao cao"), ke_hoach_pdf=paper("Ke hoach")))
    with by(world, "clerk") as actor:
        body = world.organization("VPTU")
        with pytest.raises(Refused, match="nhập tiêu đề hồ sơ và thời hạn"):
            import_package(path, body, by=actor, at=NOW)
        said = Said("Hồ sơ số hóa của Sở Mẫu", "y10")
        restored = import_package(path, body, source="goi.zip", said=said, by=actor, at=NOW)
        again = Dossier.objects.get(pk=restored.pk)
        assert (again.title, again.retention, again.mode, again.state) == (said.title, "y10", "02", "archived")
        assert [one.subject for one in entries_of(again)] == ["bao.cao", "ke.hoach"]
        assert again.total_pages == 2
        with pytest.raises(Refused, match="đã có"):
            import_package(path, body, said=said, by=actor, at=NOW)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("chay_pdf", b"MZ" + bytes(200), "Không nhận loại tệp"), ("mat_txt", "MẬT\n\nBáo cáo".encode(), "tài liệu mật")],
)
def test_a_foreign_bags_files_pass_the_gate_every_upload_passes(world, tmp_path, name, content, words):
    made.fonds(world)
    path = kept(tmp_path, foreign_bag(**{name: content}))
    with by(world, "clerk") as actor, pytest.raises(Refused, match=words):
        import_package(path, world.organization("VPTU"), said=Said("Hồ sơ", "y10"), by=actor, at=NOW)
    with by(world, "clerk"):
        assert not Dossier.objects.filter(title="Hồ sơ").exists()
