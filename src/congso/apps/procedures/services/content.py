"""The content of an edition as it is published: one value for the page, the print, open data and the cases."""

from typing import Any

from congso.apps.procedures.models import Procedure
from congso.apps.procedures.rules import total_days
from congso.kernel.directory.models import OrganizationKind
from congso.lib.vietnamese import fold


def performer_words(one: Procedure) -> str:
    """Who performs the procedure, in words."""
    return one.performer.name if one.performer else str(OrganizationKind(one.performer_kind).label)


def content_of(one: Procedure) -> dict[str, Any]:
    """Everything people are told of the edition; plain values alone."""
    steps = list(one.steps.select_related("organization").order_by("position"))
    return {
        "code": one.number, "edition": one.edition, "name": one.title, "field": one.field,
        "level": one.level, "owner": {"code": one.owner.code, "name": one.owner.name},
        "performer": {
            "code": one.performer.code if one.performer else "", "kind": one.performer_kind,
            "name": performer_words(one),
        },
        "decided_by": one.decided_by or performer_words(one),
        "applicants": list(one.applicants), "applicant_words": one.applicant_words, "conditions": one.conditions,
        "manner": one.manner, "result": one.result, "result_validity": one.result_validity, "basis": one.basis,
        "fee": one.fee or "Không", "is_online": one.is_online,
        "decision_symbol": one.decision_symbol, "decision_on": _day(one.decision_on),
        "valid_from": _day(one.valid_from), "valid_to": _day(one.valid_to),
        "start_within": one.start_within, "start_event": one.start_event, "present_within": one.present_within,
        "steps": [
            {
                "position": step.position, "name": step.name, "working_days": step.working_days,
                "organization": {"code": step.organization.code, "name": step.organization.name}
                if step.organization else None,
            }
            for step in steps
        ],
        "working_days": total_days(step.working_days for step in steps),
        "papers": [
            {
                "position": paper.position, "name": paper.name, "kind": paper.kind, "quantity": paper.quantity,
                "is_required": paper.is_required, "form": paper.form.name if paper.form else "",
            }
            for paper in one.papers.select_related("form").order_by("position")
        ],
    }  # fmt: skip


def words_of(content: dict[str, Any]) -> str:
    """The words by which visitors find it, without accents."""
    parts = [
        content["code"], content["name"], content["field"], content["performer"]["name"], content["result"],
        content["applicant_words"], *(paper["name"] for paper in content["papers"]),
    ]  # fmt: skip
    return fold(" ".join(parts)).lower()


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
