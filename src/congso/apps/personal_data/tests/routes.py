"""How the routes about personal data are filled (tests/routes.py)."""

from typing import Any

from django.utils import timezone

from congso.apps.personal_data.models import (
    Assessment,
    Breach,
    ConsentEntry,
    ConsentPurpose,
    ConsentText,
    DataExport,
    SubjectRequest,
)
from congso.apps.personal_data.services.consents import give_consent
from congso.apps.personal_data.services.exporting import ask_for_copy, make_copy
from congso.apps.personal_data.tests.factories import appoint_protector, ask, ask_consent, open_assessed, open_breach
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from tests.ways import Way


def copy(world: World) -> DataExport:
    """The clerk's copy of her own data."""
    clerk, now = Actor.person(world.clerk), timezone.now()
    with acting_as(clerk):
        made = ask_for_copy(by=clerk, at=now)
        make_copy(made, by=clerk, at=now)
        return made


def request(world: World) -> SubjectRequest:
    """What the specialist asks about hers."""
    return ask(world)


def breach(world: World) -> Breach:
    """A breach the office's data protector wrote down."""
    appoint_protector(world)
    return open_breach(world)


def assessment(world: World) -> Assessment:
    """An impact assessment the office's data protector begins."""
    appoint_protector(world)
    return open_assessed(world)


def purpose(world: World) -> ConsentPurpose:
    """A purpose she asks consent for."""
    appoint_protector(world)
    return ask_consent(world)


def first_text(world: World) -> ConsentText:
    """What people are told for it."""
    asked = purpose(world)
    with acting_as(Actor.person(world.other_head)):
        return asked.texts.get()


def consent(world: World) -> ConsentEntry:
    """The specialist's consent to it."""
    asked = purpose(world)
    me = Actor.person(world.specialist)
    with acting_as(me):
        return give_consent(asked.texts.get(), by=me, at=timezone.now())


def protecting(office: Any) -> dict[str, Any]:
    """Nothing to fill; there is somebody who protects data."""
    office.once(breach)
    return {}


def _of(make: Any, **more: Any) -> Any:
    return lambda office: {"pk": office.once(make).pk, **more}


def _text(office: Any) -> dict[str, Any]:
    return {"pk": office.once(first_text).pk}


EVERYBODY = ("stranger", "administrator", "secrecy_officer")
_API = "/api/v1/personal_data"
WAYS = {
    "/du-lieu-ca-nhan/luu-giu": Way(protecting, owner="other_head"),
    "/du-lieu-ca-nhan/ban-sao/{pk}": Way(_of(copy), owner="clerk"),
    "/du-lieu-ca-nhan/yeu-cau/{pk}": Way(_of(request), owner="specialist"),
    # The answer's paper is there once it is answered: test_pages.py.
    "/du-lieu-ca-nhan/yeu-cau/{pk}/tra-loi": Way(_of(request), owner=""),
    "/du-lieu-ca-nhan/yeu-cau/{pk}/{key}": Way(_of(request, key="withdraw"), owner="specialist"),
    "/du-lieu-ca-nhan/su-co/{pk}": Way(_of(breach), owner="other_head"),
    "/du-lieu-ca-nhan/su-co/{pk}/{key}": Way(_of(breach, key="amend"), owner="other_head"),
    "/du-lieu-ca-nhan/danh-gia/{pk}": Way(_of(assessment), owner="other_head"),
    "/du-lieu-ca-nhan/danh-gia/{pk}/{key}": Way(_of(assessment, key="amend"), owner="other_head"),
    # Everybody is asked: the text is everybody's, the answer one's own.
    "/du-lieu-ca-nhan/dong-y/{pk}/dong-y": Way(_text, owner="specialist", also=EVERYBODY),
    "/du-lieu-ca-nhan/dong-y/{pk}/rut-lai": Way(_of(purpose), owner="specialist", also=EVERYBODY),
    "/du-lieu-ca-nhan/dong-y/{pk}/giay": Way(_of(consent), owner="specialist"),
    "/du-lieu-ca-nhan/muc-dich": Way(protecting, owner="other_head"),
    "/du-lieu-ca-nhan/muc-dich/moi": Way(protecting, owner="other_head"),
    "/du-lieu-ca-nhan/muc-dich/{pk}": Way(_of(purpose), owner="other_head"),
    f"{_API}/assessments/{{pk}}": Way(_of(assessment), owner="other_head"),
    f"{_API}/assessments/{{pk}}/{{act}}": Way(_of(assessment, act="submit"), owner="other_head"),
    f"{_API}/consents/{{text}}/give": Way(lambda office: {"text": _text(office)["pk"]}, owner="clerk", also=EVERYBODY),
    f"{_API}/purposes/{{pk}}/withdraw": Way(_of(purpose), owner="clerk", also=EVERYBODY),
    f"{_API}/purposes/{{pk}}": Way(_of(purpose), owner="other_head", is_open=True),
    f"{_API}/requests/{{pk}}": Way(_of(request), owner="specialist"),
    f"{_API}/requests/{{pk}}/{{act}}": Way(_of(request, act="withdraw"), owner="specialist"),
    f"{_API}/breaches/{{pk}}": Way(_of(breach), owner="other_head"),
    f"{_API}/breaches/{{pk}}/{{act}}": Way(
        _of(breach, act="report_initial"), owner="other_head", form={"addressee": "Bộ Công an"}
    ),
}
