"""Disposal: a list the system proposes, a council, a decision, destruction beyond recovery, minutes.

Metadata and trail stay; bytes that something else still needs stay too, and the proof says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from shutil import rmtree

from django.db import connection
from django.utils import timezone

from congso.apps.dossiers import rules
from congso.apps.dossiers.flow.parties import ARCHIVISTS
from congso.apps.dossiers.models import DISPOSAL, CouncilMember, DestroyedFile, Disposal, DisposalItem, Dossier
from congso.apps.dossiers.queries import dossier_of, period_name
from congso.apps.dossiers.services.catalogues import clean
from congso.apps.dossiers.services.handing_over import check_archivist, years_of
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Person
from congso.kernel.directory.queries import title_of
from congso.kernel.files.configuration import folder, store
from congso.kernel.jobs.services import queue_job
from congso.kernel.workflow.services import Refused, act, start

DESTROY_JOB = "dossiers.destroy_files"
NEEDED = "Giữ lại: tài liệu khác còn dùng cùng nội dung."


@dataclass(frozen=True)
class Seat:
    """A place in the council."""

    person: Person
    part: CouncilMember.Part


def draft_disposal(
    dossiers: Sequence[Dossier], *, reason: str = DisposalItem.Reason.EXPIRED, by: Actor, at: datetime
) -> Disposal:
    """A list of dossiers whose time is over (or of duplicates), for a council to look at.

    Raises NotYours, Refused: permanent, held, not yet expired.
    """
    if not dossiers:
        raise Refused("Hãy chọn ít nhất một hồ sơ.")
    owner, today = dossiers[0].owner, timezone.localdate(at)
    check_archivist(owner.pk)
    for one in dossiers:
        _check_may_be_reviewed(one, reason, today)
    if any(one.owner_id != owner.pk for one in dossiers):
        raise Refused("Mỗi đợt xét hủy gồm hồ sơ của một cơ quan.")
    disposal = Disposal(
        type=DISPOSAL, title=f"Xét hủy {len(dossiers)} hồ sơ của {owner.name}"[:1000], owner=owner, opened_on=today
    )
    with start(disposal, by=by, at=at, label="Lập danh mục xét hủy"):
        DisposalItem.objects.bulk_create(
            DisposalItem(
                disposal=disposal, dossier=one, position=place, reason=reason, symbol=one.number, title=one.title,
                years=years_of(one), retention_label=period_name(one.retention, today), pages=one.total_pages or 0,
            )
            for place, one in enumerate(dossiers, 1)
        )  # fmt: skip
    return disposal


def set_council(disposal: Disposal, seats: Sequence[Seat], *, by: Actor, at: datetime) -> None:
    """Name the council anew: a chair, a secretary, members; nobody twice."""
    today = timezone.localdate(at)
    if len({seat.person.pk for seat in seats}) != len(seats):
        raise Refused("Mỗi người chỉ giữ một vị trí trong Hội đồng.")
    if sum(seat.part == CouncilMember.Part.CHAIR for seat in seats) != 1:
        raise Refused("Hội đồng có đúng một Chủ tịch.")
    with act(disposal, "compose", by=by, at=at) as move:
        disposal.members.all().delete()
        CouncilMember.objects.bulk_create(
            CouncilMember(disposal=disposal, person=seat.person, part=seat.part, label=title_of(seat.person.pk, today))
            for seat in seats
        )
        move.label = f"Lập Hội đồng xét hủy: {len(seats)} thành viên"


def convene_council(disposal: Disposal, *, by: Actor, at: datetime, note: str = "") -> None:
    """The council gets the list; its dossiers now stand under review."""
    with act(disposal, "convene", by=by, at=at, note=note):
        for item in disposal.items.all():
            dossier = dossier_of(item.dossier_id)
            _check_may_be_reviewed(dossier, item.reason, timezone.localdate(at))
            with act(dossier, "propose", by=by, at=at):
                pass


def give_opinion(disposal: Disposal, *, opinion: str, text: str = "", by: Actor, at: datetime) -> None:
    """A member's opinion. Against needs its reason; it may be changed until the council concludes."""
    if opinion not in (CouncilMember.Opinion.AGREE, CouncilMember.Opinion.DISAGREE):
        raise Refused("Hãy chọn đồng ý hoặc không đồng ý.")
    if opinion == CouncilMember.Opinion.DISAGREE and not text.strip():
        raise Refused("Hãy ghi lý do không đồng ý.")
    with act(disposal, "opine", by=by, at=at, note=text) as move:
        mine = disposal.members.filter(person_id=by.id)
        mine.update(opinion=opinion, text=text.strip()[:2000], at=at)
        move.label = f"Ý kiến Hội đồng: {CouncilMember.Opinion(opinion).label}"


