"""Messages as Outlook keeps them (.msg), read with python-oxmsg in the guarded child."""

from datetime import datetime
from pathlib import Path

from olefile import OleFileIO
from oxmsg.domain import constants as ids
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from congso.kernel.files.reading.internet_mail import text_of_html
from congso.kernel.files.reading.letters import (
    Letter,
    Weight,
    body_text,
    check_depth,
    enclosed_file,
    header_text,
)
from congso.kernel.files.reading.limits import Limits

# Lengths of the head before the properties, MS-OXMSG 2.4.1: of the message, of one enclosed, of an attachment.
_OUTER, _INNER, _ATTACHED = 32, 24, 8
_ENCLOSED_MESSAGE = "__substg1.0_3701000D"
_PROPERTIES = "__properties_version1.0"


def is_msg(path: Path) -> bool:
    """Whether an OLE container is a message: its own properties stand at the root, not those of something in it."""
    try:
        with OleFileIO(str(path)) as container:
            return bool(container.exists(_PROPERTIES)) and not container.exists("WordDocument")
    except (OSError, ValueError, IndexError, TypeError):
        return False


def read_msg(path: Path, limits: Limits) -> Letter:
    """The message in the file. Raises Refused."""
    with OleFileIO(str(path)) as container:
        root = Storage.from_ole(container)
    return _letter(root, _OUTER, Weight(limits), 0)


def _letter(storage: Storage, head: int, weight: Weight, depth: int) -> Letter:
    check_depth(depth)
    facts = Properties(storage, properties_header_offset=head)
    letter = Letter(
        subject=header_text(_text(facts, ids.PID_SUBJECT)),
        sender=_sender(facts),
        receivers=header_text(_text(facts, ids.PID_DISPLAY_TO)),
        sent=_moment(facts),
        body=body_text(_text(facts, ids.PID_BODY)) or body_text(_html(facts)),
    )
    for one in storage.iter_attachment_storages():
        _attach(one, letter, weight, depth)
    return letter


def _attach(storage: Storage, letter: Letter, weight: Weight, depth: int) -> None:
    inner = next((one for one in storage.storages if one.name == _ENCLOSED_MESSAGE), None)
    if inner is not None:
        letter.inner.append(_letter(inner, _INNER, weight, depth + 1))
        return
    facts = Properties(storage, properties_header_offset=_ATTACHED)
    media_type = _text(facts, ids.PID_ATTACH_MIME_TAG).lower()
    if media_type.startswith("image/") and _text(facts, ids.PID_ATTACH_CONTENT_ID):
        return  # drawn in the body
    content = facts.binary_prop_value(ids.PID_ATTACH_DATA_BINARY)
    if not content:
        return  # only a link to where the file lies
    name = _text(facts, ids.PID_ATTACH_LONG_FILENAME) or _text(facts, ids.PID_ATTACH_FILENAME)
    file = enclosed_file(name, weight.add(content), media_type, len(letter.enclosed) + 1)
    if file:
        letter.enclosed.append(file)


def _sender(facts: Properties) -> str:
    name = header_text(_text(facts, ids.PID_SENDER_NAME) or _text(facts, ids.PID_SENT_REPRESENTING_NAME))
    address = header_text(_text(facts, ids.PID_SENDER_SMTP_ADDRESS) or _text(facts, ids.PID_SENDER_EMAIL_ADDRESS))
    return f"{name} <{address}>" if name and "@" in address else name or address


def _text(facts: Properties, name: int) -> str:
    try:
        return facts.str_prop_value(name) or ""
    except (KeyError, UnicodeError, LookupError):
        return ""  # announced, but its stream is missing or in no alphabet


def _html(facts: Properties) -> str:
    try:
        page = facts.binary_prop_value(ids.PID_HTML)
    except KeyError:
        page = None
    return text_of_html(page.decode("utf-8", "replace")) if page else ""


def _moment(facts: Properties) -> datetime | None:
    try:
        return facts.date_prop_value(ids.PID_CLIENT_SUBMIT_TIME)
    except (KeyError, ValueError, OverflowError):
        return None
