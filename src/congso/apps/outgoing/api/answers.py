"""What the REST acts on an outgoing document answer with."""

from typing import Any

from django.utils import timezone

from congso.apps.outgoing import queries
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.services import possible_transitions


def who(request: OfficeRequest) -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": request.actor, "at": timezone.now()}


def detail(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """The document as the caller sees it now; who handed it away and no longer sees it gets what is left."""
    document = queries.outgoing_document(pk)
    names = ("id", "state", "number", "title", "doc_type", "issuer_id", "unit_id", "signer_name", "issued_on",
             "urgency", "due_on", "paper_sha256")  # fmt: skip
    return {name: getattr(document, name) for name in names} | {
        "paper": document.paper_id,
        "versions": list(queries.versions_of(document)),
        "co_signers": document.signers_after,
        "recipients": list(queries.recipients_of(document)),
        "acts": [one.key for one in possible_transitions(document, held=request.principals)],
    }
