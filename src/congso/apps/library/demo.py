"""The demo's library: a dozen invented works with small books made on the spot, copies, a loan, somebody who waits."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from congso.apps.library import services
from congso.apps.library.models import Collection, Readers, Work
from congso.apps.library.queries import card_of, work_of
from congso.apps.library.samples.epub import epub
from congso.apps.library.samples.pdf import pdf
from congso.apps.library.services import Acquisition, CardFacts, CollectionFacts
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization, Person

_OFFICE = "LC.VPTU"
_LIBRARIAN, _READER, _NEXT = "luutru.vptu", "cv.th.vptu", "chanhvp.vptu"
_WORKS = (
    ("Địa chí Lào Cai (minh họa)", "Lê Thử Sách", "Địa chí", Readers.PUBLIC, "epub"),
    ("Đường về bản", "Giàng Mẫu A", "Văn học", Readers.PUBLIC, "epub"),
    ("Sổ tay chuyển đổi số ở xã", "Nguyễn Ví Dụ", "Chuyển đổi số", Readers.PUBLIC, "pdf"),
    ("Hỏi đáp về hồ sơ điện tử", "Trần Thử Hỏi", "Lưu trữ", Readers.PUBLIC, "epub"),
    ("Nghiệp vụ công tác văn phòng cấp ủy", "Phạm Mẫu Nghiệp", "Công tác văn phòng", Readers.STAFF, "epub"),
    ("Lịch sử đảng bộ huyện Mẫu, tập 1", "Ban Thường vụ Huyện ủy Mẫu", "Lịch sử Đảng", Readers.STAFF, "pdf"),
    ("Kỹ năng soạn thảo văn bản", "Vũ Thí Dụ", "Công tác văn phòng", Readers.STAFF, "epub"),
    ("Thống kê cho người không chuyên", "Hoàng Ví Dụ", "Thống kê", Readers.STAFF, "epub"),
    ("Dân ca vùng cao sưu tầm", "Lò Giả Định", "Văn hóa dân gian", Readers.PUBLIC, "pdf"),
    ("An toàn thông tin cho cán bộ", "Đỗ Thử Mã", "An toàn thông tin", Readers.STAFF, "epub"),
    ("Kinh tế rừng và sinh kế", "Lý Hư Cấu", "Kinh tế", Readers.PUBLIC, "epub"),
    ("Cẩm nang tiếp công dân", "Bùi Mẫu Dân", "Dân vận", Readers.STAFF, "pdf"),
)


@transaction.atomic
def load() -> int:
    """Make the demo's library; returns how many works, 0 when they are there."""
    librarian = _person(_LIBRARIAN)
    with acting_as(librarian):
        if Work.objects.exists():
            return 0
        office = Organization.objects.get(code=_OFFICE)
        who: dict[str, Any] = {"by": librarian, "at": timezone.now()}
        kept = {
            readers: services.found_collection(CollectionFacts(name, readers), library=office, **who)
            for readers, name in ((Readers.PUBLIC, "Sách mở (minh họa)"), (Readers.STAFF, "Sách nghiệp vụ (minh họa)"))
        }
        made = [_work(one, kept[one[3]], who) for one in _WORKS]
    _lend(made[4], librarian)
    return len(made)


def _work(told: tuple[str, str, str, str, str], collection: Collection, who: dict[str, Any]) -> Work:
    title, author, heading, _readers, kind = told
    facts = CardFacts(
        title, publisher="Nhà xuất bản Minh Họa", published_in="Lào Cai", year=2025, extent="64 tr.",
        contributions=((author, "aut"),), headings=(heading,), summary=f"{title}: sách minh họa, nội dung hư cấu.",
    )  # fmt: skip
    work = services.catalogue_work(facts, collection=collection, **who)
    services.move_work(work_of(work.pk), "publish", **who)
    came = Acquisition(2, timezone.localdate() - timedelta(days=30), shelf="Giá A1")
    services.add_copies(work_of(work.pk), came, **who)
    content = pdf(title, _chapters(title)) if kind == "pdf" else epub(title, author, _chapters(title))
    services.add_book(work_of(work.pk), SimpleUploadedFile(f"{title}.{kind}", content), **who)
    return work


def _chapters(title: str) -> list[tuple[str, list[str]]]:
    names = ("Mở đầu", "Con người và đất đai", "Cách làm", "Lời cuối")
    return [
        (name, [f"{title}, phần “{name.lower()}”, đoạn {n}: nội dung hư cấu để minh họa việc đọc sách trên màn hình, "
                "giữ chỗ đang đọc, ghi chú và đọc khi mất mạng." for n in range(1, 9)])
        for name in names
    ]  # fmt: skip


def _lend(work: Work, librarian: Actor) -> None:
    """A reader has one copy; another one waits, so that the desk has something to do."""
    who: dict[str, Any] = {"by": librarian, "at": timezone.now()}
    with acting_as(librarian):
        copy = card_of(work.pk).copies.select_related("library", "card").order_by("number")[0]
        services.lend_copy(copy, reader=Person.objects.get(pk=_person(_READER).id), **who)
    waits = _person(_NEXT)
    with acting_as(waits):
        services.place_hold(card_of(work.pk), reader=Person.objects.get(pk=waits.id), by=waits, at=timezone.now())


def _person(username: str) -> Actor:
    return Actor.person(User.objects.get(username=username).person_id)
