"""The ledger of consents: one purpose at a time, one's own act or paper, kept, shown, stopped when taken back."""

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.apps.personal_data import queries
from congso.apps.personal_data.models import ConsentEntry, ConsentPurpose, ConsentText, SubjectRequest
from congso.apps.personal_data.services import consents as services
from congso.apps.personal_data.services.consents import Wording
from congso.apps.personal_data.tests.factories import WORDING, ask_consent
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person
from congso.kernel.journal.models import Entry
from congso.kernel.workflow.services import Refused

pytestmark = pytest.mark.django_db
PROTECTOR, CODE = "other_head", "anh-chan-dung"
Act = ConsentEntry.Act
KEEPING = ("open", "publish", "close", "paper")


def as_one(world, who):
    actor = Actor.person(getattr(world, who))
    return actor, acting_as(actor)


def give(world, who, purpose):
    actor, acting = as_one(world, who)
    with acting:
        return services.give_consent(purpose.texts.order_by("-version")[0], by=actor, at=timezone.now())


def take_back(world, who, purpose):
    actor, acting = as_one(world, who)
    with acting:
        return services.withdraw_consent(ConsentPurpose.objects.get(pk=purpose.pk), by=actor, at=timezone.now())


def keep(world, who, act, purpose):
    actor, acting = as_one(world, who)
    more = {"by": actor, "at": timezone.now()}
    with acting, transaction.atomic():
        if act == "open":
            return services.open_purpose("khac", "Mục đích khác", WORDING, **more)
        if act == "publish":
            return services.publish_text(purpose, WORDING, asks_again=True, **more)
        if act == "close":
            return services.close_purpose(purpose, **more)
        person = Person.objects.get(pk=world.clerk)
        text = purpose.texts.select_related("purpose").order_by("-version")[0]
        return services.record_paper(text, person, act=Act.GIVEN, proof="Tờ 1, tủ 2", **more)


def counts(world, who, person=None):
    with acting_as(Actor.person(getattr(world, who))):
        return queries.has_consent(person or getattr(world, who), CODE)


@pytest.mark.parametrize("act", KEEPING)
def test_only_who_protects_data_keeps_purposes_and_papers(protected, act):
    purpose = ask_consent(protected)
    for who in set(protected.people()) - {PROTECTOR}:
        with pytest.raises(Refused):
            keep(protected, who, act, purpose)
    keep(protected, PROTECTOR, act, purpose)


def test_silence_is_no_consent_and_each_purpose_stands_by_itself(protected):
    purpose = ask_consent(protected)
    ask_consent(protected, code="khac")
    assert not counts(protected, "specialist")
    give(protected, "specialist", purpose)
    assert counts(protected, "specialist")
    with acting_as(Actor.person(protected.specialist)):
        assert not queries.has_consent(protected.specialist, "khac")
        assert not queries.has_consent(protected.specialist, "khong-co")
    with pytest.raises(Refused):
        give(protected, "specialist", purpose)


def test_taking_back_counts_at_once_and_asks_for_the_stop_within_the_laws_days(protected, clock):
    purpose = ask_consent(protected)
    with pytest.raises(Refused):
        take_back(protected, "specialist", purpose)
    give(protected, "specialist", purpose)
    line = take_back(protected, "specialist", purpose)
    assert not counts(protected, "specialist")
    with acting_as(Actor.person(protected.other_head)):
        request = SubjectRequest.objects.get(pk=line.request_id)
        assert (request.kind, request.answer_due_on.isoformat()) == ("withdraw", "2026-12-08")
        assert [one.act for one in queries.ledger_of(purpose)] == ["withdrawn", "given"]
    with pytest.raises(Refused):
        take_back(protected, "specialist", purpose)
    give(protected, "specialist", purpose)
    assert counts(protected, "specialist")


