"""A text with markup in every column that holds words, whoever wrote it there: no page makes more of it than words.

The columns are those of the models; a value is set as the database's owner, past every form, so that nothing depends on
what a form would have refused. Then every page is read by a parser; by `CRAWL=browser` (`make faults`) it is opened in
a real Chromium, scripts and all.
"""

import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import models
from playwright.sync_api import Browser

from operate.places import ROOT
from tests.attacks.asking import signed_in
from tests.crawling import Page, pages
from tests.office import Office
from tests.server import owner_url

PROBE = "'\"><x-probe>"  # leaves an attribute in either quotes, and is an element where it is taken for markup
LONGER = PROBE + "<img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}"
# Columns whose words are the machine's own, with the reason; a value of somebody else's choosing never gets there.
OURS = {
    "records_record.type": "a key of the manifest", "records_record.state": "a key of the flow",
    "records_timelineentry.act": "a key of the flow", "records_timelineentry.from_state": "a key of the flow",
    "records_timelineentry.to_state": "a key of the flow", "records_counter.series": "a key of the code",
    "records_counter.period": "made of a day", "records_number.series": "a key of the code",
    "records_number.period": "made of a day", "files_blob.sha256": "a hash", "files_blob.media_type": "a constant",
    "files_upload.sha256": "a hash", "files_upload.purpose": "a key of the manifest",
    "dossiers_archivedfile.sha256": "a hash",
    "digitization_scan.sha256": "a hash",
    "library_chapter.html": "written anew by `book_html`", "library_picture.key": "a part of an address",
    "voting_votingrule.code": "a part of an address",
    "library_card.language": "three letters", "library_card.isbn": "thirteen digits",
    "digitization_page.engine": "a key of the code", "digitization_pagewords.engine": "a key of the code",
    "files_quarantineitem.sha256": "a hash", "files_quarantineitem.evidence": "a key of the code",
    "jobs_job.task": "a name in the code", "journal_seal.previous": "a hash", "journal_seal.digest": "a hash",
    "journal_entry.actor": "kind and number", "search_entry.type": "a key of the manifest",
    "accounts_apitoken.hash": "a hash", "accounts_user.password": "a hash", "accounts_counter.key": "a hash",
    "documents_incomingdocument.file_digest": "a hash", "documents_migrated.digest": "a hash",
    "accounts_user.username": "the tests sign in by it; it is shown by the same templates as the name",
    "directory_organization.code": "letters and digits; the tests find organizations by it",
    "regulations_parameter.key": "a key of the code",
    "directives_proposedtask.start": "a day or year, checked", "directives_proposedtask.due": "a day or year, checked",
    "journal_checkpoint.body": "signed; another text is no checkpoint",
    "code_lists_catalogue.code": "letters and digits; its pages' address",
    "indicators_indicator.code": "letters, digits, dots; its pages' address",
    "reports_form.code": "letters and digits; its pages' address",
    "exchange_packet.status": "a code of the standard, or the packet is refused", "exchange_packet.answer": "the same",
}  # fmt: skip
# Columns with the machine's own words in some rows: where the probe may stand.
SOME = {
    f"documents_fieldproposal.{column}": "name NOT IN ('issued_date', 'urgency', 'circulation')"
    for column in ("value", "proposed", "alternative", "registered_value")
}
IN_BROWSER = bool(os.environ.get("FAULTS")) or os.environ.get("CRAWL") == "browser"

pytestmark = [pytest.mark.browser, pytest.mark.faults, pytest.mark.timeout(3_600 if IN_BROWSER else 600)]


def columns() -> list[tuple[str, Any]]:
    """Every column of words in the portal's own tables."""
    found = [
        (f"{model._meta.db_table}.{field.column}", field)
        for model in apps.get_models()
        if model.__module__.startswith("congso.")
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]
    assert len(found) > 60
    return found


def poison(owner: psycopg.Connection[Any]) -> dict[str, int]:
    """The probe into every row of every column; returns how many rows each has."""
    poisoned = {}
    for name, field in columns():
        if name in OURS:
            continue
        table, column = name.split(".")
        room = field.max_length or 10_000
        value = LONGER if room > len(LONGER) + 24 else PROBE
        key = owner.execute("SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
                            " AND a.attnum = i.indkey[0] WHERE i.indrelid = %s::regclass AND i.indisprimary",
                            [table]).fetchone()[0]  # fmt: skip
        told = f'%s || left("{key}"::text, 9)'
        where = f'"{column}" IS NOT NULL AND {SOME.get(name, "true")}'
        statement = f'UPDATE {table} SET "{column}" = left({told}, {room}) WHERE {where}'
        try:
            poisoned[name] = owner.execute(statement, [value]).rowcount
        except psycopg.errors.CheckViolation:  # what is empty has to stay empty where another column is filled
            poisoned[name] = owner.execute(f"{statement} AND \"{column}\" <> ''", [value]).rowcount
    return poisoned


