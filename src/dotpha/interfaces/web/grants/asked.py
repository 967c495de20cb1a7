"""What the list of grants is asked, in the address of the page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404

from dotpha.accounts.models import User
from dotpha.directory import grant_queries
from dotpha.directory.grant_queries import Asked
from dotpha.directory.models import Function, PartyOrganization
from dotpha.interfaces.web.directory.as_of import AsOf
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.rules.vietnamese.text import tidy

LONGEST_SEARCH = 120
MOST_BRANCHES = 8


@dataclass(frozen=True, slots=True)
class Filters:
    as_of: AsOf
    asked: Asked

    @classmethod
    def of(cls, request: SignedInRequest) -> "Filters":
        """
        Raises:
            Http404: the branch asked for is not one the person may see.
        """
        as_of, said = AsOf.of(request), request.GET
        function = said.get("chuc-nang", "")
        asked = Asked(
            person=tidy(said.get("nguoi", ""))[:LONGEST_SEARCH],
            function=Function(function) if function in Function.values else None,
            place=tidy(said.get("to-chuc", ""))[:LONGEST_SEARCH],
            branch=_branch(request.user, said.get("nhanh", ""), as_of),
            is_any_day=said.get("moi-luc") == "1",
        )
        return cls(as_of, asked)

    def query(self, **other: str) -> str:
        """The address behind the question mark, with something else in some places."""
        asked, as_of = self.asked, self.as_of
        said = {
            "nguoi": asked.person,
            "chuc-nang": asked.function.value if asked.function else "",
            "to-chuc": asked.place,
            "nhanh": str(asked.branch.pk) if asked.branch else "",
            "moi-luc": "1" if asked.is_any_day else "",
            "ngay": "" if as_of.is_today else f"{as_of.day:%d/%m/%Y}",
        }
        said |= {name.replace("_", "-"): value for name, value in other.items()}
        return urlencode({name: value for name, value in said.items() if value}, safe="/")

    @property
    def functions(self) -> list[tuple[str, str, bool]]:
        return [(each.value, each.label, each == self.asked.function) for each in Function]

    @property
    def is_narrowed(self) -> bool:
        return self.asked != Asked() or not self.as_of.is_today


def branches(user: User, filters: Filters) -> list[PartyOrganization]:
    """Organizations the words name, to look at their whole branch instead."""
    if not filters.asked.place:
        return []
    return list(grant_queries.branches(user, filters.asked.place, on=filters.as_of.today)[:MOST_BRANCHES])


def _branch(user: User, written: str, as_of: AsOf) -> PartyOrganization | None:
    if not written:
        return None
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
    branch = grant_queries.branches(user, "", on=as_of.today).filter(pk=number).first()
    if branch is None:
        raise Http404
    return branch
