"""Packages written as ZIP files: files stream through, everything else is small. Same content, same bytes."""

import hashlib
import json
import zipfile
from datetime import UTC
from typing import BinaryIO

from congso.lib.archiving.content import Contents, Kind, PackageRefused, PackedFile
from congso.lib.archiving.metadata import Part, has_premis, mets, premis
from congso.lib.archiving.profile import NATIONAL, Profile, check_contents, described, schema_bytes

CHUNK = 2**20
REP = "representations/rep1/"
OWN = "documentation/congso.json"


def file_name(code: str, ordinal: int, nth: int, name: str) -> str:
    """`{mã hồ sơ}.{STT}.pdf`; a second file of a document has a place of its own."""
    ending = name.rpartition(".")[2].lower() if "." in name else "bin"
    safe = "".join(letter for letter in ending if letter.isascii() and letter.isalnum())[:8] or "bin"
    return f"{code}.{ordinal:07d}.{safe}" if nth == 1 else f"{code}.{ordinal:07d}.{nth}.{safe}"


def build_package(contents: Contents, into: BinaryIO, *, profile: Profile = NATIONAL) -> None:
    """Write the package. Raises PackageRefused: codes wrong, a field too long, a file not what its hash says."""
    check_contents(contents)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED, allowZip64=True) as book:
        writer = _Writer(book, contents)
        rep = _representation(writer, contents, profile)
        top = [
            writer.put("metadata/descriptive/EAD.xml", described(contents.facts, profile.dossier(contents.kind)), "dmd")
        ]
        if has_premis(contents.kind):
            text = premis(contents, [rep], of="")
            top.append(writer.put("metadata/preservation/PREMIS.xml", text, "premis"))
        top.extend(writer.put(f"schemas/{name}", schema_bytes(name), "schemas") for name in profile.schemas)
        if contents.own and contents.kind is not Kind.DIP:
            text = json.dumps(contents.own, ensure_ascii=False, sort_keys=True, indent=1).encode()
            top.append(writer.put(OWN, text, "documentation", "application/json"))
        writer.put("METS.xml", mets(contents, [*top, rep], place=""), "")


def _representation(writer: "_Writer", contents: Contents, profile: Profile) -> Part:
    parts: list[Part] = []
    code = contents.facts.get("fileCode") or contents.facts["arcFileCode"]
    fields = profile.document(contents.kind)
    for ordinal, document in enumerate(contents.documents, 1):
        names = []
        for nth, file in enumerate(document.files, 1):
            name = file_name(code, ordinal, nth, file.name)
            parts.append(writer.stream(f"{REP}data/{name}", file))
            names.append(f"data/{name}")
        stem = names[0].removeprefix("data/").rpartition(".")[0] if names else f"{code}.{ordinal:07d}"
        path = f"{REP}metadata/descriptive/EAD_doc_{stem}.xml"
        made = writer.put(path, described(document.facts, fields), "dmd-file")
        parts.append(Part(made.path, made.sha256, made.size, made.media_type, "dmd-file", "\n".join(names)))
    if has_premis(contents.kind):
        data = [
            Part(one.path.removeprefix(REP), one.sha256, one.size, one.media_type, one.group)
            for one in parts
            if one.group == "data"
        ]
        parts.append(
            writer.put(f"{REP}metadata/preservation/PREMIS_rep1.xml", premis(contents, data, of="rep1"), "premis")
        )
    inner = [
        Part(one.path.removeprefix(REP), one.sha256, one.size, one.media_type, one.group, one.about) for one in parts
    ]
    return writer.put(f"{REP}METS.xml", mets(contents, inner, place="rep1"), "rep")


class _Writer:
    """Members of the ZIP with one time and one mode, counted and hashed as they go."""

    def __init__(self, book: zipfile.ZipFile, contents: Contents) -> None:
        self._book, self._root = book, contents.root
        moment = contents.created.astimezone(UTC)
        self._when = (
            max(1980, moment.year),
            moment.month,
            moment.day,
            moment.hour,
            moment.minute,
            moment.second // 2 * 2,
        )

    def _info(self, path: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(f"{self._root}/{path}", date_time=self._when)
        info.external_attr, info.create_system, info.compress_type = 0o100644 << 16, 3, zipfile.ZIP_STORED
        return info

    def put(self, path: str, content: bytes, group: str, media_type: str = "application/xml") -> Part:
        self._book.writestr(self._info(path), content)
        return Part(path, hashlib.sha256(content).hexdigest(), len(content), media_type, group)

    def stream(self, path: str, file: PackedFile) -> Part:
        info = self._info(path)
        info.file_size = file.size
        digest, size = hashlib.sha256(), 0
        with file.open() as source, self._book.open(info, "w", force_zip64=file.size >= 2**31) as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        if digest.hexdigest() != file.sha256 or size != file.size:
            raise PackageRefused(f"Tệp {file.name} trong kho không còn nguyên vẹn; không đóng gói được.")
        return Part(path, file.sha256, size, file.media_type, "data")


def build_bag(contents: Contents, into: BinaryIO) -> None:
    """The same dossier as a BagIt 1.0 bag (RFC 8493): data, descriptions and this program's own facts."""
    check_contents(contents)
    code = contents.facts.get("fileCode") or contents.facts["arcFileCode"]
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED, allowZip64=True) as book:
        writer = _Writer(book, contents)
        lines: list[str] = []
        size = count = 0

        def add(part: Part) -> None:
            nonlocal size, count
            lines.append(f"{part.sha256}  {part.path}")
            size, count = size + part.size, count + 1

        for ordinal, document in enumerate(contents.documents, 1):
            for nth, file in enumerate(document.files, 1):
                add(writer.stream(f"data/{file_name(code, ordinal, nth, file.name)}", file))
            facts = json.dumps(dict(document.facts), ensure_ascii=False, sort_keys=True, indent=1).encode()
            add(writer.put(f"data/metadata/{code}.{ordinal:07d}.json", facts, "data"))
        for name, told in (("dossier", dict(contents.facts)), ("congso", dict(contents.own))):
            text = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode()
            add(writer.put(f"data/metadata/{name}.json", text, "data"))
        manifest = ("\n".join(sorted(lines, key=lambda line: line.partition("  ")[2])) + "\n").encode()
        tags = {
            "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": (
                f"Bagging-Date: {contents.created.date().isoformat()}\nExternal-Identifier: {contents.object_id}\n"
                f"Payload-Oxum: {size}.{count}\nSource-Organization: {contents.archive}\n"
            ).encode(),
            "manifest-sha256.txt": manifest,
        }  # fmt: skip
        made = [writer.put(name, text, "", "text/plain") for name, text in tags.items()]
        listed = "".join(f"{one.sha256}  {one.path}\n" for one in sorted(made, key=lambda one: one.path)).encode()
        writer.put("tagmanifest-sha256.txt", listed, "", "text/plain")
