"""The ledger of consents: purposes and their texts, what people agreed to and took back, with the proof of it."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from congso.apps.personal_data.models import ConsentEntry, ConsentPurpose, ConsentText, RequestKind
from congso.apps.personal_data.queries import protecting_unit, standing_of
from congso.apps.personal_data.services.requests import NewRequest, make_request
from congso.kernel.access.principals import Function, office
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Person
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.workflow.services import Refused
from congso.lib.languages import in_vietnamese

Act, Channel = ConsentEntry.Act, ConsentEntry.Channel
YOUR_RIGHTS = (
    "Bạn không bắt buộc phải đồng ý; không trả lời không phải là đồng ý. Bạn có quyền rút lại sự đồng ý bất cứ lúc nào,"
    " được biết, xem, sửa, nhận bản sao, yêu cầu xóa, hạn chế, phản đối xử lý dữ liệu của mình, khiếu nại, tố cáo."
)


@dataclass(frozen=True)
class Wording:
    """What people are told: which data, why and how, who processes and receives it, how long it is kept."""

    data: str
    why: str
    recipients: str
    retention: str


@transaction.atomic
def open_purpose(code: str, title: str, wording: Wording, *, by: Actor, at: datetime) -> ConsentPurpose:
    """Begin to ask for consent to one purpose. Only who protects data in the body that answers. Raises Refused."""
    owner = protecting_unit(by.id, timezone.localdate(at)) if by.person_id else None
    if owner is None or office(owner.pk, Function.DATA_PROTECTION) not in current_principals():
        raise Refused("Chỉ người phụ trách bảo vệ dữ liệu cá nhân mở mục đích xin đồng ý.")
    if not title.strip():
        raise Refused("Hãy ghi tên mục đích.")
    with connection.cursor() as cursor:  # of two who open the same code at once the second is told
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"consent_purpose:{code}"])
    if ConsentPurpose.objects.filter(code=code).exists():
        raise Refused("Mã mục đích này đã có.")
    purpose = ConsentPurpose.objects.create(organization=owner, code=code, title=title.strip(), made_at=at)
    _publish(purpose, wording, asks_again=True, by=by, at=at)
    return purpose


@transaction.atomic
def publish_text(
    purpose: ConsentPurpose, wording: Wording, *, asks_again: bool, by: Actor, at: datetime
) -> ConsentText:
    """A new text. `asks_again`: it changes what was agreed to, so earlier consents no longer count. Raises Refused."""
    locked = _locked(purpose)
    if locked.closed_at is not None:
        raise Refused("Mục đích này đã đóng.")
    return _publish(locked, wording, asks_again=asks_again, by=by, at=at)


@transaction.atomic
def close_purpose(purpose: ConsentPurpose, *, by: Actor, at: datetime) -> None:
    """Nobody is asked any more and nobody's consent counts: the processing ends. Raises Refused."""
    locked = _locked(purpose)
    if locked.closed_at is not None:
        raise Refused("Mục đích này đã đóng.")
    ConsentPurpose.objects.filter(pk=locked.pk).update(closed_at=at)
    _journal("personal_data.purpose_closed", by, at, {"purpose": locked.pk, "code": locked.code})


@transaction.atomic
def give_consent(text: ConsentText, *, by: Actor, at: datetime) -> ConsentEntry:
    """The person agrees to what she was shown: the newest text, by her own act. Raises Refused."""
    _lock_person(by.id)
    purpose = ConsentPurpose.objects.get(pk=text.purpose_id)
    standing = standing_of(by.id, purpose)
    if standing.text.pk != text.pk:
        raise Refused("Nội dung vừa được thay; hãy đọc nội dung mới rồi chọn.")
    if purpose.closed_at is not None:
        raise Refused("Mục đích này đã đóng.")
    if standing.is_given:
        raise Refused("Bạn đã đồng ý với mục đích này.")
    return _write(text, Act.GIVEN, person_id=by.id, by=by, at=at)


@transaction.atomic
def withdraw_consent(purpose: ConsentPurpose, *, by: Actor, at: datetime) -> ConsentEntry:
    """The person takes it back; who protects data is asked to stop the processing within the law's days."""
    _lock_person(by.id)
    standing = standing_of(by.id, purpose)
    if standing.entry is None or not standing.is_given:
        raise Refused("Bạn chưa đồng ý với mục đích này.")
    words = f"Rút lại sự đồng ý ngày {timezone.localtime(standing.entry.at):%d/%m/%Y} cho mục đích: {purpose.title}."
    request = make_request(NewRequest(RequestKind.WITHDRAW, words), by=by, at=at)
    return _write(standing.entry.text, Act.WITHDRAWN, person_id=by.id, request_id=request.pk, by=by, at=at)


