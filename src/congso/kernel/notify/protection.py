"""A notice and what a person chose are her own. The mailer, a named system, knows who wants letters and which are on
their way; what a letter says it learns only as the person it is for. It knows which devices are to be woken, not why.
"""

from congso.lib.protection import Table

_OWN = "person_id = (SELECT congso.person())"
_MAILER = "(SELECT congso.is_mailer())"

TABLES = (
    Table("notify_notice", read=_OWN, update=_OWN, columns=("read_at",)),
    Table("notify_choice", read=_OWN, insert=_OWN, update=_OWN, columns=("way",), check=_OWN),
    Table(
        "notify_mailsettings",
        read=f"({_OWN} OR {_MAILER})",
        insert=_OWN,
        update=_OWN,
        columns=("frequency", "hour", "quiet_from", "quiet_until"),
        check=_OWN,
    ),
    Table(
        "notify_letter",
        read=f"({_OWN} OR {_MAILER})",
        insert=_MAILER,
        update=_MAILER,
        columns=("state", "attempts", "due_at", "settled_at", "error"),
    ),
    Table(
        "notify_pushdevice",
        read=f"({_OWN} OR {_MAILER})",
        insert=_OWN,
        update=_MAILER,
        columns=("told_at", "failures", "error"),
        delete=f"({_OWN} OR {_MAILER})",
    ),
    Table(
        "notify_pushnews",
        read=_MAILER,
        update=_MAILER,
        columns=("due_at",),
        delete=_MAILER,
    ),
)
