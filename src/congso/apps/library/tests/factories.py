"""The library of the test world, made through the services. Its librarian is the office's clerk, its archivist."""

import io
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from congso.apps.library import services
from congso.apps.library.models import Book, Card, Collection, Copy, Hold, Loan, Work
from congso.apps.library.queries import card_of, work_of
from congso.apps.library.samples.epub import epub
from congso.apps.library.services import Acquisition, CardFacts, CollectionFacts
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person
from congso.kernel.directory.testing import World
from congso.kernel.files.intake import read_upload
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import Progress

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
CHAPTERS = tuple(
    (f"Chương {number}: Bản làng số {number}", tuple(f"Đoạn {n} của chương {number}. " * 12 for n in range(1, 13)))
    for number in range(1, 4)
)


def who(world: World, name: str, at: datetime = NOW) -> dict[str, Any]:
    """Who acts and when."""
    return {"by": Actor.person(getattr(world, name)), "at": at}


def collection(
    world: World, name: str = "Sách chung", readers: str = "staff", listed: tuple[str, ...] = ()
) -> Collection:
    """A collection of the office's library."""
    with acting_as(Actor.person(world.clerk)):
        known = Collection.objects.filter(name=name).first()
        facts = CollectionFacts(name, readers, listed=tuple(world.organization(code) for code in listed))
        return known or services.found_collection(facts, library=world.organization("VPTU"), **who(world, "clerk"))


def catalogued(world: World, title: str = "Lịch sử bản làng", readers: str = "staff", **more: Any) -> Work:
    """A work that readers do not see yet."""
    kept = more.pop("kept", None) or collection(world, f"Bộ {readers}", readers, more.pop("listed", ()))
    told: dict[str, Any] = {
        "title": title, "publisher": "NXB Minh Họa", "year": 2024, "contributions": (("Nguyễn Văn Mẫu", "aut"),),
        "headings": ("Lịch sử địa phương",), "call_number": "959.7 L302S",
    }  # fmt: skip
    with acting_as(Actor.person(world.clerk)):
        return services.catalogue_work(CardFacts(**(told | more)), collection=kept, **who(world, "clerk"))


def opened(world: World, title: str = "Lịch sử bản làng", readers: str = "staff", **more: Any) -> Work:
    """A work open to its readers."""
    work = catalogued(world, title, readers, **more)
    move(world, work, "publish")
    return work


def move(world: World, work: Work, key: str, note: str = "") -> None:
    """One of the flow's acts, by the librarian."""
    with acting_as(Actor.person(world.clerk)):
        services.move_work(work_of(work.pk), key, note=note, **who(world, "clerk"))


def run_jobs(task: str) -> None:
    """Carry out what waits of a kind, as the worker would."""
    from congso.apps.library import jobs  # noqa: F401 - names the jobs
    from congso.kernel.jobs.services import _works

    with acting_as(Actor.person(_librarian())):
        waiting = list(Job.objects.filter(task=task, state="waiting"))
    for one in waiting:
        _works[task](Progress(one.pk, Actor.person(one.person_id)), **one.arguments)


def _librarian() -> int:
    from congso.kernel.accounts.models import User

    return int(User.objects.get(username="clerk").person_id)


def with_book(world: World, work: Work, content: bytes | None = None, name: str = "sach.epub", **more: Any) -> Book:
    """The work with an EPUB that was read and opened. Needs a database that commits."""
    clerk = Actor.person(world.clerk)
    file = SimpleUploadedFile(name, content or epub("Lịch sử bản làng", "Nguyễn Văn Mẫu", CHAPTERS))
    with acting_as(clerk):
        upload = services.add_book(work_of(work.pk), file, by=clerk, at=NOW, **more)
    read_upload(Progress(upload.job_id, clerk), upload_id=upload.pk)
    with acting_as(clerk):
        book: Book = Book.objects.get(card_id=work.pk, name=name)
    services.open_book(Progress(upload.job_id, clerk), book_id=book.pk, at=NOW)
    with acting_as(clerk):
        book.refresh_from_db()
    return book


def shelved(world: World, work: Work, count: int = 1, **more: Any) -> list[Copy]:
    """Copies of the work in the library's book."""
    with acting_as(Actor.person(world.clerk)):
        came = Acquisition(count, date(2026, 1, 5), **more)
        return services.add_copies(work_of(work.pk), came, **who(world, "clerk"))


def lent(world: World, copy: Copy, reader: str = "specialist", at: datetime = NOW) -> Loan:
    """The copy with a reader."""
    with acting_as(Actor.person(world.clerk)):
        person = Person.objects.get(pk=getattr(world, reader))
        fresh = Copy.objects.select_related("library", "card").get(pk=copy.pk)
        return services.lend_copy(fresh, reader=person, **who(world, "clerk", at))


def waiting(world: World, work: Work, reader: str, at: datetime = NOW) -> Hold:
    """A reader waits for the work, by her own press."""
    with acting_as(Actor.person(getattr(world, reader))):
        person = Person.objects.get(pk=getattr(world, reader))
        return services.place_hold(card_of(work.pk), reader=person, **who(world, reader, at))


def returned(world: World, copy: Copy, at: datetime = NOW) -> tuple[Loan, Hold | None]:
    """The copy back at the desk."""
    with acting_as(Actor.person(world.clerk)):
        return services.return_copy(
            Copy.objects.select_related("library", "card").get(pk=copy.pk), **who(world, "clerk", at)
        )


def stream(content: bytes) -> io.BytesIO:
    """Bytes as a file."""
    return io.BytesIO(content)


def sees(world: World, name: str | None, work: Work) -> bool:
    """Whether somebody (None: a visitor) sees the work's card."""
    from congso.kernel.access.services import NOBODY

    with acting_as(Actor.person(getattr(world, name)) if name else NOBODY):
        return Card.objects.filter(pk=work.pk).exists()
