"""One question to an endpoint of the OpenAI-compatible protocol, its answer as it streams.

Only the address the operator set is called; redirects are not followed. Everything is bounded: seconds to connect, to
wait for the next piece and altogether, bytes of a line and of the whole.
"""

import http.client
import json
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

CONNECT_SECONDS = 5
PAUSE_SECONDS = 20
_LONGEST_LINE = 64_000
_MOST_BYTES = 1_000_000
MOST_TOKENS = 1_200


class GeneratorAway(Exception):
    """The generator does not answer as the protocol says, or not in time; the message is for the operator's log."""


@dataclass
class Spent:
    """How many tokens a call took, where the endpoint tells."""

    tokens: int = 0


def stream_chat(messages: list[dict[str, str]], spent: Spent) -> Iterator[str]:
    """The pieces of the answer as they come. Raises GeneratorAway."""
    ends = time.monotonic() + settings.GENERATOR_SECONDS
    connection = _connect()
    try:
        answer = _asked(connection, messages)
        if connection.sock is not None:
            connection.sock.settimeout(PAUSE_SECONDS)
        yield from _pieces(answer, ends, spent)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise GeneratorAway(f"{type(error).__name__}: {error}"[:300]) from error
    finally:
        connection.close()


def _connect() -> http.client.HTTPConnection:
    parts = urlsplit(settings.GENERATOR_URL)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise GeneratorAway("GENERATOR_URL is not an http address")
    if parts.scheme == "http":
        return http.client.HTTPConnection(parts.hostname, parts.port or 80, timeout=CONNECT_SECONDS)
    context = ssl.create_default_context(cafile=settings.GENERATOR_CA_FILE or None)
    return http.client.HTTPSConnection(parts.hostname, parts.port or 443, timeout=CONNECT_SECONDS, context=context)


def _asked(connection: http.client.HTTPConnection, messages: list[dict[str, str]]) -> http.client.HTTPResponse:
    body = {
        "model": settings.GENERATOR_MODEL,
        "messages": messages,
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0,
        "max_tokens": MOST_TOKENS,
    }
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    if settings.GENERATOR_KEY:
        headers["Authorization"] = f"Bearer {settings.GENERATOR_KEY}"
    path = urlsplit(settings.GENERATOR_URL).path.rstrip("/") + "/chat/completions"
    connection.connect()
    if connection.sock is not None:
        connection.sock.settimeout(PAUSE_SECONDS)
    connection.request("POST", path, json.dumps(body).encode(), headers)
    answer = connection.getresponse()
    if answer.status != http.client.OK:
        raise GeneratorAway(f"answered {answer.status}")
    return answer


def _pieces(answer: http.client.HTTPResponse, ends: float, spent: Spent) -> Iterator[str]:
    """The text in the lines `data: {…}` until `data: [DONE]`."""
    taken = 0
    while line := answer.readline(_LONGEST_LINE):
        taken += len(line)
        if taken > _MOST_BYTES or (len(line) >= _LONGEST_LINE and not line.endswith(b"\n")):
            raise GeneratorAway("answered too much")
        if time.monotonic() > ends:
            raise GeneratorAway("took too long")
        told = line.decode("utf-8", errors="replace").strip()
        if not told.startswith("data:"):
            continue
        data = told.removeprefix("data:").strip()
        if data == "[DONE]":
            return
        yield _text_of(json.loads(data), spent)


def _text_of(event: Any, spent: Spent) -> str:
    if not isinstance(event, dict):
        return ""
    usage = event.get("usage")
    if isinstance(usage, dict) and isinstance(usage.get("total_tokens"), int):
        spent.tokens = max(0, usage["total_tokens"])
    choices = event.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        return ""
    delta = choices[0].get("delta")
    content = delta.get("content") if isinstance(delta, dict) else None
    return content if isinstance(content, str) else ""
