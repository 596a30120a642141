"""Signed packets: who signed is judged, told on the screen, and a false signature keeps a packet from its clerk."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from django.db import ProgrammingError, transaction

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.testing import World
from congso.kernel.exchange import deciding
from congso.kernel.exchange.carrying import CARRIER, receive
from congso.kernel.exchange.judging import judge
from congso.kernel.exchange.models import Packet, PacketKind, PacketSignature, PacketState, PeerCertificate
from congso.kernel.exchange.outgoing import queue_document
from congso.kernel.exchange.settling import settle_due
from congso.kernel.exchange.signing_packets import key_problems, signed
from congso.kernel.exchange.tests.factories import OURS, THEIRS, PaperAxis, about, document, one, rows
from congso.kernel.signing.authorities.issuing import (
    Holder,
    TestAuthorities,
    key_pem,
    make_authorities,
    make_self_signed,
    pem,
)
from congso.kernel.signing.authorities.responding import revocation_list
from congso.kernel.workflow.services import NotYours, WrongState
from congso.lib.edxml.packets import DocumentPacket, Kind
from congso.lib.edxml.reading import read_packet
from congso.lib.edxml.signatures import Found, check_packet, sign_packet
from congso.lib.edxml.writing import write_packet

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(microsecond=0)
BORN = NOW - timedelta(days=3)


@pytest.fixture(scope="module")
def authorities() -> TestAuthorities:
    return make_authorities("http://127.0.0.1:1", at=BORN)


@pytest.fixture(scope="module")
def theirs(authorities: TestAuthorities) -> Holder:
    return authorities.issue("Sở Mẫu", organization="Tỉnh Mẫu", at=BORN, is_rsa=True)


@pytest.fixture
def office(world: World, authorities: TestAuthorities, tmp_path: Path, settings: Any) -> Organization:
    """Our office, an axis whose file says nothing of signatures, the authority's root and revocation list."""
    folder = tmp_path / "trust"
    (folder / "test").mkdir(parents=True)
    (folder / "test" / "root.pem").write_bytes(pem(authorities.root.certificate))
    for name, issuer in (("root", authorities.root), ("issuing", authorities.issuing)):
        (folder / f"{name}.crl").write_bytes(revocation_list(authorities, issuer, at=NOW - timedelta(minutes=5)))
    settings.TRUST_DIR, settings.AXIS_FILE = folder, tmp_path / "axis.json"
    tell(settings)
    with acting_as(Actor.person(world.administrator)):
        Organization.objects.filter(pk=world.organizations["VPTU"]).update(official_code=OURS)
        return world.organization("VPTU")


def tell(settings: Any, **more: str) -> None:
    told = {"url": "https://axis.invalid", "systems": {OURS: "x"}} | more
    Path(settings.AXIS_FILE).write_text(json.dumps(told))


def by_holder(packet: DocumentPacket, holder: Holder, *more: x509.Certificate) -> bytes:
    return sign_packet(write_packet(packet), holder.key, [holder.certificate, *more])


def came(office: Organization, raw: bytes) -> Packet:
    """The packet as it stands once it was taken in and settled."""
    before, axis = {row.pk for row in rows(direction="in")}, PaperAxis()
    axis.put(raw, name=f"message-{len(before)}")
    receive(axis, office, at=NOW)
    with acting_as(CARRIER):
        settle_due(at=NOW)
    return next(row for row in rows(direction="in") if row.pk not in before)


def confirmed(world: World, packet: Packet) -> Packet:
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        return deciding.confirm_signer(Packet.objects.get(pk=packet.pk), by=clerk, at=NOW)


