"""METS and PREMIS of a package."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from lxml import etree

from congso.lib.archiving.content import Contents, Kind

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
PREMIS = "http://www.loc.gov/premis/v3"
_NAMES = {None: METS, "csip": CSIP, "xlink": XLINK}


@dataclass(frozen=True)
class Part:
    """A file of the package as METS refers to it: path from the METS, bytes counted and hashed."""

    path: str
    sha256: str
    size: int
    media_type: str
    group: str  # dmd, dmd-file, premis, schemas, documentation, rep, data
    about: str = ""  # the data file a description is of


def stamp(moment: datetime) -> str:
    """A moment as METS writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def identifier(key: UUID, path: str, prefix: str = "uuid") -> str:
    """The same identifier for the same place of the same package, always."""
    return f"{prefix}-{str(uuid5(key, path)).upper()}"


def mets(contents: Contents, parts: Sequence[Part], *, place: str) -> bytes:
    """The METS of the package (`place` empty) or of its representation."""
    root = etree.Element(f"{{{METS}}}mets", nsmap=_NAMES)
    root.set("OBJID", place or contents.object_id)
    root.set("TYPE", "Mixed")
    root.set(f"{{{CSIP}}}OAISPACKAGETYPE", contents.kind.value)
    root.set("PROFILE", "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml")
    _header(root, contents)
    key, created = contents.key, stamp(contents.created)
    for part in (one for one in parts if one.group in ("dmd", "dmd-file")):
        section = etree.SubElement(root, f"{{{METS}}}dmdSec", ID=identifier(key, place + part.path), CREATED=created)
        _reference(section, part, "EAD", key=key, place=place, created=created)
    if any(one.group == "premis" for one in parts):
        section = etree.SubElement(root, f"{{{METS}}}amdSec", ID=identifier(key, place + "amd"))
        for part in (one for one in parts if one.group == "premis"):
            proof = etree.SubElement(section, f"{{{METS}}}digiprovMD", ID=identifier(key, place + part.path))
            _reference(proof, part, "PREMIS", key=key, place=place, created=created)
    _files(root, parts, key, place, created)
    _structure(root, parts, key, place)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _header(root: etree._Element, contents: Contents) -> None:
    head = etree.SubElement(root, f"{{{METS}}}metsHdr", CREATEDATE=stamp(contents.created), RECORDSTATUS="NEW")
    agents = (("CREATOR", contents.creator), ("ARCHIVIST", contents.archive))
    for role, name in agents:
        agent = etree.SubElement(head, f"{{{METS}}}agent", ROLE=role, TYPE="ORGANIZATION")
        etree.SubElement(agent, f"{{{METS}}}name").text = name
        note = etree.SubElement(agent, f"{{{METS}}}note")
        note.set(f"{{{CSIP}}}NOTETYPE", "IDENTIFICATIONCODE")
        note.text = contents.fonds_code


def _reference(parent: etree._Element, part: Part, kind: str, *, key: UUID, place: str, created: str) -> None:
    made = etree.SubElement(
        parent, f"{{{METS}}}mdRef", ID=identifier(key, place + part.path, "ID"), LOCTYPE="URL", MDTYPE=kind,
        MIMETYPE=part.media_type, SIZE=str(part.size), CREATED=created, CHECKSUMTYPE="SHA-256", CHECKSUM=part.sha256,
    )  # fmt: skip
    made.set(f"{{{XLINK}}}type", "simple")
    made.set(f"{{{XLINK}}}href", part.path)


def _files(root: etree._Element, parts: Sequence[Part], key: UUID, place: str, created: str) -> None:
    section = etree.SubElement(root, f"{{{METS}}}fileSec", ID=identifier(key, place + "files"))
    uses = (
        ("schemas", "Schemas"),
        ("documentation", "Documentation"),
        ("rep", "Representations/rep1"),
        ("data", "Data"),
    )
    for group, use in uses:
        rows = [one for one in parts if one.group == group]
        if not rows:
            continue
        made = etree.SubElement(section, f"{{{METS}}}fileGrp", ID=identifier(key, place + use), USE=use)
        for part in rows:
            file = etree.SubElement(
                made, f"{{{METS}}}file", ID=identifier(key, place + part.path, "ID"), MIMETYPE=part.media_type,
                SIZE=str(part.size), CREATED=created, CHECKSUMTYPE="SHA-256", CHECKSUM=part.sha256,
            )  # fmt: skip
            where = etree.SubElement(file, f"{{{METS}}}FLocat", LOCTYPE="URL")
            where.set(f"{{{XLINK}}}type", "simple")
            where.set(f"{{{XLINK}}}href", part.path)


