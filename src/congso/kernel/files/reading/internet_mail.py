"""Messages as the internet carries them (.eml), read with the standard library's parser in the guarded child.

Headers are decoded by hand: the library's own parser of structured headers is slow and fails on hostile ones.
"""

import email
from collections.abc import Iterator
from datetime import datetime
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path

from congso.kernel.files.reading.letters import (
    LONGEST_HEADER,
    Letter,
    Weight,
    body_text,
    check_depth,
    enclosed_file,
    header_text,
)
from congso.kernel.files.reading.limits import Limits

_BREAKS = {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "table"}
_LONGEST_HTML = 2_000_000


def read_eml(path: Path, limits: Limits) -> Letter:
    """The message in the file. Raises Refused."""
    with path.open("rb") as file:
        return _letter(email.message_from_binary_file(file), Weight(limits), 0)


def _letter(message: Message, weight: Weight, depth: int) -> Letter:
    check_depth(depth)
    letter = Letter(
        subject=header(message, "Subject"),
        sender=header(message, "From"),
        receivers=header(message, "To"),
        sent=_moment(message),
    )
    bodies: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in _leaves(message):
        _put(part, letter, bodies, weight, depth)
    plain, rich = ("\n".join(texts) for texts in bodies.values())
    letter.body = body_text(plain) or body_text(text_of_html(rich))
    return letter


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, a message in the message as one of them; no recursion, however deep."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        held = part.get_payload()
        if part.is_multipart() and part.get_content_maintype() != "message" and isinstance(held, list):
            waiting.extend(one for one in reversed(held) if isinstance(one, Message))
        else:
            yield part


def _put(part: Message, letter: Letter, bodies: dict[str, list[str]], weight: Weight, depth: int) -> None:
    kind = part.get_content_type()
    held = part.get_payload()
    if kind == "message/rfc822" and isinstance(held, list):
        letter.inner.extend(_letter(one, weight, depth + 1) for one in held if isinstance(one, Message))
        return
    if part.get_content_maintype() == "message":
        return  # a report of delivery
    name = _decoded(part.get_filename() or "")
    is_body = not name and part.get_content_disposition() != "attachment"
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return
    weight.add(content)
    if is_body and kind in bodies:
        bodies[kind].append(_in_charset(content, part))
    elif not _is_drawn_in_the_body(part):
        file = enclosed_file(name, content, kind, len(letter.enclosed) + 1)
        if file:
            letter.enclosed.append(file)


def _is_drawn_in_the_body(part: Message) -> bool:
    """A picture of the signature or the letterhead, not a paper that was sent."""
    is_picture = part.get_content_maintype() == "image"
    return is_picture and bool(part.get("Content-ID")) and part.get_content_disposition() != "attachment"


def header(message: Message, name: str) -> str:
    """A header decoded; empty when it is not there."""
    return header_text(_decoded(str(message.get(name, ""))))


def _decoded(raw: str) -> str:
    """Encoded words made readable; what cannot be decoded stays as it is."""
    raw = raw[: 8 * LONGEST_HEADER]
    try:
        pieces = [
            piece if isinstance(piece, str) else piece.decode(charset or "utf-8", "replace")
            for piece, charset in decode_header(raw)
        ]
    except (ValueError, LookupError):
        return raw
    return "".join(pieces)


def _in_charset(content: bytes, part: Message) -> str:
    charset = part.get_content_charset("utf-8")
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _moment(message: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))[:LONGEST_HEADER])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


class _Words(HTMLParser):
    """The words of a page, a line where the page breaks one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"style", "script", "head"}:
            self._hidden += 1
        elif tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "script", "head"}:
            self._hidden = max(0, self._hidden - 1)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data.replace("\n", " "))


def text_of_html(page: str) -> str:
    """The words of an HTML body."""
    parser = _Words()
    parser.feed(page[:_LONGEST_HTML])
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.words).split("\n"))
    return "\n".join(line for line in lines if line)
