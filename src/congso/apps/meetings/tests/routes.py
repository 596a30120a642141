"""How the routes of meetings are filled (tests/routes.py)."""

from functools import partial
from typing import Any

from congso.apps.meetings import services
from congso.apps.meetings.services import Concluded, Invited
from congso.apps.meetings.tests.factories import (
    as_one,
    asked_delegate,
    bring,
    closed,
    convened,
    do,
    draft,
    item,
    part,
    person,
    running,
)
from tests.ways import Way

# The committee's office organizes; a commune's clerk has no part in it.
_office = partial(Way, owner="clerk", colleague="commune_clerk")
# The stranger is the item's guest.
_of_item = partial(Way, owner="clerk", colleague="commune_clerk", also=("stranger",))
_member = partial(Way, owner="agency_leader", colleague="commune_clerk")


def _convened(office: Any) -> Any:
    return office.once(convened)


def _item(office: Any) -> int:
    return int(item(office.world, _convened(office)).pk)


def _note(office: Any) -> dict[str, int]:
    made = office.once(_noted)
    return {"item": made[0], "note": made[1]}


def _noted(world: Any) -> tuple[int, int]:
    made = convened(world)
    first = item(world, made)
    version = bring(world, first, title="Báo cáo")
    note = do(world, "agency_leader", services.note_on_paper, first, version, page=1, text="Hỏi kinh phí")
    return first.pk, note.pk


def _code(office: Any) -> dict[str, Any]:
    made = _convened(office)
    with as_one(office.world, "clerk"):
        return {"pk": made.pk, "code": services.room_code(made)}


def _speech(world: Any) -> tuple[int, int, int]:
    made = running(world)
    first = item(world, made)
    speech = do(world, "agency_leader", services.ask_to_speak, made, first)
    opinion = do(world, "agency_leader", services.write_opinion, made, first, "Đồng ý")
    return made.pk, speech.pk, opinion.pk


def _remark(world: Any) -> tuple[int, int, int]:
    made = closed(world)
    do(world, "tracker", services.circulate_minutes, made)
    remark = do(world, "agency_leader", services.remark_on_minutes, made, "Ghi thiếu")
    point = do(world, "tracker", services.conclude_point, made, Concluded("Ghi nhận", no_task_reason="Chỉ ghi nhận"))
    return made.pk, remark.pk, point.pk


def _reply(office: Any) -> dict[str, int]:
    reply = office.once(asked_delegate)
    with as_one(office.world, "clerk"):
        return {"pk": reply.participant.meeting_id, "reply": reply.pk}


def _running_item(world: Any) -> int:
    return int(item(world, running(world)).pk)


def _guested(world: Any) -> int:
    made = draft(world)
    first = item(world, made)
    do(world, "clerk", services.set_guests, first, [Invited("Hồ Người Lạ", person(world, "stranger"))])
    return int(first.pk)


WAYS = {
    "/hop/{pk}": _office(lambda office: {"pk": _convened(office).pk}),
    "/hop/{pk}/{key}": _office(lambda office: {"pk": office.once(draft).pk, "key": "cancel"}),
    "/hop/{pk}/tra-loi": _member(lambda office: {"pk": _convened(office).pk}),
    "/hop/{pk}/co-mat/{code}": _member(_code),
    "/hop/{pk}/du-thay/{reply}": _office(_reply),
    "/hop/{pk}/diem-danh/{participant}": _office(
        lambda office: {
            "pk": _convened(office).pk, "participant": part(office.world, _convened(office), "agency_leader").pk,
        }
    ),
    "/hop/{pk}/phat-bieu/{speech}/{how}": _office(
        lambda office: {"pk": office.once(_speech)[0], "speech": office.once(_speech)[1], "how": "rut"}
    ),
    "/hop/{pk}/y-kien/{opinion}": _member(
        lambda office: {"pk": office.once(_speech)[0], "opinion": office.once(_speech)[2]}
    ),
    "/hop/{pk}/bien-ban/gop-y/{remark}": Way(
        lambda office: {"pk": office.once(_remark)[0], "remark": office.once(_remark)[1]}, owner="tracker",
        colleague="commune_clerk",
    ),
    "/hop/{pk}/ket-luan/{conclusion}": Way(
        lambda office: {"pk": office.once(_remark)[0], "conclusion": office.once(_remark)[2]}, owner="tracker",
        colleague="commune_clerk",
    ),
    "/hop/{pk}/ket-luan/moi": Way(
        lambda office: {"pk": office.once(_remark)[0]}, owner="tracker", colleague="commune_clerk"
    ),
    "/hop/noi-dung/{item}": _of_item(lambda office: {"item": _item(office)}),
    "/hop/noi-dung/{item}/{key}": _office(lambda office: {"item": office.once(_guested), "key": "drop"}),
    "/hop/noi-dung/{item}/ghi-chu/{note}/xoa": _member(_note),
    "/api/v1/meetings/{pk}": _office(lambda office: {"pk": _convened(office).pk}),
    "/api/v1/meetings/{pk}/reply": _member(lambda office: {"pk": _convened(office).pk}, form={"answer": "attend"}),
    "/api/v1/meetings/{pk}/presence": _office(lambda office: {"pk": _convened(office).pk}, form={"kind": "came"}),
    "/api/v1/meetings/items/{pk}": _of_item(lambda office: {"pk": _item(office)}),
    "/api/v1/meetings/{pk}/opinions/{opinion}": _member(
        lambda office: {"pk": office.once(_speech)[0], "opinion": office.once(_speech)[2]}
    ),
    "/hop/noi-dung/{item}/bieu-quyet/{ballot}": _of_item(
        lambda office: {"item": office.once(_running_item), "ballot": 1}
    ),
}  # fmt: skip
