"""The keys that sign checkpoints: RSA-3072, one file each in `journal-keys` beside the installation's other keys.

The newest signs. A key vouches for the one that follows it, so whoever knows the first can check all later ones.
"""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings

from congso.kernel.journal.models import Key

_NAME = "%Y%m%dT%H%M%S%fZ"
TRUSTED = "trusted"  # fingerprints an operator compared with the printed ones, one a line


@dataclass(frozen=True)
class SigningKey:
    """A secret key of this machine."""

    private: rsa.RSAPrivateKey

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public half (SubjectPublicKeyInfo, DER), as `openssl` computes it too."""
        return fingerprint_of(self.private.public_key())

    def sign(self, text: str) -> str:
        """PKCS#1 v1.5 over SHA-256: checked by anybody with one modular power."""
        return self.private.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()).hex()


def signing_key() -> SigningKey | None:
    """The newest key of this machine, or None when there is none yet."""
    files = sorted(_folder().glob("*.pem"))
    return _read(files[-1]) if files else None


def ensure_key(*, at: datetime) -> SigningKey:
    """The key to sign with; the first one is made here, and one the database does not know is told to it."""
    key = signing_key() or make_key(at=at)
    if not Key.objects.filter(pk=key.fingerprint).exists():
        _store(key, key, at)
    return key


def make_key(*, at: datetime) -> SigningKey:
    """A new key, which signs from now on; the one before vouches for it. Its public half is stored with the journal."""
    before = signing_key()
    fresh = SigningKey(rsa.generate_private_key(public_exponent=65537, key_size=3072))
    _store(fresh, before or fresh, at)
    _write(_folder() / f"{at.astimezone(UTC).strftime(_NAME)}.pem", fresh.private)
    return fresh


def _store(key: SigningKey, signer: SigningKey, at: datetime) -> None:
    numbers = key.private.public_key().public_numbers()
    told = {"format": "congso-key-1", "at": at.astimezone(UTC).isoformat(), "n": f"{numbers.n:x}", "e": numbers.e}
    statement = json.dumps(told)
    Key.objects.create(
        fingerprint=key.fingerprint,
        statement=statement,
        signed_by=signer.fingerprint,
        signature=signer.sign(statement),
    )


def trust_key(fingerprint: str) -> None:
    """Accept a key that is not this machine's own; whoever does so has compared it with a printed checkpoint."""
    path = _folder() / TRUSTED
    path.write_text("\n".join(sorted({*_listed(path), fingerprint})) + "\n")
    _hand_over(path)


class Trust:
    """Which signatures hold: keys of this machine, keys it was told to trust, and those they vouch for."""

    def __init__(self) -> None:
        anchors = {_read(file).fingerprint for file in _folder().glob("*.pem")} | set(_listed(_folder() / TRUSTED))
        self.is_blind = not anchors  # a machine without any key can compare with nothing
        self._keys = {key.fingerprint: key for key in Key.objects.all()}
        self._public = {name: public_key(key.statement) for name, key in self._keys.items()}
        self._anchors = anchors or set(self._keys)

    def fault(self, body: str, signature: str, fingerprint: str) -> str:
        """What is wrong with a signature of the key; nothing when it holds."""
        public = self._public.get(fingerprint)
        if public is None or fingerprint_of(public) != fingerprint:
            return f"không có khóa {fingerprint[:16]}"
        if not _holds(public, body, signature):
            return "chữ ký sai"
        return "" if self._is_trusted(fingerprint) else f"ký bằng khóa lạ {fingerprint[:16]}"

    def key_faults(self) -> list[str]:
        """Stored keys whose own statement does not hold."""
        found = []
        for name, key in sorted(self._keys.items()):
            public, signer = self._public[name], self._public.get(key.signed_by)
            if public is None or signer is None or fingerprint_of(public) != name:
                found.append(f"khóa {name[:16]} đã bị sửa")
            elif not _holds(signer, key.statement, key.signature):
                found.append(f"khóa {name[:16]}: chữ ký giới thiệu sai")
        return found

    def _is_trusted(self, fingerprint: str) -> bool:
        seen: set[str] = set()
        while fingerprint not in self._anchors:
            key, seen = self._keys.get(fingerprint), seen | {fingerprint}
            signer = self._public.get(key.signed_by) if key else None
            if key is None or signer is None or key.signed_by in seen:
                return False
            if not _holds(signer, key.statement, key.signature):
                return False
            fingerprint = key.signed_by
        return True


def public_key(statement: str) -> rsa.RSAPublicKey | None:
    """The public key a statement tells of; None when it tells none."""
    try:
        told = json.loads(statement)
        return rsa.RSAPublicNumbers(int(told["e"]), int(str(told["n"]), 16)).public_key()
    except (ValueError, TypeError, KeyError):
        return None


def public_pem(statement: str) -> str:
    """The public key for other programs, `openssl` among them."""
    found = public_key(statement)
    if found is None:
        return ""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return found.public_bytes(serialization.Encoding.PEM, form).decode()


def fingerprint_of(public: rsa.RSAPublicKey) -> str:
    """SHA-256 of the key's DER form."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return sha256(public.public_bytes(serialization.Encoding.DER, form)).hexdigest()


def _holds(public: rsa.RSAPublicKey, text: str, signature: str) -> bool:
    try:
        public.verify(bytes.fromhex(signature), text.encode(), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def _folder() -> Path:
    folder: Path = settings.JOURNAL_KEY_DIR
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True)
        _hand_over(folder)
    return folder


def _read(path: Path) -> SigningKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{path} is not an RSA key")
    return SigningKey(key)


def _write(path: Path, private: rsa.RSAPrivateKey) -> None:
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    form, no_password = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    fresh.write_bytes(private.private_bytes(serialization.Encoding.PEM, form, no_password))
    _hand_over(fresh)
    fresh.rename(path)


def _hand_over(path: Path) -> None:
    """What root makes at the terminal belongs to the services, which could not read it otherwise."""
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def _listed(path: Path) -> list[str]:
    return path.read_text().split() if path.is_file() else []
