"""The demo's digitization: what two bodies have to digitize, a batch under check, one just planned; made by services.

The words are written by hand: no recogniser runs while the demo is made.
"""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from congso.apps.digitization import services
from congso.apps.digitization.models import DigitalCopy, Page, PageState, PageWords, ScanBatch
from congso.apps.digitization.queries import batch_of, copy_of
from congso.apps.digitization.services import BatchFacts, FolderFacts
from congso.apps.digitization.services.cutting import cut_stack
from congso.apps.digitization.services.moving import moving
from congso.apps.digitization.services.scanning import add_scan
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization
from congso.kernel.files.services import store_file
from congso.kernel.jobs.services import Progress
from congso.kernel.workflow.moving import save

_CLERK, _OFFICE = "vanthu1.vptu", "LC.VPTU"
_FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
_DPI, _SIZE = 100, (827, 1169)
_PAPERS = (
    ("Kế hoạch sưu tầm tài liệu nhiệm kỳ 2005–2010", "03-KH/TU", date(2006, 3, 14), "plan", 0.96),
    ("Thông báo kết quả chỉnh lý tài liệu tồn đọng", "41-TB/VPTU", date(2007, 9, 5), "notice", 0.71),
)


class _Silent(Progress):
    def step(self, done: int, total: int, message: str = "") -> None:
        """Nobody watches."""


@transaction.atomic
def load() -> int:
    """Make it once; how many batches there are, 0 when they were there."""
    clerk = Actor.person(User.objects.values_list("person_id", flat=True).get(username=_CLERK))
    with acting_as(clerk):
        if ScanBatch.objects.exists():
            return 0
        office = Organization.objects.select_related("serves").get(code=_OFFICE)
        unit, at = office.serves or office, timezone.now()
        for year, pages, percent in ((at.year - 1, 9_000, 30), (at.year, 9_000, 100)):
            services.set_stock(unit, year=year, pages=pages, percent=percent, note="Biên bản kiểm đếm", by=clerk, at=at)
        facts = BatchFacts(
            "Hồ sơ nhiệm kỳ 2005–2010", "01 Tỉnh ủy Lào Cai", at.year, unit, timezone.localdate() + timedelta(days=20),
            sheets_planned=40, unit_cost=Decimal(650),
        )  # fmt: skip
        batch = services.plan_batch(facts, owner=office, by=clerk, at=at)
        services.add_folders(
            batch, [FolderFacts("TU.2005.01", "Hồ sơ sưu tầm, chỉnh lý tài liệu", 40)], by=clerk, at=at
        )
        services.receive_originals(batch, sheets=40, condition="Tốt; đã tháo ghim, vuốt phẳng", by=clerk, at=at)
        _scan(batch, clerk)
        services.plan_batch(
            BatchFacts("Hồ sơ đại hội 1992–2000", "01 Tỉnh ủy Lào Cai", at.year, unit, sheets_planned=300),
            owner=office, by=clerk, at=at,
        )  # fmt: skip
    return 2


def _scan(batch: ScanBatch, clerk: Actor) -> None:
    """A file for each paper, read as if an engine had, one of them with an unsure word."""
    at = timezone.now()
    for nth, (title, number, _day, _kind, sure) in enumerate(_PAPERS, 1):
        with TemporaryDirectory() as folder:
            path = Path(folder, "quet.pdf")
            path.write_bytes(_sheet([number, title]))
            blob = store_file(path, media_type="application/pdf", pages=1, by=clerk, at=at)
        fresh = batch_of(batch.pk)
        scan = add_scan(fresh, blob, name=f"quet-{nth:03d}.pdf", original=blob, place=nth, by=clerk, at=at)
        words = _words([number, title], sure)
        Page.objects.filter(scan=scan).update(
            state=PageState.READ, dpi=_DPI, width=595.4, height=841.7, engine="tesseract", word_count=len(words),
            low_words=sum(word[5] < 0.8 for word in words), confidence=sure, read_at=at,
        )  # fmt: skip
        PageWords.objects.create(page=Page.objects.get(scan=scan), words=words, engine="tesseract", at=at)
    with moving(batch_of(batch.pk), "process", by=clerk, at=at):
        pass
    cut_stack(batch.pk, _Silent(0, clerk))
    copies = DigitalCopy.objects.filter(batch=batch).order_by("pk").values_list("pk", flat=True)
    for pk, (title, number, day, kind, sure) in zip(copies, _PAPERS, strict=True):
        values = {"title": title, "number": number, "issued_on": day.isoformat(), "type_key": kind,
                  "issuer": "Tỉnh ủy Lào Cai", "signer": ""}  # fmt: skip
        proposals = {
            name: {"value": value, "written": value, "confidence": sure, "doubt": "", "page": 1,
                   "places": [[1, 10, 8, 60, 4]]}
            for name, value in values.items() if value
        }  # fmt: skip
        save(
            copy_of(pk), proposals=proposals, need="one" if sure > 0.9 else "low", confidence=sure, title=title,
            number=number, issued_on=day, type_key=kind, issuer=values["issuer"],
        )  # fmt: skip
    with moving(batch_of(batch.pk), "read", by=clerk, at=timezone.now()):
        pass


def _sheet(lines: list[str]) -> bytes:
    import img2pdf

    page, held = Image.new("RGB", _SIZE, "white"), BytesIO()
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(_FONT, 24) if Path(_FONT).exists() else None
    for nth, line in enumerate(lines):
        draw.text((90, 110 + 60 * nth), line, font=font, fill="black")
    page.save(held, "JPEG", quality=75, dpi=(_DPI, _DPI))
    return bytes(img2pdf.convert(held.getvalue(), layout_fun=img2pdf.get_fixed_dpi_layout_fun((_DPI, _DPI))))


def _words(lines: list[str], sure: float) -> list[list[Any]]:
    """Words beside each other on their lines; the last of a doubtful paper is misread."""
    found: list[list[Any]] = []
    for nth, line in enumerate(lines):
        left = 65.0
        for word in line.split():
            wide = 9.0 * len(word)
            found.append([word, left, 79.0 + 43 * nth, left + wide, 97.0 + 43 * nth, max(sure, 0.9), nth])
            left += wide + 6
    if sure < 0.9 and found:
        found[-1][0], found[-1][5] = "động", 0.48
    return found
