"""E-books: taken in, opened in the guarded child, shown clean; hostile ones refused; places, notes, figures, feeds."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from lxml import etree

from congso.apps.library import services
from congso.apps.library.models import Book, Chapter, Note, Place, Usage
from congso.apps.library.queries import book_of, notes_of, usage_by_work
from congso.apps.library.samples.epub import epub
from congso.apps.library.samples.pdf import pdf
from congso.apps.library.tests.factories import CHAPTERS, NOW, opened, shelved, who, with_book
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.reading.book_html import Places, Writer, parse
from congso.kernel.files.reading.books import open_book
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.refusals import Reason, Refused
from congso.kernel.files.reading.sniff import sniff

SIGNS = (
    *(
        "<script",
        "onerror",
        "onload",
        "onclick",
        "javascript:",
        "data:",
        "<iframe",
        "<form",
        "<input",
        "style=",
        "passwd",
    ),
    *("<object", "<embed", "<base", "<svg", 'id="main"'),
)
ATOM = "{http://www.w3.org/2005/Atom}"


def cleaned(body: str) -> str:
    """A chapter's body, written anew."""
    spaces = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:xlink="http://www.w3.org/1999/xlink"'
    page = f"<html {spaces}><body>{body}</body></html>"
    places = Places({"OEBPS/c2.xhtml": 2}, lambda name: "abc" if name == "OEBPS/a.png" else "")
    return Writer("OEBPS/c1.xhtml", places).write(parse(page.encode())).html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)"/>',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<iframe src="http://x"></iframe>',
        '<svg onload="alert(1)"><script>alert(1)</script></svg>',
        '<p style="background:url(http://x)" onclick="x()">x</p>',
        '<form action="http://x"><input name="a"/></form>',
        '<object data="x"/><embed src="x"/><base href="http://x/"/>',
        "<math><mtext><script>alert(1)</script></mtext></math>",
        '<p id="main" name="body">x</p>',
        '<a href="../../../etc/passwd">x</a>',
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    ],
)
def test_nothing_of_a_chapter_acts(hostile: str) -> None:
    told = cleaned(hostile).lower()
    for sign in SIGNS:
        assert sign not in told, told


def test_what_a_chapter_says_stays() -> None:
    told = cleaned(
        '<h3>Đầu</h3><h1>Sau</h1><p id="a">Chữ <b>đậm</b> &amp; <a href="c2.xhtml#q">sang</a> <a href="#a">đây</a></p>'
        '<svg><image xlink:href="a.png"/></svg><ul><li>một</li></ul><li>lạc</li>'
    )
    assert "<h2>Đầu</h2><h2>Sau</h2>" in told
    assert '<p id="c-a">Chữ <b>đậm</b> &amp; <a href="../2/#c-q">sang</a> <a href="#c-a">đây</a></p>' in told
    assert '<img src="../../hinh/abc/"' in told
    assert told.endswith("<ul><li>một</li></ul><div>lạc</div>")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({"OEBPS/c1.xhtml": b'<!DOCTYPE x [<!ENTITY a "aaa">]><html><body>&a;</body></html>'}, Reason.BOMB),
        ({"META-INF/container.xml": b"<x/>"}, Reason.DAMAGED),
        ({"OEBPS/c1.xhtml": b"<p>" + b"a" * (11 * 2**20)}, Reason.TOO_HEAVY),
        ({"META-INF/encryption.xml": b'<e><EncryptionMethod Algorithm="http://x/drm"/></e>'}, Reason.ENCRYPTED),
        (
            {"META-INF/container.xml": b'<c><rootfiles><rootfile full-path="../../../etc/passwd"/></rootfiles></c>'},
            Reason.DAMAGED,
        ),
    ],
)
def test_hostile_books_are_refused(tmp_path, raw, reason) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(epub("Sách", "A", CHAPTERS, raw=raw))
    with pytest.raises(Refused) as refused:
        open_book(path, Limits())
    assert refused.value.code == reason


