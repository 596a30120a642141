from congso.apps.personal_data.models.assessments import (
    ASSESSMENT,
    Assessment,
    AssessmentFiling,
    AssessmentKind,
    AssessmentVersion,
)
from congso.apps.personal_data.models.breaches import (
    BREACH,
    AffectedNotice,
    Breach,
    BreachCause,
    BreachReport,
)
from congso.apps.personal_data.models.consents import ConsentEntry, ConsentPurpose, ConsentText
from congso.apps.personal_data.models.exports import DataExport
from congso.apps.personal_data.models.kinds import DataKind
from congso.apps.personal_data.models.requests import REQUEST, RequestKind, SubjectRequest
from congso.apps.personal_data.models.retention import Anonymisation, Hold

__all__ = [
    "ASSESSMENT",
    "BREACH",
    "REQUEST",
    "AffectedNotice",
    "Anonymisation",
    "Assessment",
    "AssessmentFiling",
    "AssessmentKind",
    "AssessmentVersion",
    "Breach",
    "BreachCause",
    "BreachReport",
    "ConsentEntry",
    "ConsentPurpose",
    "ConsentText",
    "DataExport",
    "DataKind",
    "Hold",
    "RequestKind",
    "SubjectRequest",
]
