"""BagIt bags (RFC 8493), ours and those made elsewhere, checked through: every byte named and as promised.

A bag of ours restores wholly. Of another only its files and the few facts of `bag-info.txt` are known; who takes it in
says what it is. `fetch.txt` is refused: nothing is fetched from outside, and an unread file cannot be vouched for.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

from lxml import etree

from congso.lib.archiving.content import Kind, PackageRefused, ReadDocument, ReadPackage
from congso.lib.archiving.profile import Profile, check_codes, check_described, described
from congso.lib.vietnamese import nfc

MARK, INFO = "bagit.txt", "bag-info.txt"
_VERSIONS = {"0.93", "0.94", "0.95", "0.96", "0.97", "1.0"}
_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]{32,128})[ \t]+\*?(\S.*)")
_STRONG = ("sha512", "sha256")  # md5 and sha1 no longer prove that bytes are what they were
_UUID = re.compile(r"([0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})$")
_OURS = "data/metadata/"
_MOST_DOCUMENTS = 300  # each file is looked into while the taker waits
_UNKNOWN_TYPE = ""


class Members(Protocol):
    """Members of a package, read within bounds."""

    def read(self, member: str) -> bytes:
        """The bytes of a small member."""

    def digest(self, member: str, algorithm: str = "sha256") -> tuple[str, int]:
        """Its hash and size, read in pieces."""


def read_bag(get: Members, path: Path, root: str, sizes: dict[str, int], profile: Profile) -> ReadPackage:
    """What is in a bag that is whole. Raises PackageRefused with the first thing wrong."""
    told = _tags(get, MARK)
    if told.get("BagIt-Version") not in _VERSIONS or told.get("Tag-File-Character-Encoding", "").upper() != "UTF-8":
        raise PackageRefused("bagit.txt không ghi phiên bản BagIt được hỗ trợ hoặc bảng mã UTF-8.")
    if "fetch.txt" in sizes:
        raise PackageRefused("Gói BagIt để tệp ở nơi khác (fetch.txt); hãy đóng gói lại với đủ tệp bên trong.")
    payload = {one for one in sizes if one.startswith("data/")}
    digests = _check_manifests(get, sizes, payload)
    info = _tags(get, INFO) if INFO in sizes else {}
    _check_oxum(info, payload, sizes)
    if f"{_OURS}dossier.json" in payload:
        return _own_bag(get, path, root, payload, key=_own_key(info), profile=profile)
    return _foreign_bag(path, root, payload, info, digests)


def _tags(get: Members, member: str) -> dict[str, str]:
    """`Label: value` lines, continued ones joined; of a repeated label the first."""
    found: dict[str, str] = {}
    label = ""
    for line in _text(get, member).splitlines():
        if line[:1] in {" ", "\t"} and label:
            found[label] = f"{found[label]} {line.strip()}"
            continue
        label, colon, value = line.partition(":")
        if line.strip() and not colon:
            raise PackageRefused(f"{member} có dòng không đúng dạng “Nhãn: giá trị”.")
        if label.strip() and label.strip() not in found:
            label = label.strip()
            found[label] = value.strip()
        else:
            label = ""
    return found


def _text(get: Members, member: str) -> str:
    try:
        return get.read(member).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackageRefused(f"{member} không phải văn bản UTF-8.") from error


def _check_manifests(get: Members, sizes: dict[str, int], payload: set[str]) -> dict[str, str]:
    """Each list names the whole payload; the strong ones and the lists of tags are checked byte by byte."""
    lists = {one: found for one in sizes if (found := _MANIFEST.fullmatch(one))}
    strong = [found[2] for found in lists.values() if not found[1] and found[2] in _STRONG]
    if not strong:
        raise PackageRefused("Gói BagIt phải có manifest-sha256.txt hoặc manifest-sha512.txt.")
    kept: dict[str, str] = {}
    for member, found in sorted(lists.items()):
        rows, is_tags = _rows(get, member), bool(found[1])
        if not is_tags and set(rows) != payload:
            wrong = sorted(set(rows) ^ payload)[0]
            raise PackageRefused(f"{member} không khớp với các tệp trong gói: {wrong[:120]}.")
        for name, digest in rows.items() if found[2] in _STRONG else ():
            if name not in sizes or (is_tags and name.startswith("data/")):
                raise PackageRefused(f"{member} trỏ tới tệp không có trong gói: {name[:120]}.")
            if get.digest(name, found[2])[0] != digest:
                raise PackageRefused(f"Sai mã kiểm tra: {name[:120]}.")
        if not is_tags and found[2] in _STRONG:
            kept |= rows
    return kept


def _rows(get: Members, member: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _text(get, member).splitlines():
        if not line.strip():
            continue
        row = _LINE.fullmatch(line.rstrip("\r"))
        name = _decoded(row[2]) if row else ""
        if row is None or name.startswith("/") or ".." in name.split("/") or name in found:
            raise PackageRefused(f"{member} có dòng không hợp lệ: {line[:120]!r}.")
        found[name] = row[1].lower()
    return found


def _decoded(name: str) -> str:
    """Line ends and “%” are written %0A, %0D, %25 in a manifest (RFC 8493, 2.1.3); a “./” in front means nothing."""
    for code, letter in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        name = name.replace(code, letter).replace(code.lower(), letter)
    return name.removeprefix("./")


def _check_oxum(info: dict[str, str], payload: set[str], sizes: dict[str, int]) -> None:
    told = info.get("Payload-Oxum")
    if told is not None and told != f"{sum(sizes[one] for one in payload)}.{len(payload)}":
        raise PackageRefused("Payload-Oxum khác số tệp, số byte trong gói.")


def _own_key(info: dict[str, str]) -> UUID:
    found = _UUID.search(info.get("External-Identifier", ""))
    if found is None:
        raise PackageRefused("bag-info.txt không ghi mã định danh của hồ sơ (External-Identifier).")
    return UUID(found[1])


def _own_bag(get: Members, path: Path, root: str, payload: set[str], *, key: UUID, profile: Profile) -> ReadPackage:
    """A bag of this program: fields of the profile and its own facts, judged as any foreign input."""
    told = _strings(_json(get, f"{_OURS}dossier.json"), "dossier.json")
    kind = Kind.AIP if "arcFileCode" in told else Kind.SIP
    facts = _judged(told, profile.dossier(kind), profile.dossier_schema, "dossier.json")
    code = facts.get("fileCode") or facts.get("arcFileCode", "")
    documents = []
    left = {one for one in payload if not one.startswith(_OURS)}
    described_in = sorted(one for one in payload if one.startswith(f"{_OURS}{code}."))
    for member in described_in:
        place = member.rpartition("/")[2]
        of_it = _judged(_strings(_json(get, member), place), profile.document(kind), profile.document_schema, place)
        stem = f"data/{member.removeprefix(_OURS).removesuffix('.json')}."
        files = tuple(sorted((one for one in left if one.startswith(stem)), key=_nth))
        left -= set(files)
        documents.append(ReadDocument(of_it, files))
    known = {f"{_OURS}dossier.json", f"{_OURS}congso.json", *described_in}
    if left or {one for one in payload if one.startswith(_OURS)} - known:
        raise PackageRefused("Gói có tệp dữ liệu không thuộc văn bản nào.")
    check_codes(facts, [one.facts for one in documents])
    own = _json(get, f"{_OURS}congso.json") if f"{_OURS}congso.json" in payload else {}
    return ReadPackage(path, kind, key, root, facts, tuple(documents), own)


def _nth(member: str) -> tuple[int, str]:
    """`code.0000001.pdf` before `code.0000001.2.pdf`, and that before `….10.pdf`."""
    part = member.rpartition(".")[0].rpartition(".")[2]
    return (int(part) if part.isascii() and part.isdigit() and len(part) < 7 else 1, member)


def _foreign_bag(
    path: Path, root: str, payload: set[str], info: dict[str, str], digests: dict[str, str]
) -> ReadPackage:
    """Files of another system: one document each, called by its path; what the dossier is its taker says."""
    if not payload:
        raise PackageRefused("Gói BagIt không có tệp nào.")
    if len(payload) > _MOST_DOCUMENTS:
        raise PackageRefused(f"Gói BagIt có quá {_MOST_DOCUMENTS} tệp; hãy chia thành nhiều hồ sơ.")
    told = info.get("External-Identifier", "")
    found = _UUID.search(told)
    # A bag without a UUID of its own is known again by what is in it.
    whole = "\n".join(f"{digest} {name}" for name, digest in sorted(digests.items()))
    key = UUID(found[1]) if found else uuid5(NAMESPACE_URL, f"bagit:{whole}")
    code = _plain(told or root, 80)
    facts = {
        "fileCode": code, "title": _plain(info.get("External-Description", ""), 1000), "mode": "02", "language": "01",
        "endDate": _day(info.get("Bagging-Date", "")), "totalDoc": str(len(payload)),
    }  # fmt: skip
    documents = tuple(
        ReadDocument(
            {
                "docCode": f"{code}.{nth:07d}", "typeName": _UNKNOWN_TYPE, "mode": "02", "language": "01",
                "organName": _plain(info.get("Source-Organization", ""), 200),
                "subject": _plain(member.removeprefix("data/").rpartition(".")[0] or member, 500),
            },
            (member,),
        )
        for nth, member in enumerate(sorted(payload), 1)
    )  # fmt: skip
    return ReadPackage(path, Kind.SIP, key, root, facts, documents, {}, is_foreign=True)


def _plain(text: str, longest: int) -> str:
    """One line of visible letters."""
    return nfc(" ".join("".join(one if one.isprintable() else " " for one in text).split()))[:longest].strip()


def _day(told: str) -> str:
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", told.strip())
    return f"{found[3]}/{found[2]}/{found[1]}" if found else ""


def _json(get: Members, member: str) -> dict[str, Any]:
    try:
        found = json.loads(get.read(member))
    except (ValueError, RecursionError) as error:
        raise PackageRefused(f"{member} không đọc được.") from error
    if not isinstance(found, dict):
        raise PackageRefused(f"{member} không đúng dạng.")
    return found


def _strings(told: dict[str, Any], where: str) -> dict[str, str]:
    if not all(isinstance(value, str) for value in told.values()):
        raise PackageRefused(f"{where} có trường không phải chữ.")
    return told


def _judged(told: Mapping[str, str], fields: Mapping[str, int], schema: str, where: str) -> dict[str, str]:
    """The fields as a description in XML would have to be: same names, lengths, order and schema."""
    if set(told) - set(fields):
        raise PackageRefused(f"{where} có trường lạ: {sorted(set(told) - set(fields))[0][:60]}.")
    try:
        tree = etree.fromstring(described(told, fields))
    except ValueError as error:  # letters no description may hold
        raise PackageRefused(f"{where} có ký tự không hợp lệ.") from error
    return check_described(tree, schema, where)
