"""The life of an outgoing document (office 2.2): states, transitions, who may and who sees."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from congso.apps.outgoing.models import RECORD_TYPE, CoSigner, Opinion, OutgoingDocument
from congso.kernel.access import principals
from congso.kernel.access.principals import Function, System
from congso.kernel.directory.models import Organization, Post, valid_on
from congso.kernel.records.types import Words
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition


def _registry(function: Function) -> Callable[[OutgoingDocument], Iterable[int]]:
    return lambda document: [principals.office(document.owner_id, function)]


def _drafter(document: OutgoingDocument) -> list[int]:
    return [principals.person(document.drafter_id)]


def _unit_leaders(document: OutgoingDocument) -> list[int]:
    return [principals.office(document.unit_id or document.owner_id, Function.LEADERS)]


def verifiers_of(document: OutgoingDocument) -> list[int]:
    """Who checks form for the office: its chiefs; in an agency without any, the registry. One query, kept."""
    known = document.__dict__.get("_verifiers")
    if known is None:
        chiefs = Post.objects.filter(
            valid_on(document.opened_on),
            organization_id=document.owner_id,
            functions__contains=[Function.CHIEFS.name.lower()],
        )
        function = Function.CHIEFS if chiefs.exists() else Function.CLERKS
        known = document.__dict__["_verifiers"] = [principals.office(document.owner_id, function)]
    return list(known)


def _approvers(document: OutgoingDocument) -> list[int]:
    return [principals.office(document.issuer_id, Function.LEADERS)]


def _signers(document: OutgoingDocument) -> list[int]:
    people = (document.signer_id, *(one.person_id for one in document.signers_after))
    return [principals.person(pk) for pk in people if pk]


def _signer_now(document: OutgoingDocument) -> list[int]:
    """Whose turn it is: the document's own signer, then the others in their order."""
    pk = document.signer_id if document.signed_at is None else getattr(document.next_signer, "person_id", None)
    return [principals.person(pk)] if pk else []


def _is_outside(document: OutgoingDocument) -> bool:
    return document.signed_at is not None and document.next_signer is not None and document.next_signer.is_outside


def _desk(document: OutgoingDocument) -> list[int]:
    """The registry that sends the paper out of the portal and takes it back, while an outside agency's turn is."""
    waits = _is_outside(document) if document.state == "to_sign" else any(one.is_outside for one in _missing(document))
    return [principals.office(document.owner_id, Function.CLERKS)] if waits else []


def _missing(document: OutgoingDocument) -> list[CoSigner]:
    return [one for one in document.signers_after if one.has_seal and one.sealed_at is None]


def _outside_last(document: OutgoingDocument) -> list[int]:
    return _desk(document) if _signs_last(document) else []


def _outside_part(document: OutgoingDocument) -> list[int]:
    return [] if _signs_last(document) else _desk(document)


def _desk_of_outside(document: OutgoingDocument) -> list[int]:
    """The registry sees a paper that will go out of the portal for a signature."""
    has_outside = any(one.is_outside for one in document.signers_after)
    return [principals.office(document.owner_id, Function.CLERKS)] if has_outside else []


def _signs_last(document: OutgoingDocument) -> bool:
    left = [one for one in document.signers_after if one.signed_at is None]
    return len(left) == (0 if document.signed_at is None else 1)


def _last_signer(document: OutgoingDocument) -> list[int]:
    return _signer_now(document) if _signs_last(document) else []


def _earlier_signer(document: OutgoingDocument) -> list[int]:
    return [] if _signs_last(document) else _signer_now(document)


def seals_missing(document: OutgoingDocument) -> list[CoSigner]:
    """The signatures of other agencies that still lack their seal."""
    return _missing(document)


def clerks_of(issuers: set[int]) -> list[int]:
    """The clerks of agencies: their own registry's, or of the office that serves them."""
    if not issuers:
        return []
    serving = Organization.objects.filter(serves__in=issuers).values_list("pk", flat=True)
    return [principals.office(pk, Function.CLERKS) for pk in (*sorted(issuers), *serving)]


def _clerks_of_others(document: OutgoingDocument) -> list[int]:
    return clerks_of({one.issuer_id for one in document.signers_after if one.has_seal and one.issuer_id})


