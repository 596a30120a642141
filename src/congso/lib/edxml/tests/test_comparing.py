"""An update beside the document it is about: exactly what it says otherwise."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings

from congso.lib.edxml.comparing import FIELDS, Difference, differences
from congso.lib.edxml.packets import Attachment, Business, Kind
from congso.lib.edxml.tests.strategies import documents

UPDATE = Business(Kind.UPDATE, "Sửa", document_id="A,2026/01/01,1/KH", is_content_changed=True)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_a_packet_says_nothing_otherwise_than_itself(packet) -> None:
    assert differences(packet, packet) == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_each_changed_field_and_file_is_named_once(packet) -> None:
    old = replace(packet, subject="Cũ", due_on=date(2026, 5, 1), attachments=(Attachment("u1", "a.pdf", b"1"),))
    files = (Attachment("u1", "a.pdf", b"2"), Attachment("u2", "b.pdf", b"3"))
    new = replace(old, subject="Mới", due_on=None, business=UPDATE, attachments=files)
    assert differences(old, new) == [
        Difference("subject", "Cũ", "Mới"),
        Difference("due_on", "2026-05-01", ""),
        Difference("file", "a.pdf", "a.pdf"),
        Difference("file", "", "b.pdf"),
    ]
    assert [one.field for one in differences(old, replace(new, attachments=()))] == ["subject", "due_on"]
    assert set(FIELDS) >= {one.field for one in differences(old, new)} - {"file"}