def conclude_council(
    disposal: Disposal, *, kept: Mapping[int, str] | None = None, by: Actor, at: datetime, note: str = ""
) -> None:
    """The chair writes the conclusion: `kept` dossiers (item id to reason) stay, the others are to be destroyed."""
    reasons = {pk: clean(reason) for pk, reason in (kept or {}).items()}
    if not all(reasons.values()):
        raise Refused("Hãy ghi lý do giữ lại từng hồ sơ.")
    with act(disposal, "conclude", by=by, at=at, note=note) as move:
        for item in disposal.items.all():
            item.outcome = DisposalItem.Outcome.KEEP if item.pk in reasons else DisposalItem.Outcome.DESTROY
            item.note = reasons.get(item.pk, "")[:1000]
            item.save(update_fields=["outcome", "note"])
        votes = list(disposal.members.values_list("opinion", flat=True))
        move.facts |= {"agree": votes.count("agree"), "disagree": votes.count("disagree"), "kept": len(reasons)}


def decide_disposal(
    disposal: Disposal, *, decision: str, decided_on: date, by: Actor, at: datetime, note: str = ""
) -> None:
    """The competent person decides; without the decision's symbol nothing is destroyed (handbook office 5, rule 6)."""
    if not clean(decision):
        raise Refused("Hãy ghi số, ký hiệu quyết định hủy.")
    if decided_on > timezone.localdate(at):
        raise Refused("Ngày quyết định không thể sau ngày hôm nay.")
    with act(disposal, "decide", by=by, at=at, note=note) as move:
        disposal.decision, disposal.decided_on = clean(decision)[:80], decided_on
        disposal.decided_by_id, disposal.decided_label = by.person_id, title_of(by.id, timezone.localdate(at))
        disposal.save(update_fields=["decision", "decided_on", "decided_by", "decided_label"])
        move.facts["decision"] = disposal.decision


def carry_out_disposal(disposal: Disposal, *, by: Actor, at: datetime, note: str = "") -> None:
    """Destroy what was decided: rows say so at once, a job overwrites the bytes, each with its proof.

    Raises Refused when a dossier became held or permanent since: then nothing at all is done.
    """
    with act(disposal, "carry_out", by=by, at=at, note=note) as move:
        files = 0
        for item in disposal.items.all():
            dossier = dossier_of(item.dossier_id)
            if item.outcome == DisposalItem.Outcome.KEEP:
                with act(dossier, "keep", by=by, at=at, note=item.note or "Hội đồng kết luận giữ lại"):
                    continue
            with act(dossier, "destroy", by=by, at=at) as gone:
                files += _mark(disposal, dossier, at)
                gone.facts["decision"] = disposal.decision
        label = f"Hủy tệp theo quyết định {disposal.decision}"
        queue_job(DESTROY_JOB, label=label, by=by, at=at, arguments={"disposal_id": disposal.pk})
        move.facts["files"] = files


