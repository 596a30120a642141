"""A root, an issuing authority, its OCSP responder and a timestamping authority, made of scratch; worth nothing in law.

Terms of validity follow 23/2025/NĐ-CP: root 25 years, public authority at most 10, timestamping at most 5,
subscribers at most 3.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

NO_VALUE = "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
_YEAR = timedelta(days=365)
_YEARS = {"root": 25, "issuing": 10, "ocsp": 3, "tsa": 5}
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Extensions = list[tuple[x509.ExtensionType, bool]]


@dataclass
class Holder:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: PrivateKey


@dataclass
class TestAuthorities:
    """All four holders, where their services answer, and what was revoked (serial number: moment)."""

    __test__ = False  # not a test case, whatever its name
    root: Holder
    issuing: Holder
    ocsp: Holder
    tsa: Holder
    address: str
    revoked: dict[int, datetime] = field(default_factory=dict)

    def issue(
        self, name: str, *, organization: str = "", at: datetime, days: int = 3 * 365, is_rsa: bool = False
    ) -> Holder:
        """A subscriber's certificate, a person's or (no `organization` given) whatever the name says."""
        return self.certify(name, new_key(is_rsa=is_rsa), organization=organization, at=at, days=days)

    def certify(
        self, name: str, key: PrivateKey, *, organization: str = "", at: datetime, days: int = 3 * 365
    ) -> Holder:
        """The same for a key that exists already."""
        usage = _usage(digital_signature=True, content_commitment=True)
        made = _certificate(
            _name(name, organization), key.public_key(), self.issuing, at=at, until=at + timedelta(days=days),
            extensions=[(usage, True), *_pointers(self.address, "issuing")],
        )  # fmt: skip
        return Holder(made, key)

    def certify_public(
        self,
        name: str,
        public: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
        *,
        organization: str = "",
        at: datetime,
        days: int = 3 * 365,
    ) -> x509.Certificate:
        """A certificate over a key that never left its token."""
        usage = _usage(digital_signature=True, content_commitment=True)
        return _certificate(
            _name(name, organization), public, self.issuing, at=at, until=at + timedelta(days=days),
            extensions=[(usage, True), *_pointers(self.address, "issuing")],
        )  # fmt: skip

    def revoke(self, certificate: x509.Certificate, *, at: datetime) -> None:
        """From now on OCSP and the list say that it is revoked."""
        self.revoked[certificate.serial_number] = at

    @property
    def chain(self) -> list[x509.Certificate]:
        """What stands above a subscriber, the issuing authority first."""
        return [self.issuing.certificate, self.root.certificate]


def make_authorities(address: str, *, at: datetime, tsa_days: int = 5 * 365) -> TestAuthorities:
    """New authorities whose revocation and timestamp services answer under the address."""
    root_key = new_key()
    root_name = _name("Gốc chứng thực THỬ NGHIỆM")
    unsigned = Holder(None, root_key)  # type: ignore[arg-type]  # its own issuer
    ca: Extensions = [(_usage(key_cert_sign=True, crl_sign=True), True)]
    root = Holder(
        _certificate(root_name, root_key.public_key(), unsigned, issuer=root_name, at=at, until=at + _years("root"),
                     extensions=[(x509.BasicConstraints(ca=True, path_length=1), True), *ca]),
        root_key,
    )  # fmt: skip

    def under(parent: Holder, words: str, kind: str, extensions: Extensions, *, is_rsa: bool = False) -> Holder:
        key, until = new_key(is_rsa=is_rsa), at + (_years(kind) if kind != "tsa" else timedelta(days=tsa_days))
        name = _name(f"{words} THỬ NGHIỆM")
        return Holder(_certificate(name, key.public_key(), parent, at=at, until=until, extensions=extensions), key)

    is_ca = (x509.BasicConstraints(ca=True, path_length=0), True)
    signs = (_usage(digital_signature=True), True)
    answers = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False)
    stamps = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
    above, below = _pointers(address, "root", ocsp=False), _pointers(address, "issuing")
    issuing = under(root, "Cấp chứng thư", "issuing", [is_ca, *ca, *above])
    ocsp = under(issuing, "Trạng thái chứng thư", "ocsp", [signs, answers, (x509.OCSPNoCheck(), False)])
    tsa = under(issuing, "Dấu thời gian", "tsa", [signs, stamps, *below], is_rsa=True)
    return TestAuthorities(root, issuing, ocsp, tsa, address)


def make_self_signed(name: str, *, at: datetime) -> Holder:
    """A certificate that its subject made for itself."""
    key, subject = new_key(), _name(name)
    usage: Extensions = [(_usage(digital_signature=True, content_commitment=True), True)]
    alone = Holder(None, key)  # type: ignore[arg-type]  # its own issuer
    until = at + timedelta(days=365)
    return Holder(
        _certificate(subject, key.public_key(), alone, issuer=subject, at=at, until=until, extensions=usage), key
    )


def new_key(*, is_rsa: bool = False) -> PrivateKey:
    """A fresh key: RSA 2048 or ECDSA P-256."""
    if is_rsa:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP256R1())


def save_authorities(authorities: TestAuthorities, folder: Path) -> None:
    """Keep them in a folder that only the service's user may enter."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "address").write_text(authorities.address)
    for name in _YEARS:
        save_holder(getattr(authorities, name), folder, name)


