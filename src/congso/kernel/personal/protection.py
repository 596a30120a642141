"""Who looked at somebody's data is hers and the auditors' to know; it is written by congso.note_disclosure alone."""

from congso.lib.protection import Table

# A list's scope: everybody who held a post on its day, in its organization where it names one.
_IN_LIST = (
    "subject_id IS NULL AND EXISTS (SELECT 1 FROM directory_assignment a JOIN directory_post p ON p.id = a.post_id"
    " WHERE a.person_id = (SELECT congso.person()) AND a.valid_from <= as_of"
    " AND (a.valid_to IS NULL OR a.valid_to > as_of)"
    " AND (personal_disclosure.organization_id IS NULL OR p.organization_id = personal_disclosure.organization_id))"
)

TABLES = (
    Table(
        "personal_disclosure",
        read=f"subject_id = (SELECT congso.person()) OR (SELECT congso.is_auditor()) OR ({_IN_LIST})",
    ),
)
