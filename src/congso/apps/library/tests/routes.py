"""How the routes of the library are filled (tests/routes.py)."""

from typing import Any

from congso.apps.library import services
from congso.apps.library.models import Book, ImportRun, Note, Picture, Stocktake
from congso.apps.library.queries import book_of
from congso.apps.library.samples.pdf import pdf
from congso.apps.library.tests import factories as made
from congso.kernel.access.services import Actor, acting_as
from tests.ways import Way


def work(world: Any) -> Any:
    """A work open to everybody, with a book and a copy."""
    found = made.opened(world, readers="public")
    book = made.with_book(world, found)
    made.shelved(world, found)
    return found.pk, book.pk


def paged(world: Any) -> Any:
    """A PDF open to everybody."""
    found = made.opened(world, "Sách PDF", readers="public")
    return made.with_book(world, found, pdf("Sách PDF", made.CHAPTERS[:1]), "sach.pdf").pk


def inner(world: Any) -> Any:
    """A work being catalogued, with a copy of its own."""
    found = made.catalogued(world, "Tài liệu đang biên mục")
    return found.pk, made.shelved(world, found)[0].pk


def loan(world: Any) -> Any:
    """A reader's loan of a work of its own."""
    return made.lent(world, made.shelved(world, made.opened(world, "Sách cho mượn"))[0], "specialist").pk


def hold(world: Any) -> Any:
    """A reader's hold."""
    found = made.opened(world, "Sách có người chờ")
    made.shelved(world, found)
    return made.waiting(world, found, "specialist").pk


def note(world: Any) -> Any:
    """A reader's note."""
    _work, book = work(world)
    reader = Actor.person(world.specialist)
    with acting_as(reader):
        told: Note = services.write_note(
            book_of(book), number=1, share=0, quote="", text="Ghi nhớ", by=reader, at=made.NOW
        )
    return told.pk


def run(world: Any) -> Any:
    """A file taken in."""
    kept = made.collection(world)
    with acting_as(Actor.person(world.clerk)):
        told: ImportRun = services.start_import(
            made.stream("Nhan đề\nSách nhập\n".encode()), name="a.csv", collection=kept, **made.who(world, "clerk")
        )
    return told.pk


def stocktake(world: Any) -> Any:
    """A count of the shelves."""
    with acting_as(Actor.person(world.clerk)):
        told: Stocktake = services.start_stocktake(
            "Kiểm kê", library=world.organization("VPTU"), **made.who(world, "clerk")
        )
    return told.pk


def _work(office: Any) -> dict[str, Any]:
    return {"pk": office.once(work)[0]}


def _book(office: Any) -> dict[str, Any]:
    return {"pk": office.once(work)[1]}


def _picture(office: Any) -> dict[str, Any]:
    pk = office.once(work)[1]
    with acting_as(Actor.person(office.world.clerk)):
        found = Picture.objects.filter(book_id=pk).first()
    return {"pk": pk, "key": found.key if found else "0"}


def _kept(office: Any) -> dict[str, Any]:
    return {"pk": office.once(inner)[0]}


def _kept_book(office: Any) -> dict[str, Any]:
    pk, book = office.once(work)
    assert Book
    return {"pk": pk, "book_id": book}


WAYS = {
    "/thu-vien/tl/{pk}": Way(_work, owner="clerk", is_public=True),
    "/thu-vien/tl/{pk}/dat-cho": Way(_kept, owner="clerk"),
    "/thu-vien/sach/{pk}": Way(_book, owner="clerk", is_public=True),
    "/thu-vien/sach/{pk}/chuong/{number}": Way(lambda office: _book(office) | {"number": 1}, "clerk", is_public=True),
    "/thu-vien/sach/{pk}/trang/{number}/{width}": Way(
        lambda office: {"pk": office.once(paged), "number": 1, "width": 200}, "clerk", is_public=True
    ),
    "/thu-vien/sach/{pk}/hinh/{key}": Way(_picture, owner="clerk", is_public=True),
    "/thu-vien/ghi-chu/{pk}/xoa": Way(lambda office: {"pk": office.once(note)}, owner="specialist"),
    "/thu-vien/muon/{pk}/gia-han": Way(lambda office: {"pk": office.once(loan)}, owner="specialist"),
    "/thu-vien/dat-cho/{pk}/huy": Way(lambda office: {"pk": office.once(hold)}, owner="specialist"),
    "/thu-vien/bien-muc/{pk}": Way(_kept, owner="clerk"),
    "/thu-vien/bien-muc/{pk}/viec/{key}": Way(lambda office: _kept(office) | {"key": "publish"}, owner="clerk"),
    "/thu-vien/bien-muc/{pk}/tep/{book_id}": Way(_kept_book, owner="clerk"),
    "/thu-vien/bo-suu-tap/{pk}": Way(lambda office: {"pk": made.collection(office.world).pk}, owner="clerk"),
    "/thu-vien/nhap/{pk}": Way(lambda office: {"pk": office.once(run)}, owner="clerk"),
    "/thu-vien/xuat/{form}": Way(lambda office: {"form": "csv"}, owner="clerk"),
    "/thu-vien/ban/{pk}": Way(lambda office: {"pk": office.once(inner)[1]}, owner="clerk"),
    "/thu-vien/kiem-ke/{pk}": Way(lambda office: {"pk": office.once(stocktake)}, owner="clerk"),
    "/thu-vien/opds/{name}": Way(lambda office: {"name": "moi"}, owner="clerk", is_public=True),
    "/thu-vien/opds/bo-suu-tap/{number}": Way(
        lambda office: {"number": made.collection(office.world, "Bộ mở", "public").pk}, owner="clerk", is_public=True
    ),
    "/api/v1/library/works/{pk}": Way(_work, owner="clerk", is_open=True),
    "/api/v1/library/books/{pk}": Way(_book, owner="clerk", is_open=True),
    "/api/v1/library/opds/{name}": Way(lambda office: {"name": "moi"}, owner="clerk", is_open=True),
    "/api/v1/library/opds/bo-suu-tap/{number}": Way(
        lambda office: {"number": made.collection(office.world).pk}, owner="clerk", is_open=True
    ),
}
