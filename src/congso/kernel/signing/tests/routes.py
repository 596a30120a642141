"""How the routes of signing are filled (tests/routes.py). The authorities exist, their services do not answer here."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person
from congso.kernel.directory.testing import World
from congso.kernel.signing.authorities.issuing import make_authorities, pem
from congso.kernel.signing.bulk import Paper, make_batch
from congso.kernel.signing.keeping import store_signed
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.models import Credential, SignaturePicture
from congso.kernel.signing.purposes import TRIAL
from congso.kernel.signing.services import register_credential
from congso.kernel.signing.testing import PERSONAL, prepared
from congso.kernel.signing.trust import trust_anchor
from tests.ways import Way

_NOBODY = "http://127.0.0.1:9"
_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000000000500018d90d5f20000000049454e44ae426082"
)


def made(world: World) -> dict[str, int]:
    """A demonstration certificate of the chief's, a paper that waits for its PIN, a root the administrator trusts."""
    now, chief, administrator = timezone.now(), Actor.person(world.chief), Actor.person(world.administrator)
    authorities = make_authorities(_NOBODY, at=now - timedelta(days=1))
    with acting_as(chief):
        person = Person.objects.get(pk=world.chief)
        holder = authorities.issue(person.full_name, at=now - timedelta(hours=1))
        credential = register_credential(
            as_asn1(holder.certificate), provider=Credential.Provider.SOFTWARE, details={"name": "chief"},
            person=person, by=chief, at=now,
        )  # fmt: skip
        paper = Paper(store_signed(prepared(), by=chief, at=now), PERSONAL, TRIAL, "1", "Văn bản 1")
        batch = make_batch([paper], credential=credential, by=chief, at=now)
        picture = SignaturePicture.objects.create(
            person=person, png=_DOT, width=1, height=1, sha256="", added_by=person, added_at=now
        )
    with acting_as(administrator):
        root = pem(authorities.root.certificate)
        anchor = trust_anchor(root, is_test=True, reason="Thử", by=administrator, at=now)
    return {"credential": credential.pk, "batch": batch.pk, "picture": picture.pk, "anchor": anchor.pk}


def _way(what: str, owner: str, **more: Any) -> Way:
    return Way(lambda office: {"pk": office.once(made)[what]}, owner=owner, **more)


# An administrator may stop anybody's certificate, and see whose there are.
_CREDENTIAL = _way("credential", "chief", also=("administrator",))
_BATCH = _way("batch", "chief", colleague="clerk")
WAYS = {
    "/ky-so/chung-thu/them/{provider}": Way(lambda office: {"provider": "token"}, owner="chief", is_open=True),
    "/ky-so/chung-thu/{pk}/ky-thu": _CREDENTIAL,
    "/ky-so/chung-thu/{pk}/ngung": _CREDENTIAL,
    "/ky-so/lo/{pk}": _BATCH,
    "/ky-so/hinh/{pk}": _way("picture", "chief"),
    "/ky-so/goc-tin-cay/{pk}": _way("anchor", "administrator"),
    "/api/v1/signing/batches/{pk}": _BATCH,
}
