from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.db import models


class User(AbstractBaseUser):
    """An account of one person. It carries no rights: there is no staff flag, no superuser."""

    username = models.CharField(max_length=60, unique=True)
    person = models.OneToOneField("directory.Person", on_delete=models.PROTECT, related_name="user")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """The person's name, for allauth's pages."""
        return self.person.full_name


class Counter(models.Model):
    """A count of attempts or a used code, under the hash of its key, until its time is over (counters.py)."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
