"""What the screens need of a request."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from congso.apps.voting.models import Ballot, VotingRule
from congso.apps.voting.queries import ballot_in_brief, ballot_of, bodies_for, rule_of_code
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Person
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import possible_transitions
from congso.lib.vietnamese import fold


def ballot_or_404(pk: int) -> Ballot:
    """A ballot the person sees; not there and not hers look alike."""
    try:
        return ballot_of(pk)
    except Ballot.DoesNotExist:
        raise Http404 from None


def brief_or_404(pk: int) -> Ballot:
    """The same without its lists of people, for what a whole hall asks at once."""
    try:
        return ballot_in_brief(pk)
    except Ballot.DoesNotExist:
        raise Http404 from None


def organized_or_404(request: OfficeRequest, pk: int) -> Ballot:
    """A ballot whose body the person prepares ballots for."""
    ballot = ballot_or_404(pk)
    if not is_organizer(request, ballot):
        raise Http404
    request.shown_record = pk
    return ballot


def is_organizer(request: OfficeRequest, ballot: Ballot) -> bool:
    """Whether she prepares this body's ballots."""
    from congso.apps.voting.flow import ORGANIZERS

    return bool(request.principals & set(ORGANIZERS.principals(ballot)))


def rule_or_404(code: str) -> VotingRule:
    """A rule that exists."""
    try:
        return rule_of_code(code)
    except VotingRule.DoesNotExist:
        raise Http404 from None


def owns_rule(request: OfficeRequest, rule: VotingRule) -> bool:
    """Whether the person may change the rule."""
    return rule.owner_id is not None and bodies_for(request.principals).filter(pk=rule.owner_id).exists()


def source_of(request: OfficeRequest) -> Record | None:
    """The record a ballot is about to decide on, named in the address; one the person sees."""
    named = request.GET.get("source", "")
    if not (named.isascii() and named.isdigit() and len(named) < 19):
        return None
    return Record.objects.filter(pk=int(named)).first()


def may(request: OfficeRequest, ballot: Ballot, key: str) -> bool:
    """Whether the flow gives her the act now."""
    return any(one.key == key for one in possible_transitions(ballot, held=request.principals, at=timezone.now()))


def people_named(lines: Iterable[str]) -> tuple[list[Person], list[str]]:
    """People by their full names as typed, with or without accents; what names nobody or more than one is told."""
    wanted = list(lines)
    keys = {fold(line).lower() for line in wanted}
    by_key: dict[str, list[Person]] = {}
    for person in Person.objects.filter(name_folded__in=keys).order_by("id"):
        by_key.setdefault(person.name_folded, []).append(person)
    found, problems = [], []
    for line in wanted:
        named: list[Any] = by_key.get(fold(line).lower(), [])
        exact = [one for one in named if one.full_name == line] or named
        if len(exact) == 1:
            found.append(exact[0])
        elif exact:
            problems.append(_("Có %(count)s người tên “%(name)s”.") % {"count": len(exact), "name": line})
        else:
            problems.append(_("Không tìm thấy “%(name)s” trong danh bạ.") % {"name": line})
    return found, problems
