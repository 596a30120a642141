"""What the texts ask of a sitting, in whole numbers: quorum, days of notice, presence."""

from congso.apps.meetings.rules.presence import Happened, Standing, standing_of
from congso.apps.meetings.rules.quorum import Quorum, needed, notice_day, quorum_words

__all__ = ["Happened", "Quorum", "Standing", "needed", "notice_day", "quorum_words", "standing_of"]
