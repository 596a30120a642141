"""A ballot as it lies in the box, and what is in it once k of the committee open it.

A slip is: token (32 bytes), signature (256), for each member of the committee her share of the slip's own key sealed to
her (80: HPKE base mode, X25519, HKDF-SHA256, AES-256-GCM, RFC 9180), and the choice sealed under that key (48:
AES-256-GCM). All slips of a box are equally long whatever they say.
"""

import hashlib
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from congso.apps.voting.sealing.blind import SIGNATURE, TOKEN
from congso.apps.voting.sealing.sharing import combine

SEALED_SHARE = 80
SEALED_CHOICE = 48
NONCE = bytes(12)  # each key seals one choice and no more
PURPOSE = b"congso-ballot-1"
UNOPENED = "?"
NOBODY = "-"
_QUESTION, _LIST = 1, 2
_ANSWERS = {1: "yes", 2: "no", 3: "other"}
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def slip_length(counters: int) -> int:
    """How long every slip of the box is, in bytes."""
    return TOKEN + SIGNATURE + counters * SEALED_SHARE + SEALED_CHOICE


def token_of(slip: bytes) -> tuple[bytes, bytes]:
    """Token and signature of a slip."""
    return slip[:TOKEN], slip[TOKEN : TOKEN + SIGNATURE]


def receipt_of(slip: bytes) -> str:
    """The fingerprint by which its voter finds the slip among the published ones."""
    return hashlib.sha256(slip).hexdigest()


def private_key(raw: bytes) -> X25519PrivateKey:
    """A committee member's key from its 32 bytes. Raises ValueError."""
    return X25519PrivateKey.from_private_bytes(raw)


def public_bytes(key: X25519PrivateKey) -> bytes:
    """The public half, 32 bytes."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def sharing_info(box: bytes, place: int) -> bytes:
    """What a sealed share is bound to: this box, this member (by place: 1, 2, …)."""
    return PURPOSE + box + bytes([place])


def open_slip(slip: bytes, box: bytes, keys: Mapping[int, X25519PrivateKey], *, counters: int) -> bytes | None:
    """What was chosen, as sealed; None when the slip was not made as it must be. `keys` by place: the k that open."""
    start = TOKEN + SIGNATURE
    shares: dict[int, bytes] = {}
    for place, key in keys.items():
        sealed = slip[start + (place - 1) * SEALED_SHARE : start + place * SEALED_SHARE]
        try:
            shares[place] = _SUITE.decrypt(sealed, key, info=sharing_info(box, place))
        except (InvalidTag, ValueError):
            return None
    if any(len(one) != 32 for one in shares.values()):
        return None
    try:
        return AESGCM(combine(shares)).decrypt(NONCE, slip[start + counters * SEALED_SHARE :], box)
    except InvalidTag:
        return None


def choice_words(plain: bytes | None, *, names: int) -> str:
    """A choice as it is published: yes, no, other; of a list (`names` on it) the places chosen, `-` for nobody."""
    if plain is None or len(plain) != 32:
        return UNOPENED
    kind, rest = plain[0], plain[1:]
    if not names:
        known = kind == _QUESTION and not any(rest[1:])
        return _ANSWERS.get(rest[0], UNOPENED) if known else UNOPENED
    bits = int.from_bytes(rest, "little")
    if kind != _LIST or bits >> names:
        return UNOPENED
    return ",".join(str(place) for place in range(names) if bits >> place & 1) or NOBODY
