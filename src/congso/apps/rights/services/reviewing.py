"""The quarterly review: opened, decided line by line, confirmed, reminded of; revocations are ordinary acts."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from congso.apps.rights.models import Campaign, Decision, UnitReview, Verdict
from congso.apps.rights.queries.reviews import Right, review_of, rights_of
from congso.apps.rights.rules import is_reminded, opens_by_itself, quarter_of
from congso.apps.rights.services.granting import end_role
from congso.apps.rights.services.telling import tell
from congso.kernel.access.delegating import DelegationRefused, end_delegation
from congso.kernel.access.granting import RightRefused, call
from congso.kernel.access.models import Delegation, Grant
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Assignment, Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.directory.services import DirectoryRefused, end_assignment
from congso.kernel.journal.services import write_entry
from congso.kernel.regulations.queries import calendar, value
from congso.lib.workdays import add_working_days


@transaction.atomic
def open_campaign(year: int, quarter: int, *, by: int | None, at: datetime) -> Campaign:
    """Open the quarter's review: the leaders of every unit with people are told. By an administrator or the machine.

    Raises RightRefused when it is open already.
    """
    day = timezone.localdate(at)
    due = add_working_days(day, int(value("rights.review_working_days", on=day)), calendar())
    try:
        with transaction.atomic():
            made = Campaign.objects.create(year=year, quarter=quarter, opened_at=at, opened_by_id=by, due_on=due)
    except IntegrityError:
        raise RightRefused(f"Đợt rà soát quý {quarter}/{year} đã mở.") from None
    tell("review", made.pk, f"Rà soát quyền {made}: đơn vị xác nhận trước hết ngày {due:%d/%m/%Y}", by=by)
    actor = "system:9" if by is None else f"person:{by}"
    label = "Hệ thống" if by is None else title_of(by, day)
    write_entry(
        act="rights.review_opened",
        actor=actor,
        actor_label=label,
        at=at,
        facts={"year": year, "quarter": quarter, "due_on": due.isoformat()},
    )
    return made


@transaction.atomic
def revoke_right(
    campaign: Campaign, right: Right, organization: Organization, *, note: str, by: int, at: datetime
) -> Decision:
    """The unit takes this right away. Who may carry it out does so at once; else it waits for an administrator."""
    _refuse_late(campaign, organization, by)
    if not note.strip():
        raise RightRefused("Hãy ghi lý do thu hồi.")
    decision, _made = Decision.objects.update_or_create(
        campaign=campaign,
        organization=organization,
        kind=right.kind,
        target_id=right.target_id,
        defaults={
            "words": right.sentence,
            "verdict": Verdict.REVOKE,
            "note": note.strip()[:300],
            "decided_by_id": by,
            "decided_at": at,
        },
    )
    _note("right_revoked", decision, by, at)
    try:
        with transaction.atomic():
            carry_out(decision, by=by, at=at)
    except (RightRefused, DelegationRefused, DirectoryRefused):
        decision.refresh_from_db()
    return decision


@transaction.atomic
def keep_right(decision: Decision, *, by: int, at: datetime) -> None:
    """The unit changes its mind before anybody carried the revocation out."""
    _refuse_late(decision.campaign, decision.organization, by)
    changed = Decision.objects.filter(pk=decision.pk, done_at__isnull=True).update(
        verdict=Verdict.KEEP, note="", decided_by_id=by, decided_at=at
    )
    if not changed:
        raise RightRefused("Việc thu hồi đã thực hiện; cần quyền thì cấp lại.")
    _note("right_kept", decision, by, at)


@transaction.atomic
def carry_out(decision: Decision, *, by: int, at: datetime) -> None:
    """End the right by its ordinary service, in the name of who carries it out. Raises that service's refusal."""
    today = timezone.localdate(at)
    if decision.verdict != Verdict.REVOKE or decision.done_at is not None:
        raise RightRefused("Không có gì để thực hiện.")
    _end(decision, today, by, at)
    done = Decision.objects.filter(pk=decision.pk, done_at__isnull=True).update(done_by_id=by, done_at=at)
    if not done:
        raise RightRefused("Việc này của quản trị viên cơ quan.")
    decision.done_by_id, decision.done_at = by, at


