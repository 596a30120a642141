"""Profiles: which fields a package's descriptions have and what they may hold. The national one first.

05/2025/TT-BNV, Annexes I–V, as digested in the domain handbook (office 5.3). Another profile is another `Profile`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lxml import etree

from congso.lib.archiving.content import Contents, Kind, PackageRefused

_DAY = re.compile(r"(\d{2}/\d{2}/\d{4}|\d{2}/\d{4}|\d{4})?")


@dataclass(frozen=True)
class Profile:
    """A set of fields for dossiers and documents, with the longest text of each, and the schema files it ships."""

    key: str
    dossier: Callable[[Kind], Mapping[str, int]]
    document: Callable[[Kind], Mapping[str, int]]
    schemas: tuple[str, ...]
    dossier_schema: str
    document_schema: str


_DOSSIER = {
    "title": 1000, "maintenance": 100, "mode": 30, "language": 100, "startDate": 10, "endDate": 10, "keyword": 100,
    "totalDoc": 10, "numberOfPaper": 10, "numberOfPage": 10, "format": 50, "inforSign": 30, "confidenceLevel": 40,
    "paperFileCode": 100, "riskRecovery": 1, "riskRecoveryStatus": 2, "description": 2000,
}  # fmt: skip
_SHARED = {
    "docCode": 100, "typeName": 10, "codeNumber": 11, "codeNotation": 30, "issuedDate": 10, "organName": 200,
    "subject": 500, "language": 100, "numberOfPage": 4, "inforSign": 30, "keyword": 100, "mode": 20,
    "confidenceLevel": 30, "autograph": 2000, "format": 50, "process": 1, "description": 500,
}  # fmt: skip


def _national_dossier(kind: Kind) -> Mapping[str, int]:
    return {("fileCode" if kind is Kind.SIP else "arcFileCode"): 100, **_DOSSIER}


def _national_document(kind: Kind) -> Mapping[str, int]:
    if kind is Kind.SIP:
        return {"docId": 25, **_SHARED, "maintenance": 100, "riskRecovery": 1, "riskRecoveryStatus": 2}
    return {"arcFileCode": 100, "docOrdinal": 7, **_SHARED}


NATIONAL = Profile(
    "national",
    _national_dossier,
    _national_document,
    ("simpledc-dossier.xsd", "simpledc-document.xsd"),
    "simpledc-dossier.xsd",
    "simpledc-document.xsd",
)


def schema_bytes(name: str) -> bytes:
    """A schema this program ships."""
    return files("congso.lib.archiving").joinpath("schemas", name).read_bytes()


@cache
def schema(name: str) -> etree.XMLSchema:
    """The same, ready to judge."""
    return etree.XMLSchema(etree.fromstring(schema_bytes(name)))


def described(facts: Mapping[str, str], fields: Mapping[str, int]) -> bytes:
    """A `simpledc` description: the profile's fields in its order, empty ones left out. Raises PackageRefused."""
    root = etree.Element("simpledc")
    for name, longest in fields.items():
        text = " ".join(str(facts.get(name, "")).split())
        if len(text) > longest:
            raise PackageRefused(f"Trường {name} dài quá {longest} ký tự.")
        if text:
            etree.SubElement(root, name).text = text
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def check_described(tree: etree._Element, schema_name: str, where: str) -> dict[str, str]:
    """The fields of a description that fits its schema. Raises PackageRefused."""
    judge = schema(schema_name)
    if not judge.validate(tree):
        first = judge.error_log[0]
        raise PackageRefused(f"{where}: không đúng lược đồ (dòng {first.line}: {first.message[:200]}).")
    found = {str(child.tag): (child.text or "").strip() for child in tree}
    for name in ("startDate", "endDate", "issuedDate"):
        if not _DAY.fullmatch(found.get(name, "")):
            raise PackageRefused(f"{where}: {name} không phải ngày dạng DD/MM/YYYY.")
    return found


def check_codes(facts: Mapping[str, str], documents: list[Mapping[str, str]]) -> None:
    """Ordinals are contiguous and the year in docCode is the dossier's (handbook office 5, rule 4)."""
    code = facts.get("fileCode") or facts.get("arcFileCode", "")
    if not code:
        raise PackageRefused("Gói không ghi mã hồ sơ.")
    if facts.get("mode") == "03" or any(one.get("mode") == "03" for one in documents):
        raise PackageRefused("Gói có tài liệu mật; tài liệu mật không lưu trên hệ thống này.")
    for nth, one in enumerate(documents, 1):
        if one.get("docCode") != f"{code}.{nth:07d}":
            raise PackageRefused(
                f"Mã văn bản thứ {nth} không liên tục hoặc không thuộc hồ sơ: {one.get('docCode', '')[:120]}."
            )
    if facts.get("totalDoc", str(len(documents))) != str(len(documents)):
        raise PackageRefused("Tổng số văn bản khác số văn bản trong gói.")


def check_contents(contents: Contents) -> None:
    """The same of what is about to be packed."""
    check_codes(contents.facts, [one.facts for one in contents.documents])
