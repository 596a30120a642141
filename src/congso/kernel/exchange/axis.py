"""What the product asks of an axis, whichever it is, and how its answers are told apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from congso.kernel.exchange.rules import AXIS_ERRORS


class AxisError(Exception):
    """The axis did not take or give a packet. `is_passing`: trying again may help."""

    def __init__(self, reason: str, *, next_step: str, is_passing: bool, code: str = "") -> None:
        super().__init__(reason)
        self.reason, self.next_step, self.is_passing, self.code = reason, next_step, is_passing, code

    @classmethod
    def unreachable(cls, what: str) -> "AxisError":
        """Network, timeout, 5xx: passing."""
        return cls(f"Không kết nối được trục: {what}.", next_step="Hệ thống tự thử lại.", is_passing=True)

    @classmethod
    def of_code(cls, code: str, told: str) -> "AxisError":
        """An error of the axis by its code; an unknown one is permanent, so that a person looks."""
        is_passing, reason, step = AXIS_ERRORS.get(
            code, (False, "Trục trả lỗi chưa biết.", "Báo người quản trị kiểm tra với đơn vị vận hành trục.")
        )
        return cls(f"{reason} (mã {code[:20]}: {told[:200]})", next_step=step, is_passing=is_passing, code=code)


@dataclass(frozen=True)
class Message:
    """A packet that waits at the axis for one of our codes."""

    id: str
    sender: str
    receiver: str
    kind: str


class Axis(Protocol):
    """An axis as one of our codes sees it. Every method raises AxisError."""

    def send(self, raw: bytes, *, sender: str, receiver: str, kind: str) -> str:
        """Hand the packet over; returns the axis's id for it. `kind`: edoc or status."""

    def received(self, code: str) -> Sequence[Message]:
        """What waits for the code, the oldest first; may repeat what was fetched but not acknowledged."""

    def fetch(self, code: str, message_id: str) -> bytes:
        """The packet's bytes."""

    def acknowledge(self, code: str, message_id: str) -> None:
        """The packet is safely here; the axis need not offer it again. Twice is once."""
