"""The files of a packet, wherever the sender put them, unzipped when the sender's library zipped them."""

import io
import zipfile
import zlib

from congso.lib.edxml.finding import children, clean, text
from congso.lib.edxml.limits import Limits
from congso.lib.edxml.packets import Attachment
from congso.lib.edxml.refusals import Code, Refusal
from congso.lib.edxml.scanning import Node

_ZIP = b"PK\x03\x04"
_ARE_ZIPS = (".zip", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".odt", ".ods", ".odp", ".ofd", ".jar", ".epub")
_CHUNK = 256 * 1024


def attachments_of(root: Node, limits: Limits) -> tuple[Attachment, ...]:
    """Every file with its name from the manifest or from itself. Raises Refusal when the two do not agree."""
    lines, files = _parts(root)
    if len(files) > limits.attachments or len(lines) > limits.attachments:
        raise Refusal(Code.TOO_COMPLEX, f"Gói tin có quá {limits.attachments} tệp kèm.")
    manifest = _by_id(lines)
    found, left = [], limits.files
    for place, node in enumerate(files, start=1):
        key = _id(node) or f"{place}"
        line = manifest.pop(key, None)
        if lines and line is None and node not in lines:
            raise Refusal(Code.ATTACHMENTS, "Có tệp kèm không được kê trong danh mục (Manifest), hoặc trùng mã.")
        attachment = _attachment(key, node, line or node, left)
        left -= len(attachment.content)
        found.append(attachment)
    if manifest:
        raise Refusal(Code.ATTACHMENTS, "Danh mục (Manifest) kê tệp mà gói tin không chứa.")
    if len({one.id for one in found}) < len(found):
        raise Refusal(Code.REPEATED, "Hai tệp kèm mang cùng một mã (ContentId).")
    return tuple(found)


def _parts(root: Node) -> tuple[list[Node], list[Node]]:
    """The manifest's lines, and the elements that carry bytes."""
    lines, files = [], []
    for node in root.walk():
        carries = any(one.content is not None for one in node.children)
        if node.name == "reference" and ("href" in node.attributes or carries or _id(node)):
            lines.append(node)
        if carries:
            files.append(node)
        elif node.name == "attachment":
            raise Refusal(Code.ATTACHMENTS, "Có tệp kèm không có nội dung.")
    return lines, files


def _by_id(lines: list[Node]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for place, node in enumerate(lines, start=1):
        key = _id(node) or f"{place}"
        if key in found:
            raise Refusal(Code.REPEATED, "Danh mục (Manifest) kê hai tệp cùng một mã.")
        found[key] = node
    return found


def _id(node: Node) -> str:
    written = text(node, "contentid", longest=200) or clean(node.attributes.get("href", ""))[:200]
    return written.removeprefix("cid:").removeprefix("#")


def _attachment(key: str, node: Node, line: Node, left: int) -> Attachment:
    name = _file_name(text(node, "attachmentname", longest=300) or text(line, "attachmentname", longest=300))
    contents = [one.content for one in node.children if one.content is not None]
    if len(contents) > 1:
        raise Refusal(Code.REPEATED, "Một tệp kèm có nhiều nội dung.")
    content = _unzipped(contents[0], name, left)
    if not content:
        raise Refusal(Code.ATTACHMENTS, f"Tệp kèm “{name or key}” rỗng.")
    declared = _first(node, "contenttype") or _first(line, "contenttype")
    return Attachment(
        id=key,
        name=name or f"tep-{key}"[:200],
        content=content,
        content_type=(declared if content is contents[0] else "") or "application/octet-stream",
        description=text(node, "description", longest=1000) or text(line, "description", longest=1000),
    )


def _first(node: Node, name: str) -> str:
    return next((clean(one.text)[:200] for one in children(node, name) if clean(one.text)), "")


def _file_name(written: str) -> str:
    """The last part alone: a name is no path."""
    return written.replace("\\", "/").rpartition("/")[2].strip(". ")


def _unzipped(content: bytes, name: str, limit: int) -> bytes:
    """The one file a sender's library zipped before Base64; what is a zip by its name stays one (office 3.5)."""
    if not content.startswith(_ZIP) or name.lower().endswith(_ARE_ZIPS):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            if len(entries) != 1 or entries[0].flag_bits & 1:
                raise Refusal(Code.BAD_ZIP, f"Tệp kèm “{name}” nén nhiều tệp hoặc có mật khẩu.")
            return _bounded(archive, entries[0], limit)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Refusal(Code.BAD_ZIP, f"Tệp kèm “{name}” nén hỏng, không giải nén được.") from error


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    taken = bytearray()
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            taken += chunk
            if len(taken) > limit:
                raise Refusal(Code.TOO_LARGE, "Các tệp kèm lớn quá dung lượng cho phép sau khi giải nén.")
    return bytes(taken)
