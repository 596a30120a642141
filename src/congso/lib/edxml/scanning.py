"""XML as a small tree, read piece by piece; Base64 is decoded on the way and never kept as text.

Expat alone, with every door of XML shut: no document type, so no entities, nothing fetched. Names lose their prefix
and their case, because senders do not agree on them.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from congso.lib.edxml.base64_stream import Base64Stream
from congso.lib.edxml.limits import Limits
from congso.lib.edxml.refusals import Code, Refusal

_CHUNK = 256 * 1024
_STRAY = 64  # bytes before the first tag: the standard's own sample begins with stray digits
_FILES = {"attachment", "reference", "file"}
_BYTES = {"contenttransferencoded", "contenttransferencode", "contentencoded", "content", "filecontent", "base64"}
_CHARSETS = ("utf-8", "utf8", "utf-16", "us-ascii", "ascii", "windows-1258", "iso-8859-1")
_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_WRONG_CHARSET = {
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_INCORRECT_ENCODING,
        expat.errors.XML_ERROR_UNKNOWN_ENCODING,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
}
_HALF = {
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}


@dataclass
class Node:
    """An element: its name without prefix in small letters, its text, or the bytes it carried."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    text: str = ""
    content: bytes | None = None

    def walk(self) -> Iterator["Node"]:
        """Itself and everything below, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


def plain(name: str) -> str:
    """A name without prefix or namespace, in small letters."""
    return name.rpartition(":")[2].lower()


def scan(stream: BinaryIO, limits: Limits) -> Node:
    """The tree of a packet. Raises Refusal."""
    scanner = _Scanner(limits)
    parser = expat.ParserCreate()
    parser.buffer_text, parser.buffer_size = True, _CHUNK
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler = scanner.start, scanner.end
    parser.CharacterDataHandler = scanner.characters
    first = _head(stream.read(_CHUNK))
    total = len(first)
    try:
        parser.Parse(first, False)  # noqa: FBT003 - expat's own signature
        while chunk := stream.read(_CHUNK):
            total += len(chunk)
            if total > limits.packet:
                raise Refusal(Code.TOO_LARGE, f"Gói tin lớn hơn {limits.packet // 2**20} MB.")
            parser.Parse(chunk, False)  # noqa: FBT003
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise _explained(error) from error
    except (LookupError, UnicodeError, ValueError) as error:
        raise Refusal(Code.CHARSET, "Bảng mã của gói tin sai hoặc không đọc được.") from error
    if scanner.root is None:
        raise Refusal(Code.NOT_XML, "Gói tin không có phần tử nào.")
    return scanner.root


def _head(first: bytes) -> bytes:
    """The first piece without stray bytes before the prolog. Raises Refusal for what cannot be XML."""
    if not first.strip():
        raise Refusal(Code.EMPTY, "Gói tin rỗng.")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return first
    begin = first.find(b"<", 0, _STRAY + 1)
    if begin < 0:
        raise Refusal(Code.NOT_XML, "Không phải tệp XML: không thấy thẻ mở ở đầu tệp.")
    first = first[begin:]
    declared = _DECLARED.match(first)
    if declared and declared[1].decode().lower() not in _CHARSETS:
        raise Refusal(Code.CHARSET, f"Bảng mã {declared[1].decode()} không được nhận; gói tin phải là UTF-8.")
    return first


def _refuse_doctype(*_facts: object) -> None:
    raise Refusal(Code.DTD, "Gói tin khai báo DTD hoặc thực thể; vì an toàn không được nhận.")


def _explained(error: expat.ExpatError) -> Refusal:
    where = f"dòng {error.lineno}"
    if error.code in _WRONG_CHARSET:
        return Refusal(Code.CHARSET, f"Nội dung không đúng bảng mã đã khai báo ({where}).")
    if error.code in _HALF:
        return Refusal(Code.NOT_XML, f"Tệp XML bị cụt: hết tệp khi chưa đóng thẻ ({where}).")
    return Refusal(Code.NOT_XML, f"Tệp XML hỏng ở {where}: cấu trúc thẻ hoặc ký tự không hợp lệ.")


class _Scanner:
    """Builds the tree under the limits; text of a file's content goes straight into its decoder."""

    def __init__(self, limits: Limits) -> None:
        self.root: Node | None = None
        self._limits = limits
        self._open: list[Node] = []
        self._texts: list[list[str]] = []
        self._bytes: Base64Stream | None = None
        self._elements = self._header = self._files = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self._elements += 1
        if self._elements > self._limits.elements or len(self._open) >= self._limits.depth:
            raise Refusal(Code.TOO_COMPLEX, "Gói tin có quá nhiều phần tử hoặc lồng quá sâu.")
        if self._bytes is not None:
            raise Refusal(Code.BAD_BASE64, "Trong nội dung tệp kèm có thẻ XML.")
        self._weigh(sum(len(key) + len(value) for key, value in attributes.items()))
        node = Node(plain(name), {plain(key): value for key, value in attributes.items()})
        if self._open:
            parent = self._open[-1]
            parent.children.append(node)
            if node.name in _BYTES and parent.name in _FILES:
                self._bytes = Base64Stream(self._limits.files - self._files)
        else:
            self.root = node
        self._open.append(node)
        self._texts.append([])

    def characters(self, text: str) -> None:
        """Text within the open element."""
        if self._bytes is not None:
            self._bytes.feed(text)
            return
        if not text.isspace():
            self._weigh(len(text))
        self._texts[-1].append(text)

    def end(self, _name: str) -> None:
        """The open element closes."""
        node = self._open.pop()
        node.text = "".join(self._texts.pop()).strip()
        if len(node.text) > self._limits.text:
            raise Refusal(Code.TOO_LARGE, f"Phần tử {node.name} dài quá {self._limits.text} ký tự.")
        if self._bytes is not None:
            node.content = self._bytes.close()
            self._files += len(node.content)
            self._bytes = None

    def _weigh(self, characters: int) -> None:
        self._header += characters
        if self._header > self._limits.header:
            raise Refusal(Code.TOO_LARGE, "Phần đầu gói tin dài quá mức cho phép.")
