"""Readings compared as a person would compare them: text in NFC with folded spaces, numbers as numbers.

`differences` names every field that is not right, so that a failing test says what went wrong.
"""

import json
import unicodedata
from pathlib import Path
from typing import Any

from dotpha.documents.registers import Reading
from dotpha.interfaces.cli.read import as_line

FIELDS = (
    "owner", "owner_type", "position", "title", "description", "responsible", "responsibilities", "deadline",
    "deadline_iso",
)  # fmt: skip


def lines_of(reading: Reading) -> list[dict[str, Any]]:
    return [json.loads(as_line(each)) for each in reading.registrations]


def expected_in(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _flat(row: dict[str, Any], source: set[str]) -> dict[str, Any]:
    flat = {name: _folded(row[name]) for name in FIELDS if row.get(name)}
    flat |= {f"source.{name}": row["source"].get(name) for name in source}
    for place, each in enumerate(row["indicators"]):
        for name in ("name", "unit", "baseline", "target"):
            if each.get(name) not in (None, ""):
                flat[f"indicators.{place}.{name}"] = _folded(each[name])
        for number, (period, value) in enumerate(each.get("history") or ()):
            flat[f"indicators.{place}.history.{number}"] = (period, round(float(value), 6))
    return flat


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split())
    return round(float(value), 6)


def differences(expected: list[dict[str, Any]], got: list[dict[str, Any]]) -> list[str]:
    """Every field that differs, and registrations missing or too many; [] where the reading is right."""
    found = []
    if len(expected) != len(got):
        titles = [row["title"] for row in got]
        found.append(f"{len(got)} registrations instead of {len(expected)}: {titles}")
    for want, have in zip(expected, got, strict=False):
        source = set(want["source"])
        right, read = _flat(want, source), _flat(have, source)
        found += [
            f"{want['source']} {name}: {read.get(name)!r} instead of {right.get(name)!r}"
            for name in sorted(right.keys() | read.keys())
            if right.get(name) != read.get(name)
        ]
    return found
