"""What can be done: define indicators, bring figures in, put dashboards together."""

from congso.apps.analytics.services.boards import (
    BoardFacts,
    QuestionFacts,
    archive_board,
    ask_question,
    change_board,
    change_question,
    drop_question,
    make_board,
    move_question,
)
from congso.apps.analytics.services.files import Mapping, drop_file, map_file, read_file, take_file
from congso.apps.analytics.services.publishing import public_content, publish_board, withdraw_board

__all__ = [
    "BoardFacts",
    "Mapping",
    "QuestionFacts",
    "archive_board",
    "ask_question",
    "change_board",
    "change_question",
    "drop_file",
    "drop_question",
    "make_board",
    "map_file",
    "move_question",
    "public_content",
    "publish_board",
    "read_file",
    "take_file",
    "withdraw_board",
]
