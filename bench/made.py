"""Registrations in any number for the benchmarks: the corpus over and over, each with other figures and places."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "registrations.jsonl"
_NUMBER = re.compile(r"(?<![\d/.,-])\d{2,3}(?![\d/.,%-])")
_PLACES = ("Hạ", "Thượng", "Đông", "Đoài", "Trung", "Nội", "Ngoại", "Cả", "Mới", "Cũ", "Vàng", "Sen", "Gò", "Đầm")


def registrations(count: int, *, seed: int = 1) -> Iterator[dict[str, Any]]:
    """`count` rows as `dotpha screen` takes them, without labels."""
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    chance = random.Random(seed)
    for number in range(count):
        row = dict(rows[number % len(rows)])
        row.pop("labels", None)
        row.pop("note", None)
        place = f"thôn {chance.choice(_PLACES)} {number // len(rows)}"
        row |= {
            "id": f"B{number:06d}",
            "owner": f"{row['owner']} {place}",
            "title": f"{_other_numbers(row['title'], chance)} ở {place}",
            "description": _other_numbers(row["description"], chance),
        }
        yield row


def _other_numbers(text: str, chance: random.Random) -> str:
    return _NUMBER.sub(lambda found: str(max(10, int(found[0]) + chance.randint(-9, 9))), text)


def write(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as lines:
        for row in registrations(count):
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
