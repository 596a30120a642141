"""Whatever single byte of a signed paper is changed, the report says “not valid”.

A hundred in every run, a thousand under `make faults`, spread over papers whose every byte some signature or its
strict envelope covers. Chance seldom meets the places where this is hard, so those are gone through one by one: the
bytes around a signature that no digest covers, and the bytes that lead a reader to the signature.
"""

import logging
import os
import re
import secrets
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from random import Random

import pytest
from asn1crypto.cms import ContentInfo
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from congso.kernel.signing.filling import fill
from congso.kernel.signing.means import Level
from congso.kernel.signing.testing import SEAL, TrustWorld, prepared, trust_world
from congso.kernel.signing.tests.attacks import CASES
from congso.kernel.signing.validation.envelope import check_envelope
from congso.kernel.signing.validation.judge import judge
from congso.kernel.signing.validation.verdicts import Verdict
from tests.faults.report import write_section

SHORT, LONG = 100, 1_000
COUNT = LONG if os.environ.get("FAULTS") else SHORT
SEED = int(os.environ.get("FAULTS_SEED") or secrets.randbelow(10**6))
ONE, ARCHIVED = "one signature (B-B)", "archived (B-LTA)"

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3_600)]


@pytest.fixture(scope="module")
def trusted() -> Iterator[TrustWorld]:
    with trust_world() as world:
        yield world


@pytest.fixture(scope="module")
def papers(trusted: TrustWorld) -> dict[str, bytes]:
    numbered = fill(trusted.signed(prepared(), level=Level.B_LT), {"so": "16-KH/TU", "ngay": "ngày 05 tháng 02"})
    return {
        ONE: trusted.signed(prepared()),
        "numbered and sealed (B-LT, then B-LTA)": trusted.signed(numbered, SEAL, level=Level.B_LTA),
        ARCHIVED: trusted.signed(prepared(), level=Level.B_LTA),
    }


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """pyHanko logs every doubt with a trace."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_a_changed_byte_is_always_found(
    trusted: TrustWorld, papers: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    at, found, missed = datetime.now(UTC), Counter(), []
    before = [judge(pdf, trusted.trust, at=at)["verdict"] for pdf in papers.values()]
    assert before == [Verdict.UNKNOWN, Verdict.VALID, Verdict.VALID]  # B-B brings no revocation data
    for number in range(COUNT):
        random = Random(f"{SEED}:{number}")  # noqa: S311 - repeatable on purpose
        # A paper with one signature is judged ten times as fast as one with three: the short form takes mostly that.
        name = random.choice(list(papers) if COUNT == LONG else [ONE] * 8 + list(papers))
        changed = bytearray(papers[name])
        place = random.randrange(len(changed))
        changed[place] ^= random.randrange(1, 256)
        verdict = judge(bytes(changed), trusted.trust, at=at)["verdict"]
        found[name] += verdict == Verdict.INVALID
        if verdict != Verdict.INVALID:
            missed.append((name, place, verdict))
    with capsys.disabled():
        sys.stdout.write(f"FAULTS_SEED={SEED} bytes={COUNT} {dict(found)}\n")
    assert missed == []
    if COUNT == LONG:
        lines = [
            f"{COUNT} random changes of one byte in signed papers (seed {SEED}), every one reported as not valid:",
            "",
        ]
        write_section(
            "Changed bytes of signed papers", [*lines, *(f"- {name}: {n}" for name, n in sorted(found.items()))]
        )


@pytest.mark.parametrize("name", [ONE, ARCHIVED])
def test_what_holds_the_last_signature_can_be_written_in_one_way_only(
    trusted: TrustWorld, papers: dict[str, bytes], name: str
) -> None:
    """Each byte of the last signature's CMS that nothing signs, in three ways; under `make faults` in all."""
    pdf, at, missed = papers[name], datetime.now(UTC), []
    last = last_of(pdf)
    _, start, end, _ = map(int, last.byte_range)
    held = bytes.fromhex(pdf[start + 1 : end - 1].decode())
    for place in unsigned_bytes(held):
        for change in range(1, 256) if COUNT == LONG else (0x01, 0x20, 0x80):
            changed = bytearray(held)
            changed[place] ^= change
            if is_other_name_of_rsa(held, place, change):
                continue
            whole = pdf[:start] + b"<%s>" % changed.hex().encode() + pdf[end:]
            if not is_accepted(last, whole, trusted):  # malformed to the judge too, who takes longer to say so
                continue
            verdict = judge(whole, trusted.trust, at=at)["verdict"]
            if verdict != Verdict.INVALID:
                missed.append((place, change, verdict))
    assert missed == []


