from django.db import models
from django.utils.translation import gettext_lazy as _


class DataKind(models.TextChoices):
    """Kinds of data touched; from `political` on they are sensitive (356/2025/NĐ-CP, article 4)."""

    IDENTITY = "identity", _("Họ tên, ngày sinh, số định danh")
    CONTACT = "contact", _("Địa chỉ, điện thoại, thư điện tử")
    WORK = "work", _("Chức vụ, quá trình công tác")
    ACCOUNT = "account", _("Tài khoản, mật khẩu đăng nhập")
    POLITICAL = "political", _("Thông tin đảng viên, kỷ luật (nhạy cảm)")
    PETITION = "petition", _("Nội dung đơn thư (nhạy cảm)")
    HEALTH = "health", _("Sức khỏe (nhạy cảm)")
    BANK = "bank", _("Tài khoản ngân hàng, giao dịch (nhạy cảm)")
    BIOMETRIC = "biometric", _("Sinh trắc học, ảnh giấy tờ, vị trí (nhạy cảm)")
    OTHER = "other", _("Dữ liệu khác")


SENSITIVE_KINDS = (DataKind.POLITICAL, DataKind.PETITION, DataKind.HEALTH, DataKind.BANK, DataKind.BIOMETRIC)


class OfDataKinds:
    """What registers about data of some kinds say of them."""

    data_kinds: list[str]

    @property
    def is_sensitive(self) -> bool:
        """Whether sensitive data is among them."""
        return any(kind in self.data_kinds for kind in SENSITIVE_KINDS)

    @property
    def kinds(self) -> str:
        """The kinds in words."""
        return "; ".join(str(DataKind(kind).label) for kind in self.data_kinds)
