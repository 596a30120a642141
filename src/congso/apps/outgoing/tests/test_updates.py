"""A deadline that changes after issuing: told by the clerk, seen as a difference, taken over with one press."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from congso.apps.outgoing import services
from congso.apps.outgoing.models import Told
from congso.apps.outgoing.queries import outgoing_document
from congso.apps.outgoing.services import Changes
from congso.apps.outgoing.tests import factories as made
from congso.apps.outgoing.tests.factories import by
from congso.apps.outgoing.tests.test_exchange import arrived, carried
from congso.kernel.exchange.deciding import refuse_packet
from congso.kernel.exchange.models import Packet, PacketKind
from congso.kernel.workflow.services import Refused

pytestmark = pytest.mark.django_db


def update_of(world: Any) -> Packet:
    with by(world.agency_clerk):
        return Packet.objects.filter(direction="in", kind=PacketKind.UPDATE).latest("pk")


def deadline_of(record: Any) -> Any:
    """By when the receiver's register says to answer; the register is another system's."""
    return apps.get_model("documents", "IncomingDocument").objects.get(pk=record.pk).reply_due_on


def test_a_new_deadline_is_seen_and_taken_over_with_one_press(world: Any, keys: Any, signed_in: Any) -> None:
    today = timezone.localdate()
    first, second, third = (today + timedelta(days=days) for days in (10, 20, 30))
    document = made.issued(world, keys, reply_due_on=first)
    carried()
    record = arrived(world, document)
    page = reverse("documents:detail", args=[record.pk])
    receiver, clerk = signed_in("agency_clerk"), signed_in("clerk")
    assert f"{first:%d/%m/%Y}" in receiver.get(page).content.decode()
    form = reverse("outgoing:act", args=[document.pk, "update"])
    assert f'value="{first:%d/%m/%Y}"' in clerk.get(form).content.decode()
    told = {"note": "Gia hạn.", "due_on": f"{second:%d/%m/%Y}", "content": "Gửi theo mẫu số 2."}
    assert clerk.post(form, told).status_code == 302
    assert "Gửi theo mẫu số 2." in clerk.get(reverse("outgoing:detail", args=[document.pk])).content.decode()
    carried()
    packet = update_of(world)
    shown = receiver.get(reverse("packets:packet", args=[packet.pk])).content.decode()
    for words in (
        "Khác văn bản đã nhận", f"<del>{first:%d/%m/%Y}</del>", f"<ins>{second:%d/%m/%Y}</ins>", "Gửi theo mẫu số 2.",
        "Đồng ý, cập nhật vào sổ",
    ):  # fmt: skip
        assert words in shown, words
    assert receiver.post(reverse("packets:agree", args=[packet.pk])).status_code == 302
    read = receiver.get(page).content.decode()
    assert f"Hạn trả lời: {first:%d/%m/%Y} → {second:%d/%m/%Y}" in read
    with by(world.agency_clerk):
        assert deadline_of(record) == second
    carried()
    with by(world.clerk):
        assert outgoing_document(document.pk).recipients.get().status == "15"
    # A further one is compared with what was agreed to, not with what first came.
    assert clerk.post(form, told | {"due_on": f"{third:%d/%m/%Y}"}).status_code == 302
    carried()
    shown = receiver.get(reverse("packets:packet", args=[update_of(world).pk])).content.decode()
    assert f"<del>{second:%d/%m/%Y}</del>" in shown
    assert "Nội dung tóm tắt" not in shown


def test_a_refused_update_leaves_the_register_as_it_is(world: Any, keys: Any) -> None:
    today = timezone.localdate()
    document = made.issued(world, keys, reply_due_on=today + timedelta(days=10))
    carried()
    record = arrived(world, document)
    with by(world.clerk) as clerk:
        changes = Changes(today + timedelta(days=3))
        services.update_document(
            outgoing_document(document.pk), reason="Rút ngắn.", changes=changes, by=clerk, at=timezone.now()
        )
    carried()
    with by(world.agency_clerk) as clerk:
        refuse_packet(update_of(world), reason="Không kịp.", by=clerk, at=timezone.now())
        assert deadline_of(record) == today + timedelta(days=10)


def test_what_was_told_stands_until_it_is_told_otherwise(world: Any, keys: Any) -> None:
    today = timezone.localdate()
    document = made.issued(world, keys)
    with by(world.clerk) as clerk:
        with pytest.raises(Refused, match="trước ngày hôm nay"):
            services.update_document(
                outgoing_document(document.pk), reason="x", changes=Changes(today - timedelta(days=1)), by=clerk,
                at=timezone.now(),
            )  # fmt: skip
        assert not Told.objects.exists()
        later = Changes(today + timedelta(days=9), "Có họp.")
        for _once in range(2):  # pressed twice, told twice, kept once
            services.update_document(
                outgoing_document(document.pk), reason="Bổ sung hạn.", changes=later, by=clerk, at=timezone.now()
            )
        assert Told.objects.count() == 1
        services.update_document(outgoing_document(document.pk), reason="Gửi lại.", by=clerk, at=timezone.now())
        assert outgoing_document(document.pk).asked_by == later.due_on
        services.update_document(
            outgoing_document(document.pk), reason="Bỏ hạn.", changes=Changes(), by=clerk, at=timezone.now()
        )
        assert outgoing_document(document.pk).asked_by is None
    with by(world.specialist), pytest.raises(ProgrammingError), transaction.atomic():
        Told.objects.create(
            document_id=document.pk, reason="x", made_by_id=world.clerk, made_label="x", at=timezone.now()
        )


def test_programs_change_what_they_name_and_leave_the_rest(world: Any, keys: Any, signed_in: Any) -> None:
    today = timezone.localdate()
    document = made.issued(world, keys, reply_due_on=today + timedelta(days=5))
    client, address = signed_in("clerk"), f"/api/v1/outgoing/{document.pk}/update"

    def post(**facts: Any) -> int:
        return int(client.post(address, facts, content_type="application/json").status_code)

    assert post(note="Lưu ý.", content="Theo mẫu 1.") == 200
    assert post(note="Gia hạn.", due_on=str(today + timedelta(days=8))) == 200
    assert post(note="Nhắc lại.") == 200
    assert post(note="Sai.", due_on="2020-01-01") in {409, 422}
    with by(world.clerk):
        last = Told.objects.latest("pk")
        assert (Told.objects.count(), last.content, last.due_on) == (2, "Theo mẫu 1.", today + timedelta(days=8))
