"""The pages behind the first, in English, for developers: every figure with its interval and its definition."""

from collections.abc import Iterator, Mapping, Sequence

from dotpha.documents.reports.quality.marks import NONE, between, figure, table, words
from dotpha.documents.reports.quality.subject import HeldOut, Subject
from dotpha.rules.catalogue import ENOUGH_CASES, TRUSTED_FROM, Measured, rules
from dotpha.rules.screening.quality.calibration import Calibration
from dotpha.rules.screening.quality.floors import CEILINGS, Floors, meets
from dotpha.rules.screening.quality.labels import Case
from dotpha.rules.screening.quality.measure import Quality, crosses
from dotpha.rules.screening.quality.resampling import Interval, wilson
from dotpha.rules.screening.quality.score import VERDICTS, Score, Tally, figures
from dotpha.rules.screening.result import CRITERIA, VERDICT_LABELS, Ground

_GROUNDS_SHOWN = 3
_BIN_HEAD = ["Bin", "n", "Mean chance", "Came true", "95 %"]


def details(quality: Quality, subject: Subject) -> Iterator[str]:
    yield "## For developers: how this was measured"
    yield ""
    yield _method(subject)
    yield ""
    if subject.floors:
        yield from _floors(quality, subject.floors)
    yield from _verdicts(quality)
    yield from _criteria(quality)
    yield from _rules(quality.rules, quality.base_rates)
    yield from _calibration(quality)
    if quality.fields:
        yield from _fields(quality.fields)
    if subject.held_out:
        yield from _held_out(subject.held_out)
    yield from _worst(quality, subject)


def _method(subject: Subject) -> str:
    draws = (
        f"Intervals are 95 %: percentile bootstrap over registrations ({subject.samples} draws, fixed seed), Wilson "
        "for the precision of a rule and for the bins of calibration. Registrations are drawn as if independent; those "
        "of one place or field are somewhat alike, so about a place never seen one knows less than the interval says."
        if subject.samples
        else "No bootstrap was asked for; Wilson's 95 % intervals stand beside rules and bins."
    )
    return (
        "The engine reads the registration fields only; `labels` and `note` never reach it. Each file is screened as "
        "one batch. *Unmet* is the positive class of a criterion; rows whose label is null are left out. A leading "
        "reason is right when it is among the labelled reasons. A class nobody labelled and nobody gave has "
        "F1 = 1. " + draws
    )


def _floors(quality: Quality, floors: Floors) -> Iterator[str]:
    yield "### Floors and aims"
    yield ""
    yield "A test fails when a figure falls under its floor. An aim that is not reached is reported, not hidden."
    yield ""
    names = list(dict.fromkeys([*floors.floor, *floors.aim]))
    rows = [
        [
            f"`{name}`",
            _value(name, quality.figures[name]),
            between(quality.sure.get(name)) if name not in CEILINGS else NONE,
            _bound(name, floors.floor.get(name)),
            _bound(name, floors.aim.get(name)),
            _reached(name, quality.figures[name], floors),
        ]
        for name in names
    ]
    yield from table(["Figure", "Measured", "95 %", "Floor", "Aim", "State"], rows)


def _value(name: str, value: float) -> str:
    return str(int(value)) if name in CEILINGS else figure(value)


def _bound(name: str, value: float | None) -> str:
    if value is None:
        return NONE
    return f"≤ {value:g}" if name in CEILINGS else f"≥ {value:g}"


def _reached(name: str, value: float, floors: Floors) -> str:
    if name in floors.floor and not meets(name, value, floors.floor[name]):
        return "**under the floor**"
    if name not in floors.aim:
        return "above the floor"
    return "aim reached" if meets(name, value, floors.aim[name]) else "aim not reached"


def _verdicts(quality: Quality) -> Iterator[str]:
    yield "### Verdict"
    yield ""
    sure, told = quality.sure, quality.figures
    yield f"- macro-F1 **{figure(told['macro_f1'])}** ({between(sure.get('macro_f1'))})"
    yield f"- accuracy **{figure(told['accuracy'])}** ({between(sure.get('accuracy'))})"
    yield f"- leading reason right **{figure(told['reason'])}** ({between(sure.get('reason'))})"
    yield (
        f"- cross errors: routine called breakthrough **{told['routine_as_breakthrough']:g}**, breakthrough called "
        f"routine **{told['breakthrough_as_routine']:g}**"
    )
    yield ""
    yield from _confusion(quality.counts)
    scores = {each.value: quality.counts.verdict(each) for each in VERDICTS}
    yield from _scores("Verdict", scores, {name: sure.get(f"{name}_f1") for name in scores})


def _confusion(counts: Tally) -> Iterator[str]:
    rows = [[f"**{label}**", *(counts.confused(label, given) for given in VERDICTS)] for label in VERDICTS]
    yield from table(["Label ↓ engine →", *VERDICTS], rows)


def _scores(what: str, scores: Mapping[str, Score], sure: Mapping[str, Interval | None]) -> Iterator[str]:
    rows = [
        [
            f"`{name}`",
            score.wanted,
            score.named,
            figure(score.precision if score.named else None),
            figure(score.recall if score.wanted else None),
            figure(score.f1),
            between(sure.get(name)),
        ]
        for name, score in scores.items()
    ]
    yield from table([what, "Labelled", "Given", "Precision", "Recall", "F1", "F1 95 %"], rows)


def _criteria(quality: Quality) -> Iterator[str]:
    yield "### Criteria, class *unmet*"
    yield ""
    scores = {name: quality.counts.criterion(name) for name in CRITERIA}
    yield from _scores("Criterion", scores, {name: quality.sure.get(name) for name in CRITERIA})


