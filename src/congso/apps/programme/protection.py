"""A programme's rows belong to its record. Its office alone writes items; what was said and changed is never altered,
and a unit speaks for itself alone."""

from congso.lib.protection import Table, child_of_record, registry_of

_MINE = "by_id = congso.person()"
_DRAFTERS = f"({registry_of('r.owner_id', 4)} OR {registry_of('r.owner_id', 5)})"
_OFFICE = (
    "congso.may_act(programme_id) AND EXISTS (SELECT 1 FROM records_record r WHERE r.id = programme_id"
    f" AND r.state IN ('draft', 'consulting', 'returned', 'adjusting', 'approved') AND {_DRAFTERS})"
)
# The machine that writes down what a sitting took up (access.principals.System.SESSIONS), on programmes in force.
_SESSION = "(congso.may_act(programme_id) AND 6000000000001300 = ANY (congso.principals()))"
_CONSULTING = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = programme_id AND r.state = 'consulting')"

TABLES = (
    child_of_record("programme_programme"),
    child_of_record("programme_item", "programme_id", insert=_OFFICE, update=f"{_OFFICE} OR {_SESSION}"),
    child_of_record("programme_change", "programme_id", insert=f"({_OFFICE} AND {_MINE}) OR {_SESSION}", update=None),
    Table(
        "programme_heard",
        read="EXISTS (SELECT 1 FROM programme_item i WHERE i.id = item_id)",
        insert=f"EXISTS (SELECT 1 FROM programme_item i WHERE i.id = item_id AND {_SESSION})",
    ),
    child_of_record("programme_consulted", "programme_id", insert=_OFFICE, update=None),
    child_of_record(
        "programme_opinion",
        "programme_id",
        insert=f"congso.may_act(programme_id) AND {_MINE} AND {_CONSULTING}"
        " AND organization_id IN (SELECT congso.own_offices())",
        update=_OFFICE,
        columns=("handling", "answer"),
    ),
)
