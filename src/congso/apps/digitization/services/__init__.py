"""What can be done: one act, one function, one transaction, one journal line."""

from congso.apps.digitization.services.accepting import accept_batch, bind_more, return_work
from congso.apps.digitization.services.batches import (
    BatchFacts,
    FolderFacts,
    add_folders,
    cancel_batch,
    edit_batch,
    hand_over_batch,
    plan_batch,
    receive_originals,
)
from congso.apps.digitization.services.checking import check_copy, drop_copy, settle_copy, uncheck_copy
from congso.apps.digitization.services.correcting import correct_word, finish_page
from congso.apps.digitization.services.pages import drop_page, restore_page
from congso.apps.digitization.services.processing import pause_processing, rescan, start_processing
from congso.apps.digitization.services.rereading import start_rereading
from congso.apps.digitization.services.scanning import PURPOSE, receive_scan
from congso.apps.digitization.services.signing import sign_copies
from congso.apps.digitization.services.stocks import set_stock

__all__ = [
    "PURPOSE", "BatchFacts", "FolderFacts", "accept_batch", "add_folders", "bind_more", "cancel_batch", "check_copy",
    "correct_word", "drop_copy", "drop_page", "edit_batch", "finish_page", "hand_over_batch", "pause_processing",
    "plan_batch", "receive_originals", "receive_scan", "rescan", "restore_page", "return_work", "set_stock",
    "settle_copy", "sign_copies", "start_processing", "start_rereading", "uncheck_copy",
]  # fmt: skip
