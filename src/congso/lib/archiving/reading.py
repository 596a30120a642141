"""Packages read: refused unless every name, size, checksum, reference and description is right."""

import hashlib
import json
import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from lxml import etree

from congso.lib.archiving.bags import MARK, read_bag
from congso.lib.archiving.building import CHUNK, OWN, REP
from congso.lib.archiving.content import Kind, PackageRefused, ReadDocument, ReadPackage
from congso.lib.archiving.metadata import CSIP, METS, XLINK
from congso.lib.archiving.profile import NATIONAL, Profile, check_codes, check_described

_UUID = re.compile(r"([0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12})$")
_BAD_NAME = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


@dataclass(frozen=True)
class Bounds:
    """What one package may take."""

    members: int = 100_000
    size: int = 200 * 2**30
    xml: int = 64 * 2**20
    ratio: int = 100
    name: int = 240
    path: int = 600
    depth: int = 12


@dataclass(frozen=True)
class _Reference:
    path: str
    sha256: str
    size: int
    id: str


def read_package(path: Path, *, bounds: Bounds | None = None, profile: Profile = NATIONAL) -> ReadPackage:
    """Check a package through and tell what is in it. Raises PackageRefused with the first thing wrong."""
    limits = bounds or Bounds()
    try:
        with zipfile.ZipFile(path) as book:
            return _read(book, path, limits, profile)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise PackageRefused("Tệp không phải gói ZIP đọc được, hoặc bị hỏng.") from error
    except (etree.LxmlError, UnicodeError, RecursionError) as error:
        raise PackageRefused("Siêu dữ liệu của gói không đọc được.") from error


def _read(book: zipfile.ZipFile, path: Path, limits: Bounds, profile: Profile) -> ReadPackage:
    root, sizes = _checked_names(book, limits)
    get = _Members(book, root, limits)
    if MARK in sizes and "METS.xml" not in sizes:
        return read_bag(get, path, root, sizes, profile)
    top = get.xml("METS.xml")
    kind, key = _identity(top, root)
    held = _references(top)
    rep = get.xml(f"{REP}METS.xml")
    held |= {
        REP + one: _Reference(REP + ref.path, ref.sha256, ref.size, ref.id) for one, ref in _references(rep).items()
    }
    _check_all(get, held, sizes)
    facts = check_described(get.xml("metadata/descriptive/EAD.xml"), profile.dossier_schema, "EAD.xml")
    documents = _documents(get, rep, held, profile)
    check_codes(facts, [one.facts for one in documents])
    return ReadPackage(path, kind, key, root, facts, tuple(documents), _own(get) if OWN in sizes else {})


def _checked_names(book: zipfile.ZipFile, limits: Bounds) -> tuple[str, dict[str, int]]:
    """The one root folder, and each member below it with its size."""
    members = [one for one in book.infolist() if not one.is_dir()]
    if not members or len(book.infolist()) > limits.members:
        raise PackageRefused("Gói rỗng hoặc có quá nhiều tệp.")
    total = sum(one.file_size for one in members)
    if total > limits.size:
        raise PackageRefused("Gói giải nén ra quá lớn.")
    seen: set[str] = set()
    for one in book.infolist():
        _check_name(one, limits)
        folded = one.filename.rstrip("/").casefold()
        if folded in seen:
            raise PackageRefused(f"Gói có hai tệp cùng tên: {one.filename[:120]}.")
        seen.add(folded)
    roots = {one.filename.partition("/")[0] for one in members}
    if len(roots) != 1 or any("/" not in one.filename for one in members):
        raise PackageRefused("Gói phải có đúng một thư mục gốc.")
    root = roots.pop()
    return root, {one.filename.partition("/")[2]: one.file_size for one in members}


