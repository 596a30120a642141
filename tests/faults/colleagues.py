"""What three people do all day, through the product's services; each says what was acknowledged."""

import threading
from collections.abc import Callable
from itertools import count
from typing import Any

from django.utils import timezone

from congso.apps.directives.services import accept_task, report_progress
from congso.apps.directives.tests.factories import do, make_task
from congso.apps.documents.samples.catalogue import letter
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.services import receive_document, register_document
from congso.apps.documents.services.papers import PURPOSE
from congso.apps.documents.tests.factories import entry
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.files.services import receive_upload
from congso.kernel.jobs.services import run_job


class Colleagues:
    """Each method is one person's day, to be run in a thread of its own."""

    def __init__(self, facts: dict[str, Any], say: Callable[[str, int], None], stop: threading.Event) -> None:
        self.world = World(organizations=facts["organizations"], **facts["people"])
        self.clerk = Actor.person(self.world.clerk)
        self.say, self.stop = say, stop

    def register(self) -> None:
        """Take arrival numbers."""
        for number in count(1):
            with acting_as(self.clerk):
                office = self.world.organization("VPTU")
                paper = receive_document(office, title=f"Giấy {number}", by=self.clerk, at=timezone.now())
                typed = entry(number=f"{number}-CV/TU")
                register_document(paper, entry=typed, by=self.clerk, at=timezone.now())
            self.say("registered", paper.pk)
            if self.stop.is_set():
                return

    def upload(self) -> None:
        """Send files. Every other one is read at once; the rest wait for the worker, who is away."""
        for number in count(1):
            with acting_as(self.clerk):
                sent = receive_upload(
                    [pdf(letter(number))],
                    name=f"công văn {number}.pdf",
                    organization=self.world.organization("VPTU"),
                    purpose=PURPOSE,
                    by=self.clerk,
                    at=timezone.now(),
                )
            self.say("uploaded", sent.pk)
            if self.stop.is_set():
                return
            if number % 2:
                run_job(sent.job_id or 0, self.clerk)

    def report(self) -> None:
        """Tell how a task goes."""
        task = make_task(self.world)
        do(self.world, "agency_leader", accept_task, task)
        for number in count(1):
            said, percent = f"Báo cáo lần {number}", number % 90 + 1
            made = do(self.world, "agency_leader", report_progress, task, text=said, percent=percent)
            self.say("reported", made.pk)
            if self.stop.is_set():
                return
