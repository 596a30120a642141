"""Accounts and roles for the test world's people."""

from datetime import date

from django.contrib.auth.hashers import make_password

from congso.kernel.access.models import Grant
from congso.kernel.access.principals import Role
from congso.kernel.accounts.models import User
from congso.kernel.directory.testing import START, World

PASSWORD = "mat-khau-thu-nghiem"  # the test world's, nowhere else


def open_doors(world: World) -> None:
    """An account for everybody (named after what they do) and the three roles. Runs as the owner."""
    hashed = make_password(PASSWORD)  # once: it is made to be slow
    for who, person_id in world.people().items():
        User.objects.create(username=who, person_id=person_id, password=hashed)
    holders = {Role.READER: world.reader, Role.ADMINISTRATOR: world.administrator, Role.AUDITOR: world.auditor}
    for role, holder in holders.items():
        Grant.objects.create(
            role=role.value,
            person_id=holder,
            reason="Thế giới thử nghiệm",
            valid_from=START,
            valid_to=date(2099, 1, 1),
        )
