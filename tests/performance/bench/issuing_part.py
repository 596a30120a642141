"""Parts of the bench of issuing, each a process of its own: `… issuing_part world|papers|clerk|floor {…}`.

`clerk` and `floor` say “ready” and begin when a line comes in.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import django


def _world_of(told: dict[str, Any]) -> Any:
    from congso.kernel.directory.testing import World

    return World(organizations=told["organizations"], **told["people"])


def world(told: dict[str, Any]) -> dict[str, Any]:
    """The test world with so many clerks in its office. Runs as the owner."""
    from congso.kernel.accounts.testing import open_doors
    from congso.kernel.directory.services import appoint, create_person, create_post
    from congso.kernel.directory.testing import START, build_world

    built, clerks = build_world(), []
    open_doors(built)
    office = built.organization("VPTU")
    for place in range(told["clerks"]):
        person = create_person(full_name=f"Nguyễn Thị Văn Thư {place + 1}")
        post = create_post(organization=office, name="Văn thư", functions=["clerks"], valid_from=START)
        appoint(person, post=post, on=START)
        clerks.append(person.pk)
    return {"people": built.people(), "organizations": built.organizations, "clerks": clerks}


def papers(told: dict[str, Any]) -> dict[str, Any]:
    """So many signed papers of one series; and for the floor the bytes of one and what is filled in."""
    from django.conf import settings
    from django.utils import timezone

    from congso.apps.outgoing.services.papers import bytes_of_paper, values_for
    from congso.apps.outgoing.tests import factories as made
    from congso.kernel.composing import rendering
    from congso.kernel.signing.authorities.issuing import load_holder
    from congso.kernel.signing.keys.converting import as_asn1
    from tests.performance.bench.issuing import LABELS

    def holder(label: str) -> Callable[..., tuple[Any, str]]:
        folder = Path(settings.SECRET_DIR) / "test-authorities"
        return lambda *_names: (as_asn1(load_holder(folder, label).certificate), label)

    here, now = _world_of(told), timezone.now()
    made.open_term(here)
    keys = made.Keys(
        secretary=made.person_key(here, "secretary", holder(LABELS[0]), now),
        seal=made.office_key(here, "VPTU", "clerk", holder(LABELS[1]), now),
    )
    with mock.patch.object(rendering, "places_in", return_value=made.PLACES):
        signed = [made.signed(here, keys) for _ in range(told["count"])]
    with made.by(here.clerk):
        data = bytes_of_paper(signed[0])
        values = values_for(signed[0], number="01", issued_on=timezone.localdate())
    (Path(told["folder"]) / "signed.pdf").write_bytes(data)
    return {"papers": [one.pk for one in signed], "seal": keys.seal.pk, "values": values, "folder": told["folder"]}


def _released() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


def clerk(told: dict[str, Any]) -> dict[str, Any]:
    """Number, seal and issue one paper after the other; milliseconds of each act, its commit included."""
    from django.utils import timezone

    from congso.apps.outgoing import services
    from congso.apps.outgoing.models import Channel
    from congso.apps.outgoing.queries import outgoing_document
    from congso.apps.outgoing.services import Address
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.signing.models import Credential

    here, me = _world_of(told), Actor.person(told["clerk"])
    spent: dict[str, list[float]] = {"number": [], "seal": [], "issue": []}
    numbers = []
    with acting_as(me):  # the connection is open, everything is imported
        credential, there = Credential.objects.get(pk=told["seal"]), here.organization("BTC")
        outgoing_document(told["papers"][0])

    def timed(act: str, do: Callable[[Any, dict[str, Any]], object], pk: int) -> None:
        begun = time.perf_counter()
        with acting_as(me):
            do(outgoing_document(pk), {"by": me, "at": timezone.now()})
        spent[act].append((time.perf_counter() - begun) * 1000)

    _released()
    begun = time.time()
    for pk in told["papers"]:
        timed("number", lambda one, who: services.number_document(one, **who), pk)
        timed("seal", lambda one, who: services.seal_document(one, credential=credential, secret="", **who), pk)
        with acting_as(me):
            document = outgoing_document(pk)
            numbers.append(document.number_value)
            address = Address(Channel.PORTAL, organization=there)
            services.add_recipients(document, [address], by=me, at=timezone.now())
        timed("issue", lambda one, who: services.issue_document(one, **who), pk)
    return {"spent": spent, "numbers": numbers, "begun": begun, "ended": time.time()}


def floor(told: dict[str, Any]) -> dict[str, Any]:
    """As many papers numbered by the least that does it."""
    import psycopg

    from congso.kernel.signing.filling import fill

    data = (Path(told["folder"]) / "signed.pdf").read_bytes()
    spent = []
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        fill(data, told["values"])
        connection.commit()
        _released()
        for _ in told["papers"]:
            begun = time.perf_counter()
            row = connection.execute("UPDATE bench_counter SET last = last + 1 RETURNING last").fetchone()
            assert row is not None
            filled = fill(data, told["values"])
            digest = hashlib.sha256(filled).hexdigest()
            with (Path(told["folder"]) / f"{row[0]}.pdf").open("wb") as file:
                file.write(filled)
                file.flush()
                os.fsync(file.fileno())
            connection.execute("INSERT INTO bench_paper VALUES (%s, %s)", (row[0], digest))
            connection.commit()
            spent.append((time.perf_counter() - begun) * 1000)
    return {"spent": spent}


if __name__ == "__main__":
    django.setup()
    part = {"world": world, "papers": papers, "clerk": clerk, "floor": floor}[sys.argv[1]]
    sys.stdout.write(json.dumps(part(json.loads(sys.argv[2]))) + "\n")