def destroy_files(disposal: Disposal, *, by: Actor, at: datetime) -> int:
    """Overwrite and remove the bytes, write each proof. May be repeated: what is gone is gone. Returns how many.

    Bytes that came to be used elsewhere since they were named stay.
    """
    done = 0
    for proof in disposal.destroyed.filter(destroyed_at__isnull=True, is_needed_elsewhere=False):
        if not _are_free(disposal, proof.sha256):
            proof.is_needed_elsewhere, proof.note = True, NEEDED
            proof.save(update_fields=["is_needed_elsewhere", "note"])
            continue
        store().destroy(proof.sha256)
        for picture in (folder("pictures") / proof.sha256[:2]).glob(f"{proof.sha256}-*"):
            rmtree(picture) if picture.is_dir() else picture.unlink(missing_ok=True)
        if store().size(proof.sha256) is not None:
            raise Refused(f"Tệp {proof.name} chưa xóa được khỏi kho; hãy báo quản trị viên rồi chạy lại.")
        proof.destroyed_at, proof.note = at, "Ghi đè toàn bộ rồi xóa khỏi kho; đã kiểm tra không còn."
        proof.save(update_fields=["destroyed_at", "note"])
        done += 1
    return done


def finish_disposal(disposal: Disposal, *, witness: str = "", by: Actor, at: datetime, note: str = "") -> None:
    """Minutes: possible once every byte that had to go is gone."""
    if disposal.destroyed.filter(destroyed_at__isnull=True, is_needed_elsewhere=False).exists():
        raise Refused("Còn tệp chưa hủy xong; hãy chờ việc hủy tệp chạy xong.")
    with act(disposal, "finish", by=by, at=at, note=note):
        disposal.destroyed_at, disposal.witness = at, clean(witness)[:300]
        disposal.save(update_fields=["destroyed_at", "witness"])


def cancel_disposal(disposal: Disposal, *, note: str, by: Actor, at: datetime) -> None:
    """Stop; dossiers under review return to the archive."""
    with act(disposal, "cancel", by=by, at=at, note=note):
        for item in disposal.items.all():
            dossier = dossier_of(item.dossier_id)
            if dossier.state == "review":
                if not current_principals() & set(ARCHIVISTS.principals(disposal)):
                    raise Refused("Hồ sơ đang xem xét; đề nghị cán bộ lưu trữ dừng đợt xét hủy.")
                with act(dossier, "keep", by=by, at=at, note=note):
                    pass


def _check_may_be_reviewed(dossier: Dossier, reason: str, today: date) -> None:
    is_duplicate = reason == DisposalItem.Reason.DUPLICATE
    if dossier.is_permanent:
        raise Refused(f"Hồ sơ {dossier.number} lưu trữ vĩnh viễn, không được xét hủy.")
    if not rules.may_be_reviewed(today, ends=dossier.review_after, is_duplicate=is_duplicate):
        raise Refused(f"Hồ sơ {dossier.number} chưa hết thời hạn lưu trữ.")
    if dossier.state != "archived" or dossier.holds.filter(ended_at__isnull=True).exists():
        raise Refused(f"Hồ sơ {dossier.number} đang có yêu cầu không hủy, hoặc không còn ở lưu trữ hiện hành.")


def _are_free(disposal: Disposal, sha256: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.free_bytes(%s, %s)", [disposal.pk, sha256])
        return bool(cursor.fetchone()[0])


def _mark(disposal: Disposal, dossier: Dossier, at: datetime) -> int:
    """Rows of the dossier's files say destroyed, texts go; returns how many blobs are to go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM congso.destroy_archived(%s, %s, %s)", [dossier.pk, disposal.pk, at])
        rows = cursor.fetchall()
    DestroyedFile.objects.bulk_create(
        DestroyedFile(
            disposal=disposal, dossier=dossier, name=name[:200], sha256=sha256, size=size,
            is_needed_elsewhere=is_needed, marked_at=at,
            note=NEEDED if is_needed else "",
        )
        for name, sha256, size, is_needed in rows
    )  # fmt: skip
    return sum(not row[3] for row in rows)
