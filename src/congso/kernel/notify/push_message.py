"""A message to a browser: encrypted for it alone (RFC 8291, aes128gcm of RFC 8188), signed by this portal (RFC 8292).

Pure but for random bytes. What travels says that something is new, nothing else, in always the same length: the makers
of browsers, who carry it, learn that this device got a message and when.
"""

import base64
import binascii
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

WORDS: Final = "Có việc mới trong Cổng Số."
LENGTH: Final = 128  # bytes of every message before encryption, so that its length tells nothing
LASTS: Final = timedelta(hours=12)  # of a signature; the protocol allows 24 hours
_RECORD: Final = 4096
_CURVE: Final = ec.SECP256R1()
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


class BadKeys(ValueError):
    """What the browser gave are no keys of the protocol."""


@dataclass(frozen=True)
class BrowserKeys:
    """The browser's public key (a point of P-256) and its 16 secret bytes."""

    public: bytes
    auth: bytes

    @classmethod
    def read(cls, p256dh: str, auth: str) -> "BrowserKeys":
        """The keys as a browser's subscription gives them. Raises BadKeys."""
        try:
            keys = cls(from_base64(p256dh), from_base64(auth))
            ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, keys.public)
        except (ValueError, binascii.Error) as error:
            raise BadKeys("not keys of a browser") from error
        if len(keys.public) != 65 or len(keys.auth) != 16:
            raise BadKeys("not keys of a browser")
        return keys


def encrypted(
    message: bytes, keys: BrowserKeys, *, own: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None,
    length: int = LENGTH,
) -> bytes:  # fmt: skip
    """The body only that browser can read; `own` and `salt` are fresh each time (given in tests alone)."""
    own = own or ec.generate_private_key(_CURVE)
    salt = salt or os.urandom(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, keys.public)
    sender = own.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    shared = _derived(
        own.exchange(ec.ECDH(), theirs), keys.auth, b"WebPush: info\0" + keys.public + sender, 32
    )  # RFC 8291, 3.4
    key = _derived(shared, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(shared, salt, b"Content-Encoding: nonce\0", 12)
    padded = (message + b"\x02").ljust(length, b"\0")
    head = salt + _RECORD.to_bytes(4, "big") + bytes([len(sender)]) + sender
    return head + AESGCM(key).encrypt(nonce, padded, None)


def portal_key(secret: str) -> ec.EllipticCurvePrivateKey:
    """The portal's own key pair from the 32 random bytes (hex) the set-up made."""
    return ec.derive_private_key(int(secret, 16) % (_ORDER - 1) + 1, _CURVE)


def public_text(key: ec.EllipticCurvePrivateKey) -> str:
    """The public half as browsers want it: they deliver nobody else's messages to this subscription."""
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return to_base64(point)


def authorization(endpoint: str, key: ec.EllipticCurvePrivateKey, *, contact: str, at: datetime) -> str:
    """The header by which the carrier knows whose message it is: signed, for that carrier only, for some hours."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((at + LASTS).timestamp()), "sub": contact}
    return f"vapid t={jwt.encode(claims, key, algorithm='ES256')}, k={public_text(key)}"


def to_base64(raw: bytes) -> str:
    """URL-safe, without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    """The bytes of such a text. Raises ValueError."""
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
