"""The screening as JSON lines, one for each registration, for other programs."""

import json
from collections.abc import Iterable
from typing import BinaryIO

from dotpha.documents.reports.context import ReportContext
from dotpha.rules.registration import Registration
from dotpha.rules.screening.codec import to_json
from dotpha.rules.screening.result import Screening


def line(screening: Screening) -> bytes:
    """One line with its end; half a character from a broken file stops nothing."""
    return json.dumps(to_json(screening), ensure_ascii=False).encode(errors="replace") + b"\n"


def write(stream: BinaryIO, rows: Iterable[tuple[Registration, Screening]], context: ReportContext) -> None:
    for _, screening in rows:
        stream.write(line(screening))
