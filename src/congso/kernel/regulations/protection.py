"""Law is public: no policy for reading. It is written only by the functions of internal/functions.sql."""

from congso.lib.protection import Exempt

_REASON = "published law and the operator's confirmations of it; written only by administrators' functions"

TABLES = tuple(
    Exempt(name, grants="SELECT", reason=_REASON)
    for name in (
        "regulations_parameter",
        "regulations_calendaryear",
        "regulations_calendarday",
        "regulations_revision",
    )
)
