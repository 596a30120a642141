"""The test authorities' services over HTTP: OCSP, revocation lists and RFC 3161 timestamps."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from congso.kernel.signing.authorities.issuing import Holder, TestAuthorities

_FRESH = timedelta(hours=12)
_MOST = 1_000_000


def ocsp_answer(authorities: TestAuthorities, question: bytes, *, at: datetime) -> bytes:
    """What the responder says of the certificate asked about: good, revoked, or that it is none of ours."""
    request = ocsp.load_der_ocsp_request(question)
    revoked_at = authorities.revoked.get(request.serial_number)
    builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
        issuer_name_hash=request.issuer_name_hash, issuer_key_hash=request.issuer_key_hash,
        serial_number=request.serial_number, algorithm=request.hash_algorithm,
        cert_status=ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
        this_update=at - timedelta(seconds=30), next_update=at + _FRESH,
        revocation_time=revoked_at, revocation_reason=x509.ReasonFlags.key_compromise if revoked_at else None,
    )  # fmt: skip
    responder = authorities.ocsp
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, responder.certificate)
    for extension in request.extensions:
        if isinstance(extension.value, x509.OCSPNonce):
            builder = builder.add_extension(extension.value, critical=False)
    answer = builder.certificates([responder.certificate]).sign(responder.key, hashes.SHA256())
    return answer.public_bytes(serialization.Encoding.DER)


def revocation_list(authorities: TestAuthorities, issuer: Holder, *, at: datetime, fresh: timedelta = _FRESH) -> bytes:
    """The issuer's list; all that was revoked stands in the issuing authority's."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at - timedelta(seconds=30))
        .next_update(at + fresh)
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )
    if issuer is authorities.issuing:
        for serial, moment in authorities.revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment).build()
            builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def timestamper(authorities: TestAuthorities, *, at: datetime | None = None) -> DummyTimeStamper:
    """The timestamping authority in this process; its clock stands still when `at` is given."""
    return DummyTimeStamper(
        tsa_cert=asn1_x509.Certificate.load(authorities.tsa.certificate.public_bytes(serialization.Encoding.DER)),
        tsa_key=keys.PrivateKeyInfo.load(
            authorities.tsa.key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        ),
        certs_to_embed=[  # type: ignore[arg-type]  # any list of certificates does
            asn1_x509.Certificate.load(one.public_bytes(serialization.Encoding.DER)) for one in authorities.chain[:1]
        ],
        fixed_dt=at,
    )


class _Services(BaseHTTPRequestHandler):
    """One request of OCSP, CRL or timestamping."""

    authorities: TestAuthorities
    clock: Any

    def do_GET(self) -> None:
        """A revocation list."""
        issuers = {"/issuing.crl": self.authorities.issuing, "/root.crl": self.authorities.root}
        issuer = issuers.get(self.path)
        if issuer is None:
            return self.send_error(404)
        return self._answer("application/pkix-crl", revocation_list(self.authorities, issuer, at=self.clock()))

    def do_POST(self) -> None:
        """A question to the OCSP responder or a request for a timestamp."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _MOST))
        try:
            if self.path == "/ocsp":
                answer = ocsp_answer(self.authorities, body, at=self.clock())
                return self._answer("application/ocsp-response", answer)
            if self.path == "/tsa":
                asked = tsp.TimeStampReq.load(body)
                stamped = timestamper(self.authorities, at=self.clock()).request_tsa_response(asked)
                return self._answer("application/timestamp-reply", stamped.dump())
        except (ValueError, TypeError, KeyError):
            return self.send_error(400)
        return self.send_error(404)

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: requests of tests are no news."""


def now() -> datetime:
    """The clock of a service that runs in earnest."""
    return datetime.now(UTC)


def services(
    authorities: TestAuthorities | None, *, host: str = "127.0.0.1", port: int = 0, clock: Any = now
) -> ThreadingHTTPServer:
    """A server ready to serve; the authorities may be set later as its handler's attribute."""
    handler = type("Services", (_Services,), {"authorities": authorities, "clock": staticmethod(clock)})
    return ThreadingHTTPServer((host, port), handler)


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[str]:
    """The server at work in a thread; gives its address."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{server.server_address[0]!s}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
