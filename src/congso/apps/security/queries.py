"""What auditors ask of the journal. Every page is bounded, also among tens of millions of lines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from congso.kernel.access.principals import Role
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.jobs.models import Job
from congso.kernel.journal.chain import digest_of, read_closing
from congso.kernel.journal.delivering import targets
from congso.kernel.journal.forwarding import waiting
from congso.kernel.journal.models import Checkpoint, Delivery, Entry, Forwarding, Key, Seal, Verification
from congso.kernel.journal.printing import grouped
from congso.kernel.web.navigation import holds_role
from congso.kernel.workflow.flow import flows

PAGE = 50
PRINTED = 500
LATE_AFTER = timedelta(hours=26)
VERIFY_JOB = "security.verify"
_PLACE = re.compile(r"(\d{1,17})-(\d{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OWN_ACTS = {
    "journal.checkpoint": "Chốt sổ nhật ký",
    "journal.checkpoint_asked": "Cho chốt sổ nhật ký",
    "journal.verification_asked": "Cho kiểm tra nhật ký",
    "journal.export": "Xuất nhật ký",
    "journal.new_key": "Đổi khóa ký biên bản",
    "journal.trust_key": "Tin khóa của máy khác",
    "journal.forward_from_now": "Bỏ phần cũ khi gửi cho SIEM",
}
# One step an index for each kind of act, however many lines there are.
_ACTS = """
WITH RECURSIVE acts(act) AS (
  (SELECT e.act FROM journal_entry e ORDER BY e.act LIMIT 1)
  UNION ALL
  SELECT (SELECT e.act FROM journal_entry e WHERE e.act > acts.act ORDER BY e.act LIMIT 1)
  FROM acts WHERE acts.act IS NOT NULL)
SELECT act FROM acts WHERE act IS NOT NULL LIMIT 500
"""


def audits(request: OfficeRequest) -> bool:
    """Whether the person may read the journal: auditors only."""
    return holds_role(request, Role.AUDITOR)


@dataclass(frozen=True)
class Page:
    """A page of lines, the newest first, and the places of its neighbours (empty: there is none)."""

    entries: list[Entry]
    older: str
    newer: str


def page_of(found: QuerySet[Entry], *, older_than: str = "", newer_than: str = "", size: int = PAGE) -> Page:
    """The lines just before or after a place, or the newest; an unreadable place counts as none."""
    before, after = _read_place(older_than), _read_place(newer_than)
    if after:
        at, pk = after
        rows = list(found.filter(at__gte=at).exclude(at=at, pk__lte=pk).order_by("at", "pk")[: size + 1])
        is_more, rows = len(rows) > size, rows[:size][::-1]
        return Page(rows, _place(rows[-1:]), _place(rows[:1]) if is_more else "")
    if before:
        at, pk = before
        found = found.filter(at__lte=at).exclude(at=at, pk__gte=pk)
    rows = list(found.order_by("-at", "-pk")[: size + 1])
    is_more, rows = len(rows) > size, rows[:size]
    return Page(rows, _place(rows[-1:]) if is_more else "", _place(rows[:1]) if before else "")


def known_acts() -> list[str]:
    """Every kind of act that occurs."""
    with connection.cursor() as cursor:
        cursor.execute(_ACTS)
        return [act for (act,) in cursor.fetchall()]


def act_words() -> dict[str, str]:
    """The Vietnamese words for acts that are steps of a flow, and for those on the journal itself."""
    return _OWN_ACTS | {
        f"{flow.record_type}.{step.key}": str(step.label) for flow in flows() for step in flow.transitions
    }


def chain_names(ids: Iterable[int]) -> dict[int, str]:
    """The names of chains: of their organizations, 0 being the machine's own."""
    found = Organization.objects.filter(pk__in=set(ids)).values_list("pk", "name")
    return {0: _("Hệ thống"), **dict(found)}


def seal_of(entry: Entry) -> Seal | None:
    """The line's place in its chain, or None while it waits for the sealer."""
    return Seal.objects.filter(pk=entry.pk).first()


@dataclass(frozen=True)
class Chain:
    """Where one chain stood at a checkpoint."""

    organization_id: int
    name: str
    position: int
    digest: str


@dataclass(frozen=True)
class Paper:
    """A checkpoint as it is printed: its own words, and the figures people compare."""

    checkpoint: Checkpoint
    fresh: int
    root: str
    previous: str
    digest: str
    key: str
    chains: list[Chain]


def paper_of(checkpoint: Checkpoint) -> Paper | None:
    """A checkpoint for reading; None when its text is spoilt."""
    closing = read_closing(checkpoint.body)
    if closing is None:
        return None
    names = chain_names(closing.heads)
    chains = [
        Chain(chain, names.get(chain, str(chain)), position, grouped(digest[:32]))
        for chain, (position, digest) in sorted(closing.heads.items())
    ]
    return Paper(
        checkpoint=checkpoint,
        fresh=closing.fresh,
        root=grouped(closing.root),
        previous=grouped(closing.previous),
        digest=grouped(digest_of("", checkpoint.body)),
        key=grouped(closing.key),
        chains=chains,
    )


def recent_checkpoints(before: int | None = None) -> list[Checkpoint]:
    """A page of checkpoints with their deliveries, the newest first, and one more."""
    found = Checkpoint.objects.defer("body", "signature").prefetch_related("deliveries").order_by("-number")
    return list((found.filter(number__lt=before) if before else found)[: PAGE + 1])


def standing_of_book(person_id: int) -> dict[str, Any]:
    """Whether the book holds, is closed in time, arrives elsewhere and is told to the SIEM."""
    newest = Checkpoint.objects.defer("body", "signature").order_by("-number").first()
    runs = list(Verification.objects.order_by("-started_at")[:10])
    return {
        "newest": newest,
        "is_late": newest is None or newest.made_at < timezone.now() - LATE_AFTER,
        "last_run": runs[0] if runs else None,
        "runs": runs,
        "job": Job.objects.filter(task=VERIFY_JOB, person_id=person_id).order_by("-id").first(),
        "targets": [(way.label, target, _last_delivery(way, target)) for way, target in targets()],
        "siem": settings.SIEM_ADDRESS,
        "siem_form": settings.SIEM_FORMAT,
        "forwarding": Forwarding.objects.first() if settings.SIEM_ADDRESS else None,
        "siem_waiting": waiting() if settings.SIEM_ADDRESS else 0,
        "keys": [(key, grouped(key.fingerprint)) for key in Key.objects.order_by("fingerprint")],
    }


def top_organization() -> Organization | None:
    """The organization in whose name the book is closed: the one above all others."""
    return Organization.objects.filter(parent=None, valid_to=None).order_by("pk").first()


def _last_delivery(way: Delivery.Way, target: str) -> Delivery | None:
    return Delivery.objects.filter(way=way, target=target[:300]).order_by("-checkpoint_id").first()


def _place(rows: list[Entry]) -> str:
    return f"{(rows[0].at - _EPOCH) // timedelta(microseconds=1)}-{rows[0].pk}" if rows else ""


def _read_place(text: str) -> tuple[datetime, int] | None:
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    return _EPOCH + timedelta(microseconds=int(found[1])), int(found[2])
