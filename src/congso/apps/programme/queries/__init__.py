"""What can be asked of working programmes; all of it sees what the asker may see."""

from congso.apps.programme.queries.items import carriable, items_of_session, items_on, without_papers
from congso.apps.programme.queries.programmes import (
    LONGER,
    acts_open_to,
    drafting_for,
    drafts_anything,
    organizations_where,
    programme_of,
    programmes,
    refresh_parties,
    units_speaking_for,
)
from congso.apps.programme.queries.slips import Tally, slipped, tally_by_preparer, tally_of

__all__ = [
    "LONGER",
    "Tally",
    "acts_open_to",
    "carriable",
    "drafting_for",
    "drafts_anything",
    "items_of_session",
    "items_on",
    "organizations_where",
    "programme_of",
    "programmes",
    "refresh_parties",
    "slipped",
    "tally_by_preparer",
    "tally_of",
    "units_speaking_for",
    "without_papers",
]
