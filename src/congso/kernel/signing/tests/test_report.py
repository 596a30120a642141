"""The report: judged in the guarded child, with plain reasons for whatever certificates and clocks can do."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from congso.kernel.signing.authorities.issuing import make_authorities
from congso.kernel.signing.authorities.responding import revocation_list, timestamper
from congso.kernel.signing.means import Level, Means
from congso.kernel.signing.pades import sign
from congso.kernel.signing.testing import CHIEF, PERSONAL, TrustWorld, prepared, software_key
from congso.kernel.signing.tests.attacks import self_made, stranger
from congso.kernel.signing.validation.judge import Trust, judge
from congso.kernel.signing.validation.report import Report, read_report
from congso.kernel.signing.validation.verdicts import VERDICT_OF, Reason, Verdict
from congso.kernel.signing.validation.words import REASONS, VERDICTS


def report_of(pdf: bytes, trusted: TrustWorld, folder: Path, **more: object) -> Report:
    path = folder / "given.pdf"
    path.write_bytes(pdf)
    work = folder / "work"
    work.mkdir()
    root = trusted.root
    return read_report(
        path, anchors=[root.dump()], tests=frozenset([root.sha256.hex()]), at=trusted.now(), work=work, **more
    )


def test_a_report_names_signer_chain_time_and_what_to_do(trusted: TrustWorld, tmp_path: Path) -> None:
    report = report_of(trusted.signed(prepared(), level=Level.B_LTA), trusted, tmp_path)
    (person,) = report.people
    assert (report.verdict, person.signer.name, person.level) == (Verdict.VALID, CHIEF.name, "B-LTA")
    assert [one.name.split()[0] for one in person.chain] == ["Trần", "Cấp", "Gốc"]
    assert abs(person.trusted_at - trusted.now()) < timedelta(minutes=2)
    assert any("KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in str(said.what) for said in person.said)


def test_what_breaks_the_judge_is_not_valid_and_stays_in_the_child(trusted: TrustWorld, tmp_path: Path) -> None:
    deep = b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"]" * 200_000 + b"\nendobj /ByteRange\nstartxref\n9\n%%EOF"
    assert report_of(deep, trusted, tmp_path).verdict == Verdict.INVALID
    (tmp_path / "work").rename(tmp_path / "before")
    slow = report_of(trusted.signed(prepared()), trusted, tmp_path, seconds=0.01)
    assert (slow.verdict, slow.reasons) == (Verdict.INVALID, (Reason.MALFORMED,))


def test_every_reason_and_verdict_has_words_and_bad_news_has_advice() -> None:
    assert set(REASONS) == set(Reason)
    assert set(VERDICTS) == set(Verdict)
    assert all(REASONS[one].then for one in VERDICT_OF)


def judged(trusted: TrustWorld, pdf: bytes, *, at: datetime | None = None, trust: Trust | None = None) -> tuple:
    told = judge(pdf, trust or trusted.trust, at=at or trusted.now())["signatures"][0]
    beside = {Reason.TEST_AUTHORITY, Reason.VALIDATION_DATA_ADDED}
    return told["verdict"], set(told["reasons"]) - beside


def test_self_signed_and_unknown_authorities_are_untrusted(trusted: TrustWorld) -> None:
    unknown = trusted.signed(prepared(), key=software_key(stranger()))
    assert judged(trusted, unknown) == (Verdict.UNTRUSTED, {Reason.UNKNOWN_AUTHORITY, Reason.CLAIMED_TIME})
    assert judged(trusted, trusted.signed(prepared(), key=software_key(self_made()))) == (
        Verdict.UNTRUSTED,
        {Reason.SELF_SIGNED},
    )


def test_without_revocation_data_nobody_can_tell_until_the_operators_lists_come(trusted: TrustWorld) -> None:
    from asn1crypto import crl

    pdf, authorities = trusted.signed(prepared()), trusted.authorities
    assert judged(trusted, pdf) == (Verdict.UNKNOWN, {Reason.NO_REVOCATION_DATA, Reason.CLAIMED_TIME})
    lists = [
        crl.CertificateList.load(revocation_list(authorities, issuer, at=trusted.now()))
        for issuer in (authorities.root, authorities.issuing)
    ]
    trust = Trust([trusted.root], trusted.trust.tests, lists)
    assert judged(trusted, pdf, trust=trust) == (Verdict.VALID, {Reason.CLAIMED_TIME})


def test_an_expired_certificate_needs_a_trusted_time(trusted: TrustWorld) -> None:
    holder = trusted.authorities.issue(CHIEF.name, at=trusted.born, days=30)
    key = software_key(holder, trusted.authorities.chain[:1])
    next_week, later = trusted.now() + timedelta(days=7), trusted.now() + timedelta(days=2 * 365)
    for level, soon, then in (
        (Level.B_LTA, Verdict.VALID, Verdict.VALID),
        (Level.B_LT, Verdict.VALID, Verdict.VALID),
        (Level.B_B, Verdict.UNKNOWN, Verdict.UNKNOWN),
    ):
        pdf = trusted.signed(prepared(), level=level, key=key)
        assert (judged(trusted, pdf, at=next_week)[0], judged(trusted, pdf, at=later)[0]) == (soon, then), level


def test_a_revoked_certificate(trusted: TrustWorld) -> None:
    from asn1crypto import crl

    authorities = trusted.authorities
    holder = authorities.issue(CHIEF.name, at=trusted.born)
    pdf = trusted.signed(prepared(), key=software_key(holder, authorities.chain[:1]))
    authorities.revoke(holder.certificate, at=trusted.now() - timedelta(minutes=10))
    lists = [
        crl.CertificateList.load(revocation_list(authorities, issuer, at=trusted.now()))
        for issuer in (authorities.root, authorities.issuing)
    ]
    verdict, reasons = judged(trusted, pdf, trust=Trust([trusted.root], trusted.trust.tests, lists))
    assert verdict in {Verdict.UNKNOWN, Verdict.INVALID}
    assert reasons & {Reason.REVOKED, Reason.REVOKED_NO_TIME}


def test_clocks_that_differ_are_told(trusted: TrustWorld) -> None:
    ahead = trusted.now() - timedelta(hours=1)  # judged as of an hour ago, the signer's clock runs ahead
    verdict, reasons = judged(trusted, trusted.signed(prepared()), at=ahead)
    assert verdict != Verdict.VALID
    assert Reason.CLOCK_AHEAD in reasons
    stamped = Means([trusted.root], timestamper(trusted.authorities, at=trusted.now() + timedelta(minutes=20)))
    with trusted.person.opened() as opened:
        pdf = sign(prepared(), key=opened, place=PERSONAL, reason="", by=CHIEF, at=trusted.now(), means=stamped,
                   level=Level.B_T)  # fmt: skip
    assert judged(trusted, pdf, at=trusted.now() + timedelta(minutes=30))[0] != Verdict.INVALID


@pytest.mark.parametrize("address", ["http://127.0.0.1:9"])
def test_a_timestamp_of_a_stranger_gives_no_time(trusted: TrustWorld, address: str) -> None:
    other = make_authorities(address, at=trusted.born)
    with trusted.person.opened() as opened:
        pdf = sign(prepared(), key=opened, place=PERSONAL, reason="", by=CHIEF, at=trusted.now(),
                   means=Means([trusted.root], timestamper(other)), level=Level.B_T)  # fmt: skip
    told = judge(pdf, trusted.trust, at=trusted.now())["signatures"][0]
    assert told["trusted_at"] is None
    assert told["verdict"] != Verdict.VALID
