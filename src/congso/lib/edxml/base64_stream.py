"""Base64 as senders write it: with line breaks, without padding, in the alphabet for addresses, after `data:…,`."""

import base64
import binascii

from congso.lib.edxml.refusals import Code, Refusal

_URL_TO_PLAIN = str.maketrans("-_", "+/", " \t\r\n")
_LONGEST_PREFIX = 200


class Base64Stream:
    """Decodes piece by piece and stops as soon as more than `limit` bytes came out."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._decoded = bytearray()
        self._rest = ""
        self._is_begun = self._is_ended = False

    def feed(self, text: str) -> None:
        """Take a piece of the text. Raises Refusal."""
        self._rest += text.translate(_URL_TO_PLAIN)
        if not self._is_begun:
            if self._rest.startswith("data:"):
                if "," not in self._rest:
                    if len(self._rest) > _LONGEST_PREFIX:
                        raise _broken()
                    return
                self._rest = self._rest.partition(",")[2]
            elif "data:".startswith(self._rest):
                return
            self._is_begun = True
        whole = len(self._rest) // 4 * 4
        self._decode(self._rest[:whole])
        self._rest = self._rest[whole:]

    def close(self) -> bytes:
        """All the bytes. Raises Refusal when the text ends in the middle."""
        if self._rest:
            if self._is_ended or len(self._rest) % 4 == 1 or "=" in self._rest.rstrip("="):
                raise _broken()
            tail = self._rest.rstrip("=")
            self._decode(tail + "=" * (-len(tail) % 4))
        return bytes(self._decoded)

    def _decode(self, text: str) -> None:
        if not text:
            return
        if self._is_ended:
            raise _broken()
        try:
            self._decoded += binascii.a2b_base64(text.encode("ascii"), strict_mode=True)
        except (binascii.Error, UnicodeEncodeError) as error:
            raise _broken() from error
        self._is_ended = text.endswith("=")
        if len(self._decoded) > self._limit:
            raise Refusal(Code.TOO_LARGE, "Các tệp kèm lớn quá dung lượng cho phép.")


def encoded(content: bytes) -> str:
    """Plain Base64 without line breaks, as the standard's library writes it."""
    return base64.b64encode(content).decode("ascii")


def _broken() -> Refusal:
    return Refusal(Code.BAD_BASE64, "Nội dung tệp kèm không phải Base64 hợp lệ hoặc bị cụt.")
