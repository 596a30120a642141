"""What one document gave, from its chapters down to the last sub-task."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from congso.apps.directives import queries
from congso.apps.directives.models import Task
from congso.apps.directives.queries.trees import Branch, tree_of
from congso.apps.directives.views.lists import STANDINGS
from congso.kernel.accounts.requests import OfficeRequest


@login_required
@require_GET
def tree(request: OfficeRequest) -> HttpResponse:
    """The tree of one document; without one, the documents to choose from."""
    today = timezone.localdate()
    symbol = request.GET.get("symbol", "")[:120].replace("\0", "")
    found = tree_of(Task.objects.all(), symbol, today) if symbol else None
    context = {
        "symbol": symbol, "symbols": [one for one in queries.distinct_values("source_symbol") if one], "today": today,
        "tree": found, "chapters": [_shown(one) for one in found.chapters] if found else [],
    }  # fmt: skip
    return render(request, "directives/tree.html", context)


def _shown(branch: Branch) -> dict[str, Any]:
    """A branch as its line shows it: how many tasks below stand how, and the branches below."""
    return {
        "words": branch.words,
        "task": branch.task,
        "standing": branch.standing,
        "standing_words": STANDINGS[branch.standing] if branch.standing else "",
        "total": branch.total,
        "counts": [(key, STANDINGS[key], count) for key, count in branch.counts.items()],
        "children": [_shown(one) for one in branch.children],
    }