def test_every_column_of_words_is_known() -> None:
    names = {name for name, _ in columns()}
    assert OURS.keys() <= names, "these columns are gone"


@pytest.fixture(scope="module")
def poisoned(office: Office) -> list[Page]:
    """Every page, with the probe in every column."""
    opened = pages(office)  # makes every object and finds who opens what, while names are still names
    with psycopg.connect(owner_url(), autocommit=True) as owner:
        tables = {name.partition(".")[0] for name, _ in columns()}
        for table in tables:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # the journal refuses changes, rightly
        rows = poison(owner)
    assert sum(count > 0 for count in rows.values()) > 50, rows
    return opened


class Elements(HTMLParser):
    """What a browser would take for elements and handlers, and the words between."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.words: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element with its attributes."""
        self.found |= {tag, *(name for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        """Words."""
        self.words.append(data)


def test_no_page_makes_more_of_words_than_words(poisoned: list[Page]) -> None:
    showing, clients = 0, {who: signed_in(who) for who in {page.who for page in poisoned}}
    broken = []
    for page in poisoned:
        answer = clients[page.who].get(page.address)
        read = Elements(answer.content.decode())
        if answer.status_code >= 500 or read.found & {"x-probe", "onerror"}:
            broken.append((page.address, answer.status_code))
        showing += PROBE in "".join(read.words)
    assert broken == []
    assert showing > 30  # most pages show some of it, as words


@pytest.mark.skipif(not IN_BROWSER, reason="minutes; by make faults")
def test_no_page_does_more_in_a_browser(browser: Browser, site: str, poisoned: list[Page]) -> None:
    showing = 0
    windows: dict[str | None, Any] = {}
    complaints: list[Any] = []
    for page in poisoned:
        if page.who not in windows:
            windows[page.who] = _window(browser, site, page.who, complaints)
        window = windows[page.who]
        answer = window.goto(page.address)
        assert answer.status < 500, page.address
        assert window.locator("x-probe").count() == 0, f"markup taken for markup on {page.address}"
        assert window.locator("[onerror]").count() == 0, page.address
        showing += PROBE in (window.locator("body").text_content() or "")
        assert complaints == [], page.address
    assert showing > 30
    for window in windows.values():
        window.context.close()


def _window(browser: Browser, site: str, who: str | None, complaints: list[Any]) -> Any:
    context = browser.new_context(base_url=site, locale="vi-VN")
    if who:
        context.add_cookies([{"name": "sessionid", "value": signed_in(who).cookies["sessionid"].value, "url": site}])
    window = context.new_page()
    window.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    window.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    return window


# What scripts may put into a page as markup: answers of the portal's own templates, nothing built from words.
_AS_MARKUP = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|srcdoc)")

ITS_OWN = {
    "live.js": "names the way htmx puts the portal's own page in",
    "grid.js": "a new row is the page's own template once more, with its number",
}


def test_scripts_put_words_into_pages_as_words() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _scripts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _AS_MARKUP.search(line) and path.name not in ITS_OWN
    ]
    assert found == []


WRITTEN_ANEW = {
    "src/congso/apps/library/templates/library/chapter.html": "of a book only what `book_html` wrote itself is kept",
}


def test_templates_trust_no_words() -> None:
    trusting = re.compile(r"\|\s*safe\b|autoescape off|mark_safe|\|\s*safeseq")
    found = [
        f"{path.relative_to(ROOT)}"
        for pattern in ("*.html", "*.py")  # a .txt is a letter in plain words, where nothing is markup
        for path in (ROOT / "src" / "congso").rglob(pattern)
        if "tests" not in path.parts and trusting.search(path.read_text(encoding="utf-8"))
    ]
    assert found == [*WRITTEN_ANEW]


def _scripts() -> Iterator[Path]:
    for path in (ROOT / "src" / "congso").rglob("static/**/*.js"):
        if "vendor" not in path.parts:
            yield path
