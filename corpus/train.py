"""Fit the weights of the verdict on the corpus, and say how well they do on fields they never saw.

    python corpus/train.py            fit, cross-validate over fields, write weights.json and cross-validation.json
    python corpus/train.py --dry-run  the same without writing

Two questions, one after the other, each a logistic regression over named facts: is there anything beyond business
as usual, and, where there is, is it enough. The sides in `facts.toml` bind the signs, so that no weight can say
what nobody could explain. Needs the dependency group `train`; nothing of it is needed to run.
"""

import argparse
import json
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from dotpha.rules.registration import Registration
from dotpha.rules.screening.batch import Batch
from dotpha.rules.screening.engine import substance_facts
from dotpha.rules.screening.result import Reason, Verdict
from dotpha.rules.substance.verdict import weights

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus" / "registrations.jsonl"
WRITTEN = ROOT / "src" / "dotpha" / "rules" / "substance" / "weights.json"
VALIDATED = ROOT / "corpus" / "cross-validation.json"
ON = date(2026, 11, 23)  # the day of screening matters only where a registration names no year
_FOLDS = 10
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)  # of the chance of the verdict given
_RIDGE = 0.5  # strength of the pull towards zero; chosen by cross-validation over fields among 0.3, 0.5, 1 and 3

Matrix = NDArray[np.float64]
Model = tuple[Matrix, Matrix]


def read_corpus() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def features(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> Matrix:
    """One row a registration, one column a fact, and a last column of ones."""
    batch = Batch([Registration.from_json(row) for row in rows], on=ON)
    table = np.zeros((len(rows), len(names) + 1))
    table[:, -1] = 1.0
    for place in range(len(batch)):
        for fact in substance_facts(batch.registrations[place], on=ON, duplicates=batch.duplicates(place)):
            if fact.name in names:
                table[place, names.index(fact.name)] = fact.strength
    return table


def fit(x: Matrix, y: Matrix, bounds: Sequence[tuple[float | None, float | None]]) -> Matrix:
    """Weights of one logistic question, within `bounds`; the last weight, the start, is free."""

    def loss(w: Matrix) -> tuple[float, Matrix]:
        score = x @ w
        chance = 1 / (1 + np.exp(-score))
        value = float(np.sum(np.logaddexp(0, score) - y * score) + _RIDGE / 2 * np.sum(w[:-1] ** 2))
        slope = x.T @ (chance - y)
        slope[:-1] += _RIDGE * w[:-1]
        return value, slope

    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x)


def fit_both(x: Matrix, verdicts: Matrix, sides: Sequence[str]) -> Model:
    span = {"for": (0.0, None), "against": (None, 0.0), "mixed": (None, None)}
    bounds = [*(span[side] for side in sides), (None, None)]
    some = verdicts > 0
    return fit(x, (verdicts > 0).astype(float), bounds), fit(x[some], (verdicts[some] > 1).astype(float), bounds)


def fit_reasons(x: Matrix, rows: Sequence[dict[str, Any]]) -> dict[Reason, Matrix]:
    """For each reason, what makes it named. These weights choose words and decide no verdict: no side binds them."""
    free: list[tuple[float | None, float | None]] = [(None, None)] * x.shape[1]
    named = {reason: np.array([float(reason in row["labels"]["reasons"]) for row in rows]) for reason in Reason}
    return {reason: fit(x, given, free) for reason, given in named.items()}


def chances(model: Model, x: Matrix) -> Matrix:
    beyond, enough = (1 / (1 + np.exp(-(x @ each))) for each in model)
    return np.column_stack([1 - beyond, beyond * (1 - enough), beyond * enough])


def cross_validate(x: Matrix, verdicts: Matrix, fields: Sequence[str], sides: Sequence[str]) -> Matrix:
    """Chances for every registration by a model that never saw its field."""
    names = sorted(set(fields))
    found = np.zeros((len(verdicts), 3))
    for fold in range(_FOLDS):
        out = np.array([names.index(field) % _FOLDS == fold for field in fields])
        found[out] = chances(fit_both(x[~out], verdicts[~out], sides), x[out])
    return found


def macro_f1(verdicts: Matrix, found: Matrix) -> float:
    scores = []
    for verdict in range(3):
        hit = np.sum((verdicts == verdict) & (found == verdict))
        scores.append(2 * hit / max(1, np.sum(verdicts == verdict) + np.sum(found == verdict)))
    return float(np.mean(scores))


def _validated(verdicts: Matrix, found: Matrix, fields: Sequence[str]) -> dict[str, Any]:
    """What docs/screening-quality.md tells of the cross-validation: confusion, fields, how true the chances are."""
    chosen = found.argmax(axis=1)
    right, given = chosen == verdicts, found.max(axis=1)
    return {
        "items": len(fields),
        "folds": _FOLDS,
        "macro_f1": round(macro_f1(verdicts, chosen), 4),
        "confusion": [[int(np.sum((verdicts == one) & (chosen == got))) for got in range(3)] for one in range(3)],
        "per_field": {
            field: [int(np.sum(right[there])), int(np.sum(there))]
            for field in sorted(set(fields))
            for there in [np.array([each == field for each in fields])]
        },
        "calibration": [
            [low, high, int(np.sum(there)), round(float(given[there].mean()), 4), round(float(right[there].mean()), 4)]
            for low, high in pairwise(_BINS)
            for there in [(given >= low) & (given < high)]
            if np.any(there)
        ],
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--dry-run", action="store_true", help="write nothing")
    dry_run: bool = asked.parse_args().dry_run
    rows = read_corpus()
    names = list(weights().facts)
    sides = [weight.side for weight in weights().facts.values()]
    order = [Verdict.ROUTINE, Verdict.BORDERLINE, Verdict.BREAKTHROUGH]
    verdicts = np.array([order.index(Verdict(row["labels"]["breakthrough"])) for row in rows])
    x = features(rows, names)
    fields = [row["field"] for row in rows]
    validated = _validated(verdicts, cross_validate(x, verdicts, fields, sides), fields)
    print(f"{len(rows)} registrations, {_FOLDS} folds over fields: macro-F1 {validated['macro_f1']:.3f}")
    for verdict, got in zip(order, validated["confusion"], strict=True):
        print(f"  {verdict:13}", got)
    beyond, enough = fit_both(x, verdicts, sides)
    for name, first, second in zip(names, beyond, enough, strict=False):
        print(f"  {name:18} {first:+.2f} {second:+.2f}")
    if not dry_run:
        told = _told(names, beyond, enough, fit_reasons(x, rows))
        WRITTEN.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        VALIDATED.write_text(json.dumps(validated, indent=1) + "\n", encoding="utf-8")


def _told(names: Sequence[str], beyond: Matrix, enough: Matrix, reasons: dict[Reason, Matrix]) -> dict[str, Any]:
    def pair(place: int) -> dict[str, float]:
        return {"beyond": round(float(beyond[place]), 3), "enough": round(float(enough[place]), 3)}

    return {
        "version": str(int(weights().version) + 1),
        "start": pair(-1),
        "facts": {name: pair(place) for place, name in enumerate(names)},
        "reasons": {
            reason: dict(zip((*names, ""), (round(float(each), 3) for each in pulls), strict=True))
            for reason, pulls in reasons.items()
        },
    }


if __name__ == "__main__":
    main()