def test_a_clerk_vouches_once_for_a_certificate_and_it_is_known_from_then_on(
    world: World, office: Organization, authorities: TestAuthorities, theirs: Holder
) -> None:
    above = authorities.issuing.certificate
    first = came(office, by_holder(document(1), theirs, above))
    assert (first.state, first.signature) == (PacketState.ARRIVED, PacketSignature.UNKNOWN)
    assert (first.signer, first.signature_reasons) == ("Sở Mẫu, Tỉnh Mẫu", "test_authority,unconfirmed")
    with acting_as(Actor.person(world.clerk)):
        assert {"confirm_signer", "recheck", "accept"} <= set(deciding.acts_of(first, NOW))
    chief = Actor.person(world.chief)
    with acting_as(chief), pytest.raises(NotYours):
        deciding.confirm_signer(Packet.objects.get(pk=first.pk), by=chief, at=NOW)
    assert confirmed(world, first).signature == PacketSignature.VALID
    second = came(office, by_holder(document(2), theirs, above))
    assert (second.signature, second.signature_reasons) == (PacketSignature.VALID, "test_authority")
    unsigned = came(office, write_packet(document(3)))
    assert (unsigned.signature, unsigned.signature_reasons) == (PacketSignature.MISSING, "missing,signed_before")
    other = authorities.issue("Sở Mẫu khác", at=BORN, is_rsa=True)
    assert came(office, by_holder(document(4), other, above)).signature_reasons.endswith("other_certificate")
    false = came(office, by_holder(document(5, sender="H38.09"), theirs, above))
    assert false.state == PacketState.STUCK  # on the axis another code sent it


def test_our_directory_tells_whose_a_certificate_is(
    world: World, office: Organization, authorities: TestAuthorities
) -> None:
    def judged(raw: bytes) -> str:
        with acting_as(Actor.person(world.clerk)):
            return ",".join(judge(raw, organization=office, code=THEIRS, at=NOW).reasons)

    agency = world.organizations["BTC"]
    with acting_as(Actor.person(world.administrator)):
        Organization.objects.filter(pk=agency).update(official_code=THEIRS)
        holder = authorities.issue(world.organization("BTC").name, at=BORN, is_rsa=True)
    raw = by_holder(document(), holder, authorities.issuing.certificate)
    assert judged(raw) == "test_authority"
    with acting_as(Actor.person(world.administrator)):
        Organization.objects.filter(pk=agency).update(official_code="H38.77")
    assert judged(raw) == "test_authority,foreign"
    assert came(office, raw).state == PacketState.STUCK


@pytest.mark.parametrize("case", ["expired", "early", "self_signed", "unknown_authority", "revoked", "no_lists"])
def test_what_a_bad_certificate_is_worth(
    case: str, world: World, office: Organization, authorities: TestAuthorities, settings: Any
) -> None:
    made: dict[str, Callable[[], Holder]] = {
        "expired": lambda: authorities.issue("Sở Mẫu", at=BORN - timedelta(days=30), days=20),
        "early": lambda: authorities.issue("Sở Mẫu", at=NOW + timedelta(days=2)),
        "self_signed": lambda: make_self_signed("Sở Mẫu", at=BORN),
        "unknown_authority": lambda: make_authorities("http://127.0.0.1:1", at=BORN).issue("Sở Mẫu", at=BORN),
    }
    holder = made.get(case, lambda: authorities.issue("Sở Mẫu", at=BORN))()
    folder = Path(settings.TRUST_DIR)
    if case == "revoked":
        authorities.revoke(holder.certificate, at=BORN)
        listed = revocation_list(authorities, authorities.issuing, at=NOW - timedelta(minutes=5))
        (folder / "issuing.crl").write_bytes(listed)
        authorities.revoked.clear()
    elif case == "no_lists":
        for path in folder.glob("*.crl"):
            path.unlink()
    found = came(office, by_holder(document(), holder, authorities.issuing.certificate))
    reason = {"early": "not_yet_valid", "no_lists": "no_revocation_data"}.get(case, case)
    worth = {
        "self_signed": PacketSignature.UNTRUSTED, "unknown_authority": PacketSignature.UNTRUSTED,
        "no_lists": PacketSignature.UNKNOWN,
    }.get(case, PacketSignature.INVALID)  # fmt: skip
    assert (found.signature_reasons.split(",")[0], found.signature) == (reason, worth)
    is_kept_back = worth == PacketSignature.INVALID
    assert found.state == (PacketState.STUCK if is_kept_back else PacketState.ARRIVED)
    assert bool(rows(kind=PacketKind.STATUS)) is not is_kept_back  # 01 goes out for what a clerk will see


