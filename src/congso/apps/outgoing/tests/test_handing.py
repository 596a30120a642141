"""A paper another system made becomes a draft one goes on with: the office's head, a proposed signer, the same text."""

import pytest

from congso.apps.outgoing import services
from congso.apps.outgoing.models import Authority
from congso.apps.outgoing.queries import outgoing_document
from congso.apps.outgoing.services import HandedPaper
from congso.apps.outgoing.services.contents import content_of
from congso.apps.outgoing.services.handing import LONGEST
from congso.apps.outgoing.tests.factories import NOW, by
from congso.kernel.composing.contents import Grid, Passage
from congso.kernel.records.models import Link, Record
from congso.kernel.workflow.services import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
BODY = (Passage("I- Kết quả"), Grid((("Chỉ tiêu", "Số"), ("Văn bản", "1.234"))), Passage("Hết."))


def paper(world, code: str = "TU", **more) -> HandedPaper:
    told = {"doc_type": "report", "title": "kết quả tháng 11/2026", "body": BODY, "recipients": ("Lưu Văn phòng.",)}
    return HandedPaper(issuer=world.organization(code), **(told | more))


def test_a_committees_paper_is_drafted_on_behalf_and_keeps_text_and_source(world):
    with by(world.tracker) as tracker:
        source = services.start_draft(
            services.DraftFacts(issuer=world.organization("TU"), doc_type="plan", title="Kế hoạch"), by=tracker, at=NOW
        )
        made = services.take_paper(paper(world), source=source, by=tracker, at=NOW)
        assert (made.state, made.signer_id, made.authority) == ("drafting", world.secretary, Authority.ON_BEHALF)
        assert made.authority_over == "Ban Thường vụ"
        laid = content_of(made)
        assert [block.rows for block in laid.body if isinstance(block, Grid)] == [BODY[1].rows]
        assert laid.recipients == ("Lưu Văn phòng.",)
        link = Link.objects.get(source_id=made.pk)
        assert (link.kind, link.target_id) == (Link.Kind.RELATED, source.pk)
        # What was handed over is changed like what was written here.
        services.edit_draft(
            outgoing_document(made.pk), facts=services.DraftFacts(
                issuer=made.issuer, doc_type="report", title=made.title, content=made.content + "\nThêm một đoạn.",
                signer=made.signer, authority=made.authority, authority_over=made.authority_over,
            ), by=tracker, at=NOW,
        )  # fmt: skip
        assert content_of(outgoing_document(made.pk)).body[-1] == Passage("Thêm một đoạn.")


def test_an_offices_own_paper_is_signed_by_its_head(world):
    with by(world.tracker) as tracker:
        made = services.take_paper(paper(world, "VPTU"), by=tracker, at=NOW)
    assert (made.signer_id, made.authority) == (world.chief, Authority.OWN)


def test_what_may_not_be_handed_over_is_refused_and_nothing_is_made(world):
    with by(world.agency_clerk) as clerk, pytest.raises(Refused, match="không ban hành văn bản"):
        services.take_paper(paper(world), by=clerk, at=NOW)
    with by(world.tracker) as tracker, pytest.raises(Refused, match="dài quá mức"):
        services.take_paper(paper(world, body=(Passage("a" * (LONGEST + 1)),)), by=tracker, at=NOW)
    with by(world.tracker):
        assert not Record.objects.filter(type="outgoing_document").exists()
