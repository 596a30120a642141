"""Accounts and roles for the test world's people."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from congso.kernel.access.models import Grant
from congso.kernel.access.principals import Role
from congso.kernel.accounts.factors import OfficeFactorAdapter
from congso.kernel.accounts.models import User
from congso.kernel.directory.testing import START, World

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "mat-khau-thu-nghiem"  # the test world's, nowhere else


def open_doors(world: World) -> None:
    """An account for everybody (named after what they do) and the three roles. Runs as the owner.

    Two administrate: roles take two people.
    """
    hashed = make_password(PASSWORD)  # once: it is made to be slow
    for who, person_id in world.people().items():
        User.objects.create(username=who, person_id=person_id, password=hashed)
    holders = (
        (Role.READER, world.reader), (Role.ADMINISTRATOR, world.administrator),
        (Role.ADMINISTRATOR, world.second_administrator), (Role.AUDITOR, world.auditor),
    )  # fmt: skip
    for role, holder in holders:
        Grant.objects.create(
            role=role.value,
            person_id=holder,
            reason="Thế giới thử nghiệm",
            valid_from=START,
            valid_to=date(2099, 1, 1),
        )
    # Their roles must have one.
    for person_id in (world.administrator, world.second_administrator, world.secrecy_officer):
        give_app(User.objects.get(person_id=person_id))


def give_app(user: User) -> str:
    """An authenticator app for the account; returns the secret its codes come from."""
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": OfficeFactorAdapter().encrypt(TOTP_SECRET)}
    )
    return TOTP_SECRET
