"""An office at work over the test world, committed for a module: one object of each kind a route can name."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.server import ORIGINAL, SESSION, copy

if TYPE_CHECKING:
    from congso.kernel.directory.testing import World


class Office:
    """Its objects, each made when first asked for, through the services."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self._made: dict[Callable[[World], Any], Any] = {}

    @cached_property
    def document(self) -> Any:
        """A document under work: VPTU's, led by its room TH."""
        from congso.apps.documents.tests import factories

        made = factories.in_progress(self.world)
        self._attach(made, "clerk")
        return made

    @cached_property
    def waiting(self) -> Any:
        """A document that waits to be registered, with what the machine read."""
        from congso.apps.documents.tests import factories

        return factories.read(self.world)

    @cached_property
    def line(self) -> Any:
        """The document's line of its lead unit."""
        from congso.apps.documents.tests import factories

        with factories.by(self.world.head):
            return factories.line_of(self.document, "lead")

    @cached_property
    def draft(self) -> Any:
        """An outgoing draft of TH under consultation, with a version and a paper recipient."""
        from congso.apps.outgoing.models import Channel
        from congso.apps.outgoing.services import Address, add_recipients
        from congso.apps.outgoing.tests import factories

        made = factories.drafting(self.world)
        with factories.by(self.world.specialist) as specialist:
            address = Address(Channel.PAPER, "Sở Mẫu", "Số 1, phố Mẫu")
            add_recipients(made, [address], by=specialist, at=factories.NOW)
        factories.ask(self.world, made)
        return made

    @cached_property
    def fresh_draft(self) -> Any:
        """An outgoing draft still in its drafter's hands."""
        from congso.apps.outgoing.tests import factories

        return factories.drafting(self.world)

    @cached_property
    def asking(self) -> Any:
        """What the head of CDS was asked about it."""
        from congso.apps.outgoing.models import Opinion
        from congso.apps.outgoing.tests import factories

        with factories.by(self.world.other_head):
            return Opinion.objects.filter(document_id=self.draft.pk).order_by("position").first()

    @cached_property
    def addressee(self) -> Any:
        """To whom it is to go on paper."""
        from congso.apps.outgoing.tests import factories

        with factories.by(self.world.specialist):
            return self.draft.recipients.get()

    @cached_property
    def task(self) -> Any:
        """A task of VPTU led by BTC, under work."""
        from congso.apps.directives.services import accept_task
        from congso.apps.directives.tests.factories import do, make_task

        made = make_task(self.world)
        do(self.world, "agency_leader", accept_task, made)
        return made

    @cached_property
    def report(self) -> Any:
        """The commune's monthly report to VPTU, being filled."""
        from congso.apps.reports.tests.factories import fill, make_report

        made = make_report(self.world)
        fill(self.world, made)
        return made

    @cached_property
    def sheet(self) -> Any:
        """The same as an Excel file its clerk has brought back."""
        from congso.apps.reports.tests.factories import bring

        return bring(self.world, self.report)

    @cached_property
    def indicator(self) -> Any:
        """An indicator of the report's form."""
        from congso.kernel.access.services import Actor, acting_as
        from congso.kernel.indicators.models import Indicator

        self.report  # noqa: B018 - publishing its form defines the indicators
        with acting_as(Actor.person(self.world.chief)):
            return Indicator.objects.get(code="thang.ct.den")

    @cached_property
    def reading(self) -> Any:
        """A reading of a plan with its rows."""
        from congso.apps.directives.tests.reading_factories import ready

        return ready(self.world)

    @cached_property
    def amended(self) -> Any:
        """The amended plan, read against the earlier reading."""
        from congso.apps.directives.services import start_reading, store_proposals
        from congso.apps.directives.tests.factories import NOW
        from congso.apps.directives.tests.reading_factories import PROPOSALS, resolver
        from congso.kernel.access.services import Actor, acting_as

        chief, earlier = Actor.person(self.world.chief), self.reading
        with acting_as(chief):
            made = start_reading(earlier.record, organization=earlier.organization, previous=earlier, by=chief, at=NOW)
            store_proposals(
                made, PROPOSALS[:2], resolve=resolver(self.world), pages=(), engine_note="", at=NOW
            )  # fmt: skip
            return made

    @cached_property
    def proposal(self) -> Any:
        """A row of the reading."""
        from congso.apps.directives.tests.reading_factories import rows_of

        return rows_of(self.world, self.reading)[0]

    @cached_property
    def file(self) -> Any:
        """The PDF of the document."""
        from congso.kernel.access.services import Actor, acting_as
        from congso.kernel.files.models import Attachment

        with acting_as(Actor.person(self.world.clerk)):
            return Attachment.objects.get(record_id=self.document.pk)

    @cached_property
    def upload(self) -> Any:
        """A file the clerk has sent and nobody has read yet."""
        return self._send("kế hoạch.pdf")

    @cached_property
    def held(self) -> Any:
        """A file in quarantine, for the secrecy officer."""
        from congso.kernel.access.services import Actor, acting_as
        from congso.kernel.files.models import QuarantineItem
        from congso.kernel.files.tests.uploading import work

        work(self._send("Kế hoạch TỐI MẬT.txt", "Tài liệu có độ mật\nTỐI MẬT\n".encode()))
        with acting_as(Actor.person(self.world.secrecy_officer)):
            return QuarantineItem.objects.first()

    @cached_property
    def post(self) -> Any:
        """The clerk's post."""
        return self._chart("Post", name="Văn thư", organization=self.world.organizations["VPTU"])

    @cached_property
    def assignment(self) -> Any:
        """That the clerk holds it."""
        return self._chart("Assignment", person=self.world.clerk)

    @cached_property
    def delegation(self) -> Any:
        """Somebody who stands in for the chief of the office, given by the administrator."""
        from django.utils import timezone

        from congso.kernel.access.delegating import delegate_post
        from congso.kernel.access.services import Actor, acting_as
        from congso.kernel.directory.models import Person, Post

        today = timezone.localdate()
        with acting_as(Actor.person(self.world.administrator)):
            return delegate_post(
                Post.objects.get(name="Chánh Văn phòng"), to=Person.objects.get(pk=self.world.auditor),
                functions=["chiefs"], valid_from=today, valid_to=today + timedelta(days=9), reason="Nghỉ phép",
                by=self.world.administrator, at=timezone.now(),
            )  # fmt: skip

    @cached_property
    def regulation(self) -> Any:
        """A number of the law."""
        from congso.kernel.access.services import Actor, acting_as
        from congso.kernel.regulations.models import Parameter

        with acting_as(Actor.person(self.world.clerk)):
            return Parameter.objects.order_by("pk").first()

    @cached_property
    def token(self) -> Any:
        """The clerk's own token for software."""
        from django.utils import timezone

        from congso.kernel.access.services import Actor, acting_as
        from congso.kernel.accounts.models import User
        from congso.kernel.accounts.tokens import issue_token

        now = timezone.now()
        with acting_as(Actor.person(self.world.clerk)):
            user = User.objects.get(person_id=self.world.clerk)
            facts = {"name": "Phần mềm thử", "systems": ["documents"], "may_act": False}
            return issue_token(user, **facts, expires_at=now + timedelta(days=9), at=now)[0]

    @cached_property
    def passkey(self) -> Any:
        """A key of the clerk's account."""
        from allauth.mfa.models import Authenticator

        from congso.kernel.access.services import Actor, acting_as
        from congso.kernel.accounts.models import User

        with acting_as(Actor.person(self.world.clerk)):
            user = User.objects.get(person_id=self.world.clerk)
            data = {"name": "Khóa thử", "credential": {}}
            return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)

    @cached_property
    def identity(self) -> Any:
        """Another provider's word for the clerk."""
        from allauth.socialaccount.models import SocialAccount

        from congso.kernel.access.services import Actor, acting_as
        from congso.kernel.accounts.models import User

        with acting_as(Actor.person(self.world.clerk)):
            user = User.objects.get(person_id=self.world.clerk)
            return SocialAccount.objects.create(user=user, provider="vneid", uid="1", extra_data={})

    def once(self, make: Callable[["World"], Any]) -> Any:
        """An object a package's own routes need, made when first asked for."""
        if make not in self._made:
            self._made[make] = make(self.world)
        return self._made[make]

    def _send(self, name: str, content: bytes = b"%PDF-1.4 thu") -> Any:
        from congso.apps.documents.services.papers import PURPOSE
        from congso.kernel.files.tests.uploading import sender

        return sender(self.world)(content, name, purpose=PURPOSE)

    def _attach(self, record: Any, who: str) -> None:
        from tempfile import TemporaryDirectory

        from django.utils import timezone

        from congso.kernel.access.services import Actor, acting_as
        from congso.kernel.files.services import attach, store_file
        from congso.kernel.files.tests import papers

        by, now = Actor.person(getattr(self.world, who)), timezone.now()
        with TemporaryDirectory() as folder, acting_as(by):
            path = Path(folder, "giấy.pdf")
            path.write_bytes(papers.pdf(pages=2))
            blob = store_file(path, media_type="application/pdf", pages=2, by=by, at=now)
            attach(record, blob, name="giấy.pdf", role="original", by=by, at=now)

    def _chart(self, model: str, **facts: Any) -> Any:
        from congso.kernel.access.services import Actor, acting_as
        from congso.kernel.directory import models

        with acting_as(Actor.person(self.world.clerk)):
            return getattr(models, model).objects.filter(**facts).first()


@pytest.fixture(scope="module")
def committed(django_db_setup: "World", django_db_blocker: Any) -> "Iterator[World]":
    """The test world for a whole module that really commits; its database is given back as it was."""
    from django.db import connection

    with django_db_blocker.unblock():
        yield django_db_setup
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL
        copy(ORIGINAL, SESSION)


@pytest.fixture(scope="module")
def office(committed: "World") -> Office:
    """The office for a module whose tests look and are refused, or undo what they do."""
    return Office(committed)


@pytest.fixture(scope="module")
def site(committed: "World") -> Iterator[str]:
    """The portal served for a module's browser; the address."""
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("localhost")
    yield server.url
    server.stop()
