"""A chapter's HTML written anew from what is allowed: words, headings, lists, tables, links within the book, pictures.

Nothing of the file is passed on as it was. Scripts, styles, forms, frames, drawings and event handlers have no way
through, because only what stands in the lists below is ever written.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from html.entities import html5
from typing import Any
from urllib.parse import unquote, urldefrag

from lxml import etree, html

from congso.kernel.files.reading import refusals


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_KEPT = _names(
    "p div section article blockquote ul ol li dl dt dd table thead tbody tfoot tr td th caption figure figcaption em i"
    " strong b u s small sub sup span pre code ruby rt rp q cite abbr a"
)
_ALONE = frozenset({"br", "hr"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = _names("p div section article blockquote ul ol li dl dt dd table tr figure figcaption pre hr br") | set(
    _HEADINGS
)
# Left out with everything inside.
_DROPPED = _names(
    "script style iframe frame frameset object embed applet form input button select option textarea video audio source"
    " track canvas math head title meta link base template noscript dialog map area portal"
)
_PARENTS = {"li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "tr": {"table", "thead", "tbody", "tfoot"}}
_DEEPEST = 100
MOST_HTML = 3 * 2**20
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_PLAIN_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ANCHOR = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Places:
    """Where things of the book are: chapters by the name of their file, keys of pictures by theirs."""

    chapters: dict[str, int]
    pictures: Callable[[str], str]


@dataclass
class Written:
    """One chapter written anew. `heading` is its first one, `anchors` the places links may lead to."""

    html: str = ""
    text: str = ""
    heading: str = ""
    anchors: set[str] = field(default_factory=set)


def parse(content: bytes) -> Any:
    """The tree of a chapter or of the book's own lists; entities of its own making are refused as an attack."""
    if b"<!ENTITY" in content[:100_000].upper():
        raise refusals.bomb()
    text = _ENTITY.sub(_character, content.decode("utf-8-sig", "replace"))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
    strict = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(text.encode(), strict)
    except etree.XMLSyntaxError:
        return html.document_fromstring(text or "<p></p>", parser=html.HTMLParser(no_network=True, huge_tree=False))


def _character(found: re.Match[str]) -> str:
    name = found.group(1)
    return found.group(0) if name in _PLAIN_XML else escape(html5.get(f"{name};", found.group(0)))


def name_of(element: Any) -> str:
    """The element's name without its namespace; empty for comments and entities."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute whatever its namespace."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def anchor_of(name: str) -> str:
    """The id a place of the book has on our page: never one of the page's own."""
    plain = _ANCHOR.sub("-", unquote(name))[:80].strip("-")
    return f"c-{plain}" if plain else ""


def resolved(base: str, address: str) -> str:
    """A relative address as a name inside the book; nothing outside it can be named."""
    found = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(address)))
    return "" if found.startswith(("/", "..")) else found


class Writer:
    """Writes one chapter."""

    def __init__(self, name: str, places: Places) -> None:
        self.name, self.places = name, places
        self.out: list[str] = []
        self.words: list[str] = []
        self.size, self.level = 0, 1
        self.result = Written()

    def write(self, tree: Any) -> Written:
        """The chapter's body. Raises Refused when it is too large for one page."""
        body = next((one for one in tree.iter() if name_of(one) == "body"), tree)
        self._children(body, "body", 0)
        self.result.html = "".join(self.out)
        self.result.text = re.sub(r"[ \t]*\n\s*\n+", "\n", "".join(self.words)).strip()
        return self.result

    def _put(self, piece: str) -> None:
        self.size += len(piece)
        if self.size > MOST_HTML:
            raise refusals.too_heavy()
        self.out.append(piece)

    def _text(self, text: str | None) -> None:
        if text:
            self._put(escape(text))
            self.words.append(text)

    def _children(self, element: Any, parent: str, depth: int) -> None:
        self._text(element.text)
        for child in element:
            self._element(child, parent, depth + 1)
            self._text(child.tail)

    def _element(self, element: Any, parent: str, depth: int) -> None:
        name = name_of(element)
        if name in _BLOCKS:
            self.words.append("\n")
        if not name or name in _DROPPED or depth > _DEEPEST:
            return
        if name in {"img", "image"}:
            self._picture(element)
        elif name == "svg":  # a cover is often a picture inside a drawing
            for one in element.iter():
                if name_of(one) == "image":
                    self._picture(one)
        elif name in _ALONE:
            self._put(f"<{name}>")
        elif name in _HEADINGS:
            self._heading(element, name, depth)
        elif name in _KEPT:
            self._kept(element, name, parent, depth)
        else:
            self._children(element, parent, depth)

    def _kept(self, element: Any, name: str, parent: str, depth: int) -> None:
        told = name if parent in _PARENTS.get(name, {parent}) else "div"
        extra = ""
        if name == "a":
            address = self._link(attribute(element, "href"))
            told = "a" if address else "span"
            extra = f' href="{escape(address)}"' if address else ""
            extra += ' rel="noopener noreferrer nofollow"' if address.startswith("http") else ""
        elif name in {"td", "th"}:
            for span in ("colspan", "rowspan"):
                figure = attribute(element, span)
                if figure.isascii() and figure.isdigit() and 1 < int(figure[:4]) <= 100:
                    extra += f' {span}="{int(figure)}"'
        self._put(f"<{told}{self._id(element)}{extra}>")
        self._children(element, told, depth)
        self._put(f"</{told}>")

    def _heading(self, element: Any, name: str, depth: int) -> None:
        """Under the page's own heading, none skipped: readers by ear go from heading to heading."""
        words = " ".join("".join(element.itertext()).split())
        if not words:
            self._children(element, "div", depth)
            return
        self.result.heading = self.result.heading or words[:300]
        self.level = min(_HEADINGS[name] + 1, self.level + 1, 6)
        self._put(f"<h{self.level}{self._id(element)}>")
        self._children(element, name, depth)
        self._put(f"</h{self.level}>")

    def _id(self, element: Any) -> str:
        anchor = anchor_of(attribute(element, "id"))
        if not anchor or anchor in self.result.anchors:
            return ""
        self.result.anchors.add(anchor)
        return f' id="{escape(anchor)}"'

    def _link(self, address: str) -> str:
        """Within the book from chapter to chapter (`../7/#…`); outside it only over http."""
        if address.lower().startswith(("http://", "https://")):
            return address[:1000]
        plain, fragment = urldefrag(address)
        if ":" in plain:
            return ""
        place = f"#{anchor}" if (anchor := anchor_of(fragment)) else ""
        if not plain:
            return place
        chapter = self.places.chapters.get(resolved(self.name, plain))
        return f"../{chapter}/{place}" if chapter else ""

    def _picture(self, element: Any) -> None:
        source = attribute(element, "src") or attribute(element, "href")
        key = self.places.pictures(resolved(self.name, urldefrag(source)[0])) if source else ""
        if key:
            words = escape(" ".join(attribute(element, "alt").split())[:300])
            self._put(f'<img src="../../hinh/{key}/" alt="{words}" loading="lazy" decoding="async">')
