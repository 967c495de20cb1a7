"""Every write to what the machine says of registrations goes through a function here."""

from dotpha.appraisal.actions.receiving import receive, receive_many, release, screen_version
from dotpha.appraisal.actions.rescreening import Renewed, renewal, rescreen

__all__ = ["Renewed", "receive", "receive_many", "release", "renewal", "rescreen", "screen_version"]
