"""The rules by their stable identifiers: what each says, how grave it is, an example weak and strong.

`catalogue.toml` is the one table; docs/quy-tac.md is generated from it, and the tests run its examples.
`measured.json` beside it says how often each rule was right on our labelled corpus (`dotpha evaluate-screening`
writes it). Rules learn humility here and nowhere else: `shown_severity` makes a hint of a rule that is too
often wrong, whatever the catalogue states.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dotpha.rules.screening.result import Severity

TRUSTED_FROM = 0.60  # measured precision under which a rule is shown as a hint only
ENOUGH_CASES = 10  # registrations a rule must have been raised on before its precision counts


@dataclass(frozen=True, slots=True)
class Measured:
    """How one rule fared on a labelled corpus; counts of registrations.

    `raised`: the rule was raised and a label could have contradicted it; `right`: the label agreed. `wanted`:
    what the rule claims is true by label; `found`: of these, some rule with the same claim was raised. Rules that
    share a claim ("no single person" in five ways) share `wanted` and `found`.
    """

    raised: int
    right: int
    wanted: int
    found: int

    @property
    def precision(self) -> float | None:
        """Share of 1; None where the rule was never raised."""
        return self.right / self.raised if self.raised else None

    @property
    def recall(self) -> float | None:
        """Share of 1, of all rules with this claim together; None where the claim is never true."""
        return self.found / self.wanted if self.wanted else None


@dataclass(frozen=True, slots=True)
class Rule:
    """`message` and `suggestion` are templates with named places; `weak` and `strong` are fields of a registration.

    `severity` is what people see, `stated` what the catalogue says; they differ where the rule was demoted.
    `claims` is the label that would prove the rule right, "" where none could contradict it.
    """

    code: str
    title: str
    severity: Severity
    stated: Severity
    claims: str
    measured: Measured | None
    message: str
    suggestion: str
    source: str
    weak: Mapping[str, Any]
    strong: Mapping[str, Any]

    @property
    def demoted(self) -> bool:
        return self.severity is not self.stated


def shown_severity(stated: Severity, measured: Measured | None) -> Severity:
    """What the catalogue states, or only a hint where the rule was wrong too often on enough registrations."""
    if measured is None or measured.precision is None or measured.raised < ENOUGH_CASES:
        return stated
    return stated if measured.precision >= TRUSTED_FROM else Severity.HINT


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by code, in the order of the catalogue."""
    told = tomllib.loads((files(__package__) / "catalogue.toml").read_text(encoding="utf-8"))
    measured = _measured()
    return {
        code: _rule(code, row, measured.get(code))
        for group, named in told.items()
        for code, row in ((f"{group}.{name}", row) for name, row in named.items())
    }


def _rule(code: str, row: Mapping[str, Any], measured: Measured | None) -> Rule:
    stated = Severity(row["severity"])
    return Rule(
        code=code,
        title=row["title"],
        severity=shown_severity(stated, measured),
        stated=stated,
        claims=row.get("claims", ""),
        measured=measured,
        message=row["message"],
        suggestion=row["suggestion"],
        source=row["source"],
        weak=row["weak"],
        strong=row["strong"],
    )


def _measured() -> dict[str, Measured]:
    """Empty where nothing was measured yet."""
    path = files(__package__) / "measured.json"
    if not path.is_file():
        return {}
    told = json.loads(path.read_text(encoding="utf-8"))
    return {code: Measured(**row) for code, row in told["rules"].items()}


def title_of(code: str) -> str:
    return rules()[code].title
