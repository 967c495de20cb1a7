"""Every deed of the directory. Nothing else creates, changes or ends a row of this room."""

from dotpha.directory.actions.bodies import (
    begin_membership,
    begin_term,
    end_body,
    end_membership,
    end_term,
    found_body,
)
from dotpha.directory.actions.officials import (
    begin_tenure,
    change_official,
    end_tenure,
    record_official,
    set_management,
)
from dotpha.directory.actions.organizations import (
    end_organization,
    found_organization,
    merge_organizations,
    move_organization,
    reclassify_organization,
    rename_organization,
)

__all__ = [
    "begin_membership",
    "begin_tenure",
    "begin_term",
    "change_official",
    "end_body",
    "end_membership",
    "end_organization",
    "end_tenure",
    "end_term",
    "found_body",
    "found_organization",
    "merge_organizations",
    "move_organization",
    "reclassify_organization",
    "record_official",
    "rename_organization",
    "set_management",
]
