"""Who and where a function can be given: found by words, a few at a time, whatever is chosen already on top."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from dotpha.accounts.models import User
from dotpha.directory import grant_queries, queries
from dotpha.rules.vietnamese.text import tidy

MOST = 10


@dataclass(frozen=True, slots=True)
class Choice:
    value: int
    name: str
    about: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    people: list[Choice]
    places: list[Choice]
    people_more: bool
    places_more: bool
    find_user: str
    find_organization: str

    @classmethod
    def of(cls, by: User, said: QueryDict, *, on: date) -> "Choices":
        find_user, find_place = _words(said, "find_user"), _words(said, "find_organization")
        people, people_more = _few(
            grant_queries.accounts_to_grant(by, find_user, on=on),
            grant_queries.accounts_to_grant(by, "", on=on),
            said.get("user", ""),
        )
        places, places_more = _few(
            grant_queries.places_to_grant(by, find_place, on=on).select_related("parent"),
            grant_queries.places_to_grant(by, "", on=on).select_related("parent"),
            said.get("organization", ""),
        )
        posts = queries.main_posts([each.official for each in people if hasattr(each, "official")], day=on)
        return cls(
            people=[
                Choice(
                    each.pk, each.get_full_name() or each.username, _post(each, posts), str(each.pk) == said.get("user")
                )
                for each in people
            ],
            places=[
                Choice(
                    each.pk,
                    each.name,
                    each.parent.name if each.parent else "",
                    str(each.pk) == said.get("organization"),
                )
                for each in places
            ],
            people_more=people_more,
            places_more=places_more,
            find_user=find_user,
            find_organization=find_place,
        )


def _words(said: QueryDict, name: str) -> str:
    return tidy(said.get(name, ""))[:120]


def _few(found: QuerySet[Any], every: QuerySet[Any], chosen: str) -> tuple[list[Any], bool]:
    first = list(every.filter(pk=int(chosen))) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else []
    others = list(found.exclude(pk__in=[each.pk for each in first])[: MOST + 1])
    return first + others[:MOST], len(others) > MOST


def _post(account: User, posts: dict[int, str]) -> str:
    return posts.get(account.official.pk, "") if hasattr(account, "official") else ""