def _rules(measured: Mapping[str, Measured], base_rates: Mapping[str, float | None]) -> Iterator[str]:
    """Precision by rule; recall only by claim, because rules that share a claim divide its cases among them."""
    yield "### Rules"
    yield ""
    yield (
        "Each rule of the catalogue claims a label (`claims` in `catalogue.toml`). Precision is measured for each "
        "rule; rules that share a claim divide its cases among them, so recall only makes sense for all of them "
        "together. *n* counts registrations on which the rule was raised and a label could contradict it. A rule that "
        f"is right in under {TRUSTED_FROM:.0%} of at least {ENOUGH_CASES} registrations of our own corpus "
        "is shown as a hint only."
    )
    yield ""
    rows = [
        [f"`{code}`", f"`{rules()[code].claims}`", each.raised, figure(each.precision), _wilson(each)]
        for code, each in measured.items()
    ]
    yield from table(["Rule", "Claims", "n", "Precision", "95 %"], rows, numbers_from=2)
    yield "Precision reads against the base rate: what a rule raised blindly on every registration would score."
    yield ""
    claims = {rules()[code].claims: each for code, each in measured.items()}
    by_claim = [
        [f"`{claim}`", each.wanted, figure(base_rates[claim]), each.found, figure(each.recall)]
        for claim, each in claims.items()
    ]
    yield from table(["Claim", "True by label", "Base rate", "Found by a rule", "Recall"], by_claim)
    silent = [f"`{code}`" for code in rules() if code not in measured]
    if silent:
        yield f"Chưa đo được (no label could contradict these): {', '.join(silent)}."
        yield ""


def _wilson(measured: Measured) -> str:
    return between(wilson(measured.right, measured.raised)) if measured.raised else NONE


def _calibration(quality: Quality) -> Iterator[str]:
    yield "### Calibration"
    yield ""
    yield (
        "Chances in bins of a tenth. ECE: distance between mean chance and share that came true, weighted by counts. "
        "Brier: over three verdicts 0 to 2, for P(breakthrough) 0 to 1; 0 is perfect."
    )
    yield ""
    yield from _bins("Chance of the verdict given", quality.given_verdict)
    yield from _bins("P(breakthrough)", quality.breakthrough)


def _bins(title: str, told: Calibration) -> Iterator[str]:
    yield f"**{title}**: ECE {figure(told.error)}, Brier {figure(told.brier)}"
    yield ""
    rows = [
        [f"{each.low:.1f}–{each.high:.1f}", each.count, figure(each.chance), figure(each.share), between(each.sure)]
        for each in told.bins
    ]
    yield from table(_BIN_HEAD, rows)


def _fields(fields: Mapping[str, Tally]) -> Iterator[str]:
    yield "### By field of work"
    yield ""
    rows = []
    for name, counts in fields.items():
        told = figures(counts)
        cross = told["routine_as_breakthrough"] + told["breakthrough_as_routine"]
        rows.append([words(name), counts.total, figure(told["macro_f1"]), figure(told["accuracy"]), f"{cross:g}"])
    yield from table(["Field", "n", "Macro-F1", "Accuracy", "Cross errors"], rows)


def _held_out(held_out: HeldOut) -> Iterator[str]:
    yield "### Cross-validation over fields"
    yield ""
    told = figures(held_out.counts)
    yield (
        "On our own corpus (`corpus/train.py`), every registration is judged by weights fitted without its field of "
        "work. The word lists and rules were written with all fields in view, so this is fair to the weights, not to "
        "the lists. "
        f"{held_out.counts.total} registrations: macro-F1 **{figure(held_out.macro_f1)}**, accuracy "
        f"**{figure(told['accuracy'])}**."
    )
    yield ""
    yield from _confusion(held_out.counts)
    fields = [[words(name), right, of, figure(right / of)] for name, (right, of) in held_out.per_field.items() if of]
    yield from table(["Field left out", "Right", "n", "Accuracy"], fields)
    bins = [
        [f"{low:.1f}–{min(high, 1):.1f}", n, figure(chance), figure(share), between(wilson(round(share * n), n))]
        for low, high, n, chance, share in held_out.bins
    ]
    if bins:
        yield "Calibration of the verdict given, on fields left out:"
        yield ""
        yield from table(_BIN_HEAD, bins)


def _worst(quality: Quality, subject: Subject) -> Iterator[str]:
    yield "### The worst errors"
    yield ""
    if not quality.worst:
        yield "None: every verdict agrees with its label."
        yield ""
        return
    yield (
        f"{len(quality.worst)} of {quality.wrong} wrong verdicts: cross errors (✗) first, then the surer the graver. "
        "A pull is a fact's share in log-odds, beyond business as usual plus enough for a breakthrough."
    )
    if not subject.in_sample:
        yield "A test set is for judging: rules and weights are never adjusted to single rows of this table."
    yield ""
    rows = [_error(case) for case in quality.worst]
    yield from table(
        ["Id", "Title", "Label → engine", "Routine / borderline / breakthrough", "Leading grounds"],
        rows,
        numbers_from=9,
    )


def _error(case: Case) -> Sequence[str]:
    given = case.screening
    arrow = f"{VERDICT_LABELS[case.labels.verdict]} → {VERDICT_LABELS[given.verdict]}{' ✗' if crosses(case) else ''}"
    chances = " / ".join(f"{given.chances[verdict]:.2f}" for verdict in VERDICTS)
    grounds = "; ".join(_pull(each) for each in given.grounds[:_GROUNDS_SHOWN]) or NONE
    return words(case.id), words(case.title), arrow, chances, grounds


def _pull(ground: Ground) -> str:
    return f"{words(ground.label)} {ground.beyond + ground.enough:+.2f}"
