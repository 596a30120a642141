"""Accounts and roles for the test world's people."""

from datetime import date

from congso.kernel.access.models import Grant
from congso.kernel.access.principals import Role
from congso.kernel.accounts.services import open_account
from congso.kernel.directory.models import Person
from congso.kernel.directory.testing import START, World

PASSWORD = "mat-khau-thu-nghiem"  # the test world's, nowhere else


def open_doors(world: World) -> None:
    """An account for everybody (named after what they do) and the three roles. Runs as the owner."""
    for who, person_id in world.people().items():
        open_account(Person.objects.get(pk=person_id), username=who, password=PASSWORD)
    holders = {Role.READER: world.reader, Role.ADMINISTRATOR: world.administrator, Role.AUDITOR: world.auditor}
    for role, holder in holders.items():
        Grant.objects.create(
            role=role.value, person_id=holder, reason="Thế giới thử nghiệm", valid_from=START,
            valid_to=date(2099, 1, 1),
        )
