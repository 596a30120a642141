"""The demo's Party documents: a rule that was amended and one that was replaced, invented, in a volume of the term."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from congso.apps.party_papers import services
from congso.apps.party_papers.models import BondKind, Edition, PartyPaper, Readers
from congso.apps.party_papers.queries import paper_of
from congso.apps.party_papers.services import Decision, PaperFacts
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization

_CHIEF, _CLERK = "chanhvp.vptu", "vanthu1.vptu"
_VOLUME = "Văn kiện Đảng bộ tỉnh, nhiệm kỳ 2025–2030, tập 1 (minh họa)"
_OLD = """QUY ĐỊNH
về chế độ báo cáo của các cơ quan đảng (minh họa)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi, đối tượng
1. Quy định này áp dụng cho các cơ quan tham mưu, giúp việc Tỉnh ủy.
2. Đảng ủy xã, phường thực hiện theo hướng dẫn riêng.
Điều 2. Nguyên tắc
Báo cáo đúng kỳ, đúng mẫu, số liệu có nguồn.
Chương II
CHẾ ĐỘ BÁO CÁO
Điều 3. Báo cáo tháng
1. Gửi trước ngày 20 hằng tháng.
2. Nội dung gồm kết quả, khó khăn, nhiệm vụ tháng sau.
Điều 4. Hiệu lực
Quy định có hiệu lực từ ngày ký."""
_CHANGE = """QUY ĐỊNH
sửa đổi Quy định về chế độ báo cáo (minh họa)
Điều 1. Nội dung sửa đổi
Sửa đổi khoản 1 Điều 3 Quy định số 901-QĐ/TU như sau: gửi trước ngày 25 hằng tháng.
Điều 2. Hiệu lực
Quy định có hiệu lực từ ngày 01/01/2026."""
_GUIDE = """HƯỚNG DẪN
thực hiện chế độ báo cáo (minh họa, lưu hành trong cơ quan đảng)
Hướng dẫn thực hiện Quy định số 901-QĐ/TU.
1. Mẫu báo cáo theo phụ lục.
2. Gửi trên Cổng Số."""


@transaction.atomic
def load() -> int:
    """Make the demo's documents; returns how many, 0 when they are there."""
    clerk, chief = _person(_CLERK), _person(_CHIEF)
    with acting_as(clerk):
        if PartyPaper.objects.exists():
            return 0
        office = Organization.objects.get(code="LC.VPTU")
    who: dict[str, Any] = {"office": office, "clerk": clerk, "chief": chief}
    first = _publish("901-QĐ/TU", "về chế độ báo cáo của các cơ quan đảng", _OLD, date(2025, 8, 1), **who)
    change = Decision(BondKind.AMENDS, first, first.symbol, "dieu-3.khoan-1", date(2026, 1, 1))
    _publish("915-QĐ/TU", "sửa đổi Quy định về chế độ báo cáo", _CHANGE, date(2025, 12, 20), acts=change, **who)
    guide = Decision(BondKind.GUIDES, first, first.symbol)
    _publish(
        "903-HD/VPTU", "thực hiện chế độ báo cáo", _GUIDE, date(2025, 9, 10), readers=Readers.PARTY, acts=guide, **who
    )
    return 3


def _publish(
    symbol: str, title: str, text: str, issued: date, *, office: Organization, clerk: Actor, chief: Actor,
    readers: str = Readers.PUBLIC, acts: Decision | None = None,
) -> Edition:  # fmt: skip
    now = timezone.now()
    facts = PaperFacts(
        number=symbol, title=f"{title} (minh họa)", document_type="Hướng dẫn" if "-HD" in symbol else "Quy định",
        issuer_name=office.name if "VPTU" in symbol else "Tỉnh ủy Lào Cai", opened_on=issued, effective_from=issued,
        volume=_VOLUME, readers=readers, text=text,
    )  # fmt: skip
    with acting_as(clerk):
        paper = services.draft_paper(facts, owner=office, by=clerk, at=now)
        if acts is not None:
            services.add_relation(paper_of(paper.pk), acts, by=clerk, at=now)
        services.move_paper(paper_of(paper.pk), "submit", by=clerk, at=now)
    with acting_as(chief):
        return services.publish_paper(paper_of(paper.pk), by=chief, at=now)


def _person(username: str) -> Actor:
    return Actor.person(User.objects.get(username=username).person_id)
