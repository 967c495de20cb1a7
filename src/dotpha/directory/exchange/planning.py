"""From a workbook to a plan: sheet after sheet, each knowing what the ones before it will have written."""

from datetime import date

from dotpha.accounts.models import User
from dotpha.directory.exchange.bodies import SeatsPlan
from dotpha.directory.exchange.known import Known
from dotpha.directory.exchange.officials import OfficialsPlan, TenuresPlan
from dotpha.directory.exchange.organizations import OrganizationsPlan
from dotpha.directory.exchange.plan import Line, Outcome, Plan
from dotpha.directory.exchange.rows import SHEETS, Batch


def plan(batch: Batch, *, by: User, on: date, from_day: date) -> Plan:
    """What importing the workbook would do for this person on this day. Writes nothing.

    The number of queries grows by a few for each thousand rows, never by the row.
    """
    made = Plan(remarks=list(batch.remarks))
    for trouble in batch.troubles:
        line = Line(trouble.sheet, trouble.row, Outcome.REFUSED, "", why=trouble.message, column=trouble.column)
        made.lines.append(line)
    known = Known(batch, by=by, on=on)
    OrganizationsPlan(made, known, from_day=from_day).plan(batch.organizations)
    officials = OfficialsPlan(made, known, from_day=from_day)
    officials.appointed = frozenset(row.official for row in batch.tenures)
    officials.plan(batch.officials)
    TenuresPlan(made, known, from_day=from_day).plan(batch.tenures)
    SeatsPlan(made, known, from_day=from_day).plan(batch.seats)
    order = {sheet: place for place, sheet in enumerate(SHEETS)}
    made.lines.sort(key=lambda line: (order.get(line.sheet, 9), line.sheet, line.row))
    return made
