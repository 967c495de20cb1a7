"""Every write to campaigns and tasks goes through a function here."""

from dotpha.registration.actions.campaigns import (
    Required,
    change_campaign,
    create_campaign,
    move_campaign,
    set_form,
    set_requirements,
    set_thresholds,
)
from dotpha.registration.actions.roll import exempt, lift_exemption, refresh_registrants
from dotpha.registration.actions.tasks import begin_task, copy_task, discard_task, save_draft, submit, withdraw

__all__ = [
    "Required",
    "begin_task",
    "change_campaign",
    "copy_task",
    "create_campaign",
    "discard_task",
    "exempt",
    "lift_exemption",
    "move_campaign",
    "refresh_registrants",
    "save_draft",
    "set_form",
    "set_requirements",
    "set_thresholds",
    "submit",
    "withdraw",
]
