"""Between two offices of the portal: arrival in the register by itself, answers 01 to 06, recall and replacement."""

import hashlib

import pytest
from django.utils import timezone

from congso.apps.outgoing import services
from congso.apps.outgoing.models import Channel, Recipient
from congso.apps.outgoing.queries import outgoing_document
from congso.apps.outgoing.services import Address
from congso.apps.outgoing.tests import factories as made
from congso.apps.outgoing.tests.factories import by
from congso.kernel.access.services import acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.exchange.carrying import CARRIER, send_due
from congso.kernel.exchange.configuration import Connection
from congso.kernel.exchange.deciding import accept_packet, agree_packet, refuse_packet
from congso.kernel.exchange.inside import carry_inside
from congso.kernel.exchange.models import Packet, PacketKind, PacketState
from congso.kernel.exchange.telling import tell_sender
from congso.kernel.exchange.tests.factories import OURS, THEIRS, PaperAxis, arrive
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.jobs.services import run_job
from congso.kernel.records.models import Link, Record
from congso.lib.edxml.packets import Answered, DocumentPacket, Kind, Organ, Status, StatusPacket
from congso.lib.edxml.reading import read_packet

pytestmark = pytest.mark.django_db


def carried() -> None:
    carry_inside(at=timezone.now())


def arrived(world, document) -> Record:
    """What stands in Ban Tổ chức's register."""
    with by(world.agency_clerk):
        packet = Packet.objects.filter(direction="in", kind="new", document_id__endswith="/KH/TU").latest("pk")
        assert packet.record_id, (packet.state, packet.reason)
        return Record.objects.get(pk=packet.record_id)


def line_of(world, document) -> Recipient:
    with by(world.clerk):
        return Recipient.objects.get(document_id=document.pk)


def test_an_issued_document_waits_in_the_receivers_register_and_the_sender_hears_of_it(world, keys):
    document = made.issued(world, keys)
    carried()
    record = arrived(world, document)
    assert (record.type, record.state, record.number) == ("incoming_document", "received", "01-KH/TU")
    assert record.owner_id == world.organizations["BTC"]
    line = line_of(world, document)
    assert (line.state, line.status) == (Recipient.State.SENT, "01")
    with by(world.agency_clerk):
        file = Attachment.objects.select_related("blob").get(record_id=record.pk, role="original")
        assert file.blob_id == document.paper_sha256
    with by(world.agency_specialist):
        assert not Record.objects.filter(pk=record.pk).exists()


def test_carrying_again_brings_nothing_twice(world, keys):
    made.issued(world, keys)
    carried()
    carried()
    with acting_as(CARRIER):
        assert Packet.objects.filter(direction="in", kind=PacketKind.NEW).count() == 1
    with by(world.agency_clerk):
        assert Record.objects.filter(type="incoming_document").count() == 1


def test_each_step_of_the_receivers_work_is_told_forward_only(world, keys):
    document = made.issued(world, keys)
    carried()
    record = arrived(world, document)
    for status, told in (("03", "03"), ("05", "05"), ("04", "05"), ("06", "06")):
        with by(world.agency_clerk):
            tell_sender(record.pk, Status(status), at=timezone.now())
        carried()
        assert line_of(world, document).status == told


def test_a_recall_is_agreed_and_the_copy_is_closed(world, keys):
    document = made.recalled(world, keys)
    carried()
    record = arrived(world, document)
    with by(world.agency_clerk) as clerk:
        packet = Packet.objects.get(direction="in", kind=PacketKind.RECALL)
        assert packet.state == PacketState.ARRIVED
        agree_packet(packet, by=clerk, at=timezone.now())
        held = Record.objects.get(pk=record.pk)
        assert (held.state, held.are_files_closed) == ("recalled", True)
        assert not Attachment.objects.filter(record_id=record.pk).exists()
    carried()
    line = line_of(world, document)
    assert (line.state, line.status) == (Recipient.State.RECALLED, "15")


def test_a_recall_may_be_refused_with_a_reason(world, keys):
    document = made.recalled(world, keys)
    carried()
    record = arrived(world, document)
    with by(world.agency_clerk) as clerk:
        packet = Packet.objects.get(direction="in", kind=PacketKind.RECALL)
        refuse_packet(packet, reason="Đã triển khai.", by=clerk, at=timezone.now())
        assert Record.objects.get(pk=record.pk).state == "received"
    carried()
    line = line_of(world, document)
    assert (line.state, line.status) == (Recipient.State.RECALL_ASKED, "16")
    assert "Đã triển khai" in line.reason


