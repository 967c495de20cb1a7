"""The screening as JSON lines, one for each registration, for other programs."""

import json
from collections.abc import Iterable
from typing import BinaryIO

from dotpha.documents.reports.context import ReportContext
from dotpha.rules.registration import Registration
from dotpha.rules.screening.codec import to_json
from dotpha.rules.screening.result import Screening


def write(stream: BinaryIO, rows: Iterable[tuple[Registration, Screening]], context: ReportContext) -> None:
    for _, screening in rows:
        line = json.dumps(to_json(screening), ensure_ascii=False)
        stream.write(line.encode(errors="replace") + b"\n")  # half a character from a broken file stops nothing
