"""Screens many registrations together: individuals find their collective's task, near-duplicates each other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from dotpha.rules.registration import Registration
from dotpha.rules.screening.engine import screen
from dotpha.rules.screening.result import Duplicate, Screening
from dotpha.rules.screening.thresholds import DEFAULT, Thresholds
from dotpha.rules.similarity import Neighbours, alike, known
from dotpha.rules.vietnamese.text import fold

_SAME_TITLE = 0.9  # a collective task named in words is the one whose title is this much alike


class Batch:
    """A batch ready to be screened one by one, in any order and in any process.

    `registrations` are those given, with ids made unique where they were not. Building looks at every text once;
    screening one afterwards costs the same however large the batch is.
    """

    def __init__(
        self,
        registrations: Sequence[Registration],
        last_year: Sequence[Registration] = (),
        *,
        on: date,
        compare: bool = True,
        thresholds: Thresholds = DEFAULT,
        parents: Sequence[Registration] = (),
    ) -> None:
        """`compare` looks for near-duplicates within the batch; last year's list is always compared.

        `parents` are collective tasks an individual may name although they are not of the batch.
        """
        self.registrations = with_unique_ids(registrations)
        self.on, self.thresholds = on, thresholds
        self._beside = Neighbours(self.registrations, kind="same_batch") if compare else None
        self._earlier = Neighbours(last_year, kind="last_year") if last_year else None
        self._parents = Parents([*self.registrations, *parents])

    def __len__(self) -> int:
        return len(self.registrations)

    def screen(self, place: int, *, on: date | None = None) -> Screening:
        """As of the day of the batch, or of its own."""
        registration = self.registrations[place]
        return screen(
            registration,
            on=on or self.on,
            parent=self._parents.of(registration),
            duplicates=self.duplicates(place),
            thresholds=self.thresholds,
        )

    def duplicates(self, place: int) -> list[Duplicate]:
        """Last year's list first, then the rest of the batch."""
        registration = self.registrations[place]
        known = [neighbours for neighbours in (self._earlier, self._beside) if neighbours]
        return [
            duplicate for neighbours in known for duplicate in neighbours.near(registration, thresholds=self.thresholds)
        ]


def screen_all(
    registrations: Sequence[Registration],
    *,
    last_year: Sequence[Registration] = (),
    on: date,
    thresholds: Thresholds = DEFAULT,
) -> Iterator[Screening]:
    """One screening a registration, in their order."""
    batch = Batch(registrations, last_year, on=on, thresholds=thresholds)
    return (batch.screen(place) for place in range(len(batch)))


def with_unique_ids(registrations: Sequence[Registration]) -> list[Registration]:
    """The same registrations; one without an id, or with one already seen, gets its number behind it."""
    seen: set[str] = set()
    unique = []
    for number, registration in enumerate(registrations, start=1):
        id_ = registration.id or str(number)
        if id_ in seen:
            id_ = f"{id_}#{number}"
        seen.add(id_)
        unique.append(registration if id_ == registration.id else replace(registration, id=id_))
    return unique


class Parents:
    """Finds the collective task an individual's registration names, by id or by title."""

    def __init__(self, registrations: Sequence[Registration]) -> None:
        self._by_id = {each.id: each for each in registrations}
        self._titled = {fold(each.title): each for each in registrations if not each.is_individual and each.title}

    def of(self, registration: Registration) -> Registration | None:
        if not registration.is_individual:
            return None
        if registration.parent_id in self._by_id:
            return self._by_id[registration.parent_id]
        return self._named(registration.parent_title)

    def _named(self, title: str) -> Registration | None:
        wanted = fold(title)
        if not wanted or wanted in self._titled:
            return self._titled.get(wanted)
        named = known(Registration(title=title))
        nearest, likeness = None, _SAME_TITLE
        for each in self._titled.values():
            found = alike(named, known(Registration(title=each.title)), at_least=likeness)
            if found >= likeness:
                nearest, likeness = each, found
        return nearest
