"""What an amendment changed."""

from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.papers.tasks import compare_readings

FIRST = TaskProposal("Số hóa tài liệu của toàn khối", "Phụ lục IV.1", lead="VPTU", due="2026")
SECOND = TaskProposal("Đào tạo chính trị trực tuyến", "Phụ lục IV.2", lead="Trường Chính trị", due="2028")


def test_the_same_reading_changes_nothing() -> None:
    assert compare_readings([FIRST, SECOND], [FIRST, SECOND]).is_empty


def test_a_new_deadline_is_a_change_not_a_new_task() -> None:
    later = TaskProposal("Số hóa tài liệu của toàn khối", "Phụ lục IV.1", lead="VPTU", due="2027")
    changes = compare_readings([FIRST, SECOND], [later, SECOND])
    assert (changes.added, changes.removed) == ((), ())
    assert [(each.old, each.new, each.fields) for each in changes.changed] == [(FIRST, later, ("due",))]


def test_a_task_that_only_moved_keeps_its_pair() -> None:
    moved = TaskProposal("Số hóa tài liệu của toàn khối", "Phụ lục IV.3", lead="VPTU", due="2026")
    changes = compare_readings([FIRST, SECOND], [SECOND, moved])
    assert [each.fields for each in changes.changed] == [("clause",)]


def test_added_and_removed_tasks_are_told() -> None:
    new = TaskProposal("Trồng cây quanh trụ sở", "Phụ lục V.1", lead="VPTU")
    changes = compare_readings([FIRST, SECOND], [SECOND, new])
    assert (changes.added, changes.removed, changes.changed) == ((new,), (FIRST,), ())
