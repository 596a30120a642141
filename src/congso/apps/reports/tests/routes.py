"""How the routes of reports and forms are filled (tests/routes.py)."""

from functools import partial

from tests.ways import Way

# The receiving office's own staff reads reports; another agency's clerk has no part in them.
_unit = partial(Way, owner="commune_clerk", colleague="agency_clerk")
_receiver = partial(Way, owner="chief", colleague="agency_clerk")
WAYS = {
    "/api/v1/reports/{pk}": _unit(lambda office: {"pk": office.report.pk}),
    **{
        f"/api/v1/reports/{{pk}}/{act}": _receiver(lambda office: {"pk": office.report.pk})
        for act in ("approve", "return")
    },
    "/bao-cao/{pk}": _unit(lambda office: {"pk": office.report.pk}),
    "/bao-cao/{pk}/{key}": _unit(lambda office: {"pk": office.report.pk, "key": "submit"}),
    "/bao-cao/{pk}/o/{key}": _unit(lambda office: {"pk": office.report.pk, "key": "ct.den"}),
    "/bao-cao/{pk}/dua-len/{sheet}": _unit(lambda office: {"pk": office.report.pk, "sheet": office.sheet.pk}),
    "/bao-cao/mau/{code}": _receiver(lambda office: {"code": office.report.form.code}),
    "/bao-cao/tong-hop/{code}/{period}": _receiver(
        lambda office: {"code": office.report.form.code, "period": office.report.period.code}
    ),
    "/bao-cao/tong-hop/{code}/{period}/so/{indicator}": _receiver(
        lambda office: {
            "code": office.report.form.code,
            "period": office.report.period.code,
            "indicator": office.indicator.pk,
        }
    ),
}
