"""A dashboard is seen by its audience; its author and the leaders of its owner change it, questions with it.

Seeing it shows no record: every figure is counted with the rights of who looks. A file on its way in is its bringer's.
"""

from congso.lib.protection import READ_AUDIENCE, Table

_HELD = "(SELECT congso.principals())::bigint[]"
_KEEPS = (
    "(author_id = congso.person() AND owner_id IN (SELECT congso.own_offices())"
    f" OR {_HELD} && ARRAY[3000000000000000 + owner_id * 100 + 2, 3000000000000000 + owner_id * 100 + 4])"
)
_KEPT = f"EXISTS (SELECT 1 FROM analytics_dashboard d WHERE d.id = dashboard_id AND {_KEEPS})"
_LED = (
    "EXISTS (SELECT 1 FROM analytics_dashboard d WHERE d.id = board_id"
    f" AND {_HELD} && ARRAY[3000000000000000 + d.owner_id * 100 + 2, 3000000000000000 + d.owner_id * 100 + 4])"
)
_MINE = "by_id = congso.person()"

TABLES = (
    Table(
        "analytics_dashboard",
        read=READ_AUDIENCE,
        insert="author_id = congso.person() AND owner_id IN (SELECT congso.own_offices())",
        update=_KEEPS,
        columns=("title", "words", "shared_with", "audience", "is_archived", "updated_at"),
        check=_KEEPS,
    ),
    Table(
        "analytics_question",
        read="EXISTS (SELECT 1 FROM analytics_dashboard d WHERE d.id = dashboard_id)",
        insert=_KEPT,
        update=_KEPT,
        delete=_KEPT,
        columns=(
            *("position", "title", "source", "types", "standing", "since", "below_id", "split_by", "measure"),
            *("indicator", "periods", "chart"),
        ),
        check=_KEPT,
    ),
    # What leaders told everybody is for everybody; what was withdrawn stays for those who see the board.
    Table(
        "analytics_publicedition",
        read="withdrawn_at IS NULL OR EXISTS (SELECT 1 FROM analytics_dashboard d WHERE d.id = board_id)",
        insert=f"{_LED} AND withdrawn_at IS NULL",
        update=f"{_LED} AND withdrawn_at IS NULL",
        columns=("withdrawn_at",),
        check="withdrawn_at IS NOT NULL",
    ),
    Table(
        "analytics_datafile",
        read=_MINE,
        insert=_MINE,
        update=f"{_MINE} AND state IN ('read', 'mapped')",
        columns=("mapping", "refused", "state", "found", "taken"),
        check=_MINE,
    ),
)
