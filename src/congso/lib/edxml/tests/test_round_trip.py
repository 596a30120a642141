"""What is written is read as the same; what is fuzzed never gets past a code."""

import os
import random
import re
import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.lib.edxml.limits import MB, Limits
from congso.lib.edxml.packets import DocumentPacket, Organ, Packet, Status, StatusPacket
from congso.lib.edxml.reading import read_packet
from congso.lib.edxml.refusals import Code, Refusal
from congso.lib.edxml.tests.corpus import SAME, STATUS, edoc
from congso.lib.edxml.tests.strategies import packets
from congso.lib.edxml.writing import NAMESPACE, write_packet

LONG = bool(os.environ.get("FAULTS"))
SMALL = Limits(packet=MB, files=MB)
_TOKENS = (
    b"<", b">", b"</", b"&", b"&#0;", b"<!DOCTYPE x>", b"<![CDATA[", b"]]>", b"<?xml version='1.1'?>", b"\xff", b"\0",
    b"MessageHeader", b"Attachment", b"<a>" * 50, b"=" * 9, "Ế".encode(), b"9999999999999999999999", b"2025/99/99",
)  # fmt: skip


@given(packets)
@settings(max_examples=300 if LONG else 20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_written_and_read_is_the_same(packet: Packet) -> None:
    written = write_packet(packet)
    assert read_packet(written) == packet
    assert write_packet(packet) == written


def _sample() -> DocumentPacket:
    found = read_packet(SAME["standard"])
    assert isinstance(found, DocumentPacket)
    return found


def test_names_on_the_wire_are_those_of_the_standard() -> None:
    written = write_packet(_sample()).decode()
    assert written.startswith("<?xml version='1.0' encoding='UTF-8'?>")
    for name in (NAMESPACE, "BussinessDocType", "edXMLManifest", 'xlink:href="cid:u1"', "2025/08/11 09:00:00"):
        assert name in written, name


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"receivers": ()}, Code.MISSING),
        ({"hops": ()}, Code.MISSING),
        ({"subject": "  "}, Code.MISSING),
        ({"subject": "a\x00b"}, Code.BAD_VALUE),
        ({"urgency": 9}, Code.BAD_VALUE),
        ({"sender": Organ("không mã", "")}, Code.BAD_VALUE),
        ({"attachments": _sample().attachments * 2}, Code.ATTACHMENTS),
    ],
)
def test_what_the_standard_forbids_is_not_written(change: dict[str, object], code: Code) -> None:
    with pytest.raises(Refusal) as refused:
        write_packet(DocumentPacket(**(vars(_sample()) | change)))
    assert refused.value.code == code


_LEAF = re.compile(rb"<([\w:]+)[^<>]*>([^<]*)</\1>")


def _fuzzed(random_: random.Random, seeds: list[bytes]) -> bytes:
    """A packet with a few bytes or whole elements changed, cut, doubled or laced with tokens."""
    packet = random_.choice(seeds)
    for _ in range(random_.randint(1, 3)):
        place, token = random_.randrange(len(packet) or 1), random_.choice(_TOKENS)
        leaves = list(_LEAF.finditer(packet))
        act = random_.randrange(9) if leaves else 0
        begin, end = place, place + random_.randint(1, 60)
        if act >= 4:
            leaf = random_.choice(leaves)
            begin, end = leaf.span(2) if act < 7 else leaf.span(0)
        middle = packet[begin:end]
        flipped = bytes([middle[0] ^ 1 << random_.randrange(8)]) + middle[1:] if middle else token
        middle = (flipped, token + middle, b"", middle * 2, token, flipped, b"", middle * 2, b"")[act]
        packet = packet[:begin] + middle + packet[end:]
    return packet if random_.random() < 0.97 else packet[: random_.randint(0, len(packet))]


def _outcome(packet: bytes) -> str:
    """The code, or “read”; any other exception fails the test."""
    try:
        return f"read as {type(read_packet(packet, SMALL)).__name__}"
    except Refusal as refused:
        return refused.code if refused.reason else ""


@pytest.mark.faults
def test_fuzzed_packets_each_end_as_a_packet_or_a_code() -> None:
    """Nothing but a packet or a Refusal comes out, and each quickly; the tally is what docs/faults.md quotes."""
    random_ = random.Random(102)  # noqa: S311 - the same packets in every run
    tally, slowest = Counter[str](), 0.0
    seeds = [*SAME.values(), edoc(), edoc(prefix="e"), STATUS.format(tag="Status", code="03").encode()]
    seeds += [write_packet(read_packet(seed)) for seed in seeds if b"000.00" not in seed]
    for _ in range(10_000 if LONG else 2_500):
        packet, begun = _fuzzed(random_, seeds), time.perf_counter()
        tally[_outcome(packet)] += 1
        slowest = max(slowest, time.perf_counter() - begun)
    assert tally["read as DocumentPacket"] > 0
    assert len(tally) > 8
    print(f"\n{tally.total()} fuzzed packets, slowest {slowest * 1000:.0f} ms: {dict(tally.most_common())}")  # noqa: T201


@given(st.binary(max_size=400), st.sampled_from(list(SAME.values())), st.integers(0, 4000))
@settings(max_examples=1000 if LONG else 40, deadline=None)
def test_any_bytes_end_as_a_packet_or_a_code(noise: bytes, seed: bytes, place: int) -> None:
    for packet in (noise, seed[:place] + noise + seed[place:]):
        assert _outcome(packet)


def test_a_status_says_which_document_and_when() -> None:
    packet = _sample()
    about = read_packet(STATUS.format(tag="Status", code="06").encode())
    assert isinstance(about, StatusPacket)
    assert about.status == Status.DONE
    assert about.about.document_id == packet.document_id
