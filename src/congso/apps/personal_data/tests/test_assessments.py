"""Impact assessments: every act by everybody in every state; the law's limits; versions that stay as approved."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.apps.personal_data import queries
from congso.apps.personal_data.flow.assessments import ASSESSMENTS
from congso.apps.personal_data.rules import reminder_step
from congso.apps.personal_data.services import assessments as services
from congso.apps.personal_data.services.assessments import AssessmentFacts, Letter
from congso.apps.personal_data.services.reminding import remind_of_assessments
from congso.apps.personal_data.tests.factories import ASSESSED, do, found, open_assessed
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as, current_principals
from congso.kernel.notify.models import Notice
from congso.kernel.regulations.services import set_parameter
from congso.kernel.workflow.services import NotYours, Refused, check, possible_transitions

pytestmark = pytest.mark.django_db
PROTECTOR, HEAD, READER = "other_head", "chief", "reader"
DAY = date(2026, 11, 23)
LETTER = Letter(DAY, "A05", "12/A05", "Bổ sung phần rủi ro")
REMINDERS = Actor.system(System.REMINDERS)

# state: the protector's acts, the leader's acts
EXPECTED = {
    "drafting": ({"amend", "submit"}, {"amend", "end"}),
    "submitted": (set(), {"return", "approve"}),
    "in_force": ({"file", "confirm_unchanged", "revise"}, {"file", "confirm_unchanged", "revise", "end"}),
    "filed": ({"note_asked", "note_accepted"},) * 2,
    "completing": ({"amend", "submit"}, {"amend"}),
    "revising": ({"amend", "submit"}, {"amend"}),
    "ended": (set(), set()),
}


def assessment_in(world, state):
    one = open_assessed(world)
    if state in ("submitted", "in_force", "filed", "completing", "revising"):
        do(world, PROTECTOR, services.submit_assessment, one)
    if state in ("in_force", "filed", "completing", "revising"):
        do(world, HEAD, services.approve_assessment, one)
    if state in ("filed", "completing"):
        do(world, PROTECTOR, services.file_assessment, one, LETTER)
    if state == "completing":
        do(world, PROTECTOR, services.note_asked, one, LETTER)
    if state == "revising":
        do(world, PROTECTOR, services.revise_assessment, one, note="Thêm trường", changed_on=DAY)
    if state == "ended":
        do(world, HEAD, services.end_assessment, one, note="Thôi dùng")
    return one


def acts_of(world, who, record):
    try:
        one = found(world, record, who)
    except ObjectDoesNotExist:
        return None
    with acting_as(Actor.person(getattr(world, who))):
        return {transition.key for transition in possible_transitions(one, held=current_principals())}


@pytest.mark.parametrize("state", EXPECTED)
def test_each_state_gives_each_person_exactly_her_acts(protected, clock, state):
    one = assessment_in(protected, state)
    assert found(protected, one).state == state
    expected = {PROTECTOR: EXPECTED[state][0], HEAD: EXPECTED[state][1], READER: set()}
    for who in protected.people():
        assert acts_of(protected, who, one) == expected.get(who), f"{who} in {state}"


@pytest.mark.parametrize("state", EXPECTED)
def test_what_the_table_does_not_give_the_service_refuses(protected, clock, state):
    one = assessment_in(protected, state)
    for who in (PROTECTOR, HEAD, READER):
        mine, read = acts_of(protected, who, one), found(protected, one, who)
        with acting_as(Actor.person(getattr(protected, who))):
            for transition in ASSESSMENTS.leaving(state):
                if transition.key not in mine:
                    with pytest.raises(NotYours):
                        check(read, transition, at=read.created_at, note="lý do")


def test_only_who_protects_data_or_leads_begins_one(protected, clock):
    for who in ("specialist", "clerk", "administrator", "stranger"):
        with pytest.raises(Refused):
            open_assessed(protected, who)
    assert open_assessed(protected, HEAD).number.endswith("ĐGTĐ-DLCN")


def test_limits_follow_the_law_from_step_to_step(protected, clock):
    one = open_assessed(protected)  # Monday 23/11/2026; begun on the 2nd
    assert one.due_on == date(2027, 1, 4)  # 60 days end on New Year's Day, a Friday
    with pytest.raises(Refused, match="rủi ro"):
        do(protected, PROTECTOR, services.submit_assessment, open_assessed(protected, risks=""))
    do(protected, PROTECTOR, services.submit_assessment, one)
    version = do(protected, HEAD, services.approve_assessment, one)
    assert (version.number, version.reason) == (1, "first")
    assert found(protected, one).due_on == date(2027, 5, 24)  # six months end on a Sunday
    do(protected, PROTECTOR, services.file_assessment, one, LETTER)
    assert found(protected, one).due_on == date(2026, 12, 8)
    do(protected, PROTECTOR, services.note_asked, one, LETTER)
    assert found(protected, one).due_on == date(2026, 12, 23)
    do(protected, PROTECTOR, services.submit_assessment, one)
    assert do(protected, HEAD, services.approve_assessment, one).reason == "completed"
    assert found(protected, one).due_on == date(2026, 12, 23)  # still to be sent
    with pytest.raises(Refused, match="gửi trước khi rà soát"):
        do(protected, PROTECTOR, services.confirm_unchanged, one)
    do(protected, PROTECTOR, services.file_assessment, one, LETTER)
    do(protected, PROTECTOR, services.note_accepted, one, LETTER)
    assert found(protected, one).due_on == date(2027, 5, 24)
    do(protected, PROTECTOR, services.revise_assessment, one, note="Thêm trường", changed_on=date(2026, 11, 20))
    told = found(protected, one)
    assert (told.due_on, told.is_filing_owed) == (date(2026, 11, 30), True)


def test_where_the_regulations_say_so_the_first_version_is_owed_until_it_is_sent(protected, clock):
    with acting_as(Actor.person(protected.administrator)):
        set_parameter(
            "personal_data.assessment_must_file", True, valid_from=date(2026, 1, 1), source="Hướng dẫn",
            by=protected.administrator, at=timezone.now(),
        )  # fmt: skip
    one = assessment_in(protected, "in_force")
    told = found(protected, one)
    assert (told.is_filing_owed, told.due_on) == (True, date(2027, 1, 4))


def test_versions_stay_as_approved_and_nobody_rewrites_them(protected, clock):
    one = assessment_in(protected, "in_force")
    do(protected, PROTECTOR, services.confirm_unchanged, one)
    do(protected, PROTECTOR, services.revise_assessment, one, note="Định kỳ", changed_on=None)
    facts = AssessmentFacts(**ASSESSED | {"measures": "Mã hóa"})
    do(protected, PROTECTOR, services.amend_assessment, one, facts)
    do(protected, PROTECTOR, services.submit_assessment, one)
    do(protected, HEAD, services.approve_assessment, one)
    with acting_as(Actor.person(protected.other_head)):
        kept = [(v.number, v.reason, v.known["measures"]) for v in found(protected, one).versions.all()]
        for statement in (
            "UPDATE personal_data_assessmentversion SET known = '{}'", "DELETE FROM personal_data_assessmentversion",
            "UPDATE personal_data_assessmentfiling SET body = ''",
        ):  # fmt: skip
            with pytest.raises(Error), transaction.atomic():
                connection.cursor().execute(statement)
    assert kept == [(1, "first", "Phân quyền trong cơ sở dữ liệu"), (2, "unchanged", "Phân quyền trong cơ sở dữ liệu"),
                    (3, "revised", "Mã hóa")]  # fmt: skip


def test_raw_sql_shows_an_assessment_to_nobody_else(protected, clock):
    assessment_in(protected, "filed")
    for who in set(protected.people()) - {PROTECTOR, HEAD, READER}:
        with acting_as(Actor.person(getattr(protected, who))), connection.cursor() as cursor:
            for table in ("assessment", "assessmentversion", "assessmentfiling"):
                cursor.execute(f"SELECT count(*) FROM personal_data_{table}")
                assert cursor.fetchone() == (0,), (who, table)


def test_each_step_before_a_limit_is_reminded_of_once_and_lateness_weekly(protected, clock):
    one = open_assessed(protected)  # due on 4/1/2027
    due = timezone.make_aware(timezone.datetime(2027, 1, 4, 8))
    told = []
    for days in (31, 30, 29, 7, 6, 1, 0, -1, -3, -8):
        with acting_as(REMINDERS):
            told.append(remind_of_assessments(by=REMINDERS, at=due - timedelta(days=days)))
    assert told == [0, 2, 0, 2, 0, 2, 0, 2, 0, 2]
    with acting_as(Actor.person(protected.other_head)):
        assert Notice.objects.filter(record_id=one.pk, text__contains="Quá hạn").exists()
    assert [reminder_step(left, [30, 7, 1]) for left in (31, 30, 8, 7, 1, 0)] == [None, 30, 30, 7, 1, 1]


def test_sensitive_processing_that_no_assessment_covers_is_named(protected, clock):
    with acting_as(Actor.person(protected.other_head)):
        missing = queries.unassessed_activities()
    assert missing
    one = open_assessed(protected, activities=[missing[0].activity])
    with acting_as(Actor.person(protected.other_head)):
        assert [m.activity for m in queries.unassessed_activities()] == [m.activity for m in missing[1:]]
    do(protected, HEAD, services.end_assessment, one, note="Thôi")
    with acting_as(Actor.person(protected.other_head)):
        assert len(queries.unassessed_activities()) == len(missing)


def test_an_assessment_goes_its_way_through_the_pages(protected, signed_in):
    protector, head, address = signed_in(PROTECTOR), signed_in(HEAD), "/du-lieu-ca-nhan/danh-gia/"
    assert "chưa có hồ sơ" in protector.get(address).content.decode()
    told = ASSESSED | {"begun_on": "02/11/2026", "kind": "processing"}
    assert protector.post(f"{address}moi/", told | {"purpose": ""}).status_code == 422
    assert protector.post(f"{address}moi/", told | {"activities": ["Không có"]}).status_code == 422
    assert signed_in("specialist").post(f"{address}moi/", told).status_code == 422
    page = protector.post(f"{address}moi/", told).url
    assert protector.post(f"{page}submit/").status_code == 302
    assert head.post(f"{page}return/", {"note": ""}).status_code == 422
    assert head.post(f"{page}approve/").status_code == 302
    wrong = {"happened_on": "01/01/2200", "body": "A05"}
    assert protector.post(f"{page}file/", wrong).status_code == 422
    assert protector.post(f"{page}file/", {"happened_on": "01/11/2026", "body": "A05"}).status_code == 302
    assert protector.post(f"{page}note_asked/", {"happened_on": "02/11/2026", "words": ""}).status_code == 422
    assert protector.post(f"{page}note_asked/", {"happened_on": "02/11/2026", "words": "Ghi rủi ro"}).status_code == 302
    shown = protector.get(page).content.decode()
    assert "Phải hoàn thiện" in shown
    assert "Ghi rủi ro" in shown
    assert "bản 1" in protector.get(f"{page}mau-10/?ban=1").content.decode()
    assert protector.get(f"{page}mau-10/?ban=99999999999999999999").status_code == 200
    for who in ("specialist", "stranger"):
        assert signed_in(who).get(page).status_code == 404
        assert signed_in(who).get(f"{page}mau-10/").status_code == 404


def test_the_api_goes_the_same_way(protected, signed_in):
    protector, head, path = signed_in(PROTECTOR), signed_in(HEAD), "/api/v1/personal_data/assessments"

    def post(client, address, told, status):
        answer = client.post(f"{path}{address}", told, content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None

    told = ASSESSED | {"begun_on": "2026-11-02"}
    post(signed_in("specialist"), "", told, 422)
    made = post(protector, "", told, 201)["id"]
    post(protector, f"/{made}/approve", {}, 409)
    post(protector, f"/{made}/submit", {}, 204)
    post(protector, f"/{made}/approve", {}, 403)
    post(head, f"/{made}/approve", {}, 204)
    post(protector, f"/{made}/file", {"body": "A05"}, 422)
    post(protector, f"/{made}/file", {"body": "A05", "happened_on": "2026-11-03"}, 204)
    shown = protector.get(f"{path}/{made}").json()
    assert (shown["state"], shown["versions"][0]["reason"], shown["filings"][0]["body"]) == ("filed", "first", "A05")
    assert head.get(path).json()["count"] == 1
    assert signed_in("stranger").get(path).json()["count"] == 0
