"""What a reader may not read is not named to him in what the machine said of another task."""

from collections.abc import Collection
from dataclasses import replace

from dotpha.appraisal.models import ScreeningResult
from dotpha.appraisal.neighbours import LAST_YEAR, SAME_BATCH
from dotpha.rules.screening import codec
from dotpha.rules.screening.result import Duplicate, Screening

HIDDEN = "một nhiệm vụ ngoài phạm vi đồng chí được xem"
_QUOTING = {"last_year.same": LAST_YEAR, "duplicate.same_batch": SAME_BATCH}


def names_in(result: ScreeningResult) -> set[int]:
    """Keys of the tasks a stored result tells of beside its own."""
    return {int(each["id"]) for each in result.result["duplicates"]}


def screening_for(result: ScreeningResult, readable: Collection[int]) -> Screening:
    """A stored result as somebody reads it who may read these of the tasks `names_in` it.

    Two findings quote the title of the nearest other; of those he may not read, nothing else is left either.
    """
    screening = codec.from_json(result.result)
    nearest: dict[str, Duplicate] = {}
    for each in screening.duplicates:
        nearest.setdefault(each.kind, each)
    hidden = {kind: f"“{each.title}”" for kind, each in nearest.items() if int(each.id) not in readable}
    findings = tuple(
        replace(each, message=each.message.replace(hidden[kind], HIDDEN))
        if (kind := _QUOTING.get(each.code, "")) in hidden
        else each
        for each in screening.findings
    )
    duplicates = tuple(each for each in screening.duplicates if int(each.id) in readable)
    return replace(screening, findings=findings, duplicates=duplicates)
