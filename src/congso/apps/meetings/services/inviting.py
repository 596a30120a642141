"""The invitation (giấy mời) in the official form, and where an online meeting is held."""

from django.conf import settings
from django.utils import timezone

from congso.apps.meetings.models import Item, Meeting
from congso.kernel.composing.contents import Authority, Block, Layout, PaperContent, Passage, Signature
from congso.kernel.composing.templates import make_docx
from congso.kernel.directory.queries import name_on
from congso.lib.languages import in_vietnamese


def online_url(meeting: Meeting) -> str:
    """Where the meeting is held online; empty when it is not, or no service is set. The key cannot be guessed."""
    template = settings.MEETING_URL
    return template.replace("{room}", meeting.room_key) if template and meeting.room_key else ""


def invitation_body(meeting: Meeting) -> list[Block]:
    """What the invitation says."""
    begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    told: list[Block] = [
        Passage(f"{meeting.owner.name} trân trọng kính mời dự: {meeting.title}."),
        Passage(f"Thời gian: từ {begins:%H giờ %M} đến {ends:%H giờ %M, ngày %d/%m/%Y}."),
    ]
    if meeting.place:
        told.append(Passage(f"Địa điểm: {meeting.place}."))
    if meeting.room_key:
        told.append(Passage("Hình thức: họp trực tuyến; đường dẫn có trên trang của cuộc họp."))
    told.append(Passage(f"Chủ trì: {meeting.chair_label}."))
    told.append(Passage("Nội dung:"))
    for item in meeting.items.all():
        if item.state != "dropped":
            presenter = f" ({item.presenter_label} trình bày)" if item.presenter_label else ""
            told.append(Passage(f"{item.position}. {item.title}{presenter}; {item.minutes_planned} phút."))
    told += [Passage(line) for line in meeting.note.splitlines() if line.strip()]
    told.append(Passage("Tài liệu được gửi trên hệ thống. Đề nghị trả lời giấy mời trên trang của cuộc họp."))
    return told


def guest_body(item: Item) -> list[Block]:
    """What the invitation of a guest says: her item alone."""
    begins = timezone.localtime(item.meets_at)
    told: list[Block] = [
        Passage(f"{item.owner.name} trân trọng kính mời dự nội dung: {item.title}."),
        Passage(f"Thời gian: {begins:%H giờ %M, ngày %d/%m/%Y}."),
    ]
    if item.meets_in:
        told.append(Passage(f"Địa điểm: {item.meets_in}."))
    return told


@in_vietnamese()
def invitation_paper(meeting: Meeting) -> bytes:
    """The invitation as a Word file, to be numbered, signed and sent where it goes on paper."""
    owner, day = meeting.owner, timezone.localdate()
    layout = Layout(owner.layout_profile)
    separator = "-" if layout is Layout.STATE else "/"
    office = next(iter(owner.serving_offices.all()), None)
    over = owner.name.upper() if office else ""
    return make_docx(
        PaperContent(
            layout=layout,
            issuer=name_on(owner, day).upper(),
            parent=name_on(owner.parent, day).upper() if owner.parent else "",
            symbol=f"GM{separator}{owner.symbol}" if owner.symbol else "GM",
            place="",
            doc_type="invitation",
            title="họp",
            body=tuple(invitation_body(meeting)),
            addressees=tuple(one.label for one in meeting.participants.all() if one.left_out_at is None)[:100],
            signatures=(
                Signature(name="", post="", authority=Authority.BY_ORDER if office else Authority.OWN, over=over),
            ),
            recipients=("Như trên,", "Lưu Văn phòng."),
            year=day.year,
        )
    )
