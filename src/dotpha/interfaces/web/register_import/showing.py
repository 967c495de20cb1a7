"""What the page of a plan tells: how many rows of each outcome, what is to be decided, and a page of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from dotpha.interfaces.web.register_import.forms import CHOICE
from dotpha.registration.exchange.plan import (
    OUTCOME_LABELS,
    OUTCOME_MARKS,
    Line,
    Outcome,
    Plan,
    Question,
)
from dotpha.registration.models import Campaign, RegisterImport, Registrant
from dotpha.rules.vietnamese.text import fold, tidy

ON_A_PAGE, QUESTIONS_ON_A_PAGE = 100, 40
FILTERS = {
    "nghi-van": Outcome.DOUBT, "tu-choi": Outcome.REFUSED, "them": Outcome.ADD, "sua": Outcome.CHANGE,
    "khong-doi": Outcome.SAME, "trung": Outcome.DUPLICATE, "bo": Outcome.LEFT_OUT,
}  # fmt: skip
_ALL_SHOWN, _FOUND = 60, 30  # registrants offered without a search; found by one
_ROWS_TOLD = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with everything to choose from; `groups` are (label, options)."""

    question: Question
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    lines: Sequence[Line]

    @property
    def field(self) -> str:
        return f"{CHOICE}{self.question.key}"

    @property
    def shown(self) -> Sequence[Line]:
        return self.lines[:_ROWS_TOLD]

    @property
    def more(self) -> int:
        return max(0, len(self.lines) - _ROWS_TOLD)


def about(waiting: RegisterImport, made: Plan, asked: QueryDict) -> dict[str, Any]:
    counts = made.counts
    chosen = FILTERS.get(asked.get("loai", "")) or next((each for each in Outcome if counts[each]), Outcome.SAME)
    words = tidy(asked.get("tim", ""))[:120]
    told: dict[str, Any] = {
        "waiting": waiting,
        "campaign": waiting.campaign,
        "plan": made,
        "refused": counts[Outcome.REFUSED],
        "tabs": [(code, OUTCOME_MARKS[each], OUTCOME_LABELS[each], counts[each]) for code, each in FILTERS.items()],
        "chosen": next(code for code, each in FILTERS.items() if each is chosen),
        "words": words,
    }
    if chosen is Outcome.DOUBT:
        return told | _questions(waiting.campaign, made, asked, words)
    lines = [line for line in made.lines if line.outcome is chosen]
    return told | {
        "page": Paginator(lines, ON_A_PAGE).get_page(asked.get("trang")),
        "has_choices": any(line.question for line in lines),
        "tells_more": any(line.question or line.why or line.changes for line in lines),
    }


def _questions(campaign: Campaign, made: Plan, asked: QueryDict, words: str) -> dict[str, Any]:
    page = Paginator(made.questions, QUESTIONS_ON_A_PAGE).get_page(asked.get("trang"))
    asks_whom = any(question.asks_whom for question in page)
    everybody = _offered(campaign, "")[: _ALL_SHOWN + 1] if asks_whom else []
    is_short = len(everybody) <= _ALL_SHOWN
    found = _offered(campaign, words)[:_FOUND] if asks_whom and words and not is_short else []
    return {
        "page": page,
        "asked": [_asked(question, made, everybody if is_short else found, is_short) for question in page],
        "may_search": asks_whom and not is_short,
        "found": len(found),
    }


def _offered(campaign: Campaign, words: str) -> Sequence[Registrant]:
    found = campaign.registrants.order_by("order_key", "pk")
    for word in fold(words).split():
        found = found.filter(search_key__contains=f" {word}")
    return list(found[: _ALL_SHOWN + 1])


def _asked(question: Question, made: Plan, offered: Sequence[Registrant], is_short: bool) -> Asked:
    lines = [made.lines[number] for number in question.lines]
    if not question.asks_whom:
        return Asked(question, [("", question.options)], lines)
    likely = {value for value, _ in question.options}
    others = [
        (str(each.pk), f"{each.name} – {each.post}" if each.post else each.name)
        for each in offered
        if str(each.pk) not in likely
    ]
    groups = [("Có thể là", question.options), ("Cả danh sách của đợt" if is_short else "Tìm thấy", others)]
    return Asked(question, [(label, options) for label, options in groups if options], lines)
