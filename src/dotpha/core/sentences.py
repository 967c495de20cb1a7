"""What an event says to a person: one Vietnamese sentence per verb, and the difference it made, field by field."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field

from dotpha.core.models import AuditEvent
from dotpha.core.names import search_key
from dotpha.rules.vietnamese.difference import Kind, difference

EMPTY = "(trống)"
_UNKNOWN = "{actor}: {target}"  # a verb of a later version, read by an older one
_ROLES = {Kind.REMOVED: "removed", Kind.ADDED: "added"}
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence or of a text; `role` says what it is: actor, target, … or removed, added, or nothing."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what it was and what it became, as pieces in which the differing words are marked."""

    label: str
    before: tuple[Part, ...]
    after: tuple[Part, ...]


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("dotpha.core") / "trail.toml").read_text(encoding="utf-8"))


def verbs() -> Mapping[str, str]:
    """Every verb the trail knows, with its sentence."""
    return _catalogue()["verbs"]


def groups() -> Mapping[str, str]:
    """The nouns of the verbs, by what the filter calls them."""
    return _catalogue()["groups"]


def sentence(event: AuditEvent) -> tuple[Part, ...]:
    """The event as one sentence, in pieces; joined, their texts are the sentence."""
    said = {
        "actor": event.actor_name,
        "post": event.actor_post,
        "target": event.target_name,
        "frm": event.frm,
        "to": event.to,
    }
    template = verbs().get(event.verb, _UNKNOWN)
    parts: list[Part] = []
    for text, name, _, _ in Formatter().parse(template):
        parts += [Part(text)] if text else []
        parts += [Part(said[name] or EMPTY, name)] if name else []
    return tuple(parts)


def verbs_saying(word: str) -> frozenset[str]:
    """Verbs whose own words hold a word (folded, at the start of one): "phan" finds "phân công"."""
    return frozenset(verb for verb, key in _verb_keys().items() if f" {word}" in key)


@cache
def _verb_keys() -> Mapping[str, str]:
    own = {verb: "".join(text for text, *_ in Formatter().parse(said)) for verb, said in verbs().items()}
    return {verb: search_key(said.replace(":", " ").replace(",", " ")) for verb, said in own.items()}


def changes(event: AuditEvent) -> tuple[Change, ...]:
    """What the event changed: one `Change` per field, or one without a label where plain texts were recorded."""
    before, after = _read(event.frm), _read(event.to)
    if not isinstance(before, dict) and not isinstance(after, dict):
        return (_change("", before, after),) if before or after else ()
    before = before if isinstance(before, dict) else {"": before} if before else {}
    after = after if isinstance(after, dict) else {"": after} if after else {}
    return tuple(
        _change(
            _label(event.target_kind, name),
            *(_value(event.target_kind, name, each.get(name)) for each in (before, after)),
        )
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    )


def _read(text: str) -> dict[str, Any] | str:
    if text.startswith("{"):
        try:
            read = json.loads(text)
        except ValueError:
            return text
        return read if isinstance(read, dict) else text
    return text


def _change(label: str, before: str, after: str) -> Change:
    if not before or not after:
        return Change(label, _whole(before), _whole(after))
    return Change(label, *_marked(before, after))


def _whole(text: str) -> tuple[Part, ...]:
    return (Part(text),) if text else ()


def _marked(before: str, after: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    found = difference(before, after)
    was, becomes = (
        [Part(each.text, _ROLES.get(each.kind, "")) for each in side] for side in (found.before, found.after)
    )
    return tuple(was), tuple(becomes)


def _label(kind: str, name: str) -> str:
    if name in _catalogue()["fields"]:
        return _catalogue()["fields"][name]
    field = _field(kind, name)
    return str(field.verbose_name) if field is not None else name.replace("_", " ")


def _field(kind: str, name: str) -> "Field[Any, Any] | None":
    try:
        field = apps.get_model(kind)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):  # a table or a field of another day
        return None
    return field if isinstance(field, Field) else None


def _value(kind: str, name: str, value: Any) -> str:
    """A recorded value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(_value(kind, name, each) for each in value)
    field = _field(kind, name)
    if field is not None and field.choices:
        value = dict(field.flatchoices).get(value, value)
    return _day(str(value))


def _day(text: str) -> str:
    """
    >>> _day("2027-03-15"), _day("2027-03-15T05:00:00+00:00"), _day("2027-99-15")
    ('15/03/2027', '15/03/2027', '2027-99-15')
    """
    if not _ISO_DAY.match(text):
        return text
    try:
        return f"{date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text
