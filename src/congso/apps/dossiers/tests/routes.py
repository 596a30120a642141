"""How the routes of dossiers and the archive are filled (tests/routes.py)."""

from typing import Any

from congso.apps.dossiers.models import ArchivedFile, Catalogue, Disposal, Dossier, Entry, FilingRule, HandOver, Share
from congso.apps.dossiers.queries import dossier_of
from congso.apps.dossiers.services.dossiers import share_dossier
from congso.apps.dossiers.services.filing import make_rule
from congso.apps.dossiers.services.keeping import register_transfer
from congso.apps.dossiers.services.reading import grant_reading
from congso.apps.dossiers.tests import factories as made
from congso.apps.dossiers.tests.factories import NOW, by
from congso.kernel.directory.models import Person
from tests.ways import Way


def _open(world: Any) -> Dossier:
    """An open dossier with a paper, a rule, a share."""
    from congso.apps.dossiers import rules

    dossier = made.filled(world)
    with by(world, "specialist") as actor:
        words = rules.RuleWords(words="không văn bản nào có")
        make_rule(dossier_of(dossier.pk), name="Thử", words=words, unit=None, by=actor, at=NOW)
        share_dossier(dossier_of(dossier.pk), person=Person.objects.get(pk=world.tracker), by=actor, at=NOW)
    return dossier


def _archived(world: Any) -> Dossier:
    return made.archived(world, record=True, symbol="03-TH", mode="02")


def _certified(world: Any) -> Any:
    return made.certified(world, made.archived(world, record=True, symbol="07-TH", mode="02"))


def _permanent(world: Any) -> Dossier:
    return made.archived(world, symbol="04-TH", retention="permanent", mode="02")


def _delivery(world: Any) -> HandOver:
    return made.handed_over(world, made.closed(world, symbol="05-TH"))


def _disposal(world: Any) -> Disposal:
    from datetime import timedelta

    dossier = made.archived(world, symbol="06-TH", mode="02")
    return made.in_disposal(world, dossier, until="drafted", at=NOW + timedelta(days=365 * 12))


def _transfer(office: Any) -> Any:
    dossier = office.once(_permanent)
    with by(office.world, "clerk") as actor:
        return register_transfer([dossier_of(dossier.pk)], by=actor, at=NOW)


def _reading(office: Any) -> Any:
    dossier = office.once(_archived)
    wish = made.wished(office.world, dossier, who="head")
    with by(office.world, "chief") as actor:
        grant_reading(wish, by=actor, at=NOW)
    return wish


def _catalogue(world: Any) -> Catalogue:
    return made.issued(world)


def _of(model: Any, make: Any, who: str = "clerk", field: str = "dossier") -> Any:
    def fill(office: Any) -> dict[str, Any]:
        owner = office.once(make)
        with by(office.world, who):
            return {"pk": model.objects.filter(**{field: owner}).order_by("pk").first().pk}

    return fill


def _pk(make: Any, **more: Any) -> Any:
    return lambda office: {"pk": office.once(make).pk, **more}


_MADE: dict[Any, Any] = {}


def _once(make: Any, **more: Any) -> Any:
    def fill(office: Any) -> dict[str, Any]:
        kept = _MADE.setdefault((id(office), make), None) or make(office)
        _MADE[id(office), make] = kept
        return {"pk": kept.pk, **more}

    return fill


def _file(office: Any) -> dict[str, Any]:
    dossier = office.once(_archived)
    with by(office.world, "clerk"):
        return {"pk": ArchivedFile.objects.filter(entry__dossier=dossier).first().pk}


