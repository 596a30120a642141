"""Asking units, hearing them, answering each."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from congso.apps.programme.models import Consulted, Handling, Item, Opinion, Programme
from congso.apps.programme.queries import units_speaking_for
from congso.apps.programme.services.moving import moving
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused


def consult_units(
    programme: Programme, units: Iterable[Organization], *, until: date, by: Actor, at: datetime, note: str = ""
) -> None:
    """Show the draft to these units and ask them until a day; units asked before stay asked."""
    wanted = {unit.pk: unit for unit in units}
    if not wanted:
        raise Refused("Hãy chọn ít nhất một đơn vị.")
    if until < timezone.localdate(at):
        raise Refused("Hạn góp ý không thể ở trước hôm nay.")
    with moving(programme, "consult", by=by, at=at, note=note) as move:
        asked = {one.organization_id for one in programme.consulted.all()}
        new = [Consulted(programme=programme, organization_id=pk, asked_at=at) for pk in wanted if pk not in asked]
        Consulted.objects.bulk_create(new)
        save(programme, opinions_until=until)
        move.facts = {"units": sorted(wanted)}


def give_opinion(
    programme: Programme, text: str, *, organization: Organization, item: Item | None, by: Actor, at: datetime
) -> Opinion:
    """A unit's word about the draft or one of its items. Raises NotYours for a unit one does not speak for."""
    words = text.strip()
    if not words or by.person_id is None:
        raise Refused("Hãy viết nội dung góp ý.")
    if item is not None and item.programme_id != programme.pk:
        raise Refused("Nội dung này không thuộc chương trình.")
    with moving(programme, "give_opinion", by=by, at=at):
        speaking = units_speaking_for(programme, current_principals())
        if organization.pk not in {unit.pk for unit in speaking}:
            raise NotYours("Bạn không góp ý thay cho đơn vị này.")
        return Opinion.objects.create(
            programme=programme, organization=organization, item=item, text=words[:3000], by_id=by.person_id,
            by_label=title_of(by.person_id, timezone.localdate(at)), at=at,
        )  # fmt: skip


def answer_opinion(opinion: Opinion, handling: str, answer: str, *, by: Actor, at: datetime) -> None:
    """What became of an opinion; one that is not taken needs words. Raises Refused."""
    if handling not in Handling.values or handling == Handling.OPEN:
        raise Refused("Hãy chọn cách xử lý góp ý.")
    if handling != Handling.TAKEN and not answer.strip():
        raise Refused("Không tiếp thu toàn bộ thì phải giải trình.")
    with moving(opinion.programme, "answer", by=by, at=at) as move:
        Opinion.objects.filter(pk=opinion.pk).update(handling=handling, answer=answer.strip()[:1000])
        move.facts = {"opinion": opinion.pk, "handling": handling}