def test_a_changed_packet_is_kept_from_its_clerk_and_so_is_a_changed_recall(
    world: World, office: Organization, authorities: TestAuthorities, theirs: Holder
) -> None:
    above = authorities.issuing.certificate
    came(office, by_holder(document(1), theirs, above))
    raw = by_holder(document(2), theirs, above)
    changed = came(office, raw.replace("Công văn thử".encode(), "Công văn thật".encode()))
    assert (changed.state, changed.signature) == (PacketState.STUCK, PacketSignature.INVALID)
    assert "đã bị sửa sau khi ký" in changed.reason
    recall = by_holder(about(Kind.RECALL, 1), theirs, above).replace("Nhầm nơi nhận".encode(), "Nhầm nơi gửi".encode())
    assert came(office, recall).state == PacketState.STUCK
    with acting_as(Actor.person(world.clerk)):
        assert set(deciding.acts_of(changed, NOW)) == {"give_up", "recheck"}
        with pytest.raises(WrongState):
            deciding.accept_packet(changed, by=Actor.person(world.clerk), at=NOW)


def test_who_asks_for_signatures_gets_no_other_packets_until_they_are_in_order(
    world: World, office: Organization, authorities: TestAuthorities, theirs: Holder, settings: Any
) -> None:
    tell(settings, signatures="required")
    unsigned = came(office, write_packet(document(1)))
    assert (unsigned.state, unsigned.signature) == (PacketState.STUCK, PacketSignature.MISSING)
    doubtful = came(office, by_holder(document(2), theirs, authorities.issuing.certificate))
    assert doubtful.state == PacketState.STUCK
    assert rows(kind=PacketKind.STATUS) == []
    held = confirmed(world, doubtful)
    assert (held.state, held.signature, held.answer) == (PacketState.ARRIVED, PacketSignature.VALID, "01")
    clerk = Actor.person(world.clerk)
    tell(settings)
    with acting_as(clerk):
        assert deciding.recheck_packet(unsigned, by=clerk, at=NOW).state == PacketState.ARRIVED
    assert one(pk=unsigned.pk).reason == "Văn bản mới đến, văn thư chưa tiếp nhận."


def test_what_leaves_is_signed_with_the_key_of_the_system(
    world: World, office: Organization, authorities: TestAuthorities, settings: Any
) -> None:
    clerk = Actor.person(world.clerk)

    def sent(number: int) -> bytes:
        from congso.kernel.exchange.keeping import kept

        with acting_as(clerk):
            packet = document(number, sender=OURS, receivers=(THEIRS,))
            return kept(queue_document(packet, organization=office, by=clerk, at=NOW)[0].digest)

    assert check_packet(sent(1)).found is Found.MISSING
    folder = Path(settings.AXIS_FILE).parent / "axis-signing"
    folder.mkdir()
    ours = authorities.issue("Hệ thống của Văn phòng", at=BORN, is_rsa=True)
    chain = pem(ours.certificate) + pem(authorities.issuing.certificate)
    (folder / f"{OURS}.pem").write_bytes(key_pem(ours.key) + chain)
    raw = sent(2)
    assert check_packet(raw).found is Found.INTACT
    assert b"rsa-sha256" in raw
    assert read_packet(raw).document_id.endswith("2/CV/SM")  # type: ignore[union-attr]
    assert key_problems((OURS, THEIRS), at=NOW) == {}
    assert "hạn" in key_problems((OURS,), at=NOW + timedelta(days=4000))[OURS]
    (folder / f"{OURS}.pem").write_bytes(b"not a key")
    assert OURS in key_problems((OURS,), at=NOW)
    assert signed(b"<x/>", OURS, at=NOW) == b"<x/>"  # an exchange does not stop for it; the screen tells
    assert check_packet(sent(3)).found is Found.MISSING


def test_nobody_vouches_in_anothers_name(world: World, office: Organization) -> None:
    facts = {"organization": office, "code": THEIRS, "fingerprint": "f" * 64, "subject": "Sở Mẫu", "confirmed_at": NOW}
    with acting_as(Actor.person(world.chief)), pytest.raises(ProgrammingError), transaction.atomic():
        PeerCertificate.objects.create(**facts, confirmed_by_id=world.chief)
    with acting_as(Actor.person(world.clerk)), pytest.raises(ProgrammingError), transaction.atomic():
        PeerCertificate.objects.create(**facts, confirmed_by_id=world.chief)