def _check_name(one: zipfile.ZipInfo, limits: Bounds) -> None:
    name, parts = one.filename, PurePosixPath(one.filename).parts
    absurd = len(name) > limits.path or len(parts) > limits.depth or any(len(part) > limits.name for part in parts)
    if (
        name.startswith("/")
        or ".." in parts
        or "." in name.split("/")
        or "//" in name
        or _BAD_NAME.search(name)
        or absurd
    ):
        raise PackageRefused(f"Tên tệp trong gói không hợp lệ: {name[:80]!r}.")
    kind = stat.S_IFMT(one.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PackageRefused(f"Gói có liên kết hoặc tệp đặc biệt: {name[:80]!r}.")
    if one.flag_bits & 0x1:
        raise PackageRefused("Gói đặt mật khẩu; không nhận.")
    if one.file_size > 2**20 and one.file_size > limits.ratio * max(1, one.compress_size):
        raise PackageRefused(f"Tệp nén bất thường (có thể là bom nén): {name[:80]!r}.")


class _Members:
    """Reads members within bounds."""

    def __init__(self, book: zipfile.ZipFile, root: str, limits: Bounds) -> None:
        self.book, self.root, self.limits = book, root, limits

    def read(self, member: str) -> bytes:
        try:
            with self.book.open(f"{self.root}/{member}") as file:
                content = file.read(self.limits.xml + 1)
        except KeyError as error:
            raise PackageRefused(f"Gói thiếu {member[:120]}.") from error
        if len(content) > self.limits.xml:
            raise PackageRefused(f"{member[:120]} quá lớn.")
        return content

    def xml(self, member: str) -> etree._Element:
        content = self.read(member)
        # Neither entities nor outside documents: a description needs no document type at all.
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or "<!DOCTYPE".encode("utf-16-le") in content:
            raise PackageRefused(f"{member[:120]} có khai báo DOCTYPE, ENTITY; không nhận.")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        tree = etree.fromstring(content, parser)
        if tree.getroottree().docinfo.doctype:
            raise PackageRefused(f"{member[:120]} có khai báo DOCTYPE; không nhận.")
        return tree

    def digest(self, member: str, algorithm: str = "sha256") -> tuple[str, int]:
        digest, size = hashlib.new(algorithm), 0
        with self.book.open(f"{self.root}/{member}") as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > self.limits.size:
                    raise PackageRefused("Gói giải nén ra quá lớn.")
                digest.update(chunk)
        return digest.hexdigest(), size


def _identity(top: etree._Element, root: str) -> tuple[Kind, UUID]:
    if top.tag != f"{{{METS}}}mets":
        raise PackageRefused("METS.xml không phải METS.")
    told, object_id = top.get(f"{{{CSIP}}}OAISPACKAGETYPE", ""), top.get("OBJID", "")
    found = _UUID.search(object_id)
    if told not in set(Kind) or found is None:
        raise PackageRefused("Gói không ghi loại (AIP, SIP, DIP) hoặc mã định danh.")
    if object_id.replace(":", "_") != root:
        raise PackageRefused("Tên thư mục gốc khác mã định danh của gói.")
    return Kind(told), UUID(found.group(1))


def _references(tree: etree._Element) -> dict[str, _Reference]:
    found: dict[str, _Reference] = {}
    for node in tree.iter(f"{{{METS}}}mdRef", f"{{{METS}}}file"):
        where = node if node.tag.endswith("mdRef") else node.find(f"{{{METS}}}FLocat")
        href = where.get(f"{{{XLINK}}}href", "") if where is not None else ""
        size = node.get("SIZE", "")
        if not href or href.startswith("/") or ".." in href.split("/") or ":" in href or not size.isdigit():
            raise PackageRefused(f"METS trỏ tới địa chỉ không hợp lệ: {href[:120]!r}.")
        if node.get("CHECKSUMTYPE") != "SHA-256" or href in found:
            raise PackageRefused(f"METS ghi {href[:120]!r} hai lần, hoặc không dùng SHA-256.")
        # A group that names the representation's METS says it from the root of the package.
        found[href] = _Reference(href, node.get("CHECKSUM", "").lower(), int(size), node.get("ID", ""))
    return found


def _check_all(get: _Members, held: dict[str, _Reference], sizes: dict[str, int]) -> None:
    """Nothing dangling, nothing orphaned, every byte as promised."""
    dangling = sorted(set(held) - set(sizes))
    if dangling:
        raise PackageRefused(f"METS trỏ tới tệp không có trong gói: {dangling[0][:120]}.")
    orphans = sorted(set(sizes) - set(held) - {"METS.xml"})
    if orphans:
        raise PackageRefused(f"Gói có tệp không được METS ghi: {orphans[0][:120]}.")
    for member, told in held.items():
        digest, size = get.digest(member)
        if (digest, size) != (told.sha256, told.size):
            raise PackageRefused(f"Sai mã kiểm tra: {member[:120]}.")


def _documents(get: _Members, rep: etree._Element, held: dict[str, _Reference], profile: Profile) -> list[ReadDocument]:
    by_id = {ref.id: path for path, ref in held.items() if path.startswith(f"{REP}data/")}
    described = {}
    for section in rep.iter(f"{{{METS}}}dmdSec"):
        where = section.find(f"{{{METS}}}mdRef")
        if where is not None:
            described[section.get("ID", "")] = REP + where.get(f"{{{XLINK}}}href", "")
    found = []
    for link in rep.iter(f"{{{METS}}}div"):
        path = described.get(link.get("DMDID", "")) if link.get("LABEL") == "File" else None
        if path is None:
            continue
        facts = check_described(get.xml(path), profile.document_schema, path.rpartition("/")[2])
        pointers = [node.get("FILEID", "") for node in link.iter(f"{{{METS}}}fptr")]
        if any(one not in by_id for one in pointers):
            raise PackageRefused(f"{path.rpartition('/')[2]} trỏ tới tệp không có.")
        found.append(ReadDocument(facts, tuple(by_id[one] for one in pointers)))
    used = [member for one in found for member in one.members]
    if len(set(used)) != len(by_id) or len(used) != len(by_id):
        raise PackageRefused("Có tệp dữ liệu không thuộc văn bản nào, hoặc thuộc hai văn bản.")
    return sorted(found, key=lambda one: one.facts.get("docCode", ""))


def _own(get: _Members) -> dict[str, Any]:
    try:
        found = json.loads(get.read(OWN))
    except ValueError as error:
        raise PackageRefused("documentation/congso.json không đọc được.") from error
    return found if isinstance(found, dict) else {}
