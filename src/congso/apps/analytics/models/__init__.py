"""Dashboards with their questions, and files of figures on their way in."""

from congso.apps.analytics.models.dashboards import (
    ChartKind,
    Dashboard,
    Group,
    MeasureKind,
    Question,
    Source,
    Standing,
    Window,
)
from congso.apps.analytics.models.files import DataFile
from congso.apps.analytics.models.published import PublicEdition

__all__ = [
    "ChartKind",
    "Dashboard",
    "DataFile",
    "Group",
    "MeasureKind",
    "PublicEdition",
    "Question",
    "Source",
    "Standing",
    "Window",
]
