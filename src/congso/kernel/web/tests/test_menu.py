"""The menu: few headings, those needed open, and nothing that waits hidden behind a fold."""

import pytest

from congso.kernel.web.navigation import Group, MenuItem, ShownItem, grouped


def shown(group: Group, *, count: int = 0, is_current: bool = False) -> ShownItem:
    item = MenuItem(f"{group.key}-{count}", "Mục", "list", "web:home", group)
    return ShownItem(item, "/", count, is_current)


MENU = [shown(group, count=place) for place, group in enumerate(Group)]


def opened(menu: list[ShownItem], remembered: str | None) -> set[Group]:
    return {one.group for one in grouped(menu, remembered) if one.is_open}


def test_who_has_chosen_nothing_sees_open_what_everybody_needs() -> None:
    assert opened(MENU, None) == {Group.WORK, Group.DOCUMENTS, Group.DIRECTION}


@pytest.mark.parametrize(
    ("remembered", "wanted"),
    [
        ("", set()),
        ("reports.system", {Group.REPORTS, Group.SYSTEM}),
        ("<script>.reports", {Group.REPORTS}),
        ("..", set()),
    ],
)
def test_what_was_opened_by_hand_is_remembered_and_nonsense_is_not(remembered: str, wanted: set[Group]) -> None:
    assert opened(MENU, remembered) == {Group.WORK} | wanted


def test_the_group_of_this_page_is_open() -> None:
    assert opened([*MENU, shown(Group.LIBRARY, is_current=True)], "") == {Group.WORK, Group.LIBRARY}


def test_headings_keep_their_order_and_empty_ones_are_left_out() -> None:
    groups = grouped([shown(Group.SYSTEM), shown(Group.WORK)], None)
    assert [one.group for one in groups] == [Group.WORK, Group.SYSTEM]


def test_a_folded_group_says_how_much_waits_in_it() -> None:
    (group,) = grouped([shown(Group.SYSTEM, count=3), shown(Group.SYSTEM, count=4)], "")
    assert (group.is_open, group.waiting) == (False, 7)
