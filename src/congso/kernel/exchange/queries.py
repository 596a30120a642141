"""Is anything stuck? Everything asked of packets; rows are those the database shows the caller."""

from datetime import datetime

from django.db.models import Q, QuerySet

from congso.kernel.exchange.models import BY_PEOPLE, OPEN, Contact, Direction, Packet, PacketKind, PacketState
from congso.kernel.exchange.rules import NO_ANSWER_AFTER


def packets() -> QuerySet[Packet]:
    """All packets of the caller's registries, the newest first."""
    return Packet.objects.select_related("organization").order_by("-made_at", "-pk")


def unanswered(at: datetime) -> Q:
    """Sent more than a day ago and nothing heard, not even “01 Đã đến”."""
    return Q(direction=Direction.OUT, state=PacketState.DONE, answer="", made_at__lt=at - NO_ANSWER_AFTER) & ~Q(
        kind=PacketKind.STATUS
    )


def is_unanswered(packet: Packet, at: datetime) -> bool:
    """The same of one packet."""
    is_sent = packet.direction == Direction.OUT and packet.state == PacketState.DONE
    return is_sent and not packet.answer and packet.kind != PacketKind.STATUS and packet.made_at < at - NO_ANSWER_AFTER


def stuck(at: datetime) -> QuerySet[Packet]:
    """What does not go on by itself, or not now: for a person, being tried again, held, or without an answer."""
    waits = Q(state__in=(*BY_PEOPLE, PacketState.TRYING, PacketState.HELD))
    is_late = Q(state=PacketState.WAITING, next_try_at__lt=at)
    return packets().filter(waits | is_late | unanswered(at)).order_by("-urgency", "made_at", "pk")


def for_people(at: datetime) -> QuerySet[Packet]:
    """What waits for a person."""
    return Packet.objects.filter(Q(state__in=BY_PEOPLE) | unanswered(at))


def under_way() -> QuerySet[Packet]:
    """Everything that is not ended."""
    return packets().filter(state__in=OPEN)


def history_of(packet: Packet) -> QuerySet[Packet]:
    """Every packet between the two about the same document, the oldest first."""
    ids = [one for one in (packet.document_id, packet.about_id) if one]
    about = Q(document_id__in=ids) | Q(about_id__in=ids) if ids else Q(pk=packet.pk)
    same = Packet.objects.filter(organization_id=packet.organization_id, peer_code=packet.peer_code)
    return same.filter(about).order_by("made_at", "pk")


def failing_contacts() -> list[Contact]:
    """Our codes for which the axis cannot be reached now."""
    return list(Contact.objects.filter(failing_since__isnull=False).select_related("organization").order_by("code"))


def found(words: str) -> QuerySet[Packet]:
    """All packets, or those whose symbol, other code or DocumentId begins with the words; by id, the newest first."""
    some = packets().order_by("-pk")
    if not words:
        return some
    return some.filter(Q(symbol__startswith=words) | Q(peer_code__startswith=words) | Q(document_id__startswith=words))
