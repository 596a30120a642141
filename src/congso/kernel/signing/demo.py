"""The demonstration signs for show: test authorities on this machine, a software key for each leader.

Whatever they sign says KHÔNG CÓ GIÁ TRỊ PHÁP LÝ. An office made by `init` has none of it.
"""

from datetime import timedelta

from django.utils import timezone

from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.signing.authorities.issuing import (
    TestAuthorities,
    load_authorities,
    make_authorities,
    pem,
    save_authorities,
    save_holder,
)
from congso.kernel.signing.authorities.responding import revocation_list
from congso.kernel.signing.configuration import demonstration_folder, trust_folder
from congso.kernel.signing.keys.converting import as_asn1
from congso.kernel.signing.models import Credential
from congso.kernel.signing.services import register_credential

ADDRESS = "http://127.0.0.1:8790"  # where `./congso signing serve` answers
_LASTING = timedelta(days=3650)  # the lists in the folder serve a machine where nothing answers


def load() -> int:
    """Make authorities and keys once; returns how many keys."""
    if (demonstration_folder() / "address").exists():
        return 0
    authorities, made = prepare_authorities(), 0
    for user in User.objects.filter(is_active=True).order_by("id"):  # people are seen by who acts, so not joined here
        actor = Actor.person(user.person_id)
        with acting_as(actor) as held:
            if (Kind.OFFICE, Function.LEADERS) in {(kind, function) for kind, _, function in map(describe, held)}:
                _give_key(user, actor, authorities)
                made += 1
    return made


def prepare_authorities() -> TestAuthorities:
    """The test authorities of this installation, made when there are none, and trusted as tests."""
    folder, trusted = demonstration_folder(), trust_folder()
    if (folder / "address").exists():
        return load_authorities(folder)
    now = timezone.now()
    authorities = make_authorities(ADDRESS, at=now)
    save_authorities(authorities, folder)
    for part in ("test", "chain"):
        (trusted / part).mkdir(parents=True, exist_ok=True)
    (trusted / "test" / "goc-thu-nghiem.pem").write_bytes(pem(authorities.root.certificate))
    (trusted / "chain" / "thu-nghiem.pem").write_bytes(pem(authorities.issuing.certificate))
    for name, issuer in (("goc", authorities.root), ("cap", authorities.issuing)):
        told = revocation_list(authorities, issuer, at=now, fresh=_LASTING)
        (trusted / f"thu-nghiem-{name}.crl").write_bytes(told)
    return authorities


def _give_key(user: User, actor: Actor, authorities: TestAuthorities) -> None:
    now = timezone.now()
    holder = authorities.issue(user.person.full_name, at=now)
    save_holder(holder, demonstration_folder(), user.username)
    register_credential(
        as_asn1(holder.certificate), provider=Credential.Provider.SOFTWARE, details={"name": user.username},
        person=user.person, by=actor, at=now,
    )  # fmt: skip
