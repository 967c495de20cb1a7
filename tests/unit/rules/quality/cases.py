"""Registrations labelled and screened, each said in one line of a test."""

from collections.abc import Mapping, Sequence

from dotpha.rules.screening.quality.labels import Case, Labels
from dotpha.rules.screening.result import (
    CRITERIA,
    Criterion,
    Finding,
    Ground,
    Reason,
    Screening,
    Severity,
    Verdict,
)

ROUTINE, BORDERLINE, BREAKTHROUGH = Verdict.ROUTINE, Verdict.BORDERLINE, Verdict.BREAKTHROUGH


def case(
    label: Verdict = ROUTINE,
    given: Verdict = ROUTINE,
    *,
    id_: str = "A1",
    field: str = "",
    chance: float = 0.8,
    reasons: Sequence[Reason] = (Reason.RECURRING_DUTY,),
    led: Sequence[Reason] = (Reason.RECURRING_DUTY,),
    met: Mapping[str, bool | None] | None = None,
    found: Mapping[str, bool | None] | None = None,
    rules: Sequence[str] = (),
) -> Case:
    """`met` by label and `found` by the engine are True where not said; `chance` is that of the verdict given."""
    rest = (1 - chance) / 2
    screening = Screening(
        id=id_,
        clarity={name: Criterion((found or {}).get(name, True), "vì") for name in CRITERIA},
        verdict=given,
        reasons=tuple(led),
        chances={verdict: chance if verdict is given else rest for verdict in Verdict},
        grounds=(Ground("lasting", "khó khăn tồn tại lâu", 1.0, 0.5),),
        findings=tuple(Finding(code, Severity.WARN, "lời nhắc") for code in rules),
    )
    labels = Labels(label, tuple(reasons), {name: (met or {}).get(name, True) for name in CRITERIA})
    return Case(id_, f"Việc {id_}", field, labels, screening)
