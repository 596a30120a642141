from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


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


class ApiToken(models.Model):
    """A key by which a person's own software works in her name: less than she may, and for a time (tokens.py)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, unique=True)
    start = models.CharField(max_length=16, help_text="Đầu mã, để nhận ra")
    systems = ArrayField(models.CharField(max_length=40))
    may_act = models.BooleanField(default=False, help_text="Được làm việc, không chỉ đọc")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    last_address = models.GenericIPAddressField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_has_an_end")]

    def __str__(self) -> str:
        return self.name
