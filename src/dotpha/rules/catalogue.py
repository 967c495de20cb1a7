"""The rules by their stable identifiers: what each says, how grave it is, an example weak and strong.

`catalogue.toml` is the one table; docs/quy-tac.md is generated from it, and the tests run its examples.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dotpha.rules.screening.result import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """`message` and `suggestion` are templates with named places; `weak` and `strong` are fields of a registration."""

    code: str
    title: str
    severity: Severity
    message: str
    suggestion: str
    source: str
    weak: Mapping[str, Any]
    strong: Mapping[str, Any]


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by code, in the order of the catalogue."""
    told = tomllib.loads((files(__package__) / "catalogue.toml").read_text(encoding="utf-8"))
    return {
        f"{group}.{name}": Rule(
            code=f"{group}.{name}",
            title=row["title"],
            severity=Severity(row["severity"]),
            message=row["message"],
            suggestion=row["suggestion"],
            source=row["source"],
            weak=row["weak"],
            strong=row["strong"],
        )
        for group, named in told.items()
        for name, row in named.items()
    }


def title_of(code: str) -> str:
    return rules()[code].title
