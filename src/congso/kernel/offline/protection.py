"""Which acts a person's devices have sent is her own."""

from congso.lib.protection import Table

_OWN = "person_id = (SELECT congso.person())"

TABLES = (
    Table(
        "offline_sentact",
        read=_OWN,
        insert=_OWN,
        update=_OWN,
        delete=f"{_OWN} AND at < now() - interval '30 days'",
        columns=("address",),
    ),
)
