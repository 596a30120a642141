"""How the routes of tasks and readings are filled (tests/routes.py)."""

from tests.ways import Way

# What the assigning side does about a task; on another's task than a started one it is refused, but not as unknown.
_JUDGED = ("confirm", "reject", "reopen", "extension/decision")
WAYS = {
    **{
        f"/api/v1/directives/tasks/{{pk}}/{act}": Way(lambda office: {"pk": office.task.pk}, owner="chief")
        for act in _JUDGED
    },
    "/nhiem-vu/{pk}": Way(lambda office: {"pk": office.task.pk}, owner="agency_leader"),
    "/nhiem-vu/{pk}/{key}": Way(lambda office: {"pk": office.task.pk, "key": "finish"}, owner="agency_leader"),
    "/nhiem-vu/doc/{pk}": Way(lambda office: {"pk": office.reading.pk}, owner="chief"),
    "/nhiem-vu/doc/{pk}/tat-ca": Way(lambda office: {"pk": office.reading.pk}, owner="chief", form={"act": "certain"}),
    "/nhiem-vu/doc/{pk}/thay-doi": Way(lambda office: {"pk": office.amended.pk}, owner="chief"),
    "/nhiem-vu/doc/{pk}/dong/{row_id}": Way(
        lambda office: {"pk": office.reading.pk, "row_id": office.proposal.pk}, owner="chief"
    ),
    "/api/v1/directives/tasks/{pk}": Way(lambda office: {"pk": office.task.pk}, owner="agency_leader"),
    "/api/v1/directives/readings/{pk}": Way(lambda office: {"pk": office.reading.pk}, owner="chief"),
    "/api/v1/directives/readings/{pk}/proposals/{row_id}": Way(
        lambda office: {"pk": office.reading.pk, "row_id": office.proposal.pk}, owner="chief", form={"lead": ["T.BTC"]}
    ),
}
