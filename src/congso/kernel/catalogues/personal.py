"""Personal data of code lists: who drafted and who published a version."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Datum, work_trace

PERSONAL_DATA = (
    work_trace("code_lists.Version", "made_by", _("Người soạn"), Datum("published_by", _("Người ban hành"))),
)
