"""The cryptography of secret ballots: pure functions over bytes (docs/voting.md).

Primitives are the library's (`cryptography`); only the arithmetic of blinding (RFC 9474) and of shares (Shamir 1979)
is here.
"""

from congso.apps.voting.sealing.blind import SIGNATURE, TOKEN, is_handed_out, new_signing_key, sign_blinded
from congso.apps.voting.sealing.sharing import combine
from congso.apps.voting.sealing.slips import (
    UNOPENED,
    choice_words,
    open_slip,
    private_key,
    public_bytes,
    receipt_of,
    slip_length,
    token_of,
)

__all__ = [
    "SIGNATURE",
    "TOKEN",
    "UNOPENED",
    "choice_words",
    "combine",
    "is_handed_out",
    "new_signing_key",
    "open_slip",
    "private_key",
    "public_bytes",
    "receipt_of",
    "sign_blinded",
    "slip_length",
    "token_of",
]