_UNIT = ("head", "tracker", "chief", "clerk", "secretary")
_BODY = (*_UNIT, "administrator", "secrecy_officer")  # everybody of the body reads its conditional cards
WAYS = {
    "/ho-so/{pk}": Way(_pk(_open), owner="specialist", also=_UNIT),
    "/ho-so/{pk}/viec/{key}": Way(_pk(_open, key="describe"), owner="specialist", also=_UNIT),
    "/ho-so/{pk}/goi/{kind}": Way(_pk(_archived, kind="aip"), owner="clerk"),
    "/ho-so/van-ban/{pk}": Way(_of(Entry, _open, "specialist"), owner="specialist", also=_UNIT),
    "/ho-so/van-ban/{pk}/xep/{to}": Way(
        lambda office: {**_of(Entry, _open, "specialist")(office), "to": 1}, owner="specialist", also=_UNIT
    ),
    "/ho-so/quy-tac/{pk}/dung": Way(_of(FilingRule, _open), owner="specialist", also=_UNIT),
    "/ho-so/chia-se/{pk}/thoi": Way(_of(Share, _open, "specialist"), owner="specialist", also=_UNIT),
    "/ho-so/danh-muc/{pk}": Way(_pk(_catalogue), owner="head", also=_UNIT),
    "/ho-so/danh-muc/{pk}/viec/{key}": Way(_pk(_catalogue, key="revise"), owner="chief", also=_UNIT),
    "/ho-so/danh-muc/dong/{pk}": Way(
        lambda office: {"pk": _first_line(office)}, owner="head", also=(*_UNIT, "specialist")
    ),
    "/ho-so/nop-luu/{pk}": Way(_pk(_delivery), owner="specialist", also=_UNIT),
    "/ho-so/nop-luu/{pk}/viec/{key}": Way(_pk(_delivery, key="receive"), owner="clerk", also=_UNIT),
    "/ho-so/nop-luu/{pk}/in/{which}": Way(_pk(_delivery, which="bien-ban"), owner="specialist", also=_UNIT),
    "/ho-so/luu-tru/kiem-tra/{pk}": Way(_file, owner="clerk"),
    "/ho-so/luu-tru/xet-huy/{pk}": Way(_pk(_disposal), owner="clerk", also=_UNIT),
    "/ho-so/luu-tru/xet-huy/{pk}/viec/{key}": Way(_pk(_disposal, key="compose"), owner="clerk", also=_UNIT),
    "/ho-so/luu-tru/lich-su/{pk}": Way(_once(_transfer), owner="clerk", also=_UNIT),
    "/ho-so/luu-tru/lich-su/{pk}/viec/{key}": Way(_once(_transfer, key="answer"), owner="clerk", also=_UNIT),
    "/ho-so/phong-doc/ho-so/{pk}": Way(_pk(_archived), owner="head", colleague="stranger", also=_BODY),
    "/ho-so/phong-doc/yeu-cau/{pk}": Way(_once(_reading), owner="head", also=_UNIT),
    "/ho-so/phong-doc/yeu-cau/{pk}/viec/{key}": Way(_once(_reading, key="end"), owner="head", also=_UNIT),
    "/ho-so/phong-doc/yeu-cau/{pk}/xac-thuc": Way(
        lambda office: {"pk": office.once(_certified).reading_id}, owner="clerk", also=_UNIT
    ),
    "/ho-so/phong-doc/ban-xac-thuc/{pk}": Way(_pk(_certified), owner="head", also=_UNIT),
    "/ho-so/tep/{pk}": Way(_file, owner="clerk", also=_UNIT),
    "/ho-so/tep/{pk}/trang/{number}/{width}": Way(
        lambda office: {**_file(office), "number": 1, "width": 480}, owner="clerk", also=_UNIT
    ),
    "/api/v1/dossiers/{pk}": Way(_pk(_open), owner="specialist", also=_UNIT),
    "/api/v1/dossiers/{pk}/close": Way(_pk(_open), owner="head", also=("specialist", *_UNIT)),
    "/api/v1/dossiers/cards/{pk}": Way(
        _pk(_archived),
        owner="head",
        colleague="stranger",
        also=_BODY,
        form={"way": "read", "purpose": "Thử"},
    ),
}


def _first_line(office: Any) -> int:
    catalogue = office.once(_catalogue)
    with by(office.world, "head"):
        return int(catalogue.lines.first().pk)