def test_a_bomb_is_refused_before_it_is_opened(tmp_path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(epub("Sách", "A", CHAPTERS, raw={"OEBPS/big.bin": b"\0" * (60 * 2**20)}))
    with pytest.raises(Refused) as refused:
        sniff(path, "a.epub", Limits(unzipped_bytes=100 * 2**20))
    assert refused.value.code == Reason.BOMB


@pytest.mark.django_db(transaction=True)
def test_a_book_is_opened_read_and_followed(world, signed_in) -> None:
    work = opened(world, readers="public")
    book = with_book(world, work)
    assert (book.state, book.pages, len(book.contents)) == ("ready", 3, 3)
    reader = signed_in("specialist")
    shelved(world, work)
    start = reverse("library:book", args=[book.pk])
    assert reader.get(start).headers["Location"].endswith("/chuong/1/#cho-0")
    page = reader.get(reverse("library:chapter", args=[book.pk, 2]))
    assert "Đoạn 1 của chương 2" in page.content.decode()
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert reader.get(reverse("library:chapter", args=[book.pk, 4])).status_code == 404
    _places(reader, book)
    _notes(world, reader, book)
    _visitor(book, work)
    _search(reader)
    with acting_as(Actor.person(world.clerk)):
        assert usage_by_work([work.owner_id], NOW.date().replace(day=1))[0].read is None
        assert sum(Usage.objects.values_list("count", flat=True)) > 1
        services.remove_book(work_fresh(work), book, **who(world, "clerk"))
    assert reader.get(start).status_code == 404


def work_fresh(work):
    """The work as it is now."""
    from congso.apps.library.queries import work_of

    return work_of(work.pk)


def _places(reader: Client, book: Book) -> None:
    url = reverse("library:keep-place", args=[book.pk])
    now = 4_000_000_000_000  # a clock that runs fast is brought back to ours
    assert reader.post(url, {"number": 2, "share": 400, "at": now}).json()["number"] == 2
    assert reader.post(url, {"number": 1, "share": 0, "at": int(NOW.timestamp() * 1000)}).json()["number"] == 2
    assert reader.get(reverse("library:book", args=[book.pk])).headers["Location"].endswith("/chuong/2/#cho-400")
    for wrong in ({}, {"number": 9, "share": 0}, {"number": 1, "share": 1001}, {"number": "x", "share": 1}):
        assert reader.post(url, wrong).status_code == 422


def _notes(world, reader: Client, book: Book) -> None:
    url = reverse("library:write-note", args=[book.pk])
    reader.post(url, {"text": "Đáng nhớ <b>", "quote": "Đoạn 1", "number": 2, "share": 10})
    assert reader.post(url, {"text": " ", "number": 2, "share": 10}).status_code == 302
    assert "Đáng nhớ &lt;b&gt;" in reader.get(reverse("library:notes")).content.decode()
    for name in ("clerk", "head", "reader"):
        with acting_as(Actor.person(getattr(world, name))):
            assert not Note.objects.exists()
            assert not Place.objects.exists()
    with acting_as(Actor.person(world.specialist)):
        note = notes_of(world.specialist, book_of(book.pk)).get()
    reader.post(reverse("library:drop-note", args=[note.pk]))
    with acting_as(Actor.person(world.specialist)):
        assert not Note.objects.exists()


def _visitor(book: Book, work) -> None:
    visitor = Client()
    assert visitor.get(reverse("library:chapter", args=[book.pk, 1])).status_code == 200
    assert visitor.get(reverse("library:cover", args=[work.pk])).headers["Content-Type"] == "image/jpeg"
    taken = visitor.get(reverse("library:take", args=[book.pk]))
    assert b"".join(taken)[:2] == b"PK"
    assert visitor.post(reverse("library:keep-place", args=[book.pk])).status_code == 302
    for address in ("", "moi/", "bo-suu-tap/", f"bo-suu-tap/{work.collection_id}/", "tim/?q=ban+lang"):
        answer = visitor.get(f"{reverse('library:opds')}{address}")
        check_feed(answer.content, answer.headers["Content-Type"])
    entry = etree.fromstring(answer.content).find(f"{ATOM}entry")
    rels = {one.get("rel") for one in entry.findall(f"{ATOM}link")}
    assert {"http://opds-spec.org/acquisition", "http://opds-spec.org/image", "alternate"} <= rels
    described = etree.fromstring(visitor.get(reverse("library:opds-search")).content)
    assert "{searchTerms}" in described.find("{http://a9.com/-/spec/opensearch/1.1/}Url").get("template")


def _search(reader: Client) -> None:
    assert "Lịch sử bản làng" in reader.get("/tim-kiem/", {"q": "doan 7 cua chuong 3"}).content.decode()


def check_feed(content: bytes, media_type: str) -> None:
    """What RFC 4287 and OPDS 1.2 ask of a feed and its entries."""
    feed = etree.fromstring(content)
    assert feed.tag == f"{ATOM}feed"
    assert "profile=opds-catalog" in media_type
    for one in (feed, *feed.findall(f"{ATOM}entry")):
        for tag in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{tag}")) == 1, etree.tostring(one)
    links = feed.findall(f"{ATOM}link")
    assert {"self", "start", "search"} <= {one.get("rel") for one in links}
    assert all(one.get("href", "").startswith("http://") and one.get("type") for one in links)
    ids = [one.findtext(f"{ATOM}id") for one in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    for one in feed.findall(f"{ATOM}entry"):
        kinds = {link.get("rel") for link in one.findall(f"{ATOM}link")}
        is_navigation = "kind=navigation" in media_type
        assert kinds
        assert is_navigation or "alternate" in kinds
        for link in one.findall(f"{ATOM}link"):
            if link.get("rel").startswith("http://opds-spec.org/image"):
                assert link.get("type") in {"image/jpeg", "image/png", "image/gif"}


@pytest.mark.django_db(transaction=True)
def test_a_pdf_is_read_page_by_page_and_kept_from_being_taken(world, signed_in) -> None:
    work = opened(world, readers="public")
    book = with_book(world, work, pdf("Sách PDF", CHAPTERS[:2]), "sach.pdf", may_be_taken=False)
    assert (book.kind, book.state, book.pages) == ("pdf", "ready", 5)
    reader = signed_in("specialist")
    assert reader.post(reverse("library:keep-place", args=[book.pk]), {"number": 3, "share": 0}).status_code == 200
    assert reader.get(reverse("library:book", args=[book.pk])).headers["Location"].endswith("/doc/#trang-3")
    page = reader.get(reverse("library:pages", args=[book.pk])).content.decode()
    assert page.count('class="viewer-page"') == 5
    for client in (reader, Client()):
        drawn = client.get(reverse("library:page", args=[book.pk, 2, 400]))
        assert drawn.headers["Content-Type"] == "image/webp"
        assert "sandbox" in drawn.headers["Content-Security-Policy"]
        assert client.get(reverse("library:page", args=[book.pk, 9, 400])).status_code == 404
        assert client.get(reverse("library:take", args=[book.pk])).status_code == 404
        assert client.get(reverse("library:cover", args=[work.pk])).headers["Content-Type"] == "image/jpeg"


@pytest.mark.django_db(transaction=True)
def test_opening_may_run_twice_and_a_broken_book_says_why(world) -> None:
    work = opened(world)
    book = with_book(world, work)
    with acting_as(Actor.person(world.clerk)):
        Book.objects.filter(pk=book.pk).update(state="waiting")
        assert connection.in_atomic_block
    from congso.kernel.jobs.services import Progress

    for _each in range(2):
        services.open_book(Progress(0, Actor.person(world.clerk)), book_id=book.pk, at=NOW)
    with acting_as(Actor.person(world.clerk)):
        assert Chapter.objects.filter(book=book).count() == 3
        assert json.dumps(book.contents)
