"""Voting rules."""

from datetime import date

from django.db.models import Q, QuerySet

from congso.apps.voting.models import Ballot, VotingRule
from congso.apps.voting.rules import Rule, parse_rule
from congso.kernel.directory.models import Organization


def rules_of(today: date) -> QuerySet[VotingRule]:
    """Every rule in use, shipped ones first."""
    living = Q(stopped_on__isnull=True) | Q(stopped_on__gt=today)
    return VotingRule.objects.filter(living).select_related("owner").order_by("owner__name_key", "title", "id")


def rules_for(body: Organization, today: date) -> QuerySet[VotingRule]:
    """The rules a body's ballots may be held under: shipped ones and its own."""
    own = Q(owner__isnull=True) | Q(owner=body) | Q(owner__serves=body)
    return rules_of(today).filter(own)


def rule_of_code(code: str) -> VotingRule:
    """Raises VotingRule.DoesNotExist."""
    return VotingRule.objects.select_related("owner").get(code=code)


def rule_said_by(voting_rule: VotingRule) -> Rule:
    """What a rule says."""
    return parse_rule(voting_rule.definition)


def rule_under(ballot: Ballot) -> Rule:
    """The rule a ballot is held under: as it was kept at the opening, before that as it stands now."""
    return parse_rule(ballot.rule_kept) if ballot.rule_kept else rule_said_by(ballot.voting_rule)
