"""For tests and the bench: a paper, a small trust world that is served in earnest, a token in SoftHSM."""

import atexit
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pikepdf
import pkcs11
from asn1crypto import keys as asn1_keys
from asn1crypto import x509
from cryptography import x509 as crypto_x509
from cryptography.hazmat.primitives.serialization import load_der_public_key

from congso.kernel.signing.appearance import Look
from congso.kernel.signing.authorities.issuing import Holder, TestAuthorities, key_pem, make_authorities
from congso.kernel.signing.authorities.responding import services, serving
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.keys.software import SoftwareKey
from congso.kernel.signing.keys.token import TokenKey
from congso.kernel.signing.means import Level, Means, timestamper_at
from congso.kernel.signing.pades import sign
from congso.kernel.signing.places import Blank, Place, PlaceKind, prepare
from congso.kernel.signing.validation.judge import Trust

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "246810"
TOKEN = "Thu nghiem"
PERSONAL = Place("chu_ky", PlaceKind.PERSONAL, box=(330, 120, 530, 200), title="Chữ ký")
SEAL = Place("con_dau", PlaceKind.SEAL, box=(250, 90, 370, 210), title="Dấu cơ quan")
BLANKS = (
    Blank("so", (70, 742, 230, 760), title="Số, ký hiệu"),
    Blank("ngay", (300, 742, 560, 760), title="Địa danh, ngày tháng"),
)
CHIEF = Look("Trần Thử Chánh")
OFFICE = Look("Văn phòng Tỉnh ủy Thử Nghiệm")


def paper(words: str = "Ke hoach thu nghiem") -> bytes:
    """One page of A4 with a line of text."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(b"BT /F1 18 Tf 70 650 Td (" + words.encode("ascii") + b") Tj ET")
        made = BytesIO()
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return made.getvalue()


def prepared(words: str = "Ke hoach thu nghiem") -> bytes:
    """The same with a place for a signature, one for a seal, and blanks for number and date."""
    return prepare(paper(words), [PERSONAL, SEAL], BLANKS)


def software_key(holder: Holder, chain: Sequence[crypto_x509.Certificate] = ()) -> SoftwareKey:
    """A holder's key as a provider of signatures."""
    return SoftwareKey(as_asn1(holder.certificate), key_pem(holder.key), tuple(as_asn1(one) for one in chain))


@dataclass
class TrustWorld:
    """Authorities whose services answer, and a person's and an organization's key."""

    authorities: TestAuthorities
    born: datetime

    def now(self) -> datetime:
        """The moment it is: certificates and services run by the real clock."""
        return datetime.now(UTC)

    @cached_property
    def person(self) -> SoftwareKey:
        """The chief's key."""
        return self.key_of(CHIEF.name)

    @cached_property
    def office(self) -> SoftwareKey:
        """The office's key."""
        return self.key_of(OFFICE.name, organization="Văn phòng Tỉnh ủy")

    def key_of(self, name: str, organization: str = "") -> SoftwareKey:
        """A new subscriber's key."""
        holder = self.authorities.issue(name, organization=organization, at=self.born)
        return software_key(holder, self.authorities.chain[:1])

    @cached_property
    def root(self) -> x509.Certificate:
        """The one trust anchor."""
        return as_asn1(self.authorities.root.certificate)

    @cached_property
    def means(self) -> Means:
        """Signing up to B-LTA."""
        return Means([self.root], timestamper_at(f"{self.authorities.address}/tsa"))

    @cached_property
    def trust(self) -> Trust:
        """Judging, with the anchor known as a test."""
        return Trust([self.root], frozenset([self.root.sha256.hex()]))

    def signed(
        self, pdf: bytes, place: Place = PERSONAL, *, level: Level = Level.B_B, key: SoftwareKey | None = None
    ) -> bytes:
        """The paper signed by the chief, or sealed by the office."""
        is_seal = place.kind is PlaceKind.SEAL
        with (key or (self.office if is_seal else self.person)).opened() as opened:
            return sign(
                pdf, key=opened, place=place, reason="Ban hành", by=OFFICE if is_seal else CHIEF,
                at=datetime.now(UTC), means=self.means, level=level,
            )  # fmt: skip


@contextmanager
def trust_world() -> Iterator[TrustWorld]:
    """A trust world with its services on a port of this machine."""
    server = services(None)
    with serving(server) as address:
        born = datetime.now(UTC) - timedelta(hours=1)
        authorities = make_authorities(address, at=born - timedelta(days=1))
        server.RequestHandlerClass.authorities = authorities  # type: ignore[attr-defined]
        yield TrustWorld(authorities, born)


@cache
def token_home() -> Path:
    """Where this process keeps its one token: the module reads its configuration once, when it is loaded."""
    home = Path(mkdtemp(prefix="softhsm"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (home / "tokens").mkdir()
    configuration = home / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {home}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", "13579111"],
        check=True, capture_output=True,
    )  # fmt: skip
    return home


def key_in_token(world: TrustWorld, name: str = CHIEF.name) -> TokenKey:
    """A key made inside the SoftHSM token, certified for a name."""
    token_home()
    token = pkcs11.lib(str(MODULE)).get_token(token_label=TOKEN)
    with token.open(rw=True, user_pin=PIN) as session:
        return _key_on(session, f"khoa {uuid4().hex[:8]}", name, world)


def _key_on(session: pkcs11.Session, label: str, name: str, world: TrustWorld) -> TokenKey:
    public, _private = session.generate_keypair(pkcs11.KeyType.RSA, 2048, store=True, label=label)
    numbers = asn1_keys.RSAPublicKey(
        {
            "modulus": int.from_bytes(public[pkcs11.Attribute.MODULUS], "big"),
            "public_exponent": int.from_bytes(public[pkcs11.Attribute.PUBLIC_EXPONENT], "big"),
        }
    )
    key = load_der_public_key(asn1_keys.PublicKeyInfo.wrap(numbers, "rsa").dump())
    made = as_asn1(world.authorities.certify_public(name, key, at=world.born))  # type: ignore[arg-type]
    session.create_object(
        {
            pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE, pkcs11.Attribute.TOKEN: True,
            pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509, pkcs11.Attribute.LABEL: label,
            pkcs11.Attribute.SUBJECT: made.subject.dump(), pkcs11.Attribute.VALUE: made.dump(),
        }
    )  # fmt: skip
    chain = (as_asn1(world.authorities.issuing.certificate),)
    return TokenKey(MODULE, TOKEN, label, made, chain)


@contextmanager
def pulled_out() -> Iterator[None]:
    """The token is out of the machine, and in again afterwards."""
    folder = token_home()
    shutil.move(folder / "tokens", folder / "drawer")
    (folder / "tokens").mkdir()
    try:
        yield
    finally:
        (folder / "tokens").rmdir()
        shutil.move(folder / "drawer", folder / "tokens")
