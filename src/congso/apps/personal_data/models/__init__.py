from congso.apps.personal_data.models.breaches import (
    BREACH,
    AffectedNotice,
    Breach,
    BreachCause,
    BreachReport,
    DataKind,
)
from congso.apps.personal_data.models.exports import DataExport
from congso.apps.personal_data.models.requests import REQUEST, RequestKind, SubjectRequest
from congso.apps.personal_data.models.retention import Anonymisation, Hold

__all__ = [
    "BREACH",
    "REQUEST",
    "AffectedNotice",
    "Anonymisation",
    "Breach",
    "BreachCause",
    "BreachReport",
    "DataExport",
    "DataKind",
    "Hold",
    "RequestKind",
    "SubjectRequest",
]
