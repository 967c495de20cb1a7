"""Named reads of campaigns and tasks; each list is ordered and costs the same number of statements for two rows as for
thousands."""

from dotpha.registration.queries.campaigns import (
    campaigns,
    has_received,
    own_registrants,
    reference_day,
    requirements,
)

__all__ = ["campaigns", "has_received", "own_registrants", "reference_day", "requirements"]
