"""A screening as one JSON object, and back: the line that `dotpha screen --output x.jsonl` writes."""

from collections.abc import Mapping
from dataclasses import fields
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
    """Keys as in the contract of `dotpha screen`, in reading order; see docs/dong-lenh.md.

    Written out by hand: `asdict` copies every leaf and would cost as much as a fifth of the screening itself.
    """
    return {
        "id": screening.id,
        "source": screening.source,
        "clarity": {name: _criterion_row(screening.clarity[name]) for name in CRITERIA},
        "verdict": screening.verdict,
        "reasons": screening.reasons,
        "chances": {verdict: round(chance, 3) for verdict, chance in screening.chances.items()},
        "grounds": [_ground_row(each) for each in screening.grounds],
        "findings": [_finding_row(each) for each in screening.findings],
        "trend": [_trend_row(each) for each in screening.trend],
        "duplicates": [duplicate_row(each) for each in screening.duplicates],
        "engine": {"version": screening.engine_version},
    }


def _criterion_row(criterion: Criterion) -> dict[str, Any]:
    return {"met": criterion.met, "why": criterion.why, "evidence": _evidence_rows(criterion.evidence)}


def _evidence_rows(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [{"field": each.field, "start": each.start, "end": each.end, "text": each.text} for each in evidence]


def _ground_row(ground: Ground) -> dict[str, Any]:
    return {
        "fact": ground.fact,
        "label": ground.label,
        "beyond": ground.beyond,
        "enough": ground.enough,
        "evidence": _evidence_rows(ground.evidence),
    }


def _finding_row(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "evidence": _evidence_rows(finding.evidence),
        "suggestion": finding.suggestion,
    }


def _trend_row(trend: Trend) -> dict[str, Any]:
    """Figures as far as they mean anything: six digits of a value, four decimals of a chance."""
    row = {name: getattr(trend, name) for name in _TREND_FIELDS}
    for name in ("median", "low", "high", "leap"):
        row[name] = None if row[name] is None else float(f"{row[name]:.6g}")
    row["p_reached"] = None if trend.p_reached is None else round(trend.p_reached, 4)
    return row


def duplicate_row(duplicate: Duplicate) -> dict[str, Any]:
    return {name: getattr(duplicate, name) for name in _DUPLICATE_FIELDS}


_TREND_FIELDS = tuple(each.name for each in fields(Trend))
_DUPLICATE_FIELDS = tuple(each.name for each in fields(Duplicate))


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