def test_a_replacement_closes_the_earlier_one_on_both_sides(world, keys):
    old = made.issued(world, keys)
    carried()
    first = arrived(world, old)
    with by(world.specialist):
        replaced = outgoing_document(old.pk)
    newer = made.issue(world, made.sealed(world, keys, replaces=replaced, replace_reason="Sửa chỉ tiêu"))
    carried()
    with by(world.agency_clerk) as clerk:
        packet = Packet.objects.get(direction="in", kind=PacketKind.REPLACE)
        accept_packet(packet, by=clerk, at=timezone.now())
        assert Record.objects.get(pk=first.pk).state == "recalled"
        upload = Upload.objects.get(batch=f"packet-{packet.pk}")
    run_job(upload.job_id, clerk)
    with by(world.agency_clerk):
        packet.refresh_from_db()
        assert Link.objects.filter(source_id=packet.record_id, target_id=first.pk, clause="Thay thế").exists()
        # No reader of the paper's text finds a number that was filled in after signing: the packet tells it.
        assert Record.objects.get(pk=packet.record_id).number == "02-KH/TU"
    carried()
    with by(world.clerk):
        assert outgoing_document(old.pk).state == "replaced"
        assert outgoing_document(newer.pk).state == "issued"
        assert Recipient.objects.get(document_id=old.pk).state == Recipient.State.RECALLED
    with by(world.agency_clerk):
        tell_sender(packet.record_id, Status.REGISTERED, at=timezone.now())
    carried()
    assert line_of(world, newer).status == "03"


def test_what_is_recalled_while_its_file_is_still_read_does_not_wait_to_be_registered(world, keys):
    old = made.issued(world, keys)
    carried()
    with by(world.specialist):
        replaced = outgoing_document(old.pk)
    newer = made.issue(world, made.sealed(world, keys, replaces=replaced, replace_reason="Sửa chỉ tiêu"))
    carried()
    with by(world.agency_clerk) as clerk:
        packet = Packet.objects.get(direction="in", kind=PacketKind.REPLACE)
        accept_packet(packet, by=clerk, at=timezone.now())
        upload = Upload.objects.get(batch=f"packet-{packet.pk}")
    with by(world.clerk) as sender:
        services.recall_document(outgoing_document(newer.pk), reason="Sai số liệu.", by=sender, at=timezone.now())
    carried()
    with by(world.agency_clerk) as clerk:
        agree_packet(Packet.objects.get(direction="in", kind=PacketKind.RECALL), by=clerk, at=timezone.now())
    run_job(upload.job_id, clerk)
    with by(world.agency_clerk):
        packet.refresh_from_db()
        held = Record.objects.get(pk=packet.record_id)
        assert (held.state, held.are_files_closed) == ("recalled", True)


def test_who_should_not_have_it_gives_it_back_others_keep_it(world, keys):
    document = made.issued(world, keys)
    carried()
    record = arrived(world, document)
    line = line_of(world, document)
    with by(world.clerk) as clerk:
        services.drop_recipient(
            Recipient.objects.select_related("document").get(pk=line.pk), reason="Gửi nhầm", by=clerk, at=timezone.now()
        )
    carried()
    with by(world.agency_clerk) as clerk:
        agree_packet(Packet.objects.get(direction="in", kind=PacketKind.UPDATE), by=clerk, at=timezone.now())
        assert Record.objects.get(pk=record.pk).state == "recalled"
    carried()
    assert line_of(world, document).state == Recipient.State.RECALLED


def test_sending_back_to_the_sender_is_told_as_a_refusal(world, keys, signed_in):
    document = made.issued(world, keys)
    carried()
    record = arrived(world, document)
    told = {"note": "Không thuộc thẩm quyền."}
    answer = signed_in("agency_clerk").post(
        f"/api/v1/documents/{record.pk}/return-to-sender", told, content_type="application/json"
    )
    assert answer.status_code == 200, answer.content
    carried()
    line = line_of(world, document)
    assert (line.state, line.status) == (Recipient.State.FAILED, "02")


def test_over_the_axis_goes_the_signed_paper_and_statuses_come_back(world, keys):
    with by(world.administrator):
        Organization.objects.filter(pk=world.organizations["VPTU"]).update(official_code=OURS)
        office = world.organization("VPTU")
    document = made.issued(world, keys, Address(Channel.AXIS, "Sở Mẫu", THEIRS))
    axis = PaperAxis()
    send_due(Connection(axis, (OURS,)), at=timezone.now())
    [(receiver, raw)] = axis.sent
    said = read_packet(raw)
    assert isinstance(said, DocumentPacket)
    assert (receiver, said.number, said.notation) == (THEIRS, "01", "KH/TU")
    assert hashlib.sha256(said.attachments[0].content).hexdigest() == document.paper_sha256
    told = Answered(OURS, "01-KH/TU", document.issued_on, said.document_id)

    def answer(code: str) -> None:
        now = timezone.localtime()
        status = StatusPacket(Organ(THEIRS, "Sở Mẫu"), told, Status(code), now.replace(microsecond=0))
        arrive(axis, office, status, at=now)

    for code in ("01", "03", "04", "05", "06"):
        answer(code)
        assert line_of(world, document).status == code
    with by(world.clerk) as clerk:
        fresh = outgoing_document(document.pk)
        services.recall_document(fresh, reason="Sai số liệu.", by=clerk, at=timezone.now())
    send_due(Connection(axis, (OURS,)), at=timezone.now())
    recall = read_packet(axis.sent[-1][1])
    assert isinstance(recall, DocumentPacket)
    assert (recall.business.kind, recall.business.document_id) == (Kind.RECALL, said.document_id)
    answer("15")
    line = line_of(world, document)
    assert (line.state, line.status) == (Recipient.State.RECALLED, "15")
