"""A person's devices that are woken when something is new: asked for on the device, seen and ended by the person."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from congso.kernel.access.services import Actor
from congso.kernel.notify.models import PushDevice
from congso.kernel.notify.push_address import AddressRefused, check_endpoint
from congso.kernel.notify.push_message import BadKeys, BrowserKeys, portal_key, public_text

MOST = 10  # devices of one person


class PushRefused(Exception):
    """Why a device cannot be told; the message says it in Vietnamese."""


def is_push_on() -> bool:
    """Whether the operator lets messages pass through the makers of browsers, and devices run our service worker."""
    return bool(settings.WEB_PUSH_HOSTS) and str(settings.OFFLINE) != "off"


def portal_public_key() -> str:
    """What the browser is told when it subscribes."""
    return public_text(portal_key(settings.PUSH_KEY))


def devices_of(person_id: int) -> QuerySet[PushDevice]:
    """The person's devices, the newest first."""
    return PushDevice.objects.filter(person_id=person_id).order_by("-made_at", "-id")


def add_device(*, endpoint: str, p256dh: str, auth: str, device: str, by: Actor, at: datetime) -> PushDevice:
    """Tell this device from now on; the same subscription given again stays one. Raises PushRefused."""
    if not is_push_on():
        raise PushRefused("Cơ quan không cho phép báo qua dịch vụ đẩy trên Internet.")
    try:
        check_endpoint(endpoint)
        BrowserKeys.read(p256dh, auth)
    except (AddressRefused, BadKeys) as refused:
        raise PushRefused(
            "Trình duyệt này dùng dịch vụ đẩy mà cơ quan không cho phép, hoặc khóa không đúng."
        ) from refused
    held = devices_of(by.id).filter(endpoint=endpoint).first()
    if held is not None and (held.p256dh, held.auth) == (p256dh, auth):
        return held
    if held is not None:
        held.delete()
    if devices_of(by.id).count() >= MOST:
        raise PushRefused(f"Bạn đã có {MOST} thiết bị nhận báo; hãy bỏ bớt thiết bị không dùng.")
    return PushDevice.objects.create(
        person_id=by.id, endpoint=endpoint, p256dh=p256dh, auth=auth, device=device[:80], made_at=at
    )


def remove_device(device_id: int, *, by: Actor) -> bool:
    """Tell this device no more; False when the person has no such device."""
    gone, _ = devices_of(by.id).filter(pk=device_id).delete()
    return bool(gone)