def _clerks_to_seal(document: OutgoingDocument) -> list[int]:
    missing = seals_missing(document)
    desk = [principals.office(document.owner_id, Function.CLERKS)] if any(one.is_outside for one in missing) else []
    return [*desk, *clerks_of({one.issuer_id for one in missing if one.issuer_id})]


def _asked(document: OutgoingDocument) -> set[int]:
    return {p for one in document.opinions_asked for p in one.receivers if one.state != Opinion.State.WAITING}


def _asked_now(document: OutgoingDocument) -> set[int]:
    return {p for one in document.opinions_asked for p in one.receivers if one.state == Opinion.State.ASKED}


DRAFTER = Role("drafter", _("Người soạn thảo"), _drafter)
UNIT_LEADERS = Role("unit_leaders", _("Lãnh đạo đơn vị soạn thảo"), _unit_leaders)
REMINDERS = Role("reminders", _("Nhắc việc của hệ thống"), lambda document: [principals.system(System.REMINDERS)])
ASKED = Role("asked", _("Nơi được xin ý kiến"), _asked)
ASKED_NOW = Role("asked_now", _("Nơi đang được xin ý kiến"), _asked_now)
VERIFIERS = Role("verifiers", _("Văn phòng thẩm định thể thức"), verifiers_of)
APPROVERS = Role("approvers", _("Lãnh đạo phê duyệt"), _approvers)
SIGNER = Role("signer", _("Người ký"), _signers)
SIGNER_NOW = Role("signer_now", _("Người ký đến lượt"), _signer_now)
LAST_SIGNER = Role("last_signer", _("Người ký cuối cùng"), _last_signer)
EARLIER_SIGNER = Role("earlier_signer", _("Người ký, còn người ký sau"), _earlier_signer)
OUTSIDE_DESK = Role("outside_desk", _("Văn thư gửi cơ quan ngoài ký"), _desk)
OUTSIDE_PART = Role("outside_part", _("Văn thư nhận bản ký ngoài, còn người ký sau"), _outside_part)
OUTSIDE_LAST = Role("outside_last", _("Văn thư nhận bản ký ngoài cuối cùng"), _outside_last)
OUTSIDE_SEEN = Role("outside_seen", _("Văn thư của văn bản có cơ quan ngoài cùng ký"), _desk_of_outside)
OTHER_CLERKS = Role("other_clerks", _("Văn thư cơ quan cùng ban hành"), _clerks_of_others)
CLERKS_TO_SEAL = Role("clerks_to_seal", _("Văn thư cơ quan cùng ban hành chưa đóng dấu"), _clerks_to_seal)
CLERKS = Role("clerks", _("Văn thư"), _registry(Function.CLERKS))
SEALERS = Role(
    "sealers", _("Văn thư đến lượt đóng dấu"),
    lambda document: _clerks_to_seal(document) or _registry(Function.CLERKS)(document),
)  # fmt: skip
CHIEFS = Role("chiefs", _("Lãnh đạo văn phòng"), _registry(Function.CHIEFS))

_MAKERS = (DRAFTER, UNIT_LEADERS, ASKED)
_OFFICE = (*_MAKERS, VERIFIERS)
_LEADING = (*_OFFICE, APPROVERS)
_ALL = (*_LEADING, SIGNER, CLERKS, CHIEFS, OTHER_CLERKS)
_ON_THE_WAY = ("at_unit", "verifying", "at_leader", "to_sign")
_AT_REGISTRY = ("signed", "numbered", "sealed")
_UNSIGNED = Guard(
    lambda document, _at: document.state != "to_sign" or document.signed_at is None,
    _("Đã có người ký nên không rút lại được nữa; người đến lượt ký trả lại nếu cần sửa."),
)
_OTHERS_SEALED = Guard(
    lambda document, _at: not seals_missing(document),
    _("Cơ quan cùng ban hành chưa đóng dấu; cơ quan chủ trì đóng dấu sau cùng."),
)


def _back(key: str, label: Words, source: str, by: Role, *more: Role) -> Transition:
    return Transition(
        key,
        label,
        (source,),
        "drafting",
        (by, *more),
        needs_reason=True,
        notifies=(DRAFTER,),
        icon="arrow-back-up",
    )


