"""Signing at official places, with every kind of key; each result is judged like anybody's paper."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from congso.kernel.signing.filling import fill
from congso.kernel.signing.keeping import provable_until
from congso.kernel.signing.keys.token import TokenKey, certificates_on
from congso.kernel.signing.means import Level, Means, timestamper_at
from congso.kernel.signing.pades import add_archive_timestamp, sign
from congso.kernel.signing.places import Place, PlaceKind, prepare
from congso.kernel.signing.refusals import SigningRefused, Why
from congso.kernel.signing.testing import (
    BLANKS,
    CHIEF,
    MODULE,
    PERSONAL,
    PIN,
    SEAL,
    TOKEN,
    TrustWorld,
    paper,
    prepared,
    pulled_out,
    software_key,
)
from congso.kernel.signing.validation.judge import Trust, judge
from congso.kernel.signing.validation.verdicts import Reason, Verdict

NUMBER = {"so": "Số 16-KH/TU", "ngay": "Lào Cai, ngày 05 tháng 02 năm 2026"}


def judged(pdf: bytes, trusted: TrustWorld, **at: datetime) -> dict:
    return judge(pdf, trusted.trust, **({"at": datetime.now(UTC)} | at))


def test_a_paper_is_signed_numbered_sealed_and_every_signature_holds(trusted: TrustWorld) -> None:
    signed = trusted.signed(prepared(), level=Level.B_LT)
    numbered = fill(signed, NUMBER)
    issued = trusted.signed(numbered, SEAL, level=Level.B_LTA)
    assert issued.startswith(numbered)
    assert numbered.startswith(signed)
    told = judged(issued, trusted)
    assert told["verdict"] == Verdict.VALID
    personal, seal, archive = told["signatures"]
    assert personal["signer"]["name"] == CHIEF.name
    assert personal["filled"] == ["ngay", "so"]
    assert Reason.FILLED_AS_ALLOWED in personal["reasons"]
    assert (seal["signer"]["organization"], seal["level"]) == ("Văn phòng Tỉnh ủy", Level.B_LTA)
    assert archive["is_timestamp"]
    assert all(Reason.TEST_AUTHORITY in one["reasons"] for one in told["signatures"])
    words = pypdfium2.PdfDocument(issued)
    words.init_forms()
    assert "16-KH/TU" in str(PdfFileReader(BytesIO(issued)).root["/AcroForm"]["/Fields"][2].get_object()["/V"])


def test_pyhankos_own_validator_agrees(trusted: TrustWorld) -> None:
    issued = trusted.signed(fill(trusted.signed(prepared()), NUMBER), SEAL)
    for signature in PdfFileReader(BytesIO(issued)).embedded_signatures:
        status = validate_pdf_signature(
            signature, ValidationContext(trust_roots=[trusted.root], allow_fetching=True, revocation_mode="hard-fail")
        )
        assert status.bottom_line, status.pretty_print_details()


@pytest.mark.parametrize("level", list(Level))
def test_each_level_is_made_and_recognised(trusted: TrustWorld, level: Level) -> None:
    (person, *_archive) = judged(trusted.signed(prepared(), level=level), trusted)["signatures"]
    assert person["level"] == level
    assert bool(person["trusted_at"]) == (level in {Level.B_LT, Level.B_LTA})


def test_a_key_in_a_token_signs(trusted: TrustWorld, token_key: TokenKey) -> None:
    with token_key.opened(PIN) as opened:
        signed = sign(
            prepared(), key=opened, place=PERSONAL, reason="", by=CHIEF, at=datetime.now(UTC), means=trusted.means
        )
    assert judged(signed, trusted)["verdict"] == Verdict.VALID
    assert not opened.is_demonstration
    shown = [one.dump() for label, one in certificates_on(MODULE, TOKEN) if label == token_key.key_label]
    assert shown == [token_key.certificate.dump()]


def test_a_wrong_pin_and_a_missing_token_are_told_apart(trusted: TrustWorld, token_key: TokenKey) -> None:
    with pytest.raises(SigningRefused) as wrong, token_key.opened("000000"):
        pass
    assert wrong.value.code is Why.WRONG_PIN
    other = TokenKey(MODULE, "Khác", "khoa 0", token_key.certificate)
    with pytest.raises(SigningRefused) as gone, other.opened(PIN):
        pass
    assert gone.value.code is Why.TOKEN_GONE
    nowhere = TokenKey(Path("/usr/lib/khong-co.so"), TOKEN, "khoa 0", token_key.certificate)
    with pytest.raises(SigningRefused) as missing, nowhere.opened(PIN):
        pass
    assert missing.value.code is Why.MODULE_MISSING


def test_a_token_pulled_out_while_open_signs_nothing_more(trusted: TrustWorld, token_key: TokenKey) -> None:
    def sign_once(opened: object) -> bytes:
        return sign(prepared(), key=opened, place=PERSONAL, reason="", by=CHIEF, at=datetime.now(UTC),
                    means=trusted.means, level=Level.B_B)  # fmt: skip

    with token_key.opened(PIN) as opened:
        sign_once(opened)
        with pulled_out(), pytest.raises(SigningRefused) as gone:
            sign_once(opened)
    assert gone.value.code is Why.TOKEN_GONE
    assert gone.value.is_of_the_key


@pytest.mark.parametrize(("name", "why"), [("so_la", Why.NO_FIELD), ("so", Why.NOT_ALLOWED)])
def test_a_blank_is_filled_once_and_only_if_it_is_there(trusted: TrustWorld, name: str, why: Why) -> None:
    numbered = fill(trusted.signed(prepared()), NUMBER)
    with pytest.raises(SigningRefused) as refused:
        fill(numbered, {name: "99"})
    assert refused.value.code is why


def test_places_are_prepared_before_the_first_signature(trusted: TrustWorld) -> None:
    signed = trusted.signed(prepared())
    for act, why in (
        (lambda: trusted.signed(signed), Why.PLACE_TAKEN),
        (lambda: trusted.signed(signed, Place("moi", PlaceKind.SEAL, box=(0, 0, 90, 90))), Why.PLACE_MISSING),
        (lambda: prepare(signed, [PERSONAL], BLANKS), Why.NOT_ALLOWED),
        (lambda: trusted.signed(b"%PDF-1.7\nnothing"), Why.DAMAGED),
    ):
        with pytest.raises(SigningRefused) as refused:
            act()
        assert refused.value.code is why


def test_a_signature_is_refused_when_the_certificate_cannot_bear_it(trusted: TrustWorld) -> None:
    now, authorities = datetime.now(UTC), trusted.authorities
    old = authorities.issue("Hết Hạn", at=now - timedelta(days=30), days=10)
    early = authorities.issue("Chưa Đến", at=now + timedelta(days=1))
    bad = authorities.issue("Bị Thu Hồi", at=trusted.born)
    authorities.revoke(bad.certificate, at=now - timedelta(minutes=2))
    for holder, why in ((old, Why.EXPIRED), (early, Why.NOT_YET_VALID), (bad, Why.REVOKED)):
        with pytest.raises(SigningRefused) as refused:
            trusted.signed(prepared(), level=Level.B_LT, key=software_key(holder, authorities.chain[:1]))
        assert refused.value.code is why


def test_without_an_answering_timestamp_authority_nothing_is_signed(trusted: TrustWorld) -> None:
    dead = Means([trusted.root], timestamper_at("http://127.0.0.1:9/tsa"))
    with trusted.person.opened() as opened, pytest.raises(SigningRefused) as refused:
        sign(
            prepared(),
            key=opened,
            place=PERSONAL,
            reason="",
            by=CHIEF,
            at=datetime.now(UTC),
            means=dead,
            level=Level.B_T,
        )
    assert refused.value.code is Why.NO_TIMESTAMP


def test_an_archive_timestamp_is_laid_over_everything(trusted: TrustWorld) -> None:
    issued = trusted.signed(prepared(), level=Level.B_LTA)
    renewed = add_archive_timestamp(issued, means=trusted.means)
    assert renewed.startswith(issued)
    told = judged(renewed, trusted)
    assert [one["is_timestamp"] for one in told["signatures"]] == [False, True, True]
    assert told["verdict"] == Verdict.VALID
    ends = (trusted.authorities.ocsp, trusted.authorities.tsa)
    assert provable_until(renewed) == min(one.certificate.not_valid_after_utc for one in ends)


def test_seals_look_as_the_rules_say(trusted: TrustWorld) -> None:
    place = Place("goc", PlaceKind.CORNER, box=(330, 780, 550, 825))
    signed = trusted.signed(prepare(paper(), [place]), place, key=trusted.office)
    document = pypdfium2.PdfDocument(signed)
    document.init_forms()
    text = PdfFileReader(BytesIO(signed)).embedded_signatures[0].sig_field
    assert "/AP" in text


def test_nobody_trusted_is_told_apart_from_nobody_at_all(trusted: TrustWorld) -> None:
    signed = trusted.signed(prepared(), level=Level.B_LT)
    told = judge(signed, Trust([]), at=datetime.now(UTC))
    assert told["verdict"] == Verdict.UNTRUSTED
    assert judge(paper(), trusted.trust, at=datetime.now(UTC))["verdict"] == Verdict.UNSIGNED
