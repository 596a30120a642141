"""What crosses dossiers and documents: an incoming paper is filed by hand, in bulk and by rule, and shows it."""

from typing import Any

import pytest
from django.urls import reverse

from congso.apps.documents.services import register_document
from congso.apps.documents.tests import factories as documents
from congso.apps.dossiers import rules
from congso.apps.dossiers.models import Dossier, Entry, FilingRule
from congso.apps.dossiers.queries import documents_in, dossier_of, entries_of
from congso.apps.dossiers.services.filing import make_rule, try_rule
from congso.apps.dossiers.tests import factories as made
from congso.apps.dossiers.tests.factories import NOW, by
from congso.apps.outgoing.tests import factories as outgoing
from congso.apps.outgoing.tests.conftest import installed, key_folder, keys, trusted  # noqa: F401 - fixtures
from congso.kernel.records.models import Record

pytestmark = pytest.mark.django_db


def lying_paper(world: Any) -> Any:
    """A paper under work in room TH with a PDF, which its leader sees."""
    paper = documents.in_progress(world)
    made.attach_pdf(world, paper, "clerk")
    return paper


def test_a_rule_is_tried_then_files_what_the_registry_registers(world):
    dossier = made.opened(world)
    words = rules.RuleWords(type_key="plan", words="chuyen doi so", source="in")
    earlier = documents.in_progress(world)
    with by(world, "head") as actor:
        assert [one.pk for one in try_rule(words, Record.objects.filter(type="incoming_document"))] == [earlier.pk]
        make_rule(dossier_of(dossier.pk), name="Chuyển đổi số", words=words, unit=None, by=actor, at=NOW)
    waiting = documents.received(world)
    with by(world, "clerk") as actor:
        register_document(waiting, entry=documents.entry(number="17-KH/TU"), by=actor, at=NOW)
        other = documents.received(world)
    with by(world, "clerk") as actor:
        facts = {"number": "18-CV/TU", "doc_type": "official_letter", "title": "Mời họp"}
        register_document(other, entry=documents.entry(**facts), by=actor, at=NOW)
    with by(world, "head"):
        assert documents_in(dossier) == 1  # she sees that one lies there, not which: it is not hers yet
        assert not entries_of(dossier)
        assert Dossier.objects.get(pk=dossier.pk).state == "filling"
    with by(world, "clerk"):
        assert Entry.objects.get(dossier=dossier).record_id == waiting.pk
        assert FilingRule.objects.count() == 1
    with by(world, "stranger"):
        assert FilingRule.objects.count() == 0


def test_any_document_offers_to_be_filed_and_then_shows_its_dossier(world, signed_in):
    document = lying_paper(world)
    dossier = made.opened(world)
    client = signed_in("head")
    page = client.get(reverse("documents:detail", args=[document.pk])).content.decode()
    assert "Đưa vào hồ sơ" in page
    choose = reverse("dossiers:choose") + f"?source={document.pk}"
    assert dossier.title in client.get(choose).content.decode()
    assert client.post(choose, {"dossier": dossier.pk}).status_code == 302
    assert dossier.title in client.get(reverse("documents:detail", args=[document.pk])).content.decode()
    assert signed_in("stranger").get(choose).status_code == 404
    assert client.get(reverse("dossiers:choose") + "?source=x").status_code == 404


def test_documents_are_picked_in_bulk_and_a_rule_is_tried(world, signed_in):
    document = lying_paper(world)
    dossier = made.opened(world)
    client = signed_in("head")
    pick = reverse("dossiers:pick", args=[dossier.pk])
    assert document.title in client.get(pick + "?q=chuyển").content.decode()
    assert client.post(pick, {"record": [document.pk]}).status_code == 302
    rule = {"name": "Kế hoạch", "source": "in", "type_key": "plan"}
    tried = client.post(reverse("dossiers:rule", args=[dossier.pk]), rule | {"try": "1"}).content.decode()
    assert "Khớp 1" in tried
    assert client.post(reverse("dossiers:rule", args=[dossier.pk]), {"name": "Rỗng", "source": "in"}).status_code == 422
    assert client.post(reverse("dossiers:rule", args=[dossier.pk]), rule).status_code == 302
    assert client.post(pick, {"record": ["x", "99999999"]}).status_code == 302


def test_an_issued_document_goes_to_its_dossier_by_itself(world, keys):  # noqa: F811 - the fixture
    dossier = made.opened(world)
    with by(world, "head") as actor:
        words = rules.RuleWords(type_key="plan", source="out")
        make_rule(dossier_of(dossier.pk), name="Kế hoạch đi", words=words, unit=None, by=actor, at=NOW)
    document = outgoing.sealed(world, keys, doc_type="plan")
    with by(world, "clerk"):
        assert not Entry.objects.filter(dossier=dossier).exists(), "what is not issued is not filed"
    outgoing.issue(world, document)
    with by(world, "clerk"):
        entry = Entry.objects.get(dossier=dossier)
        assert (entry.record_id, entry.number, entry.pages > 0) == (document.pk, "01-KH/TU", True)
