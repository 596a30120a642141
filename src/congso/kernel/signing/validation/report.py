"""The validation report: what the child found, with words beside it. For pages, the API and whoever receives papers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from congso.kernel.files.reading.isolation import Crashed, run_task, silent
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.refusals import Refused
from congso.kernel.signing.validation.verdicts import Reason, Verdict
from congso.kernel.signing.validation.words import REASONS, VERDICTS, Said, Shown

CHILD = Path(__file__).with_name("child.py")
LIMITS = Limits(memory_bytes=2**30, seconds_per_file=60)


@dataclass(frozen=True)
class Certified:
    """Who a certificate names."""

    name: str
    organization: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime
    fingerprint: str


@dataclass(frozen=True)
class SignatureReport:
    """One signature or archive timestamp. `filled` and `signed_later` name what came after it, as allowed."""

    field: str
    is_timestamp: bool
    verdict: Verdict
    reasons: tuple[Reason, ...]
    signer: Certified | None
    chain: tuple[Certified, ...]
    claimed_at: datetime | None
    trusted_at: datetime | None
    said_reason: str
    level: str
    certifies: bool
    filled: tuple[str, ...]
    signed_later: tuple[str, ...]

    @property
    def said(self) -> list[Said]:
        """The reasons in words, the deciding ones first as they were found."""
        return [REASONS[one] for one in self.reasons]

    @property
    def shown(self) -> Shown:
        """How the verdict looks."""
        return VERDICTS[self.verdict]

    @property
    def signed_at(self) -> datetime | None:
        """The best time known: an authority's, else the signer's own word."""
        return self.trusted_at or self.claimed_at


@dataclass(frozen=True)
class Report:
    """A file's report; its verdict is that of its worst signature. `certain_until`: see `renewing`."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    signatures: tuple[SignatureReport, ...]

    @property
    def said(self) -> list[Said]:
        """What concerns the file as a whole, in words."""
        return [REASONS[one] for one in self.reasons]

    @property
    def shown(self) -> Shown:
        """How the verdict looks."""
        return VERDICTS[self.verdict]

    @property
    def people(self) -> list[SignatureReport]:
        """Signatures of people and organizations, without archive timestamps."""
        return [one for one in self.signatures if not one.is_timestamp]


def read_report(
    path: Path,
    *,
    anchors: Sequence[bytes],
    tests: frozenset[str] = frozenset(),
    lists: Sequence[bytes] = (),
    at: datetime,
    work: Path,
    seconds: float = LIMITS.seconds_per_file,
) -> Report:
    """Judge a PDF as of `at`. Anchors and revocation lists in DER; `tests` are fingerprints of worthless anchors.

    `work` is a folder for scratch files. Never raises for what the file holds: bytes that break the judge or exceed
    its limits are reported as not valid.
    """
    for number, (kind, data) in enumerate([*(("anchor", one) for one in anchors), *(("crl", one) for one in lists)]):
        (work / f"{number:04}.{kind}").write_bytes(data)
    limits = replace(LIMITS, seconds_per_file=seconds)
    arguments = {"path": str(path), "trust": str(work), "tests": sorted(tests), "at": at.isoformat()}
    try:
        told = run_task("judge", arguments, limits=limits, work=work, on_progress=silent, child=CHILD)
    except (Crashed, Refused):
        return Report(Verdict.INVALID, (Reason.MALFORMED,), ())
    return from_plain(told)


def from_plain(told: dict[str, Any]) -> Report:
    """The report of plain values, as the child answers and as the database may keep."""
    signatures = tuple(_signature(one) for one in told["signatures"])
    return Report(Verdict(told["verdict"]), tuple(Reason(one) for one in told["reasons"]), signatures)


def _signature(told: dict[str, Any]) -> SignatureReport:
    return SignatureReport(
        field=told["field"], is_timestamp=told["is_timestamp"], verdict=Verdict(told["verdict"]),
        reasons=tuple(Reason(one) for one in told["reasons"]),
        signer=_certified(told["signer"]) if told["signer"] else None,
        chain=tuple(_certified(one) for one in told["chain"]),
        claimed_at=_moment(told["claimed_at"]), trusted_at=_moment(told["trusted_at"]),
        said_reason=told["said_reason"], level=told["level"], certifies=told["certifies"],
        filled=tuple(told["filled"]), signed_later=tuple(told["signed_later"]),
    )  # fmt: skip


def _certified(told: dict[str, str]) -> Certified:
    ends = {name: datetime.fromisoformat(told[name]) for name in ("valid_from", "valid_to")}
    return Certified(**(told | ends))  # type: ignore[arg-type]


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
