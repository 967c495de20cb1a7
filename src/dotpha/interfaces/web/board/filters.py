"""What a campaign's board may be asked: what every board may, and the branch, and what has near-duplicates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dotpha.appraisal.queries import Group, Wanted
from dotpha.directory.models import PartyOrganization
from dotpha.documents.pieces.overview import Tally
from dotpha.interfaces.web.screening_parts import filters
from dotpha.interfaces.web.screening_parts.filters import Choice, Select
from dotpha.rules.screening.result import CRITERIA

HAS_DUPLICATES = "co"
_MISSING = {"0": (0, 0), "1": (1, 1), "2": (2, len(CRITERIA)), filters.INCOMPLETE: (1, len(CRITERIA))}


@dataclass(frozen=True)
class Filters(filters.Filters):
    branch: str = ""
    near: str = ""

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> dict[str, Any]:
        branch = query.get("nhanh", "")
        is_key = branch.isascii() and branch.isdigit() and len(branch) < 10
        near = filters.one_of(query, "gan-giong", [HAS_DUPLICATES])
        return {**super().asked(query), "branch": branch if is_key else "", "near": near}

    def own_parts(self) -> dict[str, str]:
        return {"nhanh": self.branch, "gan-giong": self.near}

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            verdict=self.verdict,
            missing=_MISSING.get(self.clarity),
            is_individual=self.owner_type == "individual" if self.owner_type else None,
            unmet=self.unmet,
            reason=self.reason,
            has_duplicates=bool(self.near),
            branch=int(self.branch) if self.branch else None,
            words=self.words,
        )


def tally(groups: Sequence[Group]) -> Tally:
    """The counts behind the charts, from the counts of the database."""
    counts = Tally()
    for each in groups:
        kind = "individual" if each.is_individual else "organization"
        counts.count(each.verdict, each.unmet, each.reasons, kind, each.count)
    return counts


def selects(
    counts: Tally, asked: Filters, groups: Sequence[Group], branches: Sequence[tuple[PartyOrganization, int]]
) -> list[Select]:
    """A choice of one is none, but whether something has near-duplicates is asked with one."""
    near = sum(each.near for each in groups)
    offered = filters.selects(
        counts,
        asked,
        Select("nhanh", "Nhánh", asked.branch, tuple(Choice(str(each.pk), str(each), n) for each, n in branches)),
    )
    if near:
        offered.append(Select("gan-giong", "Việc gần giống", asked.near, (Choice(HAS_DUPLICATES, "Có", near),)))
    return offered
