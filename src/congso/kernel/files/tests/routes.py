"""How the routes of files are filled (tests/routes.py)."""

from tests.ways import Way

WAYS = {
    "/tep/{pk}": Way(lambda office: {"pk": office.file.pk}, owner="clerk"),
    "/tep/{pk}/trang/{number}/{width}": Way(
        lambda office: {"pk": office.file.pk, "number": 1, "width": 800}, owner="clerk"
    ),
    "/tep/tai-len/{pk}": Way(lambda office: {"pk": office.upload.pk}, owner="clerk"),
    "/tep/cach-ly/{pk}": Way(lambda office: {"pk": office.held.pk}, owner="secrecy_officer", colleague="clerk"),
}