@transaction.atomic
def confirm_unit(campaign: Campaign, organization: Organization, *, by: int, at: datetime) -> UnitReview:
    """The unit confirms its list: what was not taken away is kept. Each line stays as it was that day."""
    _refuse_late(campaign, organization, by)
    day = timezone.localdate(at)
    rights = rights_of(campaign, organization, day)
    Decision.objects.bulk_create(
        Decision(
            campaign=campaign,
            organization=organization,
            kind=one.kind,
            target_id=one.target_id,
            words=one.sentence,
            verdict=Verdict.KEEP,
            decided_by_id=by,
            decided_at=at,
        )
        for one in rights
        if one.decision is None
    )
    every = Decision.objects.filter(campaign=campaign, organization=organization)
    made = UnitReview.objects.create(
        campaign=campaign,
        organization=organization,
        confirmed_by_id=by,
        confirmed_label=title_of(by, day),
        confirmed_at=at,
        kept=every.filter(verdict=Verdict.KEEP).count(),
        revoked=every.filter(verdict=Verdict.REVOKE).count(),
    )
    write_entry(
        act="rights.unit_reviewed",
        actor=f"person:{by}",
        actor_label=made.confirmed_label,
        at=at,
        organization_id=organization.pk,
        facts={"campaign": campaign.pk, "kept": made.kept, "revoked": made.revoked},
    )
    return made


@transaction.atomic
def keep_calendar(at: datetime) -> None:
    """Every morning: open the quarter's review in its first days, remind units that have not confirmed."""
    day = timezone.localdate(at)
    year, quarter = quarter_of(day)
    if opens_by_itself(day) and not Campaign.objects.filter(year=year, quarter=quarter).exists():
        open_campaign(year, quarter, by=None, at=at)
    days_off = calendar()
    for one in Campaign.objects.filter(opened_at__lt=at).order_by("-opened_at")[:1]:
        if (
            one.reminded_on != day
            and timezone.localdate(one.opened_at) != day
            and is_reminded(day, one.due_on, days_off)
        ):
            _remind(one, day)


def may_review(organization: Organization) -> bool:
    """Whether the acting person decides for this organization."""
    return bool(call("SELECT congso.reviews(%s)", [organization.pk]))


def _remind(campaign: Campaign, day: date) -> None:
    late = "đã quá hạn" if campaign.is_overdue(day) else "sắp đến hạn"
    tell(
        "review",
        campaign.pk,
        f"Rà soát quyền {campaign} {late} {campaign.due_on:%d/%m/%Y}: đơn vị chưa xác nhận",
        by=None,
    )
    Campaign.objects.filter(pk=campaign.pk).update(reminded_on=day)


def _end(decision: Decision, today: date, by: int, at: datetime) -> None:
    match decision.kind:
        case Decision.Kind.ASSIGNMENT:
            rows = Assignment.objects.select_related("post__organization", "person")
            end_assignment(rows.get(pk=decision.target_id), on=today, by=by, at=at)
        case Decision.Kind.DELEGATION:
            lent = Delegation.objects.select_related("post__organization", "person")
            end_delegation(lent.get(pk=decision.target_id), on=today, by=by, at=at)
        case Decision.Kind.GRANT:
            end_role(Grant.objects.select_related("person").get(pk=decision.target_id), reason=decision.note, by=by)


def _refuse_late(campaign: Campaign, organization: Organization, by: int) -> None:
    if not may_review(organization):
        raise RightRefused(f"Việc này của lãnh đạo {organization.short_name}.")
    if review_of(campaign, organization) is not None:
        raise RightRefused("Đơn vị đã xác nhận đợt này.")


def _note(act: str, decision: Decision, by: int, at: datetime) -> None:
    write_entry(
        act=f"rights.{act}",
        actor=str(Actor.person(by)),
        actor_label=title_of(by, timezone.localdate(at)),
        at=at,
        organization_id=decision.organization_id,
        facts={
            "campaign": decision.campaign_id,
            "kind": decision.kind,
            "target": decision.target_id,
            "note": decision.note,
        },
    )
