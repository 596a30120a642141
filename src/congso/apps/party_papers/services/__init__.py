"""The acts of Party documents: one function, one transaction, one line in the journal."""

from congso.apps.party_papers.services.drafting import (
    FILE,
    Decision,
    PaperFacts,
    add_file,
    add_relation,
    attach_file,
    confirm_relation,
    draft_paper,
    drop_relation,
    edit_paper,
    read_relations,
)
from congso.apps.party_papers.services.publishing import move_paper, publish_paper, relate_published, withdraw_paper

__all__ = [
    "FILE", "Decision", "PaperFacts", "add_file", "add_relation", "attach_file", "confirm_relation", "draft_paper",
    "drop_relation", "edit_paper", "move_paper", "publish_paper", "read_relations", "relate_published",
    "withdraw_paper",
]  # fmt: skip
