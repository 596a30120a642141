"""Second factors: who must have one, who has one, and how their secrets are kept."""

import base64
import hashlib
import hmac
from collections.abc import Iterable

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from congso.kernel.access.principals import Function, Kind, Role, describe
from congso.kernel.accounts.models import User

_FUNCTIONS = {function.name.lower(): function for function in Function}
_ROLES = {"administrators": Role.ADMINISTRATOR, "readers": Role.READER, "auditors": Role.AUDITOR}
NOBODY = "nobody"
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class UnknownGroup(Exception):
    """SECOND_FACTOR_FOR names a group nobody can belong to."""


def must_have_second_factor(principals: Iterable[int]) -> bool:
    """Whether somebody with these principals may work only with a second factor (SECOND_FACTOR_FOR)."""
    groups = [_group(name) for name in settings.SECOND_FACTOR_FOR if name != NOBODY]
    held = {_group_of(principal) for principal in principals}
    return not held.isdisjoint(groups)


def has_second_factor(user: User) -> bool:
    """Whether the person has set one up."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists())


def _group(name: str) -> tuple[Kind, int]:
    if name in _FUNCTIONS:
        return Kind.OFFICE, _FUNCTIONS[name]
    if name in _ROLES:
        return Kind.ROLE, _ROLES[name]
    raise UnknownGroup(f"SECOND_FACTOR_FOR: {name!r} is not one of {', '.join([*_ROLES, *_FUNCTIONS, NOBODY])}")


def _group_of(principal: int) -> tuple[Kind, int]:
    kind, object_id, function = describe(principal)
    return (kind, function) if kind is Kind.OFFICE else (kind, object_id)


class OfficeFactorAdapter(DefaultMFAAdapter):
    """allauth's hooks for factors: the office's words, and secrets encrypted with a key outside the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Mã chưa đúng hoặc đã dùng. Hãy đợi mã mới rồi nhập lại."),
        "cannot_generate_recovery_codes": _("Hãy thiết lập ứng dụng xác thực hoặc khóa đăng nhập trước."),
    }

    def encrypt(self, text: str) -> str:
        """A secret as the database holds it; a stolen database or backup alone does not give codes."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002  # allauth's name
        """A name the person may keep."""
        had = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return str(_("Khóa %(number)s") % {"number": had + 1})


def _cipher() -> Fernet:
    key = hmac.new(settings.ACCESS_KEY, b"second factors", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))
