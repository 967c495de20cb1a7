"""What the cells of a column look like, and how far that agrees with what its heading may mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dotpha.documents.registers.cells import DITTOS, shown
from dotpha.documents.registers.columns import Role
from dotpha.documents.registers.deadlines import deadline
from dotpha.documents.registers.figures import change, figure, is_day, stated_target
from dotpha.documents.registers.owners import is_kind, is_name, looks_organization, split_person


@dataclass(slots=True)
class Profile:
    """What the cells of a column look like, from a sample."""

    count: int = 0
    numeric: float = 0.0
    spoken: float = 0.0  # phrases with figures
    changes: float = 0.0
    organizations: float = 0.0
    people: float = 0.0
    kinds: float = 0.0  # "Tập thể", "Cá nhân"
    short_small: float = 0.0  # short words in small letters, as units are
    days: float = 0.0
    length: float = 0.0


def profile(values: Sequence[Any]) -> Profile:
    values = [value for value in values if value != "" and value not in DITTOS]
    if not values:
        return Profile()
    count = len(values)
    texts = [value for value in values if isinstance(value, str)]

    def share(test: Callable[[str], bool]) -> float:
        return sum(1 for text in texts if len(text) < 400 and test(text)) / count

    numbers = sum(1 for value in values if isinstance(value, int | float) and not isinstance(value, bool))
    return Profile(
        count=count,
        numeric=numbers / count
        + share(lambda text: len(text) < 60 and all(figure(part) is not None for part in text.split("\n"))),
        spoken=share(lambda text: change(text) is not None or stated_target(text) is not None),
        changes=share(lambda text: change(text) is not None),
        organizations=share(lambda text: text[0].isupper() and looks_organization(text)),
        people=share(lambda text: is_name(text) or split_person(text) is not None),
        kinds=share(is_kind),
        short_small=share(
            lambda text: (
                len(text) <= 16 and (text == "%" or text[0].islower()) and not any(sign.isdigit() for sign in text[:1])
            )
        ),
        days=sum(1 for value in values if is_day(value)) / count
        + share(lambda text: len(text) < 60 and bool(deadline(text, 2000)[1])),
        length=sum(len(shown(value)) for value in values) / count,
    )


def fit(role: Role, seen: Profile) -> float:
    """How far the cells agree with a meaning; 1 where they say nothing."""
    if not seen.count:
        return 1.0
    match role:
        case "owner" | "person":
            if seen.numeric > 0.5 or seen.length > 150 or seen.kinds > 0.6:
                return 0.2
            unlike = 0.3 if seen.short_small > 0.6 else 1.0
            mine, other = (seen.people, seen.organizations) if role == "person" else (seen.organizations, seen.people)
            return unlike * (1.1 if mine > 0.5 else 1.0 if other < 0.8 or role == "owner" else 0.8)
        case "unit":
            if seen.organizations > 0.5 or seen.people > 0.5 or seen.length > 25 or seen.numeric > 0.5:
                return 0.1
            return 1.15 if seen.short_small > 0.6 else 1.0
        case "baseline":
            return 1.0 if seen.numeric + seen.spoken >= 0.4 else 0.3
        case "target":
            return 1.0 if seen.numeric + seen.spoken >= 0.4 else 0.4
        case "indicator":
            return 0.2 if seen.numeric > 0.6 else 1.1 if seen.spoken > 0.3 else 1.0
        case "change":
            return 1.0 if seen.changes > 0.3 else 0.5
        case "number":
            return 0.5 if seen.length > 12 else 1.0
        case "deadline" | "start":
            return 0.5 if seen.length > 150 else 1.0
        case "history":
            return 1.0 if seen.numeric < 0.7 else 0.5
        case "owner_type":
            return 0.2 if seen.length > 30 else 1.2 if seen.kinds > 0.6 else 0.8
        case _:
            return 1.0
