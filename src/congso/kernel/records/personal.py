"""Personal data on the spine of records: who made, linked, numbered, said and did what."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Datum, work_trace

PERSONAL_DATA = (
    work_trace("records.Record", "created_by", _("Người tạo hồ sơ")),
    work_trace("records.Link", "added_by", _("Người gắn hồ sơ liên quan")),
    work_trace("records.Number", "given_by", _("Người cấp số")),
    work_trace(
        "records.Comment",
        "author",
        _("Người cho ý kiến"),
        Datum("author_label", _("Tên, chức vụ vào ngày cho ý kiến")),
        Datum("text", _("Ý kiến")),
    ),
    work_trace(
        "records.TimelineEntry",
        "person",
        _("Người xử lý"),
        Datum("actor_label", _("Tên, chức vụ vào ngày xử lý")),
        Datum("note", _("Ý kiến khi xử lý")),
    ),
)
