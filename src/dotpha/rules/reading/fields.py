"""One registration made ready for the rules: texts in matching form, phrases, figures, the year it speaks in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dotpha.rules.reading.durations import Duration, durations
from dotpha.rules.reading.figures import Figure, Role, figures
from dotpha.rules.reading.phrases import Hit, phrasebook
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import Evidence
from dotpha.rules.vietnamese.dates import years_in
from dotpha.rules.vietnamese.text import fold, lacks_diacritics, plain

STORY = ("title", "description")

# "không để tồn đọng" tells of no backlog: what is denied right before is not said of today.
_DENIED = frozenset(("standing", "hard", "opinion", "failed", "trifle"))
_NOT = re.compile(r"(?:không để|không còn để|tránh để|tránh|ngăn|phòng|không có|khong de|tranh)\s+(?:xảy ra\s+)?$")


@dataclass(frozen=True)
class Reading:
    """`matched` holds every text field lower-cased for matching, unaccented when `bare`; same length as shown."""

    registration: Registration
    year: int
    bare: bool
    matched: Mapping[str, str]
    hits: Mapping[str, tuple[Hit, ...]]
    figures: tuple[Figure, ...]

    def says(self, what: str) -> tuple[Hit, ...]:
        """Phrases of one class of `phrases.toml`, in reading order."""
        return self.hits.get(what, ())

    def in_title(self, what: str) -> tuple[Hit, ...]:
        return tuple(hit for hit in self.says(what) if hit.field == "title")

    def quote(self, field: str, start: int, end: int) -> Evidence:
        """The words of the registration at a span."""
        return Evidence(field, start, end, getattr(self.registration, field)[start:end])

    def quotes(self, hits: tuple[Hit, ...], most: int = 3) -> tuple[Evidence, ...]:
        return tuple(self.quote(hit.field, hit.start, hit.end) for hit in hits[:most])

    @cached_property
    def targets(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.figures if figure.role is Role.TARGET)

    @cached_property
    def durations(self) -> tuple[tuple[str, Duration], ...]:
        return tuple(
            (field, found)
            for field in STORY
            for found in durations(self.matched[field], bare=self.bare, year=self.year)
        )


def read(registration: Registration, *, on: date) -> Reading:
    """Read the texts once; every rule looks at the result. `on` serves only where no year is told."""
    year = campaign_year(registration, on=on)
    bare = lacks_diacritics(registration.title + " " + registration.description)
    shape = fold if bare else plain
    matched = {
        field: shape(getattr(registration, field))
        for field in ("title", "description", "responsible", "responsibilities", "deadline")
    }
    hits: dict[str, list[Hit]] = {}
    for field in STORY:
        for hit in phrasebook().find(field, matched[field], bare=bare):
            if hit.says not in _DENIED or not _NOT.search(matched[field][: hit.start]):
                hits.setdefault(hit.says, []).append(hit)
    return Reading(
        registration=registration,
        year=year,
        bare=bare,
        matched=matched,
        hits={says: tuple(found) for says, found in hits.items()},
        figures=tuple(
            figure for field in STORY for figure in figures(field, getattr(registration, field), year=year, bare=bare)
        ),
    )


def campaign_year(registration: Registration, *, on: date) -> int:
    """The year a registration is for: its deadline's, else its start's, else after the last figure, else its words'.

    A year its words tell only of the past ("từ năm 2016 đến nay") is none; then it speaks of `on`'s.
    """
    for iso in (registration.deadline_iso, registration.deadline):
        if len(iso) == 10 and iso[4] == "-" and iso[:4].isdigit():
            return int(iso[:4])
    named = years_in(registration.deadline)
    if not named:
        tail = registration.deadline[-4:]
        named = [int(tail)] if tail.isdigit() and tail.startswith("20") else []
    started = int(registration.start[:4]) if registration.start[:4].isdigit() else 0
    last = max((period[:4] for each in registration.indicators for period, _ in each.history), default="")
    after_last = int(last) + 1 if last.isdigit() else 0
    if named:
        return _within(named, (started, after_last, on.year))
    if started or after_last:
        return started or after_last
    aimed = _aimed_years(f"{registration.title}. {registration.description}")
    return max((year for year in aimed if year <= on.year + 1), default=on.year)


def _within(named: Sequence[int], likely: Sequence[int]) -> int:
    """Of a period ("giai đoạn 2021 - 2025") the likeliest year inside it, else its end."""
    first, last = min(named), max(named)
    return next((year for year in likely if first <= year <= last), last)


_AIMED = re.compile(
    r"(?<!\w)(?:trong|den|den het|het|cuoi|truoc|xong|phan dau|dang ky|muc tieu|nhiem vu|quy [ivx\d]+|thang \d+"
    r"|\d{1,2}/\d{1,2})\s*[/,]?\s*(?:nam\s+)?(?P<year>20\d\d)(?!\s*(?:den nay|-|da|moi|chi|dat))"
)


def _aimed_years(text: str) -> list[int]:
    return [int(found["year"]) for found in _AIMED.finditer(fold(text))]