def test_a_text_that_changes_what_was_agreed_to_asks_again_and_mended_words_do_not(protected):
    purpose = ask_consent(protected)
    give(protected, "specialist", purpose)
    protector, acting = as_one(protected, PROTECTOR)
    with acting:
        old = purpose.texts.get()
        services.publish_text(purpose, Wording("Ảnh", "Như cũ", "Văn phòng", "Như cũ"), asks_again=False, by=protector,
                              at=timezone.now())  # fmt: skip
    assert counts(protected, "specialist")
    with acting_as(protector):
        services.publish_text(purpose, Wording("Ảnh, tuổi", "Báo", "Báo", "Mãi"), asks_again=True, by=protector,
                              at=timezone.now())  # fmt: skip
        assert queries.given_counts() == {}
    assert not counts(protected, "specialist")
    me, acting = as_one(protected, "specialist")
    with acting:
        standing = queries.standings_of(protected.specialist)[0]
        assert (standing.is_outdated, standing.text.version) == (True, 3)
        with pytest.raises(Refused, match="nội dung mới"):
            services.give_consent(
                ConsentText.objects.select_related("purpose").get(pk=old.pk), by=me, at=timezone.now()
            )


def test_a_closed_purpose_asks_nobody_and_stands_on_nothing(protected):
    purpose = ask_consent(protected)
    give(protected, "specialist", purpose)
    keep(protected, PROTECTOR, "close", purpose)
    assert not counts(protected, "specialist")
    with pytest.raises(Refused):
        give(protected, "clerk", purpose)
    with pytest.raises(Refused):
        keep(protected, PROTECTOR, "close", purpose)


def test_paper_needs_its_place_and_the_person_sees_it_and_may_take_it_back(protected):
    purpose = ask_consent(protected)
    protector, acting = as_one(protected, PROTECTOR)
    with acting:
        text, person = purpose.texts.select_related("purpose").get(), Person.objects.get(pk=protected.clerk)
        with pytest.raises(Refused):
            services.record_paper(text, person, act=Act.GIVEN, proof=" ", by=protector, at=timezone.now())
    line = keep(protected, PROTECTOR, "paper", purpose)
    assert (line.channel, line.by_id, line.person_id) == ("paper", protected.other_head, protected.clerk)
    assert counts(protected, "clerk")
    take_back(protected, "clerk", purpose)
    assert not counts(protected, "clerk")


def test_each_line_is_in_the_journal_with_the_fingerprint_of_what_was_shown(protected):
    purpose = ask_consent(protected)
    line = give(protected, "specialist", purpose)
    with acting_as(Actor.person(protected.auditor)):
        facts = Entry.objects.get(act="personal_data.consent").facts
    assert (facts["entry"], facts["sha256"]) == (line.pk, services.fingerprint(purpose, 1, WORDING))


def test_the_ledger_is_changed_and_forged_by_nobody_and_read_by_few(protected):
    purpose = ask_consent(protected)
    give(protected, "specialist", purpose)
    forged = (
        "INSERT INTO personal_data_consententry (person_id, person_label, text_id, act, channel, proof, at, by_id,"
        " by_label)"
        " SELECT {person}, 'x', id, 'given', '{channel}', 'x', now(), {by}, 'x' FROM personal_data_consenttext"
    )
    spec, clerk = protected.specialist, protected.clerk
    forging = [
        forged.format(person=clerk, channel="screen", by=clerk),  # in another's name
        forged.format(person=clerk, channel="screen", by=spec),  # about another
        forged.format(person=clerk, channel="paper", by=spec),  # on paper, by who does not protect data
    ]
    changing = [
        "UPDATE personal_data_consententry SET act = 'withdrawn'",
        "DELETE FROM personal_data_consententry",
        "UPDATE personal_data_consenttext SET why = 'x'",
        "DELETE FROM personal_data_consenttext",
        "UPDATE personal_data_consentpurpose SET title = 'x'",
    ]
    for who, statements in (("specialist", forging + changing), (PROTECTOR, changing)):
        with acting_as(Actor.person(getattr(protected, who))):
            for statement in statements:
                with pytest.raises(Error), transaction.atomic():
                    connection.cursor().execute(statement)
    seeing = {"specialist", PROTECTOR, "auditor"}
    for who in protected.people():
        with acting_as(Actor.person(getattr(protected, who))):
            assert ConsentEntry.objects.exists() == (who in seeing), who


