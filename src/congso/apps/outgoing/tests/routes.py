"""How the routes of outgoing documents are filled (tests/routes.py)."""

from tests.ways import Way

_LINE = Way(lambda office: {"pk": office.addressee.pk}, owner="specialist")
WAYS = {
    "/van-ban-di/{pk}": Way(lambda office: {"pk": office.draft.pk}, owner="specialist"),
    "/van-ban-di/{pk}/sua": Way(lambda office: {"pk": office.fresh_draft.pk}, owner="specialist"),
    "/van-ban-di/{pk}/tep": Way(lambda office: {"pk": office.fresh_draft.pk}, owner="specialist"),
    "/van-ban-di/{pk}/nguoi-ky": Way(lambda office: {"pk": office.fresh_draft.pk}, owner="specialist"),
    "/api/v1/outgoing/{pk}/sign": Way(lambda office: {"pk": office.draft.pk}, owner=""),
    "/api/v1/outgoing/{pk}/seal-part": Way(lambda office: {"pk": office.draft.pk}, owner=""),
    "/api/v1/outgoing/{pk}/co-signers/{signer}/{how}": Way(
        lambda office: {"pk": office.fresh_draft.pk, "signer": 0, "how": "drop"}, owner=""
    ),
    "/api/v1/outgoing/{pk}/outside": Way(lambda office: {"pk": office.draft.pk}, owner=""),
    "/api/v1/outgoing/{pk}/outside/paper": Way(lambda office: {"pk": office.draft.pk}, owner=""),
    "/api/v1/outgoing/{pk}/outside/send": Way(lambda office: {"pk": office.draft.pk}, owner=""),
    "/api/v1/outgoing/{pk}/outside/signed": Way(lambda office: {"pk": office.draft.pk}, owner=""),
    "/api/v1/outgoing/{pk}/seal": Way(lambda office: {"pk": office.draft.pk}, owner=""),
    "/van-ban-di/{pk}/thay-the": Way(lambda office: {"pk": 0}, owner=""),
    "/van-ban-di/{pk}/ky-ngoai": Way(lambda office: {"pk": 0}, owner=""),
    "/van-ban-di/{pk}/ky-ngoai/tep": Way(lambda office: {"pk": 0}, owner=""),
    "/van-ban-di/{pk}/phat-hanh": Way(lambda office: {"pk": 0}, owner=""),
    "/van-ban-di/{pk}/phieu-gui": Way(lambda office: {"pk": 0}, owner=""),
    "/van-ban-di/{pk}/xin-y-kien": Way(lambda office: {"pk": 0}, owner=""),
    "/van-ban-di/{pk}/viec/{key}": Way(
        lambda office: {"pk": office.draft.pk, "key": "close_opinions"}, owner="specialist"
    ),
    "/van-ban-di/y-kien/{pk}": Way(lambda office: {"pk": office.asking.pk}, owner="other_head"),
    "/van-ban-di/noi-nhan/{pk}/{how}": Way(
        lambda office: {"pk": office.addressee.pk, "how": "lay-lai"}, owner="specialist"
    ),
    "/van-ban-di/noi-nhan/{pk}/bi-thu": _LINE,
    "/van-ban-di/quyen-ky/{pk}": Way(lambda office: {"pk": 0}, owner=""),
    "/api/v1/outgoing/{pk}": Way(lambda office: {"pk": office.draft.pk}, owner="specialist"),
    "/api/v1/outgoing/opinions/{pk}": Way(lambda office: {"pk": office.asking.pk}, owner="other_head"),
    "/api/v1/outgoing/recipients/{pk}/{how}": Way(
        lambda office: {"pk": office.addressee.pk, "how": "ask-back"}, owner="specialist"
    ),
    "/api/v1/outgoing/signing-rights/{pk}": Way(lambda office: {"pk": 0}, owner=""),
}
