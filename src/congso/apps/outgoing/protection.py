"""Who may read and write the tables of outgoing documents.

A closed document's own row is fixed: what was issued never changes (office 1, rule 10). An opinion is written by
those asked; ending a round touches only those nobody answered. Statuses are noted by the exchange's carrier.
"""

from congso.lib.protection import Table, child_of_record

_SEES = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = document_id)"
_ACTS = "congso.may_act(document_id)"
_SELF = "{} = congso.person()"
_MINE = "receivers && (SELECT congso.principals())"
_CARRIER = "congso.actor() = 'system:20'"
_OPEN = (
    "congso.may_act(record_ptr_id) AND EXISTS (SELECT 1 FROM records_record r"
    " WHERE r.id = record_ptr_id AND r.closed_at IS NULL)"
)
_CHIEFS = (
    "3000000000000004 + issuer_id * 100 = ANY ((SELECT congso.principals())::bigint[])"
    " OR EXISTS (SELECT 1 FROM directory_organization o WHERE o.serves_id = issuer_id"
    " AND 3000000000000004 + o.id * 100 = ANY ((SELECT congso.principals())::bigint[]))"
    " OR 3000000000000002 + issuer_id * 100 = ANY ((SELECT congso.principals())::bigint[])"
)

TABLES = (
    child_of_record("outgoing_outgoingdocument", update=_OPEN),
    Table(
        "outgoing_draftversion",
        read=_SEES,
        insert=f"{_ACTS} AND {_SELF.format('made_by_id')}",
        update=_ACTS,
        columns=("findings", "checked_at", "pdf_id"),
    ),
    # The list is the drafter's while nobody has signed; then a turn, a seal or a return writes its moments.
    Table(
        "outgoing_cosigner",
        read=_SEES,
        insert=f"{_ACTS} AND signed_at IS NULL AND sealed_at IS NULL AND sent_at IS NULL",
        update=_ACTS,
        delete=f"{_ACTS} AND signed_at IS NULL",
        columns=(
            "position", "has_seal", "signed_at", "sealed_at", "sent_at", "sent_way", "sent_to", "sent_problem",
        ),
    ),
    Table(
        "outgoing_opinionround",
        read=_SEES,
        insert=f"{_ACTS} AND {_SELF.format('asked_by_id')}",
        update=_ACTS,
        columns=("closed_at",),
    ),
    Table(
        "outgoing_opinion",
        read=_SEES,
        insert=f"{_ACTS} AND stance = '' AND text = ''",
        update=f"state <> 'answered' AND (({_MINE}) OR (state IN ('waiting', 'asked') AND {_ACTS}))",
        check=f"(({_MINE}) AND author_id = congso.person())"
        " OR (state IN ('asked', 'missed') AND text = '' AND stance = '')",
        columns=("state", "asked_at", "stance", "text", "author_id", "author_label", "answered_at"),
    ),
    Table(
        "outgoing_opinionpoint",
        read=_SEES,
        insert="EXISTS (SELECT 1 FROM outgoing_opinion o WHERE o.id = opinion_id AND o.document_id ="
        " outgoing_opinionpoint.document_id AND o.receivers && (SELECT congso.principals()))"
        " AND outcome = '' AND reason = ''",
        update=_ACTS,
        check=_SELF.format("decided_by_id"),
        columns=("outcome", "reason", "decided_by_id", "decided_at"),
    ),
    Table("outgoing_told", read=_SEES, insert=f"{_ACTS} AND {_SELF.format('made_by_id')}"),
    Table("outgoing_pagenote", read=_SEES, insert=f"{_SEES} AND {_SELF.format('author_id')}"),
    Table(
        "outgoing_recipient",
        read=f"({_CARRIER}) OR {_SEES}",
        insert=f"{_ACTS} AND status = ''",
        update=f"({_CARRIER}) OR {_ACTS}",
        columns=(
            "name", "purpose", "copies", "state", "status", "status_at", "reason", "sent_at", "packet_id",
        ),
    ),
    Table(
        "outgoing_signinggrant",
        read="congso.is_known()",
        insert=f"({_CHIEFS}) AND {_SELF.format('added_by_id')}",
        update=_CHIEFS,
        columns=("valid_to",),
    ),
)  # fmt: skip
