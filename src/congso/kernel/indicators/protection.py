"""Figures flow up: a unit's are read in the unit, above it, and where the indicator is owned or collected.

The catalogue itself is for everybody who is known. A figure is given by who answers for the unit or stands above it,
in her own name; what stands is written by the database alone.
"""

from congso.lib.protection import Table

_KNOWN = "(SELECT congso.is_known())"
_READS = "organization_id IN (SELECT congso.overseen()) OR indicator_id IN (SELECT congso.readable_indicators())"
_OWNS = "owner_id IN (SELECT congso.own_offices())"
_OF_OWNED = f"indicator_id IN (SELECT i.id FROM indicators_indicator i WHERE i.{_OWNS})"

TABLES = (
    Table(
        "indicators_indicator",
        read=_KNOWN,
        insert=_OWNS,
        update=_OWNS,
        columns=("name", "definition", "source", "is_open", "measure"),
        check=_OWNS,
    ),
    Table("indicators_readership", read=_KNOWN, insert=_OF_OWNED, delete=_OF_OWNED),
    Table(
        "indicators_observation",
        read=_READS,
        insert="by_id = (SELECT congso.person()) AND organization_id IN (SELECT congso.overseen())",
    ),
    Table("indicators_standing", read=_READS),
)
