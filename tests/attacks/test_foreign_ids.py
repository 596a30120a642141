"""Every address with a place in it, asked with what belongs to another office: by a stranger, by a colleague whom it
does not concern, by an administrator, by nobody. To them it does not exist; to its owner it does.
"""

import pytest

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.journal.models import Entry
from tests.attacks.asking import ask, is_refused, signed_in, taken_back
from tests.office import Office
from tests.routes import Route, api_routes, page_routes, way_of
from tests.ways import Way

pytestmark = pytest.mark.timeout(600)


def with_places() -> list[tuple[Route, Way]]:
    """The routes that name an object, each with how it is filled; a route nobody knows fails here."""
    routes = [route for route in [*page_routes(), *api_routes()] if route.parameters]
    unknown = [route.template for route in routes if way_of(route) is None]
    assert unknown == [], "teach these in the package's tests/routes.py (see tests/routes.py)"
    return [(route, way) for route in routes if (way := way_of(route))]


def test_another_offices_objects_do_not_exist(office: Office) -> None:
    reached = []
    clients = {who: signed_in(who) for who in {"stranger", "administrator", *(w.colleague for _, w in with_places())}}
    for route, way in with_places():
        if way.is_public:
            continue
        address = route.address(way.fill(office))
        before = journal(office) if way.is_open else 0
        for who in {"stranger", "administrator", way.colleague} - {way.owner, *way.also}:
            answers = {m: ask(clients[who], route, address, m) for m in route.methods if m != "GET" or not way.is_open}
            told = {method: answer.status_code for method, answer in answers.items()}
            # On what everybody reads an act may also be refused in words on the page: then nothing was written.
            refused_in_words = way.is_open and set(told.values()) <= {302, 405, 422} and journal(office) == before
            unknown = all(map(is_refused, answers.values())) and (way.is_open or set(told.values()) != {405})
            if not (unknown or refused_in_words):
                reached.append((who, address, told))
                before = journal(office) if way.is_open else 0
    assert reached == [], "\n".join(map(str, reached))


def journal(office: Office) -> int:
    """How many lines the journal has: every act writes one."""
    with acting_as(Actor.person(office.world.auditor)):
        return Entry.objects.exclude(act__startswith="accounts.").count()


def test_nobody_unknown_reaches_any(office: Office) -> None:
    nobody, reached = signed_in(None), []
    for route, way in with_places():
        for method in () if way.is_public else route.methods:
            answer = ask(nobody, route, route.address(way.fill(office)), method)
            if not is_refused(answer):
                reached.append((route.template, method, answer.status_code))
    assert reached == [], "\n".join(map(str, reached))


def test_the_owner_reaches_each_or_the_others_proved_nothing(office: Office) -> None:
    closed = []
    for route, way in with_places():
        if not way.owner:
            continue
        address = route.address(way.fill(office))
        with taken_back():
            client = signed_in(way.owner)
            answers = {method: ask(client, route, address, method) for method in route.methods}
            told = {method: answer.status_code for method, answer in answers.items()}
            if all(map(is_refused, answers.values())) or max(told.values()) >= 500:
                closed.append((way.owner, address, told))
    assert closed == [], "\n".join(map(str, closed))


def test_numbers_that_name_nothing_are_not_found(office: Office) -> None:
    wrong, taken = 2**63, []  # one more than the database counts to
    clients = {way.owner: signed_in(way.owner) for _, way in with_places() if way.owner}
    for route, way in with_places():
        values = {name: wrong if isinstance(value, int) else value for name, value in way.fill(office).items()}
        if not way.owner or values == way.fill(office):
            continue
        for method in route.methods:
            answer = ask(clients[way.owner], route, route.address(values), method)
            sound = is_refused(answer) or answer.status_code in ({302, 422} if way.is_open else {400, 422})
            if not sound:
                taken.append((route.template, method, answer.status_code))
    assert taken == [], "\n".join(map(str, taken))
