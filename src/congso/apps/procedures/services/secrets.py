"""The word on a receipt by which its holder looks the case up, and the key made of code and word.

The word is derived from the installation's key and a random salt, so that a receipt can be printed again and a copy of
the database alone tells neither word nor key's maker.
"""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

from congso.apps.procedures.models import Case

_LETTERS = 10  # 50 bits; attempts are counted besides


def new_salt() -> str:
    """A salt for a new case."""
    return secrets.token_hex(16)


def word_of(case: Case) -> str:
    """The secret word, as it stands on the receipt: `K7QM2-XA4PD`."""
    letters = base64.b32encode(_mac("receipt", f"{case.pk}:{case.secret_salt}")).decode()[:_LETTERS]
    return f"{letters[:5]}-{letters[5:]}"


def look_up_key(code: str, word: str) -> str:
    """What the database compares; typing forgives spaces, dashes, small letters and 0/1 for O/I."""
    plain = "".join(letter for letter in word.upper() if letter.isalnum()).replace("0", "O").replace("1", "I")
    return _mac("look-up", f"{''.join(code.upper().split())}|{plain[:40]}").hex()


def _mac(purpose: str, message: str) -> bytes:
    key = hashlib.sha256(f"congso.procedures.{purpose}|{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, message.encode(), hashlib.sha256).digest()
