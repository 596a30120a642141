"""Signing what leaves with the key of the agency's system, where it has one (68/2024/NĐ-CP: form 03, devices).

Packets leave at every hour, statuses without a person: a key that wants a PIN could not sign them. So it is the key of
a system, kept like that of a web server: a file only the service may read, never a person's key nor the agency's seal.
"""

import logging
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from congso.kernel.exchange.configuration import signing_folder
from congso.lib.edxml.signatures import PrivateKey, sign_packet

_CODE = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*")
log = logging.getLogger(__name__)


class KeyUnusable(Exception):
    """There is a key for the code and it cannot sign; the message tells why, in Vietnamese."""


def signed(raw: bytes, code: str, *, at: datetime) -> bytes:
    """The packet, signed where the code has a key that can sign; else as it is: an exchange does not stop for it.

    What is wrong with a key stands on the registry's screen (`key_problems`).
    """
    try:
        held = _key_of(code, at)
    except KeyUnusable as problem:
        log.warning("packets of %s leave unsigned: %s", code, problem)
        return raw
    return raw if held is None else sign_packet(raw, *held)


def key_problems(codes: tuple[str, ...], *, at: datetime) -> dict[str, str]:
    """Which of our codes have a key that does not sign, and why."""
    found = {}
    for code in codes:
        try:
            _key_of(code, at)
        except KeyUnusable as problem:
            found[code] = str(problem)
    return found


def _key_of(code: str, at: datetime) -> tuple[PrivateKey, tuple[x509.Certificate, ...]] | None:
    path = signing_folder() / f"{code}.pem"
    if not _CODE.fullmatch(code) or not path.is_file():
        return None
    try:
        key, chain = _loaded(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, TypeError) as error:
        raise KeyUnusable("tệp khóa không đọc được hoặc không phải khóa RSA, ECDSA kèm chứng thư (PEM).") from error
    if chain[0].public_key() != key.public_key():
        raise KeyUnusable("khóa không khớp với chứng thư đứng đầu tệp.")
    if not chain[0].not_valid_before_utc <= at <= chain[0].not_valid_after_utc:
        raise KeyUnusable(f"chứng thư không trong thời hạn (đến {chain[0].not_valid_after_utc:%d/%m/%Y}).")
    return key, chain


@lru_cache(maxsize=64)
def _loaded(path: Path, _changed: int) -> tuple[PrivateKey, tuple[x509.Certificate, ...]]:
    data = path.read_bytes()
    key, chain = load_pem_private_key(data, None), tuple(x509.load_pem_x509_certificates(data))
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError("not a key that signs packets")
    return key, chain
