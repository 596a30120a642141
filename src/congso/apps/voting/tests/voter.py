"""What voters' and committee's browsers do to a secret ballot, in Python: for tests (sealing.js is the real one)."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from congso.apps.voting.sealing.sharing import multiply
from congso.apps.voting.sealing.slips import NONCE, sharing_info

SIZE, HASH, EXPONENT = 256, 48, 65537
ANSWERS = {"yes": 1, "no": 2, "other": 3}
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True)
class Paper:
    """A paper before and after it is signed."""

    token: bytes
    blinded: bytes
    unblind: int


def blind_paper(modulus: bytes, box: bytes) -> Paper:
    """A random paper for the box (Prepare and Blind of RFC 9474)."""
    n = int.from_bytes(modulus)
    token = secrets.token_bytes(32)
    encoded = int.from_bytes(_encode(token + box))
    factor = secrets.randbelow(n - 2) + 2
    blinded = encoded * pow(factor, EXPONENT, n) % n
    return Paper(token, blinded.to_bytes(SIZE), pow(factor, -1, n))


def finish_paper(modulus: bytes, paper: Paper, signed: bytes) -> bytes:
    """The signature under it."""
    n = int.from_bytes(modulus)
    return (int.from_bytes(signed) * paper.unblind % n).to_bytes(SIZE)


def plain(choice: str | Sequence[int]) -> bytes:
    """A choice before it is sealed."""
    if isinstance(choice, str):
        return bytes([1, ANSWERS[choice]]).ljust(32, b"\0")
    return b"\x02" + sum(1 << place for place in choice).to_bytes(31, "little")


def seal_slip(box: bytes, paper: bytes, keys: Sequence[bytes], threshold: int, choice: bytes) -> bytes:
    """The slip for the box; `paper`: token and signature; `keys`: the committee's, public."""
    key = secrets.token_bytes(32)
    shares = split(key, len(keys), threshold)
    sealed = [
        _SUITE.encrypt(share, X25519PublicKey.from_public_bytes(public), info=sharing_info(box, place))
        for place, (share, public) in enumerate(zip(shares, keys, strict=True), 1)
    ]
    return paper + b"".join(sealed) + AESGCM(key).encrypt(NONCE, choice, box)


def split(secret: bytes, count: int, threshold: int) -> list[bytes]:
    """Shares of a secret for places 1, 2, …"""
    rows = [secret, *(secrets.token_bytes(len(secret)) for _more in range(threshold - 1))]
    shares = []
    for place in range(1, count + 1):
        share = bytes(len(secret))
        for row in reversed(rows):
            share = bytes(multiply(byte, place) ^ more for byte, more in zip(share, row, strict=True))
        shares.append(share)
    return shares


def new_key() -> X25519PrivateKey:
    """A committee member's key."""
    return X25519PrivateKey.generate()


def _encode(message: bytes) -> bytes:
    salt = secrets.token_bytes(HASH)
    proof = _sha(bytes(8) + _sha(message) + salt)
    block = bytes(SIZE - 2 * HASH - 2) + b"\x01" + salt
    cover = b"".join(_sha(proof + number.to_bytes(4)) for number in range(5))
    masked = bytearray(left ^ right for left, right in zip(block, cover, strict=False))
    masked[0] &= 0x7F
    return bytes(masked) + proof + b"\xbc"


def _sha(data: bytes) -> bytes:
    return hashlib.sha384(data).digest()
