"""A person's browser, as far as faults concern it: it sends files and forms and knows what was acknowledged."""

import http.client
import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

_CSRF = "f" * 32
_BOUNDARY = b"ranh-gioi-cua-bieu-mau"
_FILE_PART = (
    b"--%s\r\nContent-Disposition: form-data; name=files; filename*=UTF-8''%s\r\n"
    b"Content-Type: application/octet-stream\r\n\r\n%s\r\n"
)
_FORM, _FILES = "application/x-www-form-urlencoded", f"multipart/form-data; boundary={_BOUNDARY.decode()}"
PATIENCE = 60.0


class Unacknowledged(Exception):
    """The server did not say that the work is done; it may be done or not."""


class Browser:
    """One signed-in person at one server."""

    def __init__(self, port: int, session: str) -> None:
        self._port, self._session = port, session

    def upload(self, files: Iterable[tuple[str, bytes]]) -> list[dict[str, Any]]:
        """Drop files at intake; returns what the page is told of each. Raises Unacknowledged."""
        parts = [_FILE_PART % (_BOUNDARY, quote(name, safe="").encode(), content) for name, content in files]
        body = b"".join([*parts, b"--%s--\r\n" % _BOUNDARY])
        status, answer = self._ask("POST", "/van-ban-den/tiep-nhan/tai-len/", body, _FILES)
        if status != 200:
            raise Unacknowledged(status)
        told: list[dict[str, Any]] = json.loads(answer)["uploads"]
        return told

    def submit(self, path: str, fields: Mapping[str, str]) -> None:
        """Send a form; a redirect is the acknowledgement. Raises Unacknowledged."""
        status, answer = self._ask("POST", path, urlencode(fields).encode(), _FORM)
        if status != 302:
            raise Unacknowledged(status, answer.decode(errors="replace")[-4000:])

    def get(self, path: str) -> int:
        """The status of a page."""
        return self._ask("GET", path, b"", _FORM)[0]

    def _ask(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("localhost", self._port, timeout=PATIENCE)
        headers = {
            "Content-Type": kind,
            "Cookie": f"sessionid={self._session}; csrftoken={_CSRF}",
            "X-CSRFToken": _CSRF,
            "X-Requested-With": "XMLHttpRequest",
        }
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Unacknowledged(str(error)) from error
        finally:
            connection.close()
