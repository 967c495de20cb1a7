"""Every write to campaigns and tasks goes through a function here."""

from dotpha.registration.actions.tasks import begin_task, copy_task, discard_task, save_draft, submit, withdraw

__all__ = ["begin_task", "copy_task", "discard_task", "save_draft", "submit", "withdraw"]
