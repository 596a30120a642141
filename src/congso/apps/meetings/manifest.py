from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.meetings.flow import ITEM_FLOW, MEETING_FLOW
from congso.apps.meetings.home import BLOCKS
from congso.apps.meetings.models import ITEM_TYPE, RECORD_TYPE, Item, Meeting
from congso.apps.meetings.queries import may_stay_on_devices, meetings_between
from congso.apps.meetings.services import PURPOSE, signing, take_paper
from congso.kernel.files.queries import text_of
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType
from congso.kernel.web.agenda import Appointment, Window
from congso.kernel.web.navigation import Group, MenuItem


def _meeting_text(meeting: Meeting) -> str:
    return "\n".join(part for part in (meeting.note, meeting.place, meeting.chair_label) if part)


def _item_text(item: Item) -> str:
    return "\n".join(part for part in (item.meets_as, item.presenter_label, text_of(item)) if part)


def _appointments(window: Window) -> list[Appointment]:
    """Meetings that were called stand in the calendar of their body and of who takes part."""
    first = timezone.make_aware(datetime.combine(window.first_day, time.min))
    last = timezone.make_aware(datetime.combine(window.last_day, time.max))
    found = meetings_between(first, last).prefetch_related("participants")[: window.most]
    return [
        Appointment(
            key=f"meeting-{one.pk}",
            title=one.title,
            first_day=one.opened_on,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            url_name="meetings:detail",
            record_id=one.pk,
            organizations=(one.owner_id,),
            people=tuple(part.person_id for part in one.participants.all() if part.left_out_at is None),
            words=" · ".join(part for part in (one.place, one.chair_label) if part),
        )
        for one in found
    ]


MANIFEST = Manifest(
    label="meetings",
    record_types=(
        RecordType(RECORD_TYPE, pgettext_lazy("record", "Cuộc họp"), Meeting, "meetings:detail", "users"),
        RecordType(
            ITEM_TYPE, _("Nội dung họp"), Item, "meetings:item", "list-check",
            kept_offline=may_stay_on_devices,
        ),
    ),
    flows=(MEETING_FLOW, ITEM_FLOW),
    url_prefix="hop",
    menu=(
        MenuItem("meetings", _("Cuộc họp"), "users", "meetings:list", Group.DIRECTION, order=78),
    ),
    home=BLOCKS,
    search_texts={RECORD_TYPE: _meeting_text, ITEM_TYPE: _item_text},
    upload_handlers={PURPOSE: take_paper},
    signed_handlers={signing.PURPOSE: signing.keep_signed_minutes},
    agenda=(_appointments,),
)  # fmt: skip
