"""Tables of the yearly registration: campaigns, who must register, tasks and the versions they were sent in."""

from dotpha.registration.models.campaigns import Campaign, Registrant, Requirement
from dotpha.registration.models.imports import RegisterImport
from dotpha.registration.models.tasks import BreakthroughTask, TaskVersion

__all__ = ["BreakthroughTask", "Campaign", "RegisterImport", "Registrant", "Requirement", "TaskVersion"]
