"""TLS for an office without a certificate of its own: a local authority, and certificates it signs.

The authority can vouch for the names it was made for and nothing else (name constraints), so that a device that
trusts it risks nothing beyond this portal. Everything is in DATA_DIR/tls; the keys are readable by their owner alone.
"""

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from operate.keys import write_secret
from operate.places import OperateError, Places, hand_over

AUTHORITY_LIFE = timedelta(days=3650)
LIFE = timedelta(days=397)  # what browsers accept of anybody
RENEW_BEFORE = timedelta(days=60)


@dataclass(frozen=True)
class Pair:
    """A certificate (with its chain) and its key, as the web server takes them."""

    certificate: Path
    key: Path


def folder(places: Places) -> Path:
    """Where the made authority and its certificate are."""
    return places.data / "tls"


def authority_file(places: Places) -> Path:
    """What devices have to trust."""
    return folder(places) / "authority.pem"


def chosen(places: Places) -> Pair | None:
    """The certificate to serve with: the operator's, else the made one (renewed in time), else none: plain HTTP."""
    given = os.environ.get("TLS_CERT"), os.environ.get("TLS_KEY")
    if any(given):
        if not all(given) or not all(Path(one or "").is_file() for one in given):
            raise OperateError("TLS_CERT and TLS_KEY must both name a file")
        return Pair(Path(given[0] or "").absolute(), Path(given[1] or "").absolute())
    made = _made(places)
    if not made.certificate.is_file():
        return None
    renew(places)
    return made


def make(places: Places, names: Sequence[str]) -> Pair:
    """A new authority for these names and addresses, and its first certificate. Devices must trust it anew."""
    if not names:
        raise OperateError("name what people type in the browser: ./congso certificate make congso.tinh.vn")
    known = [_general(name) for name in dict.fromkeys(names)]
    folder(places).mkdir(mode=0o700, exist_ok=True)
    hand_over(folder(places), places.data)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, f"Cổng Số - tự cấp cho {names[0]}"[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Cổng Số (chứng thư tự cấp, chỉ dùng nội bộ)"),
        ]
    )
    now = datetime.now(UTC)
    authority = (
        _builder(subject, subject, key.public_key(), now, now + AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_constraints(known), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(folder(places) / "authority.key", _pem(key))
    _write(authority_file(places), authority.public_bytes(serialization.Encoding.PEM).decode())
    return _issue(places, authority, key, known)


def renew(places: Places, *, now: datetime | None = None) -> bool:
    """A new certificate by the same authority when the old one ends soon; devices notice nothing."""
    made, moment = _made(places), now or datetime.now(UTC)
    old = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    if old.not_valid_after_utc - moment > RENEW_BEFORE:
        return False
    key_file = folder(places) / "authority.key"
    if not key_file.is_file():
        raise OperateError(f"the certificate ends on {old.not_valid_after_utc:%d/%m/%Y} and {key_file} is not there")
    authority = x509.load_pem_x509_certificate(authority_file(places).read_bytes())
    key = serialization.load_pem_private_key(key_file.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise OperateError(f"{key_file} is no key of an authority made here")
    names = old.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    _issue(places, authority, key, list(names), now=moment)
    return True


def names_of(pair: Pair) -> list[str]:
    """The names and addresses a certificate is for."""
    certificate = x509.load_pem_x509_certificate(pair.certificate.read_bytes())
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    addresses = [str(one) for one in found.get_values_for_type(x509.IPAddress)]
    return [*found.get_values_for_type(x509.DNSName), *addresses]


def fingerprint(certificate: Path) -> str:
    """SHA-256 of the certificate as devices show it, to be compared by eye."""
    digest = x509.load_pem_x509_certificate(certificate.read_bytes()).fingerprint(hashes.SHA256())
    return ":".join(f"{byte:02X}" for byte in digest)


def _made(places: Places) -> Pair:
    return Pair(folder(places) / "server.pem", folder(places) / "server.key")


def _issue(
    places: Places,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    names: Sequence[x509.GeneralName],
    *,
    now: datetime | None = None,
) -> Pair:
    key, moment = ec.generate_private_key(ec.SECP256R1()), now or datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, str(names[0].value)[:64])])
    end = min(moment + LIFE, authority.not_valid_after_utc)
    certificate = (
        _builder(subject, authority.subject, key.public_key(), moment, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    made = _made(places)
    chain = [one.public_bytes(serialization.Encoding.PEM).decode() for one in (certificate, authority)]
    _write(made.key, _pem(key))
    _write(made.certificate, "".join(chain))
    return made


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(
        issuer, subject, key, x509.random_serial_number(), start - timedelta(hours=1), end
    )  # an hour back: a device's clock may be slow


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=signs, crl_sign=signs, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    parts = name.lower().split(".")
    if not all(part and part.replace("-", "").isalnum() and part.isascii() for part in parts):
        raise OperateError(f"{name!r} is no name or address of a machine")
    return x509.DNSName(name.lower())


def _constraints(names: Sequence[x509.GeneralName]) -> x509.NameConstraints:
    """These names alone; a kind of name that is not among them is forbidden, or it would be free."""
    dns: list[x509.GeneralName] = [name for name in names if isinstance(name, x509.DNSName)]
    networks = [ipaddress.ip_network(str(name.value)) for name in names if isinstance(name, x509.IPAddress)]
    forbidden: list[x509.GeneralName] = [] if dns else [x509.DNSName("")]
    for version, everything in ((4, "0.0.0.0/0"), (6, "::/0")):
        if all(network.version != version for network in networks):
            forbidden.append(x509.IPAddress(ipaddress.ip_network(everything)))
    return x509.NameConstraints([*dns, *map(x509.IPAddress, networks)], forbidden or None)


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _write(path: Path, text: str) -> None:
    write_secret(path, text.rstrip("\n"))
