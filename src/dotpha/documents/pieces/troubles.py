"""Điều chưa đọc được: what the readers could not understand, file by file, never dropped in silence."""

from collections.abc import Iterable
from dataclasses import dataclass

from dotpha.documents.pieces.letters import straight

SHOWN = 100  # places of one file; a thousand alike help nobody, and the workbook lists them all


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that could not be read: a whole file (`where` is empty), or a place in it."""

    file: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class FileTroubles:
    """`unread` says why nothing was read of the file; `hidden` counts the remarks left out here."""

    file: str
    unread: str
    remarks: tuple[Trouble, ...]
    hidden: int


def by_file(unread: Iterable[Trouble], remarks: Iterable[Trouble]) -> list[FileTroubles]:
    """Files that could not be read at all first, then the others in the order in which they came."""
    lost = [FileTroubles(straight(trouble.file), straight(trouble.message), (), 0) for trouble in unread]
    places: dict[str, list[Trouble]] = {}
    for remark in remarks:
        told = Trouble(straight(remark.file), straight(remark.where), straight(remark.message))
        places.setdefault(told.file, []).append(told)
    return lost + [
        FileTroubles(file, "", tuple(found[:SHOWN]), max(0, len(found) - SHOWN)) for file, found in places.items()
    ]
