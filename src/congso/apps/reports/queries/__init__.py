"""What can be asked of forms and reports; all of it sees what the asker may see."""

from congso.apps.reports.queries.cells import Board, Filled, board_of, indicators_of, standing_entries
from congso.apps.reports.queries.forms import (
    active_units,
    designing_for,
    designs_anything,
    draft_of,
    form_of_code,
    latest_version,
    organizations_where,
    published_forms,
)
from congso.apps.reports.queries.gathering import (
    Collected,
    Merged,
    Source,
    collected,
    merged_texts,
    papers_of,
    punctuality,
    reports_of_period,
    sources_of,
)
from congso.apps.reports.queries.reports import acts_open_to, in_hand, report_of, reports, stands_on_unit_side, to_judge

__all__ = [
    "Board",
    "Collected",
    "Filled",
    "Merged",
    "Source",
    "active_units",
    "acts_open_to",
    "board_of",
    "collected",
    "designing_for",
    "designs_anything",
    "draft_of",
    "form_of_code",
    "in_hand",
    "indicators_of",
    "latest_version",
    "merged_texts",
    "organizations_where",
    "papers_of",
    "published_forms",
    "punctuality",
    "report_of",
    "reports",
    "reports_of_period",
    "sources_of",
    "standing_entries",
    "stands_on_unit_side",
    "to_judge",
]
