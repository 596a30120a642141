"""The REST axis: names of operations and fields as the handbook has them (office 3.5); the addresses are unverified.

An axis with another interface gets a class of its own beside this one.
"""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from typing import Any

import requests

from congso.kernel.exchange.axis import AxisError, Message
from congso.lib.edxml.limits import LIMITS

_LIST_SECONDS, _FILE_SECONDS = 30, 120
_CHUNK = 256 * 1024
_MOST = LIMITS.packet * 3 // 2  # Base64 within JSON


class RestAxis:
    """Speaks to one axis for the codes whose secrets it has."""

    def __init__(self, url: str, secrets: Mapping[str, str]) -> None:
        self._url = url.rstrip("/")
        self._secrets = secrets

    def send(self, raw: bytes, *, sender: str, receiver: str, kind: str) -> str:
        """`sendEdoc`: the packet as a file of a form."""
        data = self._ask(
            "POST", "sendEdoc", sender, _FILE_SECONDS, data={"from": sender, "to": receiver, "messageType": kind},
            files={"file": ("packet.edxml", raw, "application/xml")},
        )  # fmt: skip
        return _text(data, "id")

    def received(self, code: str) -> Sequence[Message]:
        """`getReceivedEdocList`, documents and statuses together, the oldest first."""
        data = self._ask("GET", "getReceivedEdocList", code, _LIST_SECONDS)
        if not isinstance(data, list):
            raise _senseless()
        return [Message(_text(o, "id"), _text(o, "from"), _text(o, "to"), _text(o, "messageType")) for o in data]

    def fetch(self, code: str, message_id: str) -> bytes:
        """`getEdoc`: the packet in Base64."""
        data = self._ask("GET", "getEdoc", code, _FILE_SECONDS, params={"id": message_id})
        try:
            return base64.b64decode(_text(data, "content"), validate=True)
        except binascii.Error as error:
            raise _senseless() from error

    def acknowledge(self, code: str, message_id: str) -> None:
        """`updateStatus` with `done`."""
        self._ask("POST", "updateStatus", code, _LIST_SECONDS, data={"id": message_id, "status": "done"})

    def _ask(self, method: str, act: str, code: str, seconds: int, **more: Any) -> Any:
        headers = {"X-SystemId": code, "X-SecretKey": self._secrets.get(code, "")}
        try:
            with requests.request(
                method,
                f"{self._url}/{act}",
                headers=headers,
                timeout=seconds,
                allow_redirects=False,
                stream=True,
                **more,
            ) as answer:
                body = _body(answer)
                status = answer.status_code
        except requests.RequestException as error:
            raise AxisError.unreachable(type(error).__name__) from error
        if status >= 500 or status in {408, 429}:
            raise AxisError.unreachable(f"máy chủ trả {status}")
        try:
            told = json.loads(body)
            error_code, words = str(told["ErrorCode"]), str(told.get("ErrorDesc", ""))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise _senseless() from error
        if error_code != "0":
            raise AxisError.of_code(error_code, words)
        return told.get("data")


def _body(answer: requests.Response) -> bytes:
    taken = bytearray()
    for chunk in answer.iter_content(_CHUNK):
        taken += chunk
        if len(taken) > _MOST:
            raise AxisError("Trục trả gói tin quá lớn.", next_step="Báo người quản trị.", is_passing=False)
    return bytes(taken)


def _text(data: Any, name: str) -> str:
    found = data.get(name) if isinstance(data, dict) else None
    if not isinstance(found, str | int) or str(found) == "":
        raise _senseless()
    return str(found)


def _senseless() -> AxisError:
    return AxisError(
        "Trục trả lời không đúng quy cách.", next_step="Hệ thống tự thử lại; báo người quản trị nếu kéo dài.",
        is_passing=True,
    )  # fmt: skip
