"""The page that says how often the screening is right: one page for the committee, then the figures for developers.

The same figures give the same bytes; nothing here looks at the clock.
"""

from dotpha.documents.reports.quality.details import details
from dotpha.documents.reports.quality.subject import BadHeldOut, HeldOut, Subject
from dotpha.documents.reports.quality.summary import summary
from dotpha.rules.screening.quality.measure import Quality

__all__ = ["BadHeldOut", "HeldOut", "Subject", "page"]

_MADE = "<!-- Trang này do `dotpha evaluate-screening` viết; không sửa tay. -->"


def page(quality: Quality, subject: Subject, *, picture: str) -> str:
    """The whole page as Markdown; `picture` is the address of the calibration plot, as seen from the page."""
    head = [_MADE, "", "# Chất lượng rà soát", ""]
    lines = [*head, *summary(quality, subject, picture), *details(quality, subject)]
    return "\n".join(lines).rstrip() + "\n"
