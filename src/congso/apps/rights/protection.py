"""Reviews: seen by everybody who is known. A campaign is opened by an administrator or the machine, decided by the
leaders of the organization; what it takes away is carried out by who may.
"""

from congso.lib.protection import Table

_KNOWN = "(SELECT congso.is_known())"
_RIGHTS = "congso.actor() = 'system:9'"
_ANSWERS = "congso.reviews(organization_id)"

TABLES = (
    Table(
        "rights_campaign",
        read=_KNOWN,
        insert="(congso.is_administrator() AND opened_by_id = congso.person())"
        f" OR ({_RIGHTS} AND opened_by_id IS NULL)",
        update=_RIGHTS,
        columns=("reminded_on",),
    ),
    Table(
        "rights_decision",
        read=_KNOWN,
        insert=f"{_ANSWERS} AND decided_by_id = congso.person() AND done_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM rights_unitreview u"
        " WHERE u.campaign_id = rights_decision.campaign_id AND u.organization_id = rights_decision.organization_id)",
        update=f"({_ANSWERS} OR congso.administers(organization_id)) AND done_at IS NULL",
        columns=("verdict", "note", "words", "decided_by_id", "decided_at", "done_by_id", "done_at"),
    ),
    Table(
        "rights_unitreview",
        read=_KNOWN,
        insert=f"{_ANSWERS} AND confirmed_by_id = congso.person()",
    ),
)
