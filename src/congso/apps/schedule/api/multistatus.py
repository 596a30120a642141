"""Answers of WebDAV (RFC 4918): for each address which properties it has, and which of those asked for it has not."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from django.http import HttpResponse

DAV = "DAV:"
CALDAV = "urn:ietf:params:xml:ns:caldav"
SERVER = "http://calendarserver.org/ns/"
_HEAD = f'<?xml version="1.0" encoding="utf-8"?>\n<d:multistatus xmlns:d="{DAV}" xmlns:c="{CALDAV}" xmlns:s="{SERVER}">'
_NAME = re.compile(r"\{([^{}<>&\"]*)\}([A-Za-z_][\w.\-]*)")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Property:
    """A property as XML with the prefixes d, c, s."""

    xml: str


@dataclass(frozen=True)
class Answer:
    """What one address has of what was asked; without names all it knows. `is_missing`: there is no such address."""

    href: str
    known: Mapping[str, Property]
    wanted: list[str]
    is_missing: bool = False

    def xml(self) -> str:
        """As it stands in the whole."""
        if self.is_missing:
            gone = "<d:status>HTTP/1.1 404 Not Found</d:status>"
            return f"<d:response><d:href>{text(self.href)}</d:href>{gone}</d:response>"
        names = self.wanted or list(self.known)
        has = "".join(self.known[name].xml for name in names if name in self.known)
        lacks = "".join(_empty(name) for name in names if name not in self.known)
        parts = [_found(has, "200 OK")] if has or not lacks else []
        parts += [_found(lacks, "404 Not Found")] if lacks else []
        return f"<d:response><d:href>{text(self.href)}</d:href>{''.join(parts)}</d:response>"


def multistatus(answers: Iterable[Answer]) -> HttpResponse:
    """All of them, 207."""
    told = f"{_HEAD}{''.join(one.xml() for one in answers)}</d:multistatus>"
    return HttpResponse(
        told, status=207, content_type="application/xml; charset=utf-8", headers={"DAV": "1, calendar-access"}
    )


def text(words: str) -> str:
    """Words as XML holds them; signs it cannot hold are left out."""
    return escape(_NOT_XML.sub("", words))


def _found(properties: str, status: str) -> str:
    return f"<d:propstat><d:prop>{properties}</d:prop><d:status>HTTP/1.1 {status}</d:status></d:propstat>"


def _empty(name: str) -> str:
    """A property that is not there, under the name it was asked by."""
    found = _NAME.fullmatch(name)
    if found is None:
        return ""
    space, local = found.groups()
    return f'<x:{local} xmlns:x="{text(space)}"/>' if space else f"<{local}/>"
