"""The server's part of blind signatures: RSABSSA-SHA384-PSS-Randomized (RFC 9474).

A ballot paper is a random token of 32 bytes; what is signed is token and name of the box (in the RFC's words: message
prefix and message). The server signs it blinded and never sees it before it lies in the box.
"""

import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

BITS = 2048  # one key a ballot, gone when handing out ends
SIGNATURE = BITS // 8
TOKEN = 32
EXPONENT = 65537
_HASH = hashes.SHA384()
_PADDING = padding.PSS(mgf=padding.MGF1(_HASH), salt_length=_HASH.digest_size)


def new_signing_key() -> rsa.RSAPrivateKey:
    """A key that hands out the papers of one ballot."""
    return rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)


def sign_blinded(key: rsa.RSAPrivateKey, blinded: bytes) -> bytes:
    """BlindSign of the RFC. Raises ValueError for what is no blinded paper of this key.

    The number is blinded once more while it is worked on, so that the time it takes tells nothing of the key.
    """
    private = key.private_numbers()
    n, e = private.public_numbers.n, private.public_numbers.e
    number = int.from_bytes(blinded)
    if len(blinded) != SIGNATURE or not 1 < number < n - 1:
        raise ValueError("no blinded paper of this key")
    factor = secrets.randbelow(n - 2) + 2
    hidden = number * pow(factor, e, n) % n
    by_p, by_q = pow(hidden, private.dmp1, private.p), pow(hidden, private.dmq1, private.q)
    signed = by_q + private.q * ((by_p - by_q) * private.iqmp % private.p)
    signed = signed * pow(factor, -1, n) % n
    if pow(signed, e, n) != number:  # a fault of the machine must not give the key away
        raise ArithmeticError("signing failed")
    return signed.to_bytes(SIGNATURE)


def is_handed_out(modulus: bytes, token: bytes, box: bytes, signature: bytes) -> bool:
    """Whether the token was signed for this box."""
    public = rsa.RSAPublicNumbers(EXPONENT, int.from_bytes(modulus)).public_key()
    try:
        public.verify(signature, token + box, _PADDING, _HASH)
    except InvalidSignature:
        return False
    return True
