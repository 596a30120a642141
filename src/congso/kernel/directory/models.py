from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from congso.lib.vietnamese import fold, person_sort_key, sort_key


def valid_on(day: date, prefix: str = "") -> Q:
    """Half-open validity: valid_from included, valid_to excluded, empty means no end."""
    ends = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    return Q(**{f"{prefix}valid_from__lte": day}) & ends


def _validity(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=f"{name}_validity"
    )


def folded_words(*names: str) -> str:
    """Names as they are searched: without accents, in lower case."""
    return fold(" ".join(names)).lower()


def _never_twice_at_once(name: str, *keys: str) -> ExclusionConstraint:
    """Of the rows with these keys no two are valid on one day."""
    same = [(Func(key, key, template="int8range(%(expressions)s, '[]')"), RangeOperators.OVERLAPS) for key in keys]
    period = Func("valid_from", "valid_to", function="daterange")
    return ExclusionConstraint(name=name, expressions=[*same, (period, RangeOperators.OVERLAPS)])


class OrganizationKind(models.TextChoices):
    PROVINCE = "province", _("Tỉnh")
    DISTRICT = "district", _("Huyện")
    COMMUNE = "commune", _("Xã, phường")
    COMMITTEE = "committee", _("Cấp ủy cấp tỉnh")
    COMMUNE_COMMITTEE = "commune_committee", _("Đảng ủy xã, phường")
    AGENCY = "agency", _("Cơ quan đảng")
    UNIT = "unit", _("Phòng, đơn vị trực thuộc")
    FRONT = "front", _("Mặt trận Tổ quốc")
    MASS_ORGANIZATION = "mass_organization", _("Tổ chức chính trị - xã hội")
    STATE_BODY = "state_body", _("Cơ quan nhà nước")


class LayoutProfile(models.TextChoices):
    """Which form its papers take and how its series are numbered (office.md 1.7)."""

    PARTY = "PARTY", _("Thể thức văn bản của Đảng")
    STATE = "STATE", _("Thể thức văn bản hành chính")
    YOUTH = "YOUTH", _("Thể thức văn bản của Đoàn")


class Organization(models.Model):
    """One organization for its whole life. Its name, symbol and superior today; earlier ones in `versions`."""

    code = models.CharField(max_length=40, unique=True)
    official_code = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, choices=OrganizationKind)
    layout_profile = models.CharField(max_length=8, choices=LayoutProfile, default=LayoutProfile.PARTY)
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=120)
    symbol = models.CharField(max_length=30, blank=True, help_text="Chữ viết tắt trong ký hiệu văn bản")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    serves = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="serving_offices",
        help_text="Cấp ủy mà văn phòng này phục vụ: lãnh đạo cấp ủy bút phê trong sổ của văn phòng",
    )
    is_office = models.BooleanField(default=True, help_text="Có văn thư, sổ văn bản riêng")
    name_key = models.CharField(max_length=600, editable=False)
    name_folded = models.CharField(max_length=600, editable=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_validity("organization")]
        indexes = [models.Index(fields=["parent"]), models.Index(fields=["name_key"])]

    def __str__(self) -> str:
        return self.name

    def rekey(self) -> None:
        """Recompute the stored keys by which lists sort and search (the database collates bytes)."""
        self.name_key = sort_key(self.name)
        self.name_folded = folded_words(self.name, self.short_name, self.symbol)


class CodeScheme(models.Model):
    """A system of organization codes (national, Party, tax …): its grammar is data an administrator corrects.

    `checksum`, where the scheme has one: weights of the first digits, modulus and minuend; the digit after them is
    minuend - (weighted sum mod modulus).
    """

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    pattern = models.CharField(max_length=200, help_text="Biểu thức chính quy của cả mã")
    longest = models.PositiveSmallIntegerField(default=40)
    example = models.CharField(max_length=60, blank=True)
    checksum = models.JSONField(null=True, blank=True)
    source = models.CharField(max_length=300)
    place = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["place", "key"]

    def __str__(self) -> str:
        return self.name


