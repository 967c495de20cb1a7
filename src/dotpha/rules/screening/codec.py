"""A screening as one JSON object, and back: the line that `dotpha screen --output x.jsonl` writes."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from dotpha.rules.screening.result import (
    CRITERIA,
    Band,
    Criterion,
    Duplicate,
    Evidence,
    Finding,
    Ground,
    Reason,
    Screening,
    Severity,
    Trend,
    Verdict,
)

Row = Mapping[str, Any]


def to_json(screening: Screening) -> dict[str, Any]:
    """Keys as in the contract of `dotpha screen`, in reading order; see docs/dong-lenh.md."""
    return {
        "id": screening.id,
        "source": dict(screening.source),
        "clarity": {name: asdict(screening.clarity[name]) for name in CRITERIA},
        "verdict": screening.verdict,
        "reasons": list(screening.reasons),
        "chances": {verdict: round(chance, 3) for verdict, chance in screening.chances.items()},
        "grounds": [asdict(each) for each in screening.grounds],
        "findings": [asdict(each) for each in screening.findings],
        "trend": [_trend_row(each) for each in screening.trend],
        "duplicates": [asdict(each) for each in screening.duplicates],
        "engine": {"version": screening.engine_version},
    }


def _trend_row(trend: Trend) -> dict[str, Any]:
    """Figures as far as they mean anything: six digits of a value, four decimals of a chance."""
    row = asdict(trend)
    for name in ("median", "low", "high", "leap"):
        row[name] = None if row[name] is None else float(f"{row[name]:.6g}")
    row["p_reached"] = None if trend.p_reached is None else round(trend.p_reached, 4)
    return row


def from_json(row: Row) -> Screening:
    return Screening(
        id=row["id"],
        source=row["source"],
        clarity={name: _criterion(row["clarity"][name]) for name in CRITERIA},
        verdict=Verdict(row["verdict"]),
        reasons=tuple(Reason(each) for each in row["reasons"]),
        chances={Verdict(verdict): chance for verdict, chance in row["chances"].items()},
        grounds=tuple(Ground(**{**each, "evidence": _evidence(each["evidence"])}) for each in row["grounds"]),
        findings=tuple(_finding(each) for each in row["findings"]),
        trend=tuple(_trend(each) for each in row["trend"]),
        duplicates=tuple(_duplicate(each) for each in row["duplicates"]),
        engine_version=row["engine"]["version"],
    )


def _evidence(rows: list[Row]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**each) for each in rows)


def _criterion(row: Row) -> Criterion:
    return Criterion(row["met"], row["why"], _evidence(row["evidence"]))


def _finding(row: Row) -> Finding:
    return Finding(
        code=row["code"],
        severity=Severity(row["severity"]),
        message=row["message"],
        evidence=_evidence(row["evidence"]),
        suggestion=row["suggestion"],
    )


def _trend(row: Row) -> Trend:
    points = tuple((day, float(value)) for day, value in row["points"])
    return Trend(**{**row, "band": Band(row["band"]), "points": points})


def _duplicate(row: Row) -> Duplicate:
    return Duplicate(**{**row, "differs": tuple((here, there) for here, there in row["differs"])})
