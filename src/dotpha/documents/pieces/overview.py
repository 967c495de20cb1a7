"""What the head of the Organisation Board wants to see in five seconds, and the counts behind it.

Three answers: how many are what, where form and substance part ways, what to ask for when returning.
The bars are drawn by us inside the tables that hold their numbers, not by a charting library: a row is
label, number and bar at once, can be a link to its items, prints, and costs no picture.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import (
    CRITERIA,
    CRITERION_LABELS,
    GROUNDS_FOR,
    REASON_LABELS,
    VERDICT_LABELS,
    Screening,
    Verdict,
)
from dotpha.rules.vietnamese.text import sort_key

CLARITY_LABELS = {"0": "Rõ đủ", "1": "Thiếu một", "2": "Thiếu từ hai"}
OWNERS_SHOWN = 40
OWNER_LABELS = {"organization": "Tập thể", "individual": "Cá nhân"}


@dataclass(slots=True)
class Tally:
    """Counts of a batch, added up one item at a time, so that a report can stream."""

    total: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    clarity: Counter[tuple[str, str]] = field(default_factory=Counter)
    unmet: Counter[str] = field(default_factory=Counter)
    unmet_by: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    owner_types: Counter[str] = field(default_factory=Counter)
    owners: Counter[tuple[str, str]] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)

    def add(self, registration: Registration, screening: Screening, times: int = 1) -> None:
        """`times` is -1 where an item is screened again and its old result no longer counts."""
        self.count(screening.verdict, screening.unmet, screening.reasons, registration.owner_type, times)
        self.owners[registration.owner, screening.verdict] += times
        self.files[str(registration.source.get("file", ""))] += times

    def count(
        self, verdict: str, unmet: Collection[str], reasons: Collection[str], owner_type: str, times: int
    ) -> None:
        """`times` items of one kind, of which no more is known."""
        self.total += times
        self.verdicts[verdict] += times
        self.clarity[verdict, clarity_key(unmet)] += times
        for name in unmet:
            self.unmet[name] += times
            self.unmet_by[name, verdict] += times
        for reason in reasons:
            self.reasons[reason] += times
        self.owner_types[owner_type] += times


def tally(rows: Iterable[tuple[Registration, Screening]]) -> Tally:
    counts = Tally()
    for registration, screening in rows:
        counts.add(registration, screening)
    return counts


def clarity_key(unmet: Collection[str]) -> str:
    """The column of the table form × substance: none, one, or two and more criteria unmet."""
    return str(min(len(unmet), 2))


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: `key` is what a page filters by, `width` is 0 to 100 for the drawing."""

    key: str
    label: str
    count: int
    width: int
    tone: str = ""


def verdict_bars(counts: Tally) -> list[Bar]:
    return [
        Bar(verdict, label, counts.verdicts[verdict], _share(counts.verdicts[verdict], counts.total), verdict)
        for verdict, label in VERDICT_LABELS.items()
    ]


def unmet_bars(counts: Tally) -> list[Bar]:
    """Most often missing first; a criterion that nobody misses is good news and stays."""
    names = sorted(CRITERIA, key=lambda name: -counts.unmet[name])
    return [
        Bar(name, CRITERION_LABELS[name], counts.unmet[name], _share(counts.unmet[name], counts.total))
        for name in names
    ]


def reason_bars(counts: Tally) -> list[Bar]:
    return [
        Bar(reason, label, counts.reasons[reason], _share(counts.reasons[reason], counts.total),
            "for" if reason in GROUNDS_FOR else "against")
        for reason, label in sorted(REASON_LABELS.items(), key=lambda item: -counts.reasons[item[0]])
        if counts.reasons[reason]
    ]  # fmt: skip


def _share(count: int, total: int) -> int:
    return round(100 * count / total) if total else 0


@dataclass(frozen=True, slots=True)
class Cell:
    verdict: str
    clarity: str
    count: int
    depth: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    verdict: str
    label: str
    cells: tuple[Cell, ...]


def matrix(counts: Tally) -> list[MatrixRow]:
    """Form × substance: verdicts down, clarity across; `depth` 0 to 4 shades a cell."""
    most = max(counts.clarity.values(), default=0)

    def cell(verdict: str, clarity: str) -> Cell:
        count = counts.clarity[verdict, clarity]
        return Cell(verdict, clarity, count, -(-4 * count // most) if most else 0)

    return [
        MatrixRow(verdict, label, tuple(cell(verdict, clarity) for clarity in CLARITY_LABELS))
        for verdict, label in VERDICT_LABELS.items()
    ]


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """Counts of one registering organisation or person, in the order of `Verdict`; `query` is what a page filters by,
    where that is not the name."""

    owner: str
    total: int
    counts: tuple[int, ...]
    query: str = ""


def owner_rows(counts: Tally) -> list[OwnerRow]:
    """Most registrations first, then by name."""
    owners = sorted({owner for (owner, _), count in counts.owners.items() if count}, key=sort_key)
    rows = [
        OwnerRow(owner, sum(numbers), numbers)
        for owner in owners
        for numbers in [tuple(counts.owners[owner, verdict] for verdict in Verdict)]
    ]
    return sorted(rows, key=lambda row: -row.total)


@dataclass(frozen=True, slots=True)
class Headline:
    """A sentence worth reading first, with the filter that shows its items."""

    text: str
    verdict: str
    clarity: str


def headlines(counts: Tally) -> list[Headline]:
    """Where form and substance part ways: what a reader of forms alone would miss."""
    fine_form = counts.clarity[Verdict.ROUTINE, "0"]
    rough = counts.clarity[Verdict.BREAKTHROUGH, "1"] + counts.clarity[Verdict.BREAKTHROUGH, "2"]
    told = []
    if fine_form:
        told.append(
            Headline(
                f"{fine_form} việc ghi rõ đủ tiêu chí nhưng có dấu hiệu là việc thường xuyên", Verdict.ROUTINE, "0"
            )
        )
    if rough:
        told.append(
            Headline(
                f"{rough} việc có tính đột phá nhưng bản đăng ký còn thiếu tiêu chí", Verdict.BREAKTHROUGH, "thieu"
            )
        )
    return told


def summary(counts: Tally) -> str:
    """One sentence with all counts, for letters and the terminal's eye."""
    parts = ", ".join(f"{counts.verdicts[verdict]} {label.lower()}" for verdict, label in VERDICT_LABELS.items())
    types = ", ".join(
        f"{counts.owner_types[kind]} của {label.lower()}"
        for kind, label in OWNER_LABELS.items()
        if counts.owner_types[kind]
    )
    return f"{counts.total} nhiệm vụ đăng ký ({types}): {parts}."


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything `pieces/overview.html` places."""

    total: int
    verdicts: list[Bar]
    matrix: list[MatrixRow]
    unmet: list[Bar]
    reasons: list[Bar]
    owners: list[OwnerRow]
    owners_hidden: int
    headlines: list[Headline]
    clarity_labels: dict[str, str]


def overview(counts: Tally) -> Overview:
    owners = owner_rows(counts)
    return Overview(
        counts.total,
        verdict_bars(counts),
        matrix(counts),
        unmet_bars(counts),
        reason_bars(counts),
        owners[:OWNERS_SHOWN],
        max(0, len(owners) - OWNERS_SHOWN),
        headlines(counts),
        CLARITY_LABELS,
    )
