"""Run inside an installation of its own, as the product runs: `python -m tests.faults.inside people|sweep`."""

import json
import sys
from datetime import timedelta

import django

SIGNED_IN = ("clerk", "secretary", "chief", "head", "other_head", "specialist", "secrecy_officer", "stranger")


def people() -> dict[str, object]:
    """Make the test world, as the owner, and sign its people in; a password is not what is tested here."""
    from django.test import Client

    from congso.kernel.accounts.models import User
    from congso.kernel.accounts.testing import open_doors
    from congso.kernel.directory.testing import build_world

    world = build_world()
    open_doors(world)
    sessions = {}
    for who in SIGNED_IN:
        client = Client()
        client.force_login(User.objects.get(username=who))
        sessions[who] = client.cookies["sessionid"].value
    return {"sessions": sessions, "people": world.people(), "organizations": world.organizations}


def sweep() -> dict[str, object]:
    """What the sweeper does every five minutes, as if a working day had passed since the last upload."""
    from django.utils import timezone

    from congso.kernel.files.sweeping import revive_stuck_uploads, sweep_folders

    later = timezone.now() + timedelta(hours=12)
    return {"revived": revive_stuck_uploads(at=later), "removed": sweep_folders(at=later)}


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps({"people": people, "sweep": sweep}[sys.argv[1]]()))
