"""Write a report in a process of its own: `python -m dotpha.interfaces.web.quick.writer docx`.

Standard input: one JSON line with the report's context, then one line for each item as `jobs.Entry` keeps
it. Standard output: the file. So the server neither loads the writers' libraries nor stops for them.
"""

import json
import sys
from collections.abc import Iterable, Iterator

from dotpha.documents.reports import write_to
from dotpha.documents.reports.context import ReportContext
from dotpha.rules.registration import Registration
from dotpha.rules.screening import codec
from dotpha.rules.screening.result import Screening


def main() -> int:
    lines = iter(sys.stdin.buffer)
    context = ReportContext.from_json(json.loads(next(lines)))
    write_to(sys.stdout.buffer, sys.argv[1], list(_rows(lines)), context)
    return 0


def _rows(lines: Iterable[bytes]) -> Iterator[tuple[Registration, Screening]]:
    for line in lines:
        row = json.loads(line)
        yield Registration.from_json(row["registration"]), codec.from_json(row["screening"])


if __name__ == "__main__":
    sys.exit(main())
