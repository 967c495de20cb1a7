"""A person corrects how the machine reads an indicator; the item is screened again.

Runs in the server itself: one item takes milliseconds, and its text has already come through the worker
and its limits.
"""

from dataclasses import replace

from dotpha.interfaces.web.quick import jobs
from dotpha.interfaces.web.quick.jobs import Job
from dotpha.rules.registration import Registration
from dotpha.rules.screening.batch import Parents
from dotpha.rules.screening.engine import screen


class NoSuchIndicator(LookupError):
    """The item has no indicator of that number."""


def correct(job: Job, number: int, index: int, *, kind: str, better: str) -> None:
    """Set kind and direction of indicator `index` of item `number`; empty means as the machine reads it."""
    registration, screening = job.entries[number - 1].unpack()
    if index >= len(registration.indicators):
        raise NoSuchIndicator
    indicators = list(registration.indicators)
    indicators[index] = replace(indicators[index], kind=kind, better=better)
    corrected = replace(registration, indicators=tuple(indicators))
    again = screen(corrected, on=job.on, parent=_parent(job, corrected), duplicates=screening.duplicates)
    jobs.replace(job, number, corrected, again)


def _parent(job: Job, registration: Registration) -> Registration | None:
    if not registration.is_individual:
        return None
    return Parents([entry.unpack()[0] for entry in job.entries]).of(registration)
