"""What the machine says of a draft, led back to the field it is about, in the very words of the screening report."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dotpha.accounts.models import User
from dotpha.appraisal.reading import composed_of
from dotpha.documents.pieces import marks
from dotpha.documents.pieces.item import FindingLine, Item, Passage, TrendView, item
from dotpha.registration import policy
from dotpha.registration.actions.tasks import owner_type
from dotpha.registration.models import BreakthroughTask, TaskVersion
from dotpha.rules.form.composing import Composed, compose
from dotpha.rules.form.content import Content
from dotpha.rules.form.missing import Missing, missing, value_of
from dotpha.rules.form.specification import Specification
from dotpha.rules.registration import Registration
from dotpha.rules.screening.engine import screen
from dotpha.rules.screening.result import Finding, Screening
from dotpha.rules.screening.thresholds import Thresholds

GENERAL = ""  # what belongs to no field in particular
# Where a finding is shown whose words quote nothing, by the group of its rule: the first of these the form asks.
_ABOUT: Mapping[str, Sequence[str]] = {
    "work": ("title",),
    "person": ("responsible", "duty"),
    "responsibility": ("duty", "coordinators", "responsibilities"),
    "schedule": ("deadline",),
    "quantified": ("indicators",),
    "indicator": ("indicators",),
    "trend": ("indicators",),
    "linked": ("supports", "serves"),
    "last_year": ("prior_year_title", "title"),
    "text": ("title",),
}


@dataclass(slots=True)
class Advice:
    """What stands beside one field; named as the templates of `pieces/` want an item."""

    passages: tuple[Passage, ...] = ()
    notes: tuple[marks.Note, ...] = ()
    findings: list[FindingLine] = field(default_factory=list)
    trends: list[TrendView] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    number: int = 0

    @property
    def legend(self) -> list[tuple[str, str]]:
        used = {note.tone for note in self.notes}
        return [(tone, label) for tone, label in marks.TONE_LABELS.items() if tone in used]


@dataclass(frozen=True, slots=True)
class Advised:
    """`by_field` by name; `by_row` by the place of an indicator in the content."""

    item: Item
    gaps: list[Missing]
    by_field: Mapping[str, Advice]
    by_row: Mapping[int, Advice]
    is_said: bool  # enough is written to say something of the whole

    @property
    def general(self) -> Advice:
        return self.by_field[GENERAL]

    @property
    def met(self) -> int:
        return sum(line.state == "met" for line in self.item.clarity)

    @property
    def asked(self) -> int:
        return sum(line.state != "none" for line in self.item.clarity)


def advise(task: BreakthroughTask, content: Content, *, by: User, today: date) -> Advised:
    """Up to two queries, for the collective task an individual's task names."""
    composed, screening = screened(task, content, by=by, today=today)
    asked = task.campaign.specification.asked_of(owner_type(task))
    seen = item(0, composed.registration, screening)
    gaps = missing(content, task.campaign.specification, owner_type=owner_type(task), year=task.campaign.year)
    by_field: defaultdict[str, Advice] = defaultdict(Advice)
    by_row: defaultdict[int, Advice] = defaultdict(Advice)
    _place_words(by_field, composed, seen)
    for finding, line in zip(screening.findings, seen.findings, strict=True):
        name, row = _place(finding, composed, asked)
        if row is not None:
            by_row[row].findings.append(line)
        elif _has_begun(content, asked, name):
            by_field[name].findings.append(line)
    for trend, view in zip(screening.trend, seen.trends, strict=True):
        (by_field["situation"] if trend.index is None else by_row[trend.index]).trends.append(view)
    for gap in gaps:
        if value_of(content, asked.by_name[gap.name]):
            by_field[gap.name].gaps.append(gap.message)
    is_said = bool(content.title and (content.description or content.indicators))
    return Advised(seen, gaps, by_field, by_row, is_said)


def screened(task: BreakthroughTask, content: Content, *, by: User, today: date) -> tuple[Composed, Screening]:
    """The draft as the engine reads it and what the engine says of it, with the campaign's day and thresholds."""
    campaign, parent = task.campaign, _parent(task, content, by=by, today=today)
    composed = compose(
        content, id=str(task.pk), owner=task.registrant.name, owner_type=owner_type(task),
        position=task.registrant.post, year=campaign.year, parent_title=parent.title if parent else "",
    )  # fmt: skip
    thresholds = Thresholds.from_json(campaign.thresholds)
    on = campaign.screened_on(today)
    return composed, screen(composed.registration, on=on, parent=parent, thresholds=thresholds)


def _parent(task: BreakthroughTask, content: Content, *, by: User, today: date) -> Registration | None:
    """The collective task as it was sent, if the draft may name it; one not sent yet only for who writes it himself."""
    if not task.is_individual or content.supports is None:
        return None
    servable = policy.tasks_servable_by(by, task, on=today).filter(pk=content.supports)
    sent = TaskVersion.objects.filter(current_of__in=servable).select_related("task__campaign").first()
    if sent is not None:
        return composed_of(sent)[0].registration
    own = servable.filter(pk__in=policy.tasks_writable_by(by, on=today).values("pk"))
    draft = own.select_related("registrant").first()
    if draft is None:
        return None
    return compose(
        draft.written, id=str(draft.pk), owner=draft.registrant.name, owner_type="organization",
        year=task.campaign.year,
    ).registration  # fmt: skip


def _place_words(by_field: Mapping[str, Advice], composed: Composed, seen: Item) -> None:
    """Every passage of the registration is cut into the parts it was typed in, each with its own marks."""
    for part in composed.parts:
        text = getattr(composed.registration, part.field)[part.start : part.end]
        here = [
            replace(note, start=note.start - part.start, end=min(note.end, part.end) - part.start)
            for note in seen.notes
            if note.field == part.field and part.start <= note.start < part.end
        ]
        if here:
            advice, cut = by_field[part.name], marks.segments(text, here)
            advice.passages += (Passage(part.field, "Đọc được", tuple(cut)),)
            advice.notes += tuple(here)


def _place(finding: Finding, composed: Composed, asked: Specification) -> tuple[str, int | None]:
    """The field a finding is shown at, and the row where it is about one indicator."""
    names = asked.by_name
    for evidence in finding.evidence:
        if evidence.field.startswith("indicators.") and "indicators" in names:
            return "indicators", int(evidence.field.split(".")[1])
        place = composed.place_of(evidence)
        if place is not None and place[0] in names:
            return place[0], None
    about = _ABOUT.get(finding.code.partition(".")[0], ())
    return next((name for name in about if name in names), GENERAL), None


def _has_begun(content: Content, asked: Specification, name: str) -> bool:
    """Nobody is told that a field is empty before he has come to it; the review tells all of it."""
    if name == GENERAL:
        return bool(content.title)
    return bool(value_of(content, asked.by_name[name]))