class OrganizationCode(models.Model):
    """A code an organization bears under a scheme for a period. Closed codes go to nobody but an heir."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="codes")
    scheme = models.ForeignKey(CodeScheme, on_delete=models.PROTECT, related_name="codes")
    value = models.CharField(max_length=60)
    source = models.CharField(max_length=300, blank=True, help_text="Văn bản cấp mã")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            _validity("organization_code"),
            _never_twice_at_once("one_code_a_scheme_at_a_time", "organization", "scheme"),
            models.UniqueConstraint(
                fields=["scheme", "value"], condition=Q(valid_to__isnull=True), name="one_holder_of_a_code"
            ),
        ]
        indexes = [models.Index(fields=["value"], name="organization_code_value")]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"


class ChartEvent(models.Model):
    """A change of the organization chart: what, from which day, by which decision; its traces point here."""

    class Kind(models.TextChoices):
        FOUND = "found", _("Thành lập")
        RENAME = "rename", _("Đổi tên")
        MOVE = "move", _("Chuyển cấp trên")
        MERGE = "merge", _("Hợp nhất, sáp nhập")
        SPLIT = "split", _("Chia, tách")
        ABOLISH = "abolish", _("Kết thúc hoạt động")

    kind = models.CharField(max_length=10, choices=Kind)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="events")
    effective_on = models.DateField()
    decision = models.CharField(max_length=300, help_text="Số, ngày, cơ quan ban hành của văn bản quyết định")
    decision_record_id = models.BigIntegerField(null=True, help_text="Văn bản quyết định trong hệ thống")
    recorded_by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(decision=""), name="a_change_has_a_decision")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.effective_on:%d/%m/%Y}"


class OrganizationVersion(models.Model):
    """Name, symbol and superior of an organization for a period.

    The table has two columns more for finding: `name_words`, the words of `name_folded`, and `name_plain`, the name
    alone.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=120)
    symbol = models.CharField(max_length=30, blank=True)
    parent = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name_key = models.CharField(max_length=600, editable=False, default="")
    name_folded = models.CharField(max_length=600, editable=False, default="")
    event = models.ForeignKey(ChartEvent, null=True, on_delete=models.PROTECT, related_name="versions")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            _validity("organization_version"),
            _never_twice_at_once("one_version_at_a_time", "organization"),
            models.UniqueConstraint(fields=["organization", "valid_from"], name="one_version_starts_a_day"),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(valid_to__isnull=True), name="one_open_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from:%d/%m/%Y})"

    def rekey(self) -> None:
        """Recompute the stored keys, as the organization's own."""
        self.name_key = sort_key(self.name)
        self.name_folded = folded_words(self.name, self.short_name, self.symbol)


class Succession(models.Model):
    """An event of the organization chart: who took over from whom, when, by which decision."""

    predecessor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="inheritances")
    effective_on = models.DateField()
    decision = models.CharField(max_length=300, blank=True)
    event = models.ForeignKey(ChartEvent, null=True, on_delete=models.PROTECT, related_name="successions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "effective_on"], name="one_succession")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Function(models.TextChoices):
    """What a post does in its organization; each is a principal of its own (access.principals)."""

    STAFF = "staff", _("Cán bộ, chuyên viên")
    LEADERS = "leaders", _("Lãnh đạo")
    CLERKS = "clerks", _("Văn thư")
    CHIEFS = "chiefs", _("Lãnh đạo văn phòng")
    TRACKERS = "trackers", _("Theo dõi, đôn đốc")
    SECRECY_OFFICERS = "secrecy_officers", _("Cán bộ bảo mật")
    DATA_PROTECTION = "data_protection", _("Bảo vệ dữ liệu cá nhân")
    ARCHIVISTS = "archivists", _("Lưu trữ")


def function_words(functions: list[str]) -> str:
    """What a post does, in words; “staff” is said only when it does nothing else."""
    told = [str(one.label) for one in Function if one in functions and one != Function.STAFF]
    return ", ".join(told) or str(Function.STAFF.label)


class Post(models.Model):
    """A position in an organization; people come and go, its access stays."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="posts")
    name = models.CharField(max_length=200)
    functions = ArrayField(models.CharField(max_length=20, choices=Function), default=list)
    rank = models.PositiveSmallIntegerField(default=100, help_text="Thứ tự hiển thị; nhỏ đứng trước")
    continues = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="continued_by",
        help_text="Chức vụ mà nó nối tiếp sau khi hợp nhất, chia tách: việc gửi tới chức vụ cũ đến với nó",
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_validity("post")]
        indexes = [models.Index(fields=["organization", "rank"])]

    def __str__(self) -> str:
        return self.name

    @property
    def work(self) -> str:
        """Its functions in words."""
        return function_words(self.functions)


class Person(models.Model):
    """A person who works here. Nothing beyond what work needs: no religion, ethnicity, origin.

    The table has one column more, `name_words`, as that of organizations' versions.
    """

    code = models.CharField(
        max_length=40, blank=True, default="", db_default="", help_text="Mã nhân sự trong hệ thống quản lý cán bộ"
    )
    full_name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=300, editable=False)
    name_folded = models.CharField(max_length=300, editable=False)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["name_key"])]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_person_a_code"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def rekey(self) -> None:
        """Recompute the keys by which people sort (given name first) and are searched."""
        self.name_key = person_sort_key(self.full_name)
        self.name_folded = fold(self.full_name).lower()


class Assignment(models.Model):
    """A person holds a post for a period."""

    class Kind(models.TextChoices):
        HOLDER = "holder", _("Chính thức")
        ACTING = "acting", _("Quyền, phụ trách")

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HOLDER)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            _validity("assignment"),
            models.UniqueConstraint(fields=["post", "person", "valid_from"], name="one_assignment_starts_a_day"),
            _never_twice_at_once("in_a_post_once_at_a_time", "post", "person"),
        ]
        indexes = [models.Index(fields=["person"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.post}"