def last_of(pdf: bytes) -> EmbeddedPdfSignature:
    """The signature no other covers."""
    signatures = PdfFileReader(BytesIO(pdf), strict=True).embedded_signatures
    return max(signatures, key=lambda one: one.signed_revision)


def is_accepted(last: EmbeddedPdfSignature, whole: bytes, trusted: TrustWorld) -> bool:
    """Whether nothing is odd about the last signature's envelope."""
    try:
        check_envelope(last, whole, trusted.trust.anchors)
    except Exception:
        return False
    return True


def unsigned_bytes(held: bytes) -> list[int]:
    """The places in a CMS, without its padding, that lie neither in what somebody signed nor in a signature."""
    message = ContentInfo.load(held, strict=False)
    signed, size = message["content"], len(message.dump())
    (signer,) = signed["signer_infos"]
    within = [signer["signed_attrs"].contents, signer["signature"].contents]
    within += [one.chosen["tbs_certificate"].dump() for one in signed["certificates"]]
    within += [one.chosen["signature_value"].contents[1:] for one in signed["certificates"]]
    if signed["encap_content_info"]["content"].native is not None:
        within.append(signed["encap_content_info"]["content"].contents)
    spans = [(held.index(one), held.index(one) + len(one)) for one in within]
    return [place for place in range(size) if not any(start <= place < end for start, end in spans)]


def is_other_name_of_rsa(held: bytes, place: int, change: int) -> bool:
    """rsaEncryption for sha256WithRSAEncryption or the other way: what is signed how stays the same, and no byte is

    there by which one could tell.
    """
    is_last = held[:place].endswith(bytes.fromhex("2a864886f70d0101"))
    return is_last and {held[place], held[place] ^ change} == {0x01, 0x0B}


# Whoever breaks one of these keeps a reader from the signature, or lets it meet what is no PDF.
SIGNPOSTS = (
    rb"/AcroForm", rb"/Fields", rb"/FT", rb"/Sig\b", rb"/V\b", rb"/ByteRange", rb"/Contents <", rb"/SubFilter",
    rb"/Root", rb"/Prev", rb"/Size", rb"/Type", rb"startxref\s+\d", rb"xref", rb"trailer", rb"%%EOF", rb"/Rect",
    rb"\d{10} \d{5} n", rb"\d+ 0 obj", rb"endobj", rb"/Kids", rb"\[\d", rb" 0 R", rb"/Length \d", rb"%PDF-1",
)  # fmt: skip


def test_a_signature_no_reader_comes_to_any_more_is_not_overlooked(
    trusted: TrustWorld, papers: dict[str, bytes]
) -> None:
    pdf, at, missed = papers[ONE], datetime.now(UTC), []
    for sign in SIGNPOSTS:
        found = list(re.finditer(sign, pdf))
        assert found, sign
        for place in {one.end() - back for one in (found[0], found[-1]) for back in (1, 2)}:
            for change in (0x01, 0x11, 0x20):  # another letter or figure; a point, a sign or none
                changed = bytearray(pdf)
                changed[place] ^= change
                verdict = judge(bytes(changed), trusted.trust, at=at)["verdict"]
                if verdict != Verdict.INVALID:
                    missed.append((sign, place, change, verdict))
    assert missed == []


@pytest.mark.skipif(COUNT != LONG, reason="each is a test of its own in kernel/signing; here they are written down")
def test_the_known_attacks_are_written_down(trusted: TrustWorld) -> None:
    lines = [
        "Made from a paper our chief signed after the published descriptions (universal forgery, incremental saving,",
        "wrapping; shadow attacks; attacks on certified papers). Each is reported as not valid; the first reason:",
        "",
    ]
    for name, make in CASES.items():
        told = judge(make(trusted), trusted.trust, at=datetime.now(UTC))
        assert told["verdict"] == Verdict.INVALID, name
        judged = [told, *(one for one in told["signatures"] if one["verdict"] == Verdict.INVALID)]
        reasons = [reason for one in judged for reason in one["reasons"]]
        lines.append(f"- {name}: `{reasons[0]}`")
    write_section("Known attacks on PDF signatures", lines)
