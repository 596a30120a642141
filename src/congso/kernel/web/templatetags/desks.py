"""The banner of a desk handed over: on the home of who sits at it and of whose it is."""

from typing import Any

from django import template
from django.utils import timezone

from congso.kernel.access.delegating import running_for

register = template.Library()


@register.inclusion_tag("web/_desks.html", takes_context=True)
def desk_banner(context: dict[str, Any]) -> dict[str, Any]:
    """For whom the person stands in today, and who for her. One query."""
    me = context["request"].actor.id
    return {"desks": [(one, one.person_id == me) for one in running_for(me, day=timezone.localdate())]}
