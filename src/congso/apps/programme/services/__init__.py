"""What can be done with working programmes: one function, one act, one transaction, one journal line."""

from congso.apps.programme.models import HeardKind
from congso.apps.programme.services.approving import (
    adjust_programme,
    approve_programme,
    ask_confirmation,
    close_programme,
    confirm_adjustment,
    drop_programme,
    refuse_adjustment,
    return_programme,
    submit_programme,
)
from congso.apps.programme.services.editing import (
    InvalidItem,
    ItemFacts,
    NewProgramme,
    add_item,
    carry_items,
    create_programme,
    drop_item,
    edit_item,
)
from congso.apps.programme.services.following import complete_item, postpone_item, receive_papers, withdraw_item
from congso.apps.programme.services.hearing import HeardOf, Told, hear_of_papers, hear_of_session, heard_of
from congso.apps.programme.services.opinions import answer_opinion, consult_units, give_opinion
from congso.apps.programme.services.printing import programme_paper
from congso.apps.programme.services.reminding import send_reminders
from congso.apps.programme.services.sessions import SessionItem, session_items

__all__ = [
    "HeardKind",
    "HeardOf",
    "InvalidItem",
    "ItemFacts",
    "NewProgramme",
    "SessionItem",
    "Told",
    "add_item",
    "adjust_programme",
    "answer_opinion",
    "approve_programme",
    "ask_confirmation",
    "carry_items",
    "close_programme",
    "complete_item",
    "confirm_adjustment",
    "consult_units",
    "create_programme",
    "drop_item",
    "drop_programme",
    "edit_item",
    "give_opinion",
    "hear_of_papers",
    "hear_of_session",
    "heard_of",
    "postpone_item",
    "programme_paper",
    "receive_papers",
    "refuse_adjustment",
    "return_programme",
    "send_reminders",
    "session_items",
    "submit_programme",
    "withdraw_item",
]
