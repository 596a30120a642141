"""Whatever kind of record the systems keep, the assistant can read its text and cite its title."""

import pytest

from congso.apps.assistant.queries.reading import material_of, stored_text
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.records.models import Record

pytestmark = pytest.mark.django_db


def test_the_text_of_every_kind_of_record_can_be_read(office, world):
    made = {record.type for record in (office.document, office.task, office.report, office.draft)}
    seen = set()
    for who in ("clerk", "chief", "agency_leader", "reader"):
        with acting_as(Actor.person(getattr(world, who))):
            for record in Record.objects.all()[:200]:
                seen.add(record.type)
                material_of([record.pk])
                assert record.title in stored_text(record, file=None, page=None)
    assert made <= seen
