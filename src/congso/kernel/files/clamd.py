"""Asking ClamAV's daemon: the file is sent over its socket (INSTREAM), so the daemon needs no right to read ours."""

import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit

_SECONDS = 300  # for one file; the daemon reads archives and documents inside
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096


class NoAnswer(Exception):
    """The daemon does not answer, or answers neither clean nor found (a limit of its own, an error)."""


def scan_stream(path: Path, address: str, *, seconds: float = _SECONDS) -> str:
    """What ClamAV calls what it found in the file; empty when it found nothing. Raises NoAnswer.

    `address`: `unix:/run/clamav/clamd.ctl` or `tcp://host:3310`. The file is read in pieces.
    """
    try:
        with _connected(address, seconds) as link, path.open("rb") as file:
            link.sendall(b"zINSTREAM\0")
            while piece := file.read(_PIECE):
                link.sendall(struct.pack("!L", len(piece)) + piece)
            link.sendall(struct.pack("!L", 0))
            answer = _answer(link)
    except OSError as error:
        raise NoAnswer(f"clamd at {address}: {error}") from error
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise NoAnswer(f"clamd said {answer[:200]!r}")


def _connected(address: str, seconds: float) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(seconds)
        link.connect(parts.path)
        return link
    if parts.scheme != "tcp" or not parts.hostname or not parts.port:
        raise NoAnswer(f"CLAMD_ADDRESS={address!r} is neither unix:/path nor tcp://host:port")
    return socket.create_connection((parts.hostname, parts.port), timeout=seconds)


def _answer(link: socket.socket) -> str:
    """The line up to its NUL. A daemon that reached its size limit answers and hangs up before the file's end."""
    told = b""
    while b"\0" not in told and len(told) < _LONGEST_ANSWER:
        piece = link.recv(1024)
        if not piece:
            break
        told += piece
    return told.split(b"\0")[0].decode("utf-8", "replace").strip()
