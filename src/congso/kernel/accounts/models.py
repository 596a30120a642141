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


class Watch(models.Model):
    """What happened at the door of an account since its person was last here (watching.py)."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="watch")
    last_sign_in_at = models.DateTimeField(null=True)
    last_device = models.CharField(max_length=80, blank=True)
    failed_since = models.PositiveIntegerField(default=0)
    last_failed_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    idle_told_at = models.DateTimeField(null=True)
    idle_closed_at = models.DateTimeField(null=True)
    feed_closed_at = models.DateTimeField(null=True, help_text="Đóng vì người này không còn trong nguồn nhân sự")

    def __str__(self) -> str:
        return str(self.user_id)


class Machine(models.Model):
    """A browser an account was opened in, known again by the hash of its cookie."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="machines")
    hash = models.CharField(max_length=64)
    device = models.CharField(max_length=80)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "hash"], name="one_machine_a_cookie")]

    def __str__(self) -> str:
        return self.device


class Feed(models.Model):
    """A whole list of people from a personnel system, staged: compared first, carried out when somebody says so."""

    class State(models.TextChoices):
        COMPARED = "compared", "Đã đối chiếu"
        RUNNING = "running", "Đang thực hiện"
        DONE = "done", "Đã thực hiện"

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.COMPARED)
    day = models.DateField()
    rows_read = models.PositiveIntegerField(default=0)
    open_before = models.PositiveIntegerField(default=0, help_text="Tài khoản đang mở của người có mã nhân sự")
    made_by = models.ForeignKey("directory.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class FeedRow(models.Model):
    """A line of the list, or (line 0) what follows from a person's or a post's absence in it; `acts` are to be done."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    former_code = models.CharField(max_length=40, blank=True)
    full_name = models.CharField(max_length=120)
    username = models.CharField(max_length=60, blank=True)
    organization = models.CharField(max_length=40, blank=True)
    post_name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    person_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    assignment_id = models.BigIntegerField(null=True)
    acts = ArrayField(models.CharField(max_length=10), default=list)
    problem = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["feed", "code"]), models.Index(fields=["feed", "id"])]

    def __str__(self) -> str:
        return f"{self.line}: {self.full_name}"