def _structure(root: etree._Element, parts: Sequence[Part], key: UUID, place: str) -> None:
    top = not place
    tree = etree.SubElement(
        root, f"{{{METS}}}structMap", ID=identifier(key, place + "map"), TYPE="PHYSICAL", LABEL="CSIP"
    )
    whole = etree.SubElement(
        tree, f"{{{METS}}}div", ID=identifier(key, place + "div"), LABEL="rep1" if not top else "CSIP"
    )
    described = [identifier(key, place + one.path) for one in parts if one.group == "dmd"]
    proven = [identifier(key, place + one.path) for one in parts if one.group == "premis"]
    meta = etree.SubElement(whole, f"{{{METS}}}div", ID=identifier(key, place + "div-meta"), LABEL="Metadata")
    if described:
        meta.set("DMDID", " ".join(described))
    if proven:
        meta.set("ADMID", " ".join(proven))
    if top:
        for group, label in (("schemas", "Schemas"), ("documentation", "Documentation")):
            _division(whole, label, [one for one in parts if one.group == group], key, place)
        rep = etree.SubElement(
            whole, f"{{{METS}}}div", ID=identifier(key, place + "div-rep"), LABEL="Representations/rep1"
        )
        pointer = etree.SubElement(rep, f"{{{METS}}}mptr", LOCTYPE="URL")
        pointer.set(f"{{{XLINK}}}type", "simple")
        pointer.set(f"{{{XLINK}}}href", "representations/rep1/METS.xml")
        return
    _division(whole, "Data", [one for one in parts if one.group == "data"], key, place)
    links = etree.SubElement(whole, f"{{{METS}}}div", ID=identifier(key, place + "div-links"), LABEL="MetadataLink")
    data = {one.path: one for one in parts if one.group == "data"}
    for part in (one for one in parts if one.group == "dmd-file"):
        link = etree.SubElement(
            links, f"{{{METS}}}div", ID=identifier(key, place + "link" + part.path), LABEL="File",
            DMDID=identifier(key, place + part.path),
        )  # fmt: skip
        for name in part.about.split("\n"):
            if name in data:
                etree.SubElement(link, f"{{{METS}}}fptr", FILEID=identifier(key, place + name, "ID"))


def _division(whole: etree._Element, label: str, rows: Iterable[Part], key: UUID, place: str) -> None:
    made = etree.SubElement(whole, f"{{{METS}}}div", ID=identifier(key, f"{place}div-{label}"), LABEL=label)
    for part in rows:
        etree.SubElement(made, f"{{{METS}}}fptr", FILEID=identifier(key, place + part.path, "ID"))


def premis(contents: Contents, parts: Sequence[Part], *, of: str) -> bytes:
    """PREMIS 3.0: the object and its files with their fixity, the event of packing, the agents."""
    root = etree.Element(
        f"{{{PREMIS}}}premis", nsmap={None: PREMIS, "xsi": "http://www.w3.org/2001/XMLSchema-instance"}
    )
    root.set("version", "3.0")
    xsi = "{http://www.w3.org/2001/XMLSchema-instance}type"
    whole = _node(root, "object")
    whole.set(xsi, "representation" if of else "intellectualEntity")
    _identifier(whole, "object", of or contents.object_id)
    for part in parts:
        file = _node(root, "object")
        file.set(xsi, "file")
        _identifier(file, "object", identifier(contents.key, of + part.path, "ID"))
        facts = _node(file, "objectCharacteristics")
        fixity = _node(facts, "fixity")
        _node(fixity, "messageDigestAlgorithm", "SHA-256")
        _node(fixity, "messageDigest", part.sha256)
        _node(facts, "size", str(part.size))
        _node(_node(_node(facts, "format"), "formatDesignation"), "formatName", part.media_type)
    event = _node(root, "event")
    _identifier(event, "event", identifier(contents.key, of + "event"))
    _node(event, "eventType", "information package creation")
    _node(event, "eventDateTime", stamp(contents.created))
    link = _node(event, "linkingAgentIdentifier")
    _node(link, "linkingAgentIdentifierType", "fonds")
    _node(link, "linkingAgentIdentifierValue", contents.fonds_code)
    linked = _node(event, "linkingObjectIdentifier")
    _node(linked, "linkingObjectIdentifierType", "local")
    _node(linked, "linkingObjectIdentifierValue", of or contents.object_id)
    _node(linked, "linkingObjectRole", "outcome")
    agent = _node(root, "agent")
    _identifier(agent, "agent", contents.fonds_code, kind="fonds")
    _node(agent, "agentName", contents.archive)
    _node(agent, "agentType", "organization")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def has_premis(kind: Kind) -> bool:
    """Mandatory in an AIP, absent in a SIP, optional (and given) in a DIP."""
    return kind is not Kind.SIP


def _node(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    made = etree.SubElement(parent, f"{{{PREMIS}}}{name}")
    if text:
        made.text = text
    return made


def _identifier(parent: etree._Element, what: str, value: str, kind: str = "local") -> None:
    made = _node(parent, f"{what}Identifier")
    _node(made, f"{what}IdentifierType", kind)
    _node(made, f"{what}IdentifierValue", value)