def load_authorities(folder: Path) -> TestAuthorities:
    """What `save_authorities` kept. Raises FileNotFoundError."""
    address = (folder / "address").read_text()
    root, issuing, ocsp, tsa = (load_holder(folder, name) for name in _YEARS)
    return TestAuthorities(root, issuing, ocsp, tsa, address)


def save_holder(holder: Holder, folder: Path, name: str) -> None:
    """Certificate and key as two PEM files."""
    path = folder / f"{name}.key"
    path.touch(mode=0o600)
    path.write_bytes(key_pem(holder.key))
    (folder / f"{name}.pem").write_bytes(pem(holder.certificate))


def load_holder(folder: Path, name: str) -> Holder:
    """What `save_holder` kept."""
    key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise TypeError("not a key of ours")
    return Holder(x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes()), key)


def pem(certificate: x509.Certificate) -> bytes:
    """The certificate in PEM."""
    return certificate.public_bytes(serialization.Encoding.PEM)


def key_pem(key: PrivateKey) -> bytes:
    """The private key in PEM, unencrypted: test keys protect nothing."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _years(kind: str) -> timedelta:
    return _YEARS[kind] * _YEAR


def _name(common: str, organization: str = "") -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "VN")]
    if organization:
        parts.append((NameOID.ORGANIZATION_NAME, organization))
    parts += [(NameOID.ORGANIZATIONAL_UNIT_NAME, NO_VALUE), (NameOID.COMMON_NAME, common)]
    # X.520 allows 64 bytes; a Vietnamese letter takes up to three.
    cut = [(oid, words.encode()[:64].decode(errors="ignore")) for oid, words in parts]
    return x509.Name([x509.NameAttribute(oid, words) for oid, words in cut])


def _usage(**on: bool) -> x509.KeyUsage:
    every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{name: on.get(name, False) for name in every})


def _pointers(address: str, issuer: str, *, ocsp: bool = True) -> Extensions:
    """Where revocation of what this issuer issued is told."""
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{address}/{issuer}.crl")], None, None, None)
    told: Extensions = [(x509.CRLDistributionPoints([point]), False)]
    if ocsp:
        where = x509.UniformResourceIdentifier(f"{address}/ocsp")
        access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, where)
        told.append((x509.AuthorityInformationAccess([access]), False))
    return told


def _certificate(
    subject: x509.Name,
    public: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    parent: Holder,
    *,
    at: datetime,
    until: datetime,
    extensions: Extensions,
    issuer: x509.Name | None = None,
) -> x509.Certificate:
    signing = parent.key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or parent.certificate.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(parent.key, hashes.SHA256())
