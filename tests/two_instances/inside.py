"""Run inside one of the installations: `python -m tests.two_instances.inside office|notices '{…}'`.

What the walk finds there when it begins, and papers it needs beside the one it walks with.
"""

import base64
import json
import sys
from typing import Any
from unittest import mock

import django

NOTICES = ("Mời họp trực tuyến", "Kết quả rà soát có số liệu sai")


def _world(told: dict[str, Any]) -> Any:
    from congso.kernel.directory.testing import World

    return World(organizations=told["organizations"], **told["people"])


def office(told: dict[str, Any]) -> dict[str, Any]:
    """A term, the signer's key in a token, the seal as a software key, the fonds, and a dossier plans go into."""
    from asn1crypto.x509 import Certificate
    from django.utils import timezone

    from congso.apps.dossiers import rules
    from congso.apps.dossiers.queries import dossier_of
    from congso.apps.dossiers.services.filing import make_rule
    from congso.apps.dossiers.tests import factories as dossiers
    from congso.apps.outgoing.tests.factories import by, open_term
    from congso.kernel.directory.models import Organization, Person
    from congso.kernel.signing.models import Credential
    from congso.kernel.signing.services import register_credential
    from congso.kernel.signing.testing import TOKEN
    from tests.two_instances.names import SEAL

    world, now = _world(told), timezone.now()
    token, seal = (Certificate.load(base64.b64decode(told[name])) for name in ("token", "seal"))
    open_term(world)
    with by(world.secretary) as secretary:
        register_credential(
            token, provider=Credential.Provider.TOKEN,
            details={"module": "SoftHSM", "token": TOKEN, "key": told["key"]},
            person=Person.objects.get(pk=world.secretary), by=secretary, at=now,
        )  # fmt: skip
    with by(world.clerk) as clerk:
        register_credential(
            seal, provider=Credential.Provider.SOFTWARE, details={"name": SEAL},
            organization=Organization.objects.get(pk=world.organizations["VPTU"]), by=clerk, at=now,
        )  # fmt: skip
    dossiers.fonds(world)
    dossier = dossiers.opened(world, at=now)
    with by(world.head) as head:
        for source in ("out", "in"):
            words = rules.RuleWords(type_key="plan", source=source)
            make_rule(dossier_of(dossier.pk), name=f"Kế hoạch {source}", words=words, unit=None, by=head, at=now)
    return {"dossier": f"/ho-so/{dossier.pk}/", "title": dossier.title}


def notices(told: dict[str, Any]) -> dict[str, Any]:
    """Two more papers signed with the token, sealed and sent to the other portal; their addresses here."""
    from django.utils import timezone

    from congso.apps.outgoing import services
    from congso.apps.outgoing.models import Channel
    from congso.apps.outgoing.queries import outgoing_document
    from congso.apps.outgoing.services import Address
    from congso.apps.outgoing.tests import factories as made
    from congso.kernel.composing import rendering
    from congso.kernel.signing.models import Credential
    from congso.kernel.signing.testing import PIN
    from tests.two_instances.names import THEIR_NAME, THEIRS

    world, issued = _world(told), []
    there = Address(Channel.AXIS, THEIR_NAME, THEIRS)
    for title in NOTICES:
        with mock.patch.object(rendering, "places_in", return_value=made.PLACES):
            document = made.to_sign(world, doc_type="notice", title=title)
        with made.by(world.secretary) as secretary:
            token = Credential.objects.get(provider=Credential.Provider.TOKEN)
            services.sign_document(
                outgoing_document(document.pk), credential=token, secret=PIN, by=secretary, at=timezone.now()
            )
        with made.by(world.clerk) as clerk:
            now = timezone.now()
            services.number_document(outgoing_document(document.pk), by=clerk, at=now)
            seal = Credential.objects.get(provider=Credential.Provider.SOFTWARE)
            services.seal_document(outgoing_document(document.pk), credential=seal, secret="", by=clerk, at=now)
        issued.append(f"/van-ban-di/{made.issue(world, document, there).pk}/")
    return {"issued": issued}


if __name__ == "__main__":
    django.setup()
    part = {"office": office, "notices": notices}[sys.argv[1]]
    sys.stdout.write(json.dumps(part(json.loads(sys.argv[2]))))
