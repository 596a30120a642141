"""The rule of who is what, written a second time in plain Python: what the database computes is judged against it."""

from collections import defaultdict
from datetime import date

from congso.kernel.access.models import Delegation, Grant
from congso.kernel.access.principals import Function, administration, office, person, post, role, staff
from congso.kernel.access.principals import Role as Named
from congso.kernel.directory.models import Assignment, Post, Succession


class Chart:
    """The chart of one day, read once; `held` is what a person is that day."""

    def __init__(self, day: date) -> None:
        """Read it; the acting person must see all grants (an administrator or auditor)."""
        self.day = day
        self.posts = {one.pk: one for one in Post.objects.all()}
        self.assignments = [one for one in Assignment.objects.all() if self._holds(one)]
        self.delegations = [one for one in Delegation.objects.all() if self._holds(one)]
        self.grants = [one for one in Grant.objects.all() if self._holds(one)]
        self.inherited: dict[int, set[int]] = defaultdict(set)
        for row in Succession.objects.filter(effective_on__lte=day):
            self.inherited[row.successor_id].add(row.predecessor_id)
        self.continued_by: dict[int, list[int]] = defaultdict(list)
        for one in self.posts.values():
            if one.continues_id:
                self.continued_by[one.continues_id].append(one.pk)
        self._known: dict[int, frozenset[int]] = {}

    def held(self, who: int) -> frozenset[int]:
        """Every principal the person is on the day."""
        if who not in self._known:
            own = [p for one in self.assignments if one.person_id == who for p in self._of_post(one.post_id, None)]
            lent = [
                p
                for one in self.delegations
                if one.person_id == who
                for carried in self._carriers(one.post_id)
                for p in self._of_post(carried, set(one.functions))
            ]
            granted = [
                role(Named(one.role)) if one.organization_id is None else administration(one.organization_id)
                for one in self.grants
                if one.person_id == who
            ]
            anywhere = [staff()] if any(one.person_id == who for one in self.assignments) else []
            self._known[who] = frozenset([person(who), *anywhere, *own, *lent, *granted])
        return self._known[who]

    def _of_post(self, pk: int, scope: set[str] | None) -> set[int]:
        """The post and those before it, its functions in its organization and in all whose work that took over."""
        one = self.posts[pk]
        if not self._holds(one):
            return set()
        found, before = {post(pk)}, one.continues_id
        while before:
            found.add(post(before))
            before = self.posts[before].continues_id
        works = [Function[word.upper()] for word in one.functions if scope is None or word in scope]
        return found | {office(each, work) for each in self._offices(one.organization_id) for work in works}

    def _offices(self, organization: int) -> set[int]:
        found, edge = {organization}, [organization]
        while edge:
            edge = [before for one in edge for before in self.inherited[one] if before not in found]
            found.update(edge)
        return found

    def _carriers(self, pk: int) -> list[int]:
        """The posts of today that carry the post on, itself or its continuations."""
        found, edge = [pk], [pk]
        while edge:
            edge = [after for one in edge for after in self.continued_by[one]]
            found += edge
        return [one for one in found if self._holds(self.posts[one])]

    def _holds(self, row: Post | Assignment | Delegation | Grant) -> bool:
        return row.valid_from <= self.day and (row.valid_to is None or row.valid_to > self.day)
