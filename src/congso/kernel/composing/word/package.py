"""A DOCX taken apart and put together again. Runs in the guarded child only.

Refused: what is no DOCX, bombs, parts with a document type (entities), macros, ActiveX, parts fetched from elsewhere.
"""

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from lxml import etree

from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.refusals import Reason, Refused
from congso.kernel.files.reading.sniff import sniff

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = f"{{{W_NS}}}"
DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
_RELATIONS = ".rels"
_MOST_XML = 60 * 2**20
_EPOCH = (1980, 1, 1, 0, 0, 0)
_HARMLESS_OUTSIDE = ("/hyperlink", "/attachedTemplate")
_CODE = ("vbaProject.bin", "vbaData.xml")


def macros() -> Refused:
    return Refused(
        Reason.UNSUPPORTED,
        "Tệp Word có macro hoặc điều khiển ActiveX nên không nhận. Hãy lưu lại dưới dạng “Word Document (*.docx)”"
        " không có macro rồi tải lên.",
    )


def reaches_outside() -> Refused:
    return Refused(
        Reason.UNSUPPORTED,
        "Tệp Word có ảnh hoặc đối tượng lấy từ nơi khác (liên kết ra ngoài tệp) nên không nhận. Hãy ngắt liên kết"
        " (chèn hẳn ảnh, đối tượng vào tệp), lưu lại rồi tải lên.",
    )


class Package:
    """The parts of a DOCX; XML parts are parsed on demand and written back when they were."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts
        self._trees: dict[str, etree._Element] = {}

    def tree(self, name: str) -> etree._Element | None:
        """The root of an XML part, None when there is no such part. Raises Refused (damaged, entities)."""
        if name not in self.parts:
            return None
        if name not in self._trees:
            self._trees[name] = parse(self.parts[name])
        return self._trees[name]

    def put(self, name: str, root: etree._Element) -> None:
        """A new part, or an old one anew."""
        self._trees[name] = root
        self.parts.setdefault(name, b"")

    def remove(self, name: str) -> None:
        self.parts.pop(name, None)
        self._trees.pop(name, None)

    def named(self, beginning: str) -> list[str]:
        """XML parts whose names begin so: `word/header`."""
        return sorted(name for name in self.parts if name.startswith(beginning) and name.endswith(".xml"))

    def saved(self) -> bytes:
        """The whole file; same parts, same bytes."""
        for name, root in self._trees.items():
            self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
            for name, content in self.parts.items():
                container.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
        return made.getvalue()


def open_package(path: Path, limits: Limits) -> Package:
    """Raises Refused with a sentence for the person."""
    label = FACTS[FileKind.DOCX].label
    kind = sniff(path, "paper.docx", limits).kind
    if kind is not FileKind.DOCX:
        raise refusals.unsupported(f"{FACTS[kind].label}; cần tệp Word .docx")
    try:
        with zipfile.ZipFile(path) as container:
            parts = {info.filename: container.read(info) for info in container.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, NotImplementedError) as error:
        raise refusals.damaged(label) from error
    package = Package(parts)
    _check(package)
    return package


def _check(package: Package) -> None:
    names = package.parts
    types = package.tree("[Content_Types].xml")
    if types is None or package.tree(DOCUMENT) is None:
        raise refusals.damaged(FACTS[FileKind.DOCX].label)
    if (
        any(name.endswith(_CODE) or "/activeX/" in name for name in names)
        or b"macroEnabled" in names["[Content_Types].xml"]
    ):
        raise macros()
    for name, content in names.items():
        if not name.endswith((".xml", _RELATIONS)):
            continue
        if len(content) > _MOST_XML:
            raise refusals.too_heavy()
        if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
            raise refusals.bomb()
        if name.endswith(_RELATIONS):
            _check_relations(parse(content))


def _check_relations(root: etree._Element) -> None:
    for relation in root:
        outside = relation.get("TargetMode", "") == "External"
        if outside and not relation.get("Type", "").endswith(_HARMLESS_OUTSIDE):
            raise reaches_outside()


def parse(content: bytes) -> etree._Element:
    """An XML part without entities, network or endless depth. Raises Refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise refusals.damaged(FACTS[FileKind.DOCX].label) from error
    if root.getroottree().docinfo.doctype:
        raise refusals.bomb()
    return root
