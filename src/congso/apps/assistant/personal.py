"""Personal data of the assistant: who asked what, and what she said of the answer."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, Fate, PersonalData, Retention

_PURPOSE = _("Trả lời câu hỏi từ hồ sơ người hỏi được đọc; xem lại và kiểm chứng câu trả lời")
_RECIPIENTS = _("Chỉ người hỏi; người được mở khẩn cấp hồ sơ của cơ quan, có ghi nhật ký")

PERSONAL_DATA = (
    PersonalData(
        "assistant.Conversation",
        "asker_id",
        activity=_("Hỏi trợ lý"),
        data=(Datum("asker", _("Người hỏi")), Datum("title", _("Câu hỏi đầu tiên"), fate=Fate.REPLACE)),
        purpose=_PURPOSE,
        basis=Basis.DUTY,
        retention=Retention.SERVICE,
        recipients=_RECIPIENTS,
        people=OFFICERS,
    ),
    PersonalData(
        "assistant.Judgement",
        "by_id",
        activity=_("Đánh giá câu trả lời của trợ lý"),
        data=(
            Datum("by", _("Người đánh giá")),
            Datum("question", _("Câu hỏi"), fate=Fate.REPLACE),
            Datum("correction", _("Điều cần sửa"), fate=Fate.REPLACE),
        ),
        purpose=_("Đo độ đúng của trợ lý"),
        basis=Basis.DUTY,
        retention=Retention.SERVICE,
        recipients=_("Người đánh giá; quản trị viên, khi người đánh giá cho dùng, không kèm tên"),
        people=OFFICERS,
    ),
)
