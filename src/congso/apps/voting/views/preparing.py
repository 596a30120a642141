"""Preparing a ballot: what it is about, who votes, who counts, who stands on the list."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.voting import services
from congso.apps.voting.forms import BallotForm, CandidatesForm, ListChangeForm, NamesForm
from congso.apps.voting.models import Ballot, Deduction, Voter
from congso.apps.voting.queries import bodies_for, rules_for, rules_of
from congso.apps.voting.services import Listed
from congso.apps.voting.views.requests import may, organized_or_404, people_named, source_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.models import Record
from congso.kernel.web.asking import fill, posted, who
from congso.kernel.workflow.services import Refused
from congso.lib.vietnamese import person_sort_key

STATUSES = (
    ("present", _("Có mặt")), ("absent", _("Vắng mặt")), ("stand_in", _("Dự thay, không biểu quyết")),
    ("gone", _("Bỏ khỏi danh sách")),
)  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def new_ballot(request: OfficeRequest) -> HttpResponseBase:
    """A new ballot of a body one prepares for, perhaps about a record (`source`)."""
    bodies = bodies_for(request.principals)
    if not bodies.exists():
        raise Http404
    source = source_of(request)
    initial = {"body": bodies.first(), **({"title": source.title[:300]} if source else {})}
    form = BallotForm(posted(request), bodies=bodies, rules=rules_of(timezone.localdate()), initial=initial)
    return fill(
        request, form, title=_("Chuẩn bị biểu quyết"), act=_("Lưu, lập danh sách"),
        do=lambda valid: _create(request, valid, source),
        done=lambda ballot: reverse("voting:voters", args=[ballot.pk]), back_url=reverse("voting:list"),
    )  # fmt: skip


def _create(request: OfficeRequest, form: BallotForm, source: Record | None) -> Ballot:
    body = form.cleaned_data["body"]
    new = form.new
    if not rules_for(body, timezone.localdate()).filter(pk=new.voting_rule.pk).exists():
        raise services.Invalid([_("Quy tắc này là của cơ quan khác.")])
    return services.create_ballot(new, body=body, sources=[source] if source else (), **who(request))


@login_required
@require_http_methods(["GET", "POST"])
def change(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Other words, another way, another rule."""
    ballot = _being_prepared(request, pk)
    if ballot is None:
        return redirect("voting:detail", pk)
    form = BallotForm(
        posted(request), bodies=None, rules=rules_for(ballot.owner, timezone.localdate()), initial=_initial(ballot)
    )
    return fill(
        request, form, title=_("Sửa cuộc biểu quyết"), act=_("Lưu"),
        do=lambda valid: services.change_ballot(ballot, valid.new, **who(request)),
        done=lambda _made: reverse("voting:detail", args=[pk]), back_url=reverse("voting:detail", args=[pk]),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def voters(request: OfficeRequest, pk: int) -> HttpResponse:
    """The voters' list: who is there, who only stands in, who is taken off the total and why."""
    ballot = _being_prepared(request, pk)
    if ballot is None:
        return redirect("voting:detail", pk)
    form = NamesForm(posted(request))
    if request.method == "POST" and form.is_valid():
        added, problems = people_named(form.lines)
        listed = _listed(request, ballot)
        known = {one.person.pk for one in listed}
        listed += [Listed(one) for one in added if one.pk not in known]
        problem = "; ".join(problems) or _refused(lambda: services.set_voters(ballot, listed, **who(request)))
        if not problem:
            messages.success(request, _("Đã ghi danh sách: %(count)s người.") % {"count": len(listed)})
            return redirect("voting:detail", pk)
        form.add_error("names" if problems else None, problem)
    context = {
        "record": ballot, "form": form, "statuses": [*STATUSES, *Deduction.choices[1:]],
        "rows": [(one, _status(one)) for one in ballot.voters.all()],
        "back_url": reverse("voting:detail", args=[pk]),
    }  # fmt: skip
    return render(request, "voting/voters.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def counters(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The counting committee: one a line, its head first."""
    ballot = _being_prepared(request, pk)
    if ballot is None:
        return redirect("voting:detail", pk)
    labels = [one.label.partition(",")[0] for one in ballot.counters.all()]
    form = NamesForm(posted(request), initial={"names": "\n".join(labels)})
    form.fields["names"].help_text = _("Dòng đầu là trưởng ban. Người trong danh sách bầu cử không được tham gia.")

    def keep(valid: NamesForm) -> None:
        people, problems = people_named(valid.lines)
        if problems:
            raise services.Invalid(problems)
        services.set_counters(ballot, people, head=people[0] if people else None, **who(request))

    return fill(
        request, form, title=_("Ban kiểm phiếu"), act=_("Ghi danh sách"), do=keep,
        done=lambda _made: reverse("voting:detail", args=[pk]), back_url=reverse("voting:detail", args=[pk]),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def options(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The election list."""
    ballot = _being_prepared(request, pk)
    if ballot is None or not ballot.is_list:
        return redirect("voting:detail", pk)
    lines = [f"{one.name} | {one.note}" if one.note else one.name for one in ballot.options.all()]
    form = CandidatesForm(posted(request), initial={"names": "\n".join(lines)})

    def keep(valid: CandidatesForm) -> None:
        split = [line.partition("|") for line in valid.lines]
        names = [(name.strip(), note.strip()) for name, _bar, note in split]
        if valid.cleaned_data["is_sorted"]:
            names.sort(key=lambda one: person_sort_key(one[0]))
        services.set_options(ballot, names, **who(request))

    return fill(
        request, form, title=_("Danh sách bầu cử"), act=_("Ghi danh sách"), do=keep,
        done=lambda _made: reverse("voting:detail", args=[pk]), back_url=reverse("voting:detail", args=[pk]),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def change_list(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """While it is open: somebody comes in late, or does not vote any more."""
    ballot = organized_or_404(request, pk)
    if not may(request, ballot, "list"):
        messages.warning(request, _("Việc này đã chuyển sang bước khác. Dưới đây là tình trạng mới nhất."))
        return redirect("voting:detail", pk)

    def keep(valid: ListChangeForm) -> None:
        told = valid.cleaned_data
        people, problems = people_named([told["name"]])
        if problems:
            raise services.Invalid(problems)
        service = services.admit_voter if told["change"] == "admit" else services.remove_voter
        service(ballot, people[0], note=told["note"], **who(request))

    return fill(
        request, ListChangeForm(posted(request)), title=_("Thay đổi người biểu quyết"), act=_("Ghi"), do=keep,
        done=lambda _made: reverse("voting:detail", args=[pk]), back_url=reverse("voting:detail", args=[pk]),
    )  # fmt: skip


def _being_prepared(request: OfficeRequest, pk: int) -> Ballot | None:
    ballot = organized_or_404(request, pk)
    if may(request, ballot, "change"):
        return ballot
    messages.warning(request, _("Cuộc biểu quyết đã mở nên không sửa được nữa."))
    return None


def _initial(ballot: Ballot) -> dict[str, Any]:
    names = (
        "title",
        "subject",
        "question",
        "is_personnel",
        "way",
        "method",
        "voting_rule",
        "seats",
        "is_poll_recorded",
        "threshold",
    )
    due = timezone.localtime(ballot.closes_at) if ballot.closes_at else None
    more = {"due_day": due.date(), "due_time": due.time()} if due else {}
    return {name: getattr(ballot, name) for name in names} | more


def _status(voter: Voter) -> str:
    if voter.deduction:
        return voter.deduction
    if not voter.is_voting:
        return "stand_in"
    return "present" if voter.is_present else "absent"


def _listed(request: OfficeRequest, ballot: Ballot) -> list[Listed]:
    """The lines as the page says them; a line it does not speak of stays as it is."""
    listed = []
    for voter in ballot.voters.select_related("person"):
        status = request.POST.get(f"v-{voter.person_id}", "") or _status(voter)
        if status == "gone":
            continue
        deduction = status if status in Deduction.values else ""
        listed.append(
            Listed(
                voter.person, is_voting=status != "stand_in", deduction=deduction,
                is_present=status in ("present", "stand_in"),
            )
        )  # fmt: skip
    return listed


def _refused(do: Callable[[], object]) -> str:
    try:
        do()
    except Refused as refusal:
        return str(refusal)
    return ""
