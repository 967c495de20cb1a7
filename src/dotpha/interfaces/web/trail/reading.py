"""From what the reader typed to what is asked of the trail, and from events to lines on the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.core.models import AuditEvent
from dotpha.core.queries import Events, Wanted, events_in
from dotpha.core.sentences import Change, Part, changes, groups, sentence
from dotpha.directory import policy
from dotpha.directory.models import Function, Official, PartyOrganization
from dotpha.directory.policy import WHO_MAY, Deed

_LABELS = {"tim": "có chữ", "nguoi": "người làm", "to_chuc": "tổ chức", "doi_tuong": "đối tượng"}
# What the reason of an event is, by its group; anything else has grounds.
_REASON_LABELS = {"session": "Chi tiết", "factor": "Chi tiết", "deed": "Vì sao", "trail": "Đã lọc"}


@dataclass(frozen=True, slots=True)
class Line:
    """An event as the page shows it."""

    event: AuditEvent
    at: datetime
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    of_target: str  # the query that shows what else happened to the same object
    reason_label: str


@dataclass(frozen=True)  # without slots, for the property that is asked once
class Reader:
    """Where a person reads the trail: the organizations of the grants that allow it."""

    scopes: tuple[PartyOrganization, ...]

    @cached_property
    def at_every_root(self) -> bool:
        """What belongs to no organization may concern any tree: only who reads them all reads it. Up to one query."""
        mine = [scope.pk for scope in self.scopes if scope.parent_id is None]
        return bool(mine) and not PartyOrganization.objects.filter(parent=None).exclude(pk__in=mine).exists()

    @property
    def only_scope(self) -> PartyOrganization | None:
        return self.scopes[0] if len(self.scopes) == 1 else None

    @staticmethod
    def of(user: User, *, on: date) -> "Reader":
        grants = policy.grants_of(user, on=on)
        allowed = {grant.organization for grant in grants if Function(grant.function) in WHO_MAY[Deed.READ_TRAIL]}
        scopes: list[PartyOrganization] = []
        for scope in sorted(allowed, key=lambda each: each.path):  # what lies below another says nothing more
            if not scopes or not scope.path.startswith(scopes[-1].path):
                scopes.append(scope)
        return Reader(tuple(scopes))


def visible(user: User, reader: Reader, *, on: date) -> Events:
    scopes = policy.visible_to(user, on=on, deed=Deed.READ_TRAIL).values("pk")
    return events_in(scopes, with_unscoped=reader.at_every_root)


def wanted(asked: Mapping[str, Any]) -> Wanted:
    kind, _, key = asked.get("doi_tuong", "").partition(":")
    return Wanted(
        actors=_people(asked["nguoi"]) if asked.get("nguoi") else None,
        group=asked.get("viec", ""),
        scopes=PartyOrganization.objects.found_by(asked["to_chuc"]).values("pk") if asked.get("to_chuc") else None,
        target=(kind, key) if kind else None,
        since=_start_of(asked.get("tu")),
        before=_start_of(asked.get("den"), days=1),
        words=asked.get("tim", ""),
    )


def told(asked: Mapping[str, Any]) -> str:
    """What was asked, in words, for the trace of the reading itself."""
    said = [f"{label} “{asked[name]}”" for name, label in _LABELS.items() if asked.get(name)]
    said += [f"loại việc “{groups()[asked['viec']]}”"] if asked.get("viec") else []
    said += [f"từ ngày {asked['tu']:%d/%m/%Y}"] if asked.get("tu") else []
    said += [f"đến ngày {asked['den']:%d/%m/%Y}"] if asked.get("den") else []
    return ", ".join(said) or "không lọc"


def query(asked: Mapping[str, Any]) -> str:
    """The filters as an address says them."""
    given = {name: f"{value:%d/%m/%Y}" if isinstance(value, date) else value for name, value in asked.items() if value}
    return urlencode(given)


def lines(events: Iterable[AuditEvent]) -> list[Line]:
    return [
        Line(
            event,
            timezone.localtime(event.at),
            sentence(event),
            changes(event),
            urlencode({"doi_tuong": f"{event.target_kind}:{event.target_id}"}) if event.target_id else "",
            _REASON_LABELS.get(event.verb.partition(".")[0], "Căn cứ, lý do"),
        )
        for event in events
    ]


def _people(words: str) -> Any:
    """Accounts of officials with these words in their name, or with this user name."""
    officials = Official.objects.found_by(words).exclude(user=None).values("user")
    return User.objects.filter(Q(pk__in=officials) | Q(username__iexact=words)).values("pk")


def _start_of(day: date | None, *, days: int = 0) -> datetime | None:
    if day is None or day > date.max - timedelta(days=2):
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min))
