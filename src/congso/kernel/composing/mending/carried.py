"""What a file carries beside its words taken out."""

from lxml import etree

from congso.kernel.composing.word.package import DOCUMENT, Package, W

_TAKEN_OUT = {f"{W}del", f"{W}moveFrom"}
_TAKEN_IN = {f"{W}ins", f"{W}moveTo"}
_OLD_LOOKS = {
    f"{W}{name}"
    for name in (
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange",
        "numberingChange",
    )
}  # fmt: skip
_MARKS = {
    f"{W}{name}"
    for name in (
        "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "cellIns",
        "commentRangeStart", "commentRangeEnd",
    )
}  # fmt: skip
_PERSONAL = {"creator", "lastModifiedBy", "Manager", "Company", "keywords", "description", "category"}
_COMMENTS = (
    "word/comments.xml", "word/commentsExtended.xml", "word/commentsIds.xml", "word/commentsExtensible.xml",
    "word/people.xml",
)  # fmt: skip


def accept_changes(package: Package) -> None:
    """Insertions stay, deletions go, comments go: in the body, in headers, footers and notes."""
    for name in [
        DOCUMENT,
        *package.named("word/header"),
        *package.named("word/footer"),
        *package.named("word/footnotes"),
    ]:
        root = package.tree(name)
        if root is not None:
            _accept(root)
    for name in _COMMENTS:
        _forget(package, name)


def _accept(root: etree._Element) -> None:
    for row in [row for row in root.iter(f"{W}tr") if row.find(f"{W}trPr/{W}del") is not None]:
        row.getparent().remove(row)
    _join_deleted_ends(root)
    for element in list(root.iter(*_TAKEN_OUT, *_OLD_LOOKS, *_MARKS)):
        if element.getparent() is not None:
            element.getparent().remove(element)
    for reference in list(root.iter(f"{W}commentReference")):
        run = reference.getparent()
        run.remove(reference)
        if run.getparent() is not None and len([piece for piece in run if piece.tag != f"{W}rPr"]) == 0:
            run.getparent().remove(run)
    for element in list(root.iter(*_TAKEN_IN)):
        parent = element.getparent()
        place = parent.index(element)
        for child in list(element):
            parent.insert(place, child)
            place += 1
        parent.remove(element)


def _join_deleted_ends(root: etree._Element) -> None:
    """A paragraph whose end was deleted goes on in the next one."""
    for paragraph in [one for one in root.iter(f"{W}p") if one.find(f"{W}pPr/{W}rPr/{W}del") is not None]:
        following = paragraph.getnext()
        if following is None or following.tag != f"{W}p":
            continue
        place = 1 if following.find(f"{W}pPr") is not None else 0
        for child in [one for one in paragraph if one.tag != f"{W}pPr"]:
            following.insert(place, child)
            place += 1
        paragraph.getparent().remove(paragraph)


def _forget(package: Package, name: str) -> None:
    if name not in package.parts:
        return
    package.remove(name)
    types = package.tree("[Content_Types].xml")
    for one in list(types) if types is not None else ():
        if one.get("PartName") == f"/{name}":
            one.getparent().remove(one)
    for relations in [part for part in package.parts if part.endswith(".rels")]:
        root = package.tree(relations)
        for one in list(root) if root is not None else ():
            if f"word/{one.get('Target', '')}" == name or one.get("Target", "").lstrip("/") == name:
                one.getparent().remove(one)


def clear_properties(package: Package) -> None:
    """No names of people, offices' machines or tools."""
    for name in ("docProps/core.xml", "docProps/app.xml"):
        root = package.tree(name)
        for one in list(root) if root is not None else ():
            if etree.QName(one).localname in _PERSONAL:
                one.getparent().remove(one)
    custom = package.tree("docProps/custom.xml")
    for one in list(custom) if custom is not None else ():
        one.getparent().remove(one)


def clear_template(package: Package) -> None:
    """No pointer to a template on somebody's disk."""
    relations = package.tree("word/_rels/settings.xml.rels")
    for one in list(relations) if relations is not None else ():
        if one.get("Type", "").endswith("/attachedTemplate"):
            one.getparent().remove(one)
    settings = package.tree("word/settings.xml")
    for one in settings.findall(f"{W}attachedTemplate") if settings is not None else ():
        one.getparent().remove(one)