FLOW = Flow(
    record_type=RECORD_TYPE,
    initial="drafting",
    states=(
        State("drafting", _("Đang soạn thảo"), _MAKERS, Tone.WORKING, awaits=(DRAFTER,)),
        State("consulting", _("Đang lấy ý kiến"), (*_MAKERS, REMINDERS), Tone.WORKING, awaits=(ASKED_NOW,)),
        State("at_unit", _("Chờ lãnh đạo đơn vị duyệt"), _MAKERS, Tone.WAITING, awaits=(UNIT_LEADERS,)),
        State("verifying", _("Chờ văn phòng thẩm định"), _OFFICE, Tone.WAITING, awaits=(VERIFIERS,)),
        State("at_leader", _("Chờ lãnh đạo phê duyệt"), _LEADING, Tone.WAITING, awaits=(APPROVERS,)),
        State(
            "to_sign", _("Chờ ký số"), (*_LEADING, SIGNER, OUTSIDE_SEEN), Tone.WAITING,
            awaits=(SIGNER_NOW, OUTSIDE_DESK),
        ),
        State("signed", _("Đã ký, chờ cấp số"), _ALL, Tone.WAITING, awaits=(CLERKS,)),
        State("numbered", _("Đã cấp số, chờ đóng dấu"), _ALL, Tone.WAITING, awaits=(SEALERS,)),
        State("sealed", _("Đã đóng dấu, chờ phát hành"), _ALL, Tone.WAITING, awaits=(CLERKS,)),
        State("issued", _("Đã phát hành"), _ALL, Tone.DONE, is_closed=True),
        State("recalled", _("Đã thu hồi"), _ALL, Tone.STOPPED, is_closed=True),
        State("replaced", _("Đã được thay thế"), _ALL, Tone.STOPPED, is_closed=True),
        State("withdrawn", _("Đã hủy dự thảo"), _MAKERS, Tone.STOPPED, is_closed=True),
        State("cancelled", _("Đã hủy, số không dùng lại"), _ALL, Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("edit", _("Sửa dự thảo"), ("drafting",), "", (DRAFTER,), icon="edit"),
        Transition("add_version", _("Thêm bản dự thảo"), ("drafting",), "", (DRAFTER,), icon="file-plus"),
        Transition("correct_form", _("Sửa thể thức"), ("verifying",), "", (VERIFIERS,), icon="edit"),
        Transition(
            "ask_opinions", _("Xin ý kiến"), ("drafting",), "consulting", (DRAFTER,), notifies=(ASKED_NOW,),
            icon="users",
        ),
        Transition("give_opinion", _("Cho ý kiến"), ("consulting",), "", (ASKED_NOW,), icon="message"),
        Transition(
            "close_opinions", _("Kết thúc lấy ý kiến"), ("consulting",), "drafting", (DRAFTER,), icon="checks"
        ),
        Transition(
            "decide_points", _("Tiếp thu, giải trình"), ("drafting", "consulting"), "", (DRAFTER,), icon="list-check"
        ),
        Transition(
            "submit", _("Trình lãnh đạo đơn vị"), ("drafting",), "at_unit", (DRAFTER,), notifies=(UNIT_LEADERS,),
            icon="arrow-up",
        ),
        Transition(
            "approve_unit", _("Duyệt, chuyển văn phòng thẩm định"), ("at_unit",), "verifying", (UNIT_LEADERS,),
            notifies=(VERIFIERS,), icon="check",
        ),
        _back("return_unit", _("Trả lại người soạn"), "at_unit", UNIT_LEADERS),
        Transition(
            "verify", _("Đạt thể thức, trình lãnh đạo"), ("verifying",), "at_leader", (VERIFIERS,),
            notifies=(APPROVERS,), icon="check",
        ),
        _back("return_form", _("Trả lại, chưa đạt thể thức"), "verifying", VERIFIERS),
        Transition(
            "approve", _("Phê duyệt, chuyển ký"), ("at_leader",), "to_sign", (APPROVERS,), notifies=(SIGNER_NOW,),
            icon="check",
        ),
        _back("return_leader", _("Trả lại, yêu cầu chỉnh sửa"), "at_leader", APPROVERS),
        Transition(
            "sign_part", _("Ký số, chuyển người ký tiếp"), ("to_sign",), "", (EARLIER_SIGNER,),
            notifies=(SIGNER_NOW, OUTSIDE_DESK), icon="writing",
        ),
        Transition(
            "send_outside", _("Gửi cơ quan ngoài ký, đóng dấu"), ("to_sign", "numbered"), "", (OUTSIDE_DESK,),
            icon="send",
        ),
        Transition(
            "take_outside_part", _("Nhận bản cơ quan ngoài đã ký, chuyển người ký tiếp"), ("to_sign",), "",
            (OUTSIDE_PART,), notifies=(SIGNER_NOW, OUTSIDE_DESK), icon="upload",
        ),
        Transition(
            "take_outside", _("Nhận bản cơ quan ngoài đã ký"), ("to_sign",), "signed", (OUTSIDE_LAST,),
            notifies=(CLERKS, DRAFTER), icon="upload",
        ),
        Transition(
            "sign", _("Ký số"), ("to_sign",), "signed", (LAST_SIGNER,), notifies=(CLERKS, DRAFTER), icon="writing"
        ),
        _back("return_signer", _("Trả lại, chưa ký"), "to_sign", SIGNER_NOW, OUTSIDE_DESK),
        Transition(
            "change_signer", _("Đổi người ký"), ("to_sign",), "verifying", (CHIEFS, APPROVERS), needs_reason=True,
            notifies=(VERIFIERS, DRAFTER), icon="repeat",
        ),
        Transition(
            "take_back", _("Rút lại để sửa"), _ON_THE_WAY, "drafting", (DRAFTER,), needs_reason=True,
            guards=(_UNSIGNED,), icon="arrow-back-up",
        ),
        Transition(
            "withdraw", _("Hủy dự thảo"), ("drafting",), "withdrawn", (DRAFTER,), needs_reason=True, icon="trash"
        ),
        Transition(
            "set_recipients", _("Nơi nhận"), ("drafting",), "", (DRAFTER,), icon="send",
        ),
        Transition("set_signers", _("Người cùng ký"), ("drafting",), "", (DRAFTER,), icon="users"),
        Transition("address", _("Nơi nhận khi phát hành"), _AT_REGISTRY, "", (CLERKS,), icon="send"),
        _back("return_signed", _("Trả lại sau khi ký"), "signed", CLERKS, CHIEFS),
        Transition(
            "number", _("Cấp số, ngày"), ("signed",), "numbered", (CLERKS,), notifies=(CLERKS_TO_SEAL,),
            icon="notebook",
        ),
        Transition(
            "seal_part", _("Đóng dấu cơ quan cùng ban hành"), ("numbered",), "", (CLERKS_TO_SEAL,), notifies=(SEALERS,),
            icon="rubber-stamp",
        ),
        Transition(
            "seal", _("Đóng dấu số của cơ quan"), ("numbered",), "sealed", (CLERKS,), guards=(_OTHERS_SEALED,),
            icon="rubber-stamp",
        ),
        Transition(
            "cancel", _("Hủy văn bản đã cấp số"), ("numbered", "sealed"), "cancelled", (CLERKS, CHIEFS),
            needs_reason=True, notifies=(DRAFTER, SIGNER), icon="ban",
        ),
        Transition(
            "issue", _("Phát hành"), ("sealed",), "issued", (CLERKS,), notifies=(DRAFTER, UNIT_LEADERS, SIGNER),
            icon="send",
        ),
        Transition("send_more", _("Gửi thêm nơi nhận"), ("issued",), "", (CLERKS,), icon="send"),
        Transition("mark_sent", _("Ghi đã chuyển bản giấy, gửi lại thư"), ("issued",), "", (CLERKS,), icon="mail"),
        Transition(
            "update", _("Cập nhật nơi nhận đã gửi"), ("issued",), "", (CLERKS,), needs_reason=True, icon="refresh"
        ),
        Transition(
            "recall", _("Thu hồi văn bản"), ("issued",), "recalled", (CLERKS, CHIEFS), needs_reason=True,
            notifies=(DRAFTER, SIGNER, UNIT_LEADERS), icon="ban",
        ),
        Transition(
            "replace", _("Được thay thế bằng văn bản mới"), ("issued",), "replaced", (CLERKS,), needs_reason=True,
            notifies=(DRAFTER, SIGNER), icon="repeat",
        ),
        Transition(
            "note_return", _("Ghi nhận bản giấy trả lại"), ("recalled", "replaced"), "", (CLERKS,), icon="checks"
        ),
    ),
)  # fmt: skip
