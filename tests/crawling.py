"""Every page of the portal that shows something, with who can open it: for walks with a browser or a stopwatch."""

from dataclasses import dataclass

from tests.attacks.asking import signed_in
from tests.office import Office
from tests.routes import Route, page_routes, way_of

# Who may open a page that names no object, tried in this order.
PEOPLE = ("clerk", "chief", "administrator", "secrecy_officer", "auditor", "agency_leader")
# Addresses that never show a page to somebody signed in, each with the reason.
NO_PAGES = {
    "account_login": "leads home who is signed in; its page is looked at by nobody",
    "mfa_authenticate": "only in the middle of signing in",
    "mfa_trust": "only in the middle of signing in",
    "mfa_login_webauthn": "answers the script of the sign-in page",
    "mfa_add_webauthn": "reads the office's invented key; looked at in test_browser.py of accounts",
    "mfa_list_webauthn": "leads to the list of factors",
    "mfa_view_recovery_codes": "shows codes once, right after they were made",
    "mfa_generate_recovery_codes": "only with a factor set up",
    "mfa_deactivate_totp": "only with an app set up",
    "mfa_reauthenticate": "only with an app set up",
    "mfa_reauthenticate_webauthn": "only with a key set up",
    "socialaccount_login_cancelled": "leads to the sign-in",
    "openid_connect_login": "leads to the provider",
    "openid_connect_callback": "comes back from the provider",
    "idp:oidc:authorization": "needs another system's question",
    "idp:oidc:logout": "needs another system's question",
    "idp:oidc:configuration": "answers other systems, once there is a key to sign with",
    "idp:oidc:jwks": "answers other systems, once there is a key to sign with",
    "idp:oidc:userinfo": "answers other systems",
    "idp:oidc:device_code": "answers other systems",
    "security:proof": "a file, once the line is under a checkpoint",
    "personal_data:request_paper": "is there once it is answered",
    "directives:read": "asks for a document in its query; looked at in test_reading_browser.py",
    "party_papers:volume": "asks for a volume in its query; looked at in test_browser.py of party_papers",
    "digitization:next": "leads to the next document to check, in checking alone",
    "digitization:proofread": "leads to the next page to read through, in checking alone",
    "dossiers:choose": "asks for a record in its query; looked at in tests/dossiers",
    "voting:options": "only of an election being prepared; looked at in test_pages.py of voting",
    "outgoing:replace": "only of an issued document; looked at in test_pages.py of outgoing and its journey",
    "outgoing:outside": "only while a paper is signed outside; read in test_outside.py of outgoing",
    "outgoing:outside_paper": "a file, only while a paper is signed outside",
    "outgoing:ask": "only in a draft with a version; looked at in test_pages.py of outgoing and its journey",
    "outgoing:issue": "only of a sealed document; looked at in test_pages.py of outgoing and its journey",
    "outgoing:slip": "only of an issued document; looked at in test_pages.py of outgoing",
    "assistant:of_source": "asks for a record in its query and leads to its summary",
    "assistant:turn": "a part of the conversation's page, where there is script",
    "library:book": "leads to the place where the reader is",
    "library:pages": "of a PDF; looked at in test_browser.py of the library",
    "library:page": "a picture of a PDF's page",
    "voting:box": "sends back whoever brings a session; asked by the voter's page alone",
    "directives:proposal": "a part of the reading's page, where there is script",
}


@dataclass(frozen=True)
class Page:
    """One page: its address and who of the cast opens it (None: who is not signed in)."""

    route: Route
    address: str
    who: str | None


def pages(office: Office) -> list[Page]:
    """Every page; a route that cannot be opened fails here until its Way or its reason is written down."""
    clients = {who: signed_in(who) for who in PEOPLE}
    found, closed = [Page(_sign_in(), "/tai-khoan/login/", None)], []
    for route in page_routes():
        if route.name in NO_PAGES:
            continue
        way = way_of(route)
        address = route.address(way.fill(office)) if way else route.template
        people = (way.owner,) if way and way.owner else PEOPLE
        answers = {}
        for who in people:
            client = clients.setdefault(who, signed_in(who))
            answers[who] = client.get(address)
            if answers[who].status_code == 200:
                break
        opened = next((who for who, answer in answers.items() if answer.status_code == 200), None)
        if opened and b"<html" in answers[opened].getvalue()[:2_000]:
            found.append(Page(route, address, opened))
        elif not opened and not {204, 405} & {one.status_code for one in answers.values()}:
            closed.append((route.template, {who: answer.status_code for who, answer in answers.items()}))
    assert closed == [], f"nobody opens these: teach their Way, or write in NO_PAGES why they show nothing: {closed}"
    return found


def _sign_in() -> Route:
    return next(route for route in page_routes() if route.name == "account_login")
