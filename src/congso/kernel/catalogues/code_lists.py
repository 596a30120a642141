"""Lists the program's logic stands on: they stay in code, and are published beside the office's own, read-only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from congso.kernel.directory.models import Assignment, Function, LayoutProfile, OrganizationKind


@dataclass(frozen=True)
class CodeList:
    """A closed list: its choices as (code, words), and what in the program depends on it."""

    code: str
    name: Any
    choices: Sequence[tuple[Any, Any]]
    reason: Any

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Codes and words as text."""
        return [(str(code), str(words)) for code, words in self.choices]


_lists: dict[str, CodeList] = {}


def register_code_lists(lists: Iterable[CodeList]) -> None:
    """Announce lists of code; done once at start-up by the manifests."""
    for one in lists:
        _lists[one.code] = one


def code_lists() -> list[CodeList]:
    """All of them, by name."""
    return sorted(_lists.values(), key=lambda one: str(one.name))


def code_list(code: str) -> CodeList | None:
    """One of them."""
    return _lists.get(code)


register_code_lists(
    (
        CodeList(
            "organization_kinds", "Loại tổ chức", OrganizationKind.choices,
            "Quy tắc về sơ đồ tổ chức (cấp huyện, đảng ủy xã) dựa vào từng mã.",
        ),
        CodeList(
            "layout_profiles", "Thể thức văn bản", LayoutProfile.choices,
            "Cách đánh số và trình bày văn bản dựa vào từng mã.",
        ),
        CodeList(
            "functions", "Việc làm của chức vụ", Function.choices,
            "Quyền xem và xử lý hồ sơ được tính từ từng mã.",
        ),
        CodeList(
            "assignment_kinds", "Hình thức giữ chức vụ", Assignment.Kind.choices,
            "Danh bạ phân biệt người chính thức và người phụ trách.",
        ),
    )
)  # fmt: skip
