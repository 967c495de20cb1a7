"""Which collective task a person's row names: by its number in the file, by its title there, or in the campaign."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dotpha.registration.exchange.known import Known
from dotpha.registration.exchange.register import numbered
from dotpha.registration.models import BreakthroughTask, Registrant
from dotpha.rules.registration import Registration
from dotpha.rules.screening.thresholds import Thresholds
from dotpha.rules.similarity import Neighbours
from dotpha.rules.vietnamese.text import fold, tidy

_NEARLY = Thresholds(same_task=0.9)

Named = int | BreakthroughTask  # a line of the file, or a task that is there


class Parents:
    """As `rules.screening.batch.Parents`; a title that several collectives use is that of the person's own."""

    def __init__(self, known: Known, rows: Sequence[Registration], lines: Mapping[int, Named]) -> None:
        """`lines`: what each collective line of the file stands for, itself or the task it is."""
        self._rows, self._known = rows, known
        self._by_id: dict[str, Named] = {rows[number].id: named for number, named in lines.items() if rows[number].id}
        self._organizations: dict[Named, int] = {}
        self._titled: dict[str, list[Named]] = defaultdict(list)
        for title, tasks in known.collective.items():
            for task in tasks:
                self._take(title, task, task.organization_id)
        for number, named in lines.items():
            owner = named.organization_id if isinstance(named, BreakthroughTask) else known.whose[named].organization_id
            self._take(fold(tidy(rows[number].title)), named, owner)
        self._near: Neighbours | None = None

    def _take(self, title: str, named: Named, organization: int) -> None:
        self._organizations[named] = organization
        if named not in self._titled[title]:
            self._titled[title].append(named)

    def of(self, number: int, registrant: Registrant) -> Named | None:
        """None where nothing is named, or nothing can be told for certain."""
        row = self._rows[number]
        if row.parent_id and row.parent_id in self._by_id:
            return self._by_id[row.parent_id]
        numbered_so = self._known.by_number.get(numbered(row.parent_id) or 0)
        if numbered_so is not None and numbered_so.official_id is None:
            return numbered_so
        title = fold(tidy(row.parent_title))
        if not title:
            return None
        found = self._titled.get(title) or self._titled.get(self._nearest(row.parent_title), [])
        own = [each for each in found if self._organizations[each] == registrant.organization_id]
        likely = own or found
        return likely[0] if len(likely) == 1 else None

    def _nearest(self, title: str) -> str:
        if self._near is None:
            self._near = Neighbours((Registration(id=each, title=each) for each in self._titled), kind="named")
        near = self._near.near(Registration(title=tidy(title)), thresholds=_NEARLY)
        return near[0].id if near else ""
