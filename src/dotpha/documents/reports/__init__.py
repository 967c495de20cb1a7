"""The four reports of a screening: lines of JSON, a workbook, a Word paper, one page of HTML.

Each writer loads its library only when its kind is asked for.
"""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from dotpha.documents.reports.context import ReportContext
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import Screening

Row = tuple[Registration, Screening]

# kind, which is the ending of the file's name -> module with `write(stream, rows, context)`
WRITERS = {
    "jsonl": "dotpha.documents.reports.lines",
    "xlsx": "dotpha.documents.reports.workbook",
    "docx": "dotpha.documents.reports.paper",
    "html": "dotpha.documents.reports.page",
}


class UnknownKind(ValueError):
    """No report ends in this."""


def kind_of(path: Path) -> str:
    """The kind a path asks for.

    Raises:
        UnknownKind: its ending is none of `WRITERS`.
    """
    kind = path.suffix.lower().lstrip(".")
    if kind not in WRITERS:
        endings = ", ".join(f".{known}" for known in WRITERS)
        raise UnknownKind(f"Chưa biết viết tệp “{path.name}”. Đồng chí đặt đuôi tệp là một trong: {endings}.")
    return kind


def write(path: Path, rows: Iterable[Row], context: ReportContext) -> None:
    """Write the report that the path's ending names; rows are taken one at a time where the kind allows it.

    Raises:
        UnknownKind: the ending is none of ours.
        OSError: the file cannot be written.
    """
    kind = kind_of(path)
    with path.open("wb") as stream:
        write_to(stream, kind, rows, context)


def write_to(stream: BinaryIO, kind: str, rows: Iterable[Row], context: ReportContext) -> None:
    import_module(WRITERS[kind]).write(stream, rows, context)
