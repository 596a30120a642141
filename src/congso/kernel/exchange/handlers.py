"""What becomes of a document a clerk accepts: a system announces it once at start-up, through its manifest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from congso.kernel.access.services import Actor
from congso.kernel.exchange.models import Packet
from congso.lib.edxml.packets import DocumentPacket


@dataclass(frozen=True)
class PacketHandler:
    """`accept(packet, read, by, at)`: put the document into the clerk's register; runs in the act's transaction and may
    raise workflow Refused. `take_back(packet, by, at)`: a document accepted earlier is recalled or replaced.
    `update(packet, read, by, at)`: its sender tells of a change. `arrive(packet_id, at)`: a new document from another
    office of this portal goes into the register by itself; opens its own transactions, raises Refused to leave it to
    the clerk.
    """

    accept: Callable[[Packet, DocumentPacket, Actor, datetime], None]
    take_back: Callable[[Packet, Actor, datetime], None]
    update: Callable[[Packet, DocumentPacket, Actor, datetime], None] | None = None
    arrive: Callable[[int, datetime], None] | None = None


AnswerListener = Callable[[Packet, datetime], None]
"""`listener(sent, at)`: a recipient has answered what we sent; `sent` bears the newest answer. Runs as the carrier."""

_handlers: list[PacketHandler] = []
_listeners: list[AnswerListener] = []


def register_answer_listener(listener: AnswerListener) -> None:
    """Announce who follows the answers of recipients; once at start-up."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_listeners(sent: Packet, at: datetime) -> None:
    """A recipient's answer stands on the packet: tell who follows it."""
    for listener in _listeners:
        listener(sent, at)


def register_packet_handler(handler: PacketHandler) -> None:
    """Announce the one handler of the installation; the latest counts."""
    _handlers[:] = [handler]


def packet_handler() -> PacketHandler | None:
    """The handler, if a system announced one."""
    return _handlers[0] if _handlers else None