@transaction.atomic
def record_paper(
    text: ConsentText, person: Person, *, act: ConsentEntry.Act, proof: str, by: Actor, at: datetime
) -> ConsentEntry:
    """Who protects data enters what a person signed on paper, and where the paper is. Raises Refused."""
    if not proof.strip():
        raise Refused("Hãy ghi số, ngày và nơi giữ văn bản giấy.")
    _lock_person(person.pk)
    purpose = ConsentPurpose.objects.get(pk=text.purpose_id)
    if office(purpose.organization_id, Function.DATA_PROTECTION) not in current_principals():
        raise Refused("Chỉ người phụ trách bảo vệ dữ liệu cá nhân ghi văn bản giấy.")
    standing = standing_of(person.pk, purpose)
    if act is Act.GIVEN and purpose.closed_at is not None:
        raise Refused("Mục đích này đã đóng.")
    if standing.is_given == (act is Act.GIVEN):
        raise Refused("Sổ đã ghi đúng như vậy.")
    found = standing.entry.text if act is Act.WITHDRAWN and standing.entry else text
    return _write(found, act, person_id=person.pk, channel=Channel.PAPER, proof=proof.strip()[:300], by=by, at=at)


def fingerprint(purpose: ConsentPurpose, version: int, wording: Wording) -> str:
    """SHA-256 of all a person was shown, kept in the ledger, the journal and on the printed proof."""
    shown = "\n".join((purpose.code, str(version), purpose.title, *asdict(wording).values(), YOUR_RIGHTS))
    return hashlib.sha256(shown.encode()).hexdigest()


def _publish(purpose: ConsentPurpose, wording: Wording, *, asks_again: bool, by: Actor, at: datetime) -> ConsentText:
    if not all(words.strip() for words in asdict(wording).values()):
        raise Refused("Hãy ghi đủ: dữ liệu gì, để làm gì, ai xử lý, giữ bao lâu.")
    last = purpose.texts.order_by("-version").values_list("version", flat=True).first() or 0
    text = ConsentText.objects.create(
        purpose=purpose, version=last + 1, **asdict(wording), asks_again=asks_again or not last,
        sha256=fingerprint(purpose, last + 1, wording), published_at=at, published_by_id=by.id,
        published_by_label=title_of(by.id, timezone.localdate(at)),
    )  # fmt: skip
    facts: dict[str, object] = {"purpose": purpose.pk, "version": text.version, "sha256": text.sha256}
    _journal("personal_data.consent_text", by, at, facts)
    return text


@in_vietnamese()
def _write(
    text: ConsentText, act: ConsentEntry.Act, *, person_id: int, by: Actor, at: datetime,
    channel: ConsentEntry.Channel = Channel.SCREEN, proof: str = "", request_id: int | None = None,
) -> ConsentEntry:  # fmt: skip
    today = timezone.localdate(at)
    entry = ConsentEntry.objects.create(
        person_id=person_id, person_label=title_of(person_id, today), text=text, act=act, channel=channel, proof=proof,
        request_id=request_id, at=at, by_id=by.id, by_label=title_of(by.id, today),
    )  # fmt: skip
    facts: dict[str, object] = {
        "entry": entry.pk, "person": person_id, "act": str(act), "purpose": text.purpose_id, "version": text.version,
        "sha256": text.sha256, "channel": str(channel),
    }  # fmt: skip
    _journal("personal_data.consent", by, at, facts)
    return entry


def _locked(purpose: ConsentPurpose) -> ConsentPurpose:
    found = ConsentPurpose.objects.select_for_update().filter(pk=purpose.pk).first()
    if found is None or office(found.organization_id, Function.DATA_PROTECTION) not in current_principals():
        raise Refused("Chỉ người phụ trách bảo vệ dữ liệu cá nhân sửa mục đích xin đồng ý.")
    return found


def _lock_person(person_id: int) -> None:
    """One line about a person at a time: two presses at once make one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('consent'), %s::int)", [person_id % 2**31])


def _journal(name: str, by: Actor, at: datetime, facts: dict[str, object]) -> None:
    label = title_of(by.id, timezone.localdate(at))
    write_entry(act=name, actor=str(by), actor_label=label, at=at, facts=facts)
