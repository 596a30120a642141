"""The organization chart is a shared catalogue: everyone signed in reads it, administrators write it, each below the
organizations she administers. An organization's own name, place and end are decided above it.
"""

from congso.lib.protection import Table

_READ = "(SELECT congso.is_known())"  # asked once a query, not once a row
_ALL = "(SELECT congso.is_administrator())"

TABLES = (
    Table(
        "directory_organization",
        read=_READ,
        insert=f"{_ALL} OR congso.administers(parent_id)",
        update=f"{_ALL} OR congso.administers(parent_id)",
        columns=("valid_to", "official_code", "serves_id", "is_office"),
    ),
    Table(
        "directory_organizationversion",
        read=_READ,
        insert=f"{_ALL} OR (congso.administers_above(organization_id) AND congso.administers(parent_id))",
        update=f"{_ALL} OR congso.administers_above(organization_id)",
        check=f"{_ALL} OR congso.administers(parent_id)",
        columns=("valid_to", "parent_id"),
    ),
    Table(
        "directory_codescheme",
        read=_READ,
        insert=_ALL,
        update=_ALL,
        columns=("name", "pattern", "longest", "example", "checksum", "source", "place"),
    ),
    Table(
        "directory_organizationcode",
        read=_READ,
        insert=f"{_ALL} OR congso.administers_above(organization_id)",
        update=f"{_ALL} OR congso.administers_above(organization_id)",
        columns=("valid_to",),
    ),
    Table(
        "directory_succession",
        read=_READ,
        insert=f"{_ALL} OR (congso.administers_above(predecessor_id) AND congso.administers_above(successor_id))",
    ),
    Table(
        "directory_chartevent",
        read=_READ,
        insert=f"recorded_by_id = congso.person() AND ({_ALL} OR congso.administers_above(organization_id))",
    ),
    Table(
        "directory_post",
        read=_READ,
        insert=f"({_ALL} OR congso.administers(organization_id)) AND (continues_id IS NULL"
        " OR congso.continues_fairly(continues_id, functions::text[]))",
        update=f"{_ALL} OR congso.administers(organization_id)",
        columns=("valid_to", "rank"),
    ),
    Table(
        "directory_person",
        read=_READ,
        insert="congso.is_some_administrator()",
        update=f"{_ALL} OR congso.administers_person(id)",
    ),
    Table(
        "directory_assignment",
        read=_READ,
        insert=f"({_ALL} AND person_id <> (SELECT congso.person()))"
        " OR congso.may_appoint(post_id, person_id, valid_from)",
        update=f"{_ALL} OR congso.administers_post(post_id)",
        columns=("valid_to",),
    ),
)
