"""The directory as a workbook: what goes out, and the plan of what a workbook coming in would do."""

from dotpha.directory.exchange.outgoing import Outgoing, outgoing
from dotpha.directory.exchange.plan import Line, Outcome, Plan
from dotpha.directory.exchange.planning import plan
from dotpha.directory.exchange.rows import Batch, OfficialRow, OrganizationRow, SeatRow, Spot, TenureRow, Trouble

__all__ = [
    "Batch",
    "Line",
    "OfficialRow",
    "OrganizationRow",
    "Outcome",
    "Outgoing",
    "Plan",
    "SeatRow",
    "Spot",
    "TenureRow",
    "Trouble",
    "outgoing",
    "plan",
]
