"""What the machine said in full, made ready for the database before the transaction that writes it begins.

Thousands of results are written at once while everybody else who writes waits; turning each into JSON belongs before.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db import models

from dotpha.rules.screening import codec
from dotpha.rules.screening.result import Duplicate, Screening


@dataclass(frozen=True, slots=True)
class Packed:
    """A screening as JSON, but for its name and those of its near-duplicates: a task has its key when it is written."""

    body: bytes
    id: str = ""
    duplicates: tuple[Duplicate, ...] = ()

    @classmethod
    def of(cls, screening: Screening) -> Self:
        row = codec.to_json(screening)
        del row["id"], row["duplicates"]
        return cls(zlib.compress(_json(row), 1), screening.id, screening.duplicates)

    def named(self, id_: str, duplicates: Sequence[Duplicate]) -> "Packed":
        return replace(self, id=id_, duplicates=tuple(duplicates))

    def text(self) -> str:
        names = {"id": self.id, "duplicates": [codec.duplicate_row(each) for each in self.duplicates]}
        return (_json(names)[:-1] + b", " + zlib.decompress(self.body)[1:]).decode()


def _json(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode(errors="replace")


class _Encoder(json.JSONEncoder):
    def encode(self, o: Any) -> str:
        return o.text() if isinstance(o, Packed) else super().encode(o)


class PackedField(models.JSONField):
    """A JSON field that takes `Packed` too; migrations need not tell it from any other."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **{**given, "encoder": _Encoder})

    def deconstruct(self) -> Any:
        name, _, args, given = super().deconstruct()
        del given["encoder"]
        return name, "django.db.models.JSONField", args, given
