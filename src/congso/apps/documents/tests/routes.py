"""How the routes of incoming documents are filled (tests/routes.py)."""

from tests.ways import Way

# Who gave a line decides on it; the lead completes.
_DECIDED = ("accept-return", "refuse-return", "take-back")
WAYS = {
    **{
        f"/api/v1/documents/handlings/{{pk}}/{act}": Way(lambda office: {"pk": office.line.pk}, owner="chief")
        for act in _DECIDED
    },
    "/api/v1/documents/{pk}/complete": Way(lambda office: {"pk": office.document.pk}, owner="head"),
    "/van-ban-den/{pk}": Way(lambda office: {"pk": office.document.pk}, owner="clerk"),
    "/van-ban-den/{pk}/vao-so": Way(lambda office: {"pk": office.waiting.pk}, owner="clerk"),
    "/van-ban-den/{pk}/viec/{key}": Way(lambda office: {"pk": office.document.pk, "key": "recall"}, owner="clerk"),
    "/van-ban-den/phieu/{pk}": Way(lambda office: {"pk": office.line.pk}, owner="head"),
    "/van-ban-den/phieu/{pk}/{key}": Way(lambda office: {"pk": office.line.pk, "key": "ask_return"}, owner="head"),
    "/van-ban-den/tiep-nhan/{pk}": Way(lambda office: {"pk": office.upload.pk}, owner="clerk"),
    "/van-ban-den/cach-ly/{pk}/{how}": Way(
        lambda office: {"pk": office.held.pk, "how": "xoa"}, owner="secrecy_officer", colleague="clerk"
    ),
    "/api/v1/documents/{pk}": Way(lambda office: {"pk": office.document.pk}, owner="clerk"),
    "/api/v1/documents/uploads/{pk}": Way(lambda office: {"pk": office.upload.pk}, owner="clerk"),
    "/api/v1/documents/handlings/{pk}": Way(lambda office: {"pk": office.line.pk}, owner="head"),
    "/api/v1/documents/offices/{pk}": Way(
        lambda office: {"pk": office.world.organizations["VPTU"]}, owner="clerk", is_open=True
    ),
}
