"""A key that never leaves its token or HSM: PKCS#11.

The module (a shared library) is the operator's to name: a person chooses a token and a key, never a library.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pkcs11
from asn1crypto import x509
from pkcs11 import Session
from pkcs11 import exceptions as p11
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from congso.kernel.signing import refusals
from congso.kernel.signing.keys.opened import OpenKey

_lock = Lock()
_open: Counter[Path] = Counter()  # sessions by module
_WRONG_PIN = (p11.PinIncorrect, p11.PinInvalid, p11.PinLenRange)


@dataclass(frozen=True)
class TokenKey:
    """A key of a token, by the token's and the key's labels."""

    module: Path
    token_label: str
    key_label: str
    certificate: x509.Certificate
    chain: Sequence[x509.Certificate] = ()

    @contextmanager
    def opened(self, secret: str, *, signatures: int = 1) -> Iterator[OpenKey]:
        """One session with the PIN, for any number of documents. Raises SigningRefused."""
        if not self.module.exists():
            raise refusals.module_missing(self.module.stem)
        with token_errors():
            session = _session(self.module, self.token_label, secret)
        try:
            signer = PKCS11Signer(session, signing_cert=self.certificate, ca_chain=self.chain, key_label=self.key_label)
            yield OpenKey(signer, self.certificate)
        finally:
            with _lock:
                _open[self.module] -= 1
            with suppress(p11.PKCS11Error):  # the token may be out: then nothing is left to close
                session.close()


def _session(module: Path, label: str, secret: str) -> Session:
    """A session on the token, counted while it is open."""
    with _lock:
        opened = _begin(module, label, secret)
        _open[module] += 1
    return opened


def _begin(module: Path, label: str, secret: str | None) -> Session:
    """A token that was put in after the module had been loaded needs the module begun anew,

    which would end the sessions of others: so only while there are none.
    """
    criteria = TokenCriteria(label=label)
    try:
        return open_pkcs11_session(str(module), token_criteria=criteria, user_pin=secret)
    except (*_WRONG_PIN, p11.PinLocked, p11.PinExpired):
        raise
    except p11.PKCS11Error:
        if _open[module]:
            raise
        pkcs11.lib(str(module)).reinitialize()
        return open_pkcs11_session(str(module), token_criteria=criteria, user_pin=secret)


def certificates_on(module: Path, token_label: str) -> list[tuple[str, x509.Certificate]]:
    """The certificates a token shows without a PIN, with their labels. Raises SigningRefused."""
    if not module.exists():
        raise refusals.module_missing(module.stem)
    with token_errors(), _lock:
        session = _begin(module, token_label, None)
        try:
            found = session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE})
            return [(one[pkcs11.Attribute.LABEL], x509.Certificate.load(one[pkcs11.Attribute.VALUE])) for one in found]
        finally:
            session.close()


@contextmanager
def token_errors() -> Iterator[None]:
    """Turn what a PKCS#11 module says into what the person can do."""
    try:
        yield
    except _WRONG_PIN as error:
        raise refusals.wrong_pin() from error
    except (p11.PinLocked, p11.PinExpired) as error:
        raise refusals.pin_locked() from error
    except (p11.NoSuchKey, p11.MultipleObjectsReturned) as error:
        raise refusals.key_missing() from error
    except p11.PKCS11Error as error:  # a token that was pulled out fails in as many ways as there are modules
        raise refusals.token_gone() from error
