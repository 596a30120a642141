"""What people type about indicators, files, dashboards and questions."""

from congso.apps.analytics.forms.boards import BoardForm, QuestionForm
from congso.apps.analytics.forms.figures import FileForm, IndicatorForm, MappingForm, ReaderForm

__all__ = ["BoardForm", "FileForm", "IndicatorForm", "MappingForm", "QuestionForm", "ReaderForm"]
