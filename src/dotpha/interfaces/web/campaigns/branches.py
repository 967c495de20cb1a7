"""The branches of a campaign, each a bar of how far its registrants are."""

from dataclasses import dataclass
from datetime import date

from dotpha.core.names import order_key
from dotpha.directory.branches import names_on
from dotpha.interfaces.web.campaigns.bars import Count, counts
from dotpha.registration.models import Campaign
from dotpha.registration.queries.campaigns import reference_day
from dotpha.registration.queries.coverage import Coverage, Numbers, Standing

SHOWN = 25  # the others behind a link


@dataclass(frozen=True, slots=True)
class Branch:
    pk: int
    name: str
    numbers: Numbers
    bars: list[Count]
    exempt: int

    @property
    def sent_percent(self) -> int:
        return round(100 * self.numbers.sent / self.numbers.must) if self.numbers.must else 100


def branches(campaign: Campaign, covered: Coverage, today: date) -> list[Branch]:
    """Where most still owe first, then in Vietnamese order; under the names of the campaign's day. One statement."""
    named = names_on(list(covered.branches), day=reference_day(campaign, today))
    found = [
        Branch(pk, named.get(pk, ""), numbers, counts(numbers), numbers.counts[Standing.EXEMPT])
        for pk, numbers in covered.branches.items()
    ]
    return sorted(found, key=lambda each: (-each.numbers.owing, order_key(each.name), each.pk))
