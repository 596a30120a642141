"""Acts beyond the flow's table: versions, opinions, powers, numbers, what must hold before anything leaves."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from congso.apps.outgoing import services
from congso.apps.outgoing.models import Authority, Channel, OpinionPoint, OutgoingDocument, Recipient, SigningGrant
from congso.apps.outgoing.queries import outgoing_document, register_rows
from congso.apps.outgoing.services import Address
from congso.apps.outgoing.services.papers import paper_file
from congso.apps.outgoing.services.reminding import remind
from congso.apps.outgoing.tests import factories as made
from congso.apps.outgoing.tests.factories import NOW, by, facts
from congso.kernel.access.delegating import delegate_post
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.composing.findings import Finding, Severity
from congso.kernel.directory.models import Person, Post
from congso.kernel.notify.models import Notice
from congso.kernel.records.models import Number, TimelineEntry
from congso.kernel.signing.trust import check_file
from congso.kernel.signing.validation.verdicts import Verdict
from congso.kernel.workflow.services import NotYours, Refused, WrongState

pytestmark = pytest.mark.django_db

ERROR = Finding(
    "margins.left", Severity.ERROR, "Lề trái 20 mm, phải là 30 mm.", "Sửa lề.", "05-HD/VPTW", can_be_repaired=True
)


def test_the_issuer_must_be_one_the_drafters_office_issues_for(world):
    with by(world.agency_specialist) as actor, pytest.raises(Refused, match="không ban hành văn bản của"):
        services.start_draft(facts(world), by=actor, at=NOW)


def test_every_version_stays_with_who_when_and_why(world, keys):
    document = made.drafting(world)
    made.version(document, world.specialist, words="Ban hai")
    with by(world.specialist):
        versions = list(document.versions.order_by("place"))
        assert [one.place for one in versions] == [1, 2]
        assert {one.made_label for one in versions} == {"Vũ Thí Dụ, Chuyên viên"}
        assert versions[0].attachment.blob_id != versions[1].attachment.blob_id


def test_a_draft_with_an_error_of_form_is_not_verified(world, keys):
    document = made.verifying(world)
    made.version(document, world.chief, findings=[ERROR])
    with by(world.chief) as chief, pytest.raises(Refused, match="Còn 1 lỗi thể thức"):
        services.verify(document, by=chief, at=NOW)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"authority": Authority.DEPUTY, "authority_over": "Bí thư"}, "không ký K/T"),
        ({"authority": Authority.OWN}, "phải ghi T/M"),
        ({"authority": Authority.BY_MANDATE, "authority_over": "Ban Thường vụ"}, "không có TUQ"),
        ({"authority_over": ""}, "Hãy ghi ký thay mặt"),
        ({"signer": None}, "Hãy chọn người ký"),
    ],
)
def test_who_may_not_sign_so_is_told_the_rule(world, keys, changes, words):
    document = made.drafting(world, **changes)
    with by(world.specialist) as specialist, pytest.raises(Refused, match=words):
        services.submit(document, by=specialist, at=NOW)


def test_a_type_the_body_may_not_issue_is_blocked_with_the_rule(world, keys):
    document = made.drafting(world, doc_type="circular", title="Về việc thử", authority_over="Ban Chấp hành")
    with by(world.specialist) as specialist, pytest.raises(Refused, match="không có thẩm quyền ban hành thông tri"):
        services.submit(document, by=specialist, at=NOW)


def test_signing_by_order_rests_on_a_dated_decision_for_the_type(world, keys):
    with by(world.chief):
        chief = Person.objects.get(pk=world.chief)
    document = made.drafting(world, authority=Authority.BY_ORDER, authority_over="Ban Thường vụ", signer=chief)
    with by(world.specialist) as specialist, pytest.raises(Refused, match="Chưa có văn bản giao"):
        services.submit(document, by=specialist, at=NOW)
    with by(world.specialist) as specialist, pytest.raises(NotYours):
        _grant(world, chief, specialist)
    with by(world.chief) as actor:
        _grant(world, chief, actor, doc_types=["letter"])
    with by(world.specialist) as specialist, pytest.raises(Refused, match="loại văn bản này"):
        services.submit(document, by=specialist, at=NOW)
    with by(world.chief) as actor:
        grant = _grant(world, chief, actor)
    with by(world.specialist) as specialist:
        services.submit(document, by=specialist, at=NOW)
    with by(world.chief) as actor:
        services.end_signing(grant, on=NOW.date(), by=actor, at=NOW)
        assert SigningGrant.objects.get(pk=grant.pk).valid_to == NOW.date()


def _grant(world: Any, person: Person, actor: Actor, **more: Any) -> SigningGrant:
    told: dict[str, Any] = {"doc_types": [], **more}
    return services.grant_signing(
        world.organization("TU"), person=person, authority=Authority.BY_ORDER, decision="QĐ 12-QĐ/TU",
        valid_from=date(2026, 1, 1), valid_to=None, by=actor, at=NOW, **told,
    )  # fmt: skip


def test_opinions_are_asked_at_once_answered_once_and_every_point_is_answered_back(world, keys):
    document = made.consulting(world)
    made.answer(world, document, "other_head", "Bỏ mục 3", "Thêm chỉ tiêu")
    with pytest.raises(StopIteration):
        made.answer(world, document, "other_head", "Lần nữa")
    with by(world.specialist) as specialist:
        services.close_opinions(document, by=specialist, at=NOW)
        assert [one.state for one in document.opinions.order_by("position")] == ["answered", "missed"]
        with pytest.raises(Refused, match="Còn 2 ý kiến góp ý"):
            services.submit(document, by=specialist, at=NOW)
        first, second = OpinionPoint.objects.filter(document=document).order_by("pk")
        with pytest.raises(Refused, match="phải ghi giải trình"):
            services.decide_points(document, {first.pk: ("declined", "")}, by=specialist, at=NOW)
        decisions = {first.pk: ("declined", "Đã nêu ở Kế hoạch 5."), second.pk: ("accepted", "")}
        services.decide_points(document, decisions, by=specialist, at=NOW)
        services.submit(document, by=specialist, at=NOW)


def test_serial_opinions_come_one_after_the_other(world, keys):
    document = made.drafting(world)
    made.ask(world, document, is_serial=True)
    with by(world.agency_leader):
        assert not OutgoingDocument.objects.filter(pk=document.pk).exists()
    made.answer(world, document, "other_head", stance="agrees")
    with by(world.agency_leader):
        assert OutgoingDocument.objects.filter(pk=document.pk).exists()
    made.answer(world, document, "agency_leader", "Đồng ý, thêm hạn")


def test_a_stand_in_approves_in_the_leaders_name_but_cannot_sign_for_her(world, keys):
    document = made.at_leader(world)
    with by(world.secretary):
        post = Post.objects.get(organization_id=world.organizations["TU"])
        delegate_post(
            post, to=Person.objects.get(pk=world.agency_leader), functions=["leaders"], valid_from=timezone.localdate(),
            valid_to=timezone.localdate() + timedelta(days=30), reason="Đi công tác", by=world.secretary, at=NOW,
        )  # fmt: skip
    with by(world.agency_leader) as stand_in:
        services.approve(outgoing_document(document.pk), by=stand_in, at=timezone.now())
        told = TimelineEntry.objects.filter(record_id=document.pk, act="approve").get().actor_label
        assert "thay Lê Mẫu Bí Thư" in told
        with pytest.raises(NotYours):
            services.sign_document(
                outgoing_document(document.pk), credential=keys.secretary, secret="", by=stand_in, at=timezone.now()
            )


def test_a_paper_is_signed_numbered_sealed_and_valid_to_the_end(world, keys):
    document = made.sealed(world, keys)
    with by(world.clerk), paper_file(document) as path:
        report = check_file(path, at=timezone.now())
        assert (report.verdict, len(report.people)) == (Verdict.VALID, 2)
        assert report.people[0].certifies
        assert document.number == "01-KH/TU"
        assert document.paper_sha256 == document.paper.blob_id


def test_the_wrong_key_signs_nothing_and_the_paper_waits(world, keys):
    document = made.to_sign(world)
    with by(world.secretary) as secretary, pytest.raises(Refused, match="chứng thư số của chính mình"):
        services.sign_document(outgoing_document(document.pk), credential=keys.seal, secret="", by=secretary, at=NOW)
    with by(world.secretary):
        assert outgoing_document(document.pk).state == "to_sign"


def test_a_failure_while_sealing_leaves_a_numbered_paper_that_can_be_sealed_again(world, keys, monkeypatch):
    document = made.numbered(world, keys)
    from congso.apps.outgoing.services import sealing

    def broken(*_all: object, **_more: object) -> None:
        raise OSError("đĩa hỏng")

    monkeypatch.setattr(sealing, "point_at", broken)
    with by(world.clerk) as clerk:
        fresh = outgoing_document(document.pk)
        with pytest.raises(OSError, match="đĩa hỏng"), acting_as(clerk):
            services.seal_document(fresh, credential=keys.seal, secret="", by=clerk, at=timezone.now())
    monkeypatch.undo()
    with by(world.clerk) as clerk:
        fresh = outgoing_document(document.pk)
        assert (fresh.state, fresh.number) == ("numbered", "01-KH/TU")


def test_nothing_is_issued_without_a_recipient(world, keys):
    document = made.sealed(world, keys)
    with by(world.clerk) as clerk, pytest.raises(Refused, match="Chưa có nơi nhận"):
        services.issue_document(document, by=clerk, at=timezone.now())


def test_a_paper_changed_after_its_seal_does_not_leave(world, keys):
    document = made.sealed(world, keys)
    with by(world.clerk) as clerk:
        services.add_recipients(document, [Address(Channel.PAPER, "Sở Mẫu")], by=clerk, at=NOW)
        with paper_file(document) as path:
            pass  # the store of the tests is a folder
        data = bytearray(path.read_bytes())
        data[len(data) // 3] ^= 1
        path.chmod(0o600)
        path.write_bytes(bytes(data))
        with pytest.raises(Refused, match="chưa hợp lệ"):
            services.issue_document(outgoing_document(document.pk), by=clerk, at=timezone.now())
        assert outgoing_document(document.pk).state == "sealed"


def test_a_reserved_number_has_no_content_and_stands_in_the_same_series(world, keys):
    with by(world.clerk) as clerk:
        office, issuer = world.organization("VPTU"), world.organization("TU")
        told = services.reserve(issuer, doc_type="plan", office=office, by=clerk, at=timezone.now())
        assert told.symbol == "01-KH/TU"
    with by(world.agency_clerk) as stranger, pytest.raises(NotYours):
        services.reserve(
            world.organization("TU"), doc_type="plan", office=world.organization("BTC"), by=stranger, at=NOW
        )
    document = made.numbered(world, keys)
    assert document.number == "02-KH/TU"
    with by(world.clerk):
        rows = list(register_rows(world.organization("TU"), document.period).order_by("value"))
        assert [(row.value, row.reservation, row.record_id) for row in rows] == [
            (1, "classified", None), (2, "", document.pk),
        ]  # fmt: skip


def test_decision_and_regulation_share_a_series_other_types_do_not(world, keys):
    first = made.numbered(world, keys, doc_type="decision", title="Ban hành quy chế")
    second = made.numbered(world, keys, doc_type="regulation", title="Về chế độ")
    other = made.numbered(world, keys, doc_type="notice", title="Kết luận")
    assert [first.number, second.number, other.number] == ["01-QĐ/TU", "02-QĐ/TU", "01-TB/TU"]


def test_a_joint_document_takes_the_lead_bodys_number_and_names_the_others(world, keys):
    assert made.numbered(world, keys, joint_agencies="MTTQ").number == "01-KH/TU-MTTQ"


def test_without_a_term_nothing_is_numbered(world, keys):
    document = made.signed(world, keys)
    with by(world.clerk) as clerk, pytest.raises(Refused, match="chưa có nhiệm kỳ"):
        services.number_document(document, by=clerk, at=timezone.now().replace(year=2025, month=8, day=1))


def test_a_cancelled_number_stays_with_its_document_and_is_not_given_again(world, keys):
    made.cancelled(world, keys)
    assert made.numbered(world, keys).number == "02-KH/TU"


def test_what_was_issued_cannot_be_changed_even_by_sql(world, keys):
    from django.db import connection

    document = made.issued(world, keys)
    for who in ("clerk", "chief", "specialist"):
        with acting_as(Actor.person(getattr(world, who))), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE outgoing_outgoingdocument SET number_value = 99 WHERE record_ptr_id = %s", [document.pk]
            )
            assert cursor.rowcount == 0


def test_a_signer_is_changed_with_the_block_and_the_form_is_checked_again(world, keys):
    document = made.to_sign(world)
    with by(world.chief) as chief, pytest.raises(Refused, match="không giữ chức vụ lãnh đạo"):
        services.change_signer(
            document, signer=Person.objects.get(pk=world.agency_leader), authority=Authority.ON_BEHALF,
            authority_over="Ban Thường vụ", reason="Đi vắng", by=chief, at=NOW,
        )  # fmt: skip
    with by(world.chief):
        assert outgoing_document(document.pk).state == "to_sign"


def test_a_letter_goes_by_mail_and_a_failure_is_told(world, keys, mailoutbox, monkeypatch):
    from congso.apps.outgoing.jobs import send_mail
    from congso.kernel.jobs.services import JobRefused, Progress

    document = made.issued(world, keys, Address(Channel.EMAIL, "Sở Mẫu", "so@mau.gov.vn"))
    with by(world.clerk):
        line = document.recipients.get()
        assert line.state == Recipient.State.QUEUED
    progress = Progress(0, Actor.person(world.clerk))
    from congso.apps.outgoing.services import mailing

    with monkeypatch.context() as broken:
        broken.setattr(mailing.EmailMessage, "send", lambda self: (_ for _ in ()).throw(OSError("mất mạng")))
        with pytest.raises(JobRefused, match="mất mạng"):
            send_mail(progress, recipient_id=line.pk)
    with by(world.clerk):
        assert document.recipients.get().state == Recipient.State.FAILED
    send_mail(progress, recipient_id=line.pk)
    assert mailoutbox[0].attachments[0][0] == "01-KH-TU.pdf"
    with by(world.clerk) as clerk:
        assert document.recipients.get().state == Recipient.State.SENT
        with pytest.raises(WrongState):
            services.number_document(outgoing_document(document.pk), by=clerk, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_twelve_clerks_number_at_once_without_a_gap(world, keys, monkeypatch):
    from congso.apps.outgoing.services import numbering

    monkeypatch.setattr(numbering, "fill", lambda pdf, _values: pdf)
    monkeypatch.setattr(numbering, "keep_paper", lambda *_all, **_more: None)
    documents = [made.signed(world, keys).pk for _ in range(4)]

    def number(pk: int) -> str:
        try:
            with by(world.clerk) as clerk:
                return services.number_document(outgoing_document(pk), by=clerk, at=timezone.now())
        except WrongState:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        given = list(pool.map(number, documents * 3))
    assert sorted(filter(None, given)) == [f"{place:02d}-KH/TU" for place in range(1, 5)]
    with by(world.clerk):
        assert list(Number.objects.filter(series="out:KH").order_by("value").values_list("value", flat=True)) == [
            1,
            2,
            3,
            4,
        ]


def test_who_owes_an_opinion_is_reminded_once_a_step_and_the_drafter_told_who_is_late(world, keys):
    document = made.drafting(world)
    made.ask(world, document)
    made.answer(world, document, "other_head", stance="agrees")
    at = lambda day: datetime(2030, 12, day, 7, 0, tzinfo=NOW.tzinfo)  # noqa: E731 - DUE is Wednesday the 4th
    assert remind(at=at(1)) == 0
    assert (remind(at=at(2)), remind(at=at(2))) == (1, 0)
    assert remind(at=at(4)) == 1
    assert (remind(at=at(5)), remind(at=at(5))) == (2, 0)
    with by(world.agency_leader):
        assert Notice.objects.filter(record_id=document.pk, text__contains="quá hạn 04/12/2030").count() == 1
    with by(world.specialist) as specialist:
        late = Notice.objects.get(record_id=document.pk, text__startswith="Quá hạn cho ý kiến")
        assert "Ban Tổ chức" in late.text
        services.close_opinions(document, by=specialist, at=NOW)
    assert remind(at=at(20)) == 0
