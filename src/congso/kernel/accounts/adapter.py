from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class OfficeAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the office, never by self-registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
