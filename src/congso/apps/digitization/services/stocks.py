"""How much paper a body has to digitize by the end of a year."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from congso.apps.digitization.flow import operator_principals
from congso.apps.digitization.models import Stock
from congso.apps.digitization.services.moving import person_of
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.workflow.services import NotYours, Refused

LARGEST = 2_000_000_000


@transaction.atomic
def set_stock(
    organization: Organization, *, year: int, pages: int, percent: int, note: str, by: Actor, at: datetime
) -> Stock:
    """Write the body's stock of a year, or correct it. Journaled. Raises NotYours, Refused."""
    serving = [organization.pk, *organization.serving_offices.values_list("pk", flat=True)]
    if not current_principals() & {one for pk in serving for one in operator_principals(pk)}:
        raise NotYours(f"Bạn không ghi khối lượng số hóa của {organization.name}.")
    if not 0 < pages <= LARGEST or not 0 <= percent <= 100 or not 2000 <= year <= 2200:
        raise Refused("Số trang, tỉ lệ hoặc năm không hợp lệ.")
    if not note.strip():
        raise Refused("Hãy ghi căn cứ: biên bản kiểm đếm, kế hoạch.")
    person = person_of(by)
    label = title_of(person, timezone.localdate(at))
    told = {
        "pages": pages,
        "percent": percent,
        "note": note.strip()[:300],
        "by_id": person,
        "by_label": label,
        "at": at,
    }
    stock, _made = Stock.objects.update_or_create(organization=organization, year=year, defaults=told)
    write_entry(
        act="digitization.stock", actor=str(by), actor_label=label, at=at, organization_id=organization.pk,
        facts={"year": year, "pages": pages, "percent": percent},
    )  # fmt: skip
    return stock
