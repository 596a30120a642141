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

__all__ = [
    "BREACH",
    "REQUEST",
    "AffectedNotice",
    "Breach",
    "BreachCause",
    "BreachReport",
    "DataExport",
    "DataKind",
    "RequestKind",
    "SubjectRequest",
]
