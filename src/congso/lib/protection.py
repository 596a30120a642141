"""How a table is protected, declared beside the models that need it.

A declaration is turned into row-level-security policies and grants by the command `secure`, run as owner
after every migration. What is not declared gets no grant: the application's role cannot even see it.
Predicates are SQL over the table's own row; `None` means the act is granted to nobody.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One table: who may read, insert, update and delete its rows; `columns` limits what UPDATE may touch.

    `update` judges the row as it stood; `check`, where given, the row as it would stand.
    """

    name: str
    read: str | None
    insert: str | None = None
    update: str | None = None
    delete: str | None = None
    columns: tuple[str, ...] = ()
    check: str = "true"


@dataclass(frozen=True)
class Exempt:
    """A table without rows about people or work: no policy, with the reason a reviewer can judge."""

    name: str
    grants: str
    reason: str


@dataclass(frozen=True)
class Sealed:
    """A table the application's role cannot touch at all; named functions work on it."""

    name: str
    reason: str


Protection = Table | Exempt | Sealed

# For a table that must be readable before anybody is known; its declaration says why beside it.
EVERYBODY = "true"
READ_AUDIENCE = "audience && (SELECT congso.principals())"


def child_of_record(
    name: str,
    column: str = "record_ptr_id",
    *,
    insert: str | None = "",
    update: str | None = "",
    columns: tuple[str, ...] = (),
) -> Table:
    """A table whose rows belong to a record: seen by whoever sees the record, written by who may act on it."""
    see = f"EXISTS (SELECT 1 FROM records_record r WHERE r.id = {name}.{column})"
    act = f"congso.may_act({column})"
    return Table(name, see, act if insert == "" else insert, act if update == "" else update, columns=columns)


_PRINCIPAL = "300000000000000{function} + {organization} * 100 = ANY ((SELECT congso.principals())::bigint[])"


def registry_of(organization: str, function: int = 3) -> str:
    """Whether the caller is a clerk (3; chief: 4) of the organization, or of the office that serves it.

    A committee has no registry of its own: its office keeps its series, its packets and its seal.
    """
    own = _PRINCIPAL.format(function=function, organization=organization)
    served = _PRINCIPAL.format(function=function, organization="o.id")
    return f"({own} OR EXISTS (SELECT 1 FROM directory_organization o WHERE o.serves_id = {organization} AND {served}))"
