"""For whom a paper is signed: systems announce what becomes of signed bytes, as they do for uploads.

`handler(signed, by, at)` runs in the transaction that keeps the signed file: attach it, move the record, or raise
SigningRefused and nothing is kept. It is called again with a renewed file, whose `replaces` is the one before.
"""

from collections.abc import Callable
from datetime import datetime

from congso.kernel.access.services import Actor
from congso.kernel.signing.models import SignedFile

Handler = Callable[[SignedFile, Actor, datetime], None]
TRIAL = "signing.trial"
_handlers: dict[str, Handler] = {}


class UnknownPurpose(Exception):
    """No system announced this purpose."""


def register_signed(purpose: str, handler: Handler) -> None:
    """Announce what becomes of files signed for this purpose; done once at start-up."""
    _handlers[purpose] = handler


def handler_for(purpose: str) -> Handler:
    """The handler of a purpose. Raises UnknownPurpose."""
    if purpose not in _handlers:
        raise UnknownPurpose(purpose)
    return _handlers[purpose]


def _keep(_signed: SignedFile, _by: Actor, _at: datetime) -> None:
    """A trial is only kept."""


register_signed(TRIAL, _keep)
