"""The shape of what people type about procedures and cases."""

from congso.apps.procedures.forms.cases import (
    ApologyForm,
    ApplicationForm,
    AssignForm,
    DeskForm,
    FilesForm,
    LookUpForm,
    RatingForm,
    ReturnForm,
    SignatureForm,
)
from congso.apps.procedures.forms.catalogue import DecisionForm, EndForm, PaperFormSet, ProcedureForm, StepFormSet

__all__ = [
    "ApologyForm", "ApplicationForm", "AssignForm", "DecisionForm", "DeskForm", "EndForm", "FilesForm", "LookUpForm",
    "PaperFormSet", "ProcedureForm", "RatingForm", "ReturnForm", "SignatureForm", "StepFormSet",
]  # fmt: skip