def test_consent_goes_its_way_through_the_pages(protected, signed_in):
    protector, me, base = signed_in(PROTECTOR), signed_in("specialist"), "/du-lieu-ca-nhan"
    told = {"title": "Đăng ảnh", "code": CODE, "which": "Ảnh", "why": "Giới thiệu", "recipients": "Văn phòng",
            "retention": "Một năm"}  # fmt: skip
    assert me.post(f"{base}/muc-dich/moi/", told).status_code == 403
    assert protector.post(f"{base}/muc-dich/moi/", told | {"which": ""}).status_code == 422
    assert protector.post(f"{base}/muc-dich/moi/", told).status_code == 302
    assert protector.post(f"{base}/muc-dich/moi/", told).status_code == 422  # the code is taken
    with acting_as(Actor.person(protected.specialist)):
        text = ConsentText.objects.get()
    page = me.get(f"{base}/dong-y/").content.decode()
    assert "Chưa đồng ý" in page
    assert "không trả lời không phải là đồng ý" in page
    assert me.get(f"{base}/dong-y/{text.pk}/dong-y/").status_code == 405
    assert "rút lại được bất cứ lúc nào" in me.post(f"{base}/dong-y/{text.pk}/dong-y/", follow=True).content.decode()
    with acting_as(Actor.person(protected.specialist)):
        line = ConsentEntry.objects.get()
    assert text.sha256 in me.get(f"{base}/dong-y/{line.pk}/giay/").content.decode()
    assert signed_in("stranger").get(f"{base}/dong-y/{line.pk}/giay/").status_code == 404
    answer = me.post(f"{base}/dong-y/{text.purpose_id}/rut-lai/", follow=True).content.decode()
    assert "yêu cầu ngừng xử lý" in answer
    assert "Đã rút lại" in answer
    address = f"{base}/muc-dich/{text.purpose_id}/"
    paper = {"account": "clerk", "act": "given", "proof": "Tờ 1, tủ 2"}
    assert protector.post(f"{address}giay/", paper | {"account": "khong-co"}).status_code == 422
    assert protector.post(f"{address}giay/", paper).status_code == 302
    assert protector.post(f"{address}noi-dung/", told | {"why": "Khác", "asks_again": "on"}).status_code == 302
    page = protector.get(address).content.decode()
    assert "Tờ 1, tủ 2" in page
    assert "phải đồng ý lại" in page
    assert me.get(address).status_code == 403
    assert protector.post(f"{address}dong/", {"x": "x"}).status_code == 422
    assert protector.post(f"{address}dong/", {"sure": "on"}).status_code == 302
    assert "0 người đang đồng ý" in protector.get(f"{base}/muc-dich/").content.decode()


def test_the_api_goes_the_same_way(protected, signed_in):
    protector, me, path = signed_in(PROTECTOR), signed_in("specialist"), "/api/v1/personal_data"

    def post(client, address, told, status):
        answer = client.post(f"{path}{address}", told, content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None

    wording = {"data": "Ảnh", "why": "Giới thiệu", "recipients": "Văn phòng", "retention": "Một năm"}
    post(me, "/purposes", wording | {"code": CODE, "title": "Ảnh"}, 422)
    made = post(protector, "/purposes", wording | {"code": CODE, "title": "Ảnh"}, 201)["id"]
    (asked,) = me.get(f"{path}/consents").json()
    assert (asked["is_given"], asked["answered_at"]) == (False, None)
    post(me, f"/consents/{asked['text']}/give", {}, 204)
    assert me.get(f"{path}/consents").json()[0]["is_given"]
    post(me, f"/purposes/{made}/paper", {"person": protected.clerk, "act": "given", "proof": "x"}, 422)
    post(protector, f"/purposes/{made}/paper", {"person": protected.clerk, "act": "given", "proof": "x"}, 204)
    assert [one.get(f"{path}/purposes/{made}/ledger").json()["count"] for one in (protector, me)] == [2, 1]
    post(me, f"/purposes/{made}/withdraw", {}, 204)
    post(me, f"/purposes/{made}/withdraw", {}, 422)
    post(protector, f"/purposes/{made}/texts", wording, 204)
    post(protector, f"/purposes/{made}/close", {}, 204)
