"""What a report on quality is about: which files, which day, which engine, and what is laid beside the figures."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from dotpha.rules.screening.quality.floors import Floors
from dotpha.rules.screening.quality.score import NO_CASES, VERDICTS, Tally


class BadHeldOut(ValueError):
    """The figures of a cross-validation cannot be read; the text says why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A cross-validation over fields of work: each registration judged by weights that never saw its field.

    `confusion` counts registrations, rows by label and columns by the engine, both in the order of `VERDICTS`;
    `per_field` counts verdicts that were right, and registrations; `bins` tell of the chance of the verdict given:
    from, up to, registrations, mean chance, share that came true.
    """

    macro_f1: float
    confusion: tuple[tuple[int, ...], ...]
    per_field: Mapping[str, tuple[int, int]]
    bins: tuple[tuple[float, float, int, float, float], ...] = ()

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `corpus/train.py` writes.

        Raises:
            BadHeldOut: something is missing or of another form.
        """
        try:
            row = json.loads(text)
            return cls(
                float(row["macro_f1"]),
                tuple(tuple(map(int, counts)) for counts in row["confusion"]),
                {name: (int(right), int(of)) for name, (right, of) in sorted(row["per_field"].items())},
                tuple((float(a), float(b), int(n), float(c), float(d)) for a, b, n, c, d in row.get("calibration", ())),
            )._checked()
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise BadHeldOut(f"cần các khóa macro_f1, confusion (3 × 3) và per_field ({problem})") from None

    def _checked(self) -> Self:
        if [len(row) for row in self.confusion] != [len(VERDICTS)] * len(VERDICTS):
            raise ValueError("confusion")
        return self

    @property
    def counts(self) -> Tally:
        pairs = {
            (label.value, given.value): self.confusion[row][column]
            for row, label in enumerate(VERDICTS)
            for column, given in enumerate(VERDICTS)
        }
        return replace(NO_CASES, total=sum(pairs.values()), pairs=pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """`note` is a sentence of whoever measures; `in_sample` says that the engine was fitted on these very files."""

    files: tuple[str, ...]
    on: date
    engine_version: str
    samples: int
    note: str = ""
    in_sample: bool = False
    floors: Floors | None = None
    held_out: HeldOut | None = None
