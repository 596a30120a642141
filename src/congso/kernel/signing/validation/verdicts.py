"""The verdicts and the reasons for them, as codes; `words.py` says them. Pure: the child process imports this."""

from enum import StrEnum


class Verdict(StrEnum):
    """Of a signature and of a file (its worst signature's). From good to bad."""

    VALID = "valid"
    UNTRUSTED = "untrusted"  # intact, by somebody whose authority we do not trust
    UNKNOWN = "unknown"  # cannot tell: something needed for the judgement is missing
    INVALID = "invalid"
    UNSIGNED = "unsigned"  # of a file alone


WORST_FIRST = (Verdict.INVALID, Verdict.UNKNOWN, Verdict.UNTRUSTED, Verdict.VALID)


class Reason(StrEnum):
    """Why. Those of `VERDICT_OF` decide; the others are told beside."""

    # not valid
    CONTENT_CHANGED = "content_changed"
    SIGNATURE_BROKEN = "signature_broken"
    CHANGED_AFTER = "changed_after"
    FILLED_AFTER = "filled_after"
    PLACE_ADDED_AFTER = "place_added_after"
    NOT_COVERED = "not_covered"
    MALFORMED = "malformed"
    UNKNOWN_FORMAT = "unknown_format"
    REVOKED = "revoked"
    SIGNED_AFTER_END = "signed_after_end"
    NOT_YET_VALID = "not_yet_valid"
    WRONG_USE = "wrong_use"
    # cannot tell
    NO_REVOCATION_DATA = "no_revocation_data"
    EXPIRED = "expired"
    REVOKED_NO_TIME = "revoked_no_time"
    CLOCK_AHEAD = "clock_ahead"
    WEAK = "weak"
    TIMESTAMP_DOUBTFUL = "timestamp_doubtful"
    NOT_DECIDED = "not_decided"
    # untrusted
    SELF_SIGNED = "self_signed"
    UNKNOWN_AUTHORITY = "unknown_authority"
    # beside
    TEST_AUTHORITY = "test_authority"
    CLAIMED_TIME = "claimed_time"
    CLOCK_DIFFERS = "clock_differs"
    FILLED_AS_ALLOWED = "filled_as_allowed"
    SIGNED_LATER = "signed_later"
    VALIDATION_DATA_ADDED = "validation_data_added"


VERDICT_OF = {
    **dict.fromkeys(
        (
            Reason.CONTENT_CHANGED, Reason.SIGNATURE_BROKEN, Reason.CHANGED_AFTER, Reason.FILLED_AFTER,
            Reason.PLACE_ADDED_AFTER, Reason.NOT_COVERED, Reason.MALFORMED, Reason.UNKNOWN_FORMAT, Reason.REVOKED,
            Reason.SIGNED_AFTER_END, Reason.NOT_YET_VALID, Reason.WRONG_USE,
        ),
        Verdict.INVALID,
    ),
    **dict.fromkeys(
        (
            Reason.NO_REVOCATION_DATA, Reason.EXPIRED, Reason.REVOKED_NO_TIME, Reason.CLOCK_AHEAD, Reason.WEAK,
            Reason.TIMESTAMP_DOUBTFUL, Reason.NOT_DECIDED,
        ),
        Verdict.UNKNOWN,
    ),
    Reason.SELF_SIGNED: Verdict.UNTRUSTED,
    Reason.UNKNOWN_AUTHORITY: Verdict.UNTRUSTED,
}  # fmt: skip


def verdict_of(reasons: list[Reason]) -> Verdict:
    """The worst of what the reasons decide; valid when none decides."""
    return worst([VERDICT_OF[one] for one in reasons if one in VERDICT_OF])


def worst(verdicts: list[Verdict]) -> Verdict:
    """The worst of several; valid for none."""
    return next((one for one in WORST_FIRST if one in verdicts), Verdict.VALID)
