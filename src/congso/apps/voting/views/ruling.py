"""Voting rules: what they say, the office's own, copied from those the product brings."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.voting import services
from congso.apps.voting.forms import NewRuleForm, RuleForm, rule_initial
from congso.apps.voting.models import VotingRule
from congso.apps.voting.queries import bodies_for, organizes_anything, rule_said_by, rules_of
from congso.apps.voting.rules import rule_words, undefined_parts
from congso.apps.voting.views.requests import owns_rule, rule_or_404
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import fill, posted, press, who


@login_required
@require_GET
def rule_list(request: OfficeRequest) -> HttpResponse:
    """Every rule in use, in words, with what it leaves open."""
    rows = [_row(one) for one in rules_of(timezone.localdate())]
    context = {"rows": rows, "may_write": organizes_anything(request.principals)}
    return render(request, "voting/rules.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_rule(request: OfficeRequest) -> HttpResponseBase:
    """A rule of the office's own, perhaps begun from another (`from`)."""
    bodies = bodies_for(request.principals)
    if not bodies.exists():
        raise Http404
    named = request.GET.get("from", "")
    source = VotingRule.objects.filter(code=named[:60]).first() if named else None
    initial = {"body": bodies.first(), **(rule_initial(source) | {"trust": "V"} if source else {})}
    form = NewRuleForm(posted(request), bodies=bodies, initial=initial)
    return fill(
        request, form, title=_("Quy tắc biểu quyết mới"), act=_("Lưu quy tắc"),
        do=lambda valid: _create(request, valid),
        done=lambda made: reverse("voting:rule", args=[made.code]), back_url=reverse("voting:rules"),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def rule(request: OfficeRequest, code: str) -> HttpResponseBase:
    """One rule: read by everybody, changed by its owner's people."""
    found = rule_or_404(code)
    if not owns_rule(request, found):
        if request.method == "POST":
            raise Http404
        return render(request, "voting/rule.html", {**_row(found), "may_write": organizes_anything(request.principals)})
    form = RuleForm(posted(request), initial=rule_initial(found))
    stop_url = reverse("voting:stop-rule", args=[code]) if found.stopped_on is None else ""
    return fill(
        request, form, title=found.title, act=_("Lưu quy tắc"), do=lambda valid: _change(request, found, valid),
        done=lambda _made: reverse("voting:rules"), back_url=reverse("voting:rules"), template="voting/rule_form.html",
        missing=undefined_parts(rule_said_by(found)), stop_url=stop_url,
    )  # fmt: skip


@login_required
@require_POST
def stop(request: OfficeRequest, code: str) -> HttpResponse:
    """Use it no more."""
    found = rule_or_404(code)
    if not owns_rule(request, found):
        raise Http404
    done = _("Đã dừng dùng quy tắc.")
    return press(request, lambda: services.stop_rule(found, **who(request)), done, reverse("voting:rules"))  # type: ignore[return-value]


def _create(request: OfficeRequest, form: NewRuleForm) -> VotingRule:
    told = form.cleaned_data
    return services.create_rule(
        told["code"], told["title"], form.definition, owner=told["body"], trust=told["trust"], note=told["note"],
        **who(request),
    )  # fmt: skip


def _change(request: OfficeRequest, found: VotingRule, form: RuleForm) -> VotingRule:
    told = form.cleaned_data
    services.change_rule(found, told["title"], form.definition, trust=told["trust"], note=told["note"], **who(request))
    return found


def _row(one: VotingRule) -> dict[str, Any]:
    told = rule_said_by(one)
    return {"one": one, "rule": told, "enough": rule_words(told), "missing": undefined_parts(told)}
