"""`Expected` and findings as plain values, to cross into the guarded child and back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from congso.kernel.composing.contents import Authority, Layout, Marks, Signature, Urgency
from congso.kernel.composing.findings import AmendedPaper, Expected, Finding, Severity


def expected_to_plain(expected: Expected) -> dict[str, Any]:
    """For JSON."""
    plain = asdict(expected)
    plain["issued_on"] = _written(expected.issued_on)
    plain["allowed_types"] = None if expected.allowed_types is None else sorted(expected.allowed_types)
    plain["amends"] = [[one.symbol, _written(one.issued_on)] for one in expected.amends]
    return plain


def expected_from(plain: Mapping[str, Any]) -> Expected:
    """Back from JSON."""
    marks = plain["marks"]
    allowed = plain["allowed_types"]
    changed = {
        "layout": Layout(plain["layout"]),
        "issued_on": _read(plain["issued_on"]),
        "signatures": tuple(
            Signature(**one | {"authority": Authority(one["authority"])}) for one in plain["signatures"]
        ),
        "recipients": tuple(plain["recipients"]),
        "addressees": tuple(plain["addressees"]),
        "marks": Marks(**marks | {"urgency": Urgency(marks["urgency"])}),
        "amends": tuple(AmendedPaper(symbol, _read(day)) for symbol, day in plain["amends"]),
        "allowed_types": None if allowed is None else frozenset(allowed),
    }
    return Expected(**{**plain, **changed})


def finding_from(plain: Mapping[str, Any]) -> Finding:
    """Back from JSON."""
    return Finding(**{**plain, "severity": Severity(plain["severity"])})


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
