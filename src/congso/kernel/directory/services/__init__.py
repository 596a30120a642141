"""What can be done to the organization chart.

`building` lays stones for set-up; everything else is an administrator's act: with a day, journaled, refused with a
sentence, in one transaction.
"""

from congso.kernel.directory.services.building import (
    DirectoryRefused,
    appoint,
    bring_into_force,
    create_person,
    create_post,
    found_organization,
    relieve,
    rename_organization,
    succeed_organizations,
)
from congso.kernel.directory.services.chart import (
    Decision,
    abolish_organization,
    administers,
    below,
    establish_organization,
    give_new_name,
    place_under,
)
from congso.kernel.directory.services.checking import NewOrganization, addressing_problem
from congso.kernel.directory.services.staffing import (
    appoint_person,
    close_post,
    correct_person,
    end_assignment,
    enter_person,
    open_post,
    transfer_person,
)
from congso.kernel.directory.services.succeeding import Moved, Part, merge_organizations, split_organization

__all__ = [
    "Decision",
    "DirectoryRefused",
    "Moved",
    "NewOrganization",
    "Part",
    "abolish_organization",
    "addressing_problem",
    "administers",
    "appoint",
    "appoint_person",
    "below",
    "bring_into_force",
    "close_post",
    "correct_person",
    "create_person",
    "create_post",
    "end_assignment",
    "enter_person",
    "establish_organization",
    "found_organization",
    "give_new_name",
    "merge_organizations",
    "open_post",
    "place_under",
    "relieve",
    "rename_organization",
    "split_organization",
    "succeed_organizations",
    "transfer_person",
]
