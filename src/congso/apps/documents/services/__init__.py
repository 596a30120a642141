"""The acts on incoming documents, each one transaction: the registry's, the leaders', the handling units'."""

from congso.apps.documents.services.directing import (
    Order,
    Target,
    conclude_document,
    direct_document,
    present_document,
    take_back,
)
from congso.apps.documents.services.handling import (
    accept_return,
    ask_return,
    complete_document,
    link_reply,
    open_document,
    pass_on,
    refuse_return,
    reopen_document,
    report_result,
)
from congso.apps.documents.services.registry import (
    Duplicated,
    Entry,
    correct_document,
    recall_document,
    receive_document,
    register_document,
    reserve_arrival_number,
    return_to_sender,
    withdraw_document,
)

__all__ = [
    "Duplicated",
    "Entry",
    "Order",
    "Target",
    "accept_return",
    "ask_return",
    "complete_document",
    "conclude_document",
    "correct_document",
    "direct_document",
    "link_reply",
    "open_document",
    "pass_on",
    "present_document",
    "recall_document",
    "receive_document",
    "refuse_return",
    "register_document",
    "reopen_document",
    "report_result",
    "reserve_arrival_number",
    "return_to_sender",
    "take_back",
    "withdraw_document",
]
